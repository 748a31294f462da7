//! Owns the scenes, in the order in which one run of the program comes through them.
//! Must not draw: the draughtsman does.

use crate::support::{Sandbox, Window};
use crate::{Draughtsman, acts, register, tools};

/// How many scenes there are.
pub(crate) const COUNT: usize = 15;

/// People of the practice organisation whose accounts are looked up.
const PEOPLE: [&str; 6] = [
    "agnieszka.zielinska",
    "f.mueller",
    "i.petrova",
    "khalid_amin",
    "Jane.Doe_2",
    "olafur.jonsson",
];

/// Comes through every scene.
pub(crate) async fn all(draughtsman: &Draughtsman<'_>) {
    let sandbox = Sandbox::start(&["--controls", "370"]);
    let window = &draughtsman.window;
    first_sight(draughtsman, window).await;
    acts::start_practice(window).await;
    acts::dismiss_results(window).await;
    controls(draughtsman, window).await;
    accounts(draughtsman, window).await;
    four_connections(draughtsman, window, &sandbox).await;
    tools::all(draughtsman, &sandbox).await;
}

async fn first_sight(draughtsman: &Draughtsman<'_>, window: &Window) {
    window.sees(&[("button", "Keychain unlocked")]).await;
    draughtsman.draw("connections-empty").await;
    acts::begin_connection(window, "Hyperproof", "Client credentials").await;
    window.press(&[("radio", "EU")]).await;
    let fields = [
        ("Label", "Nordvik Norge"),
        ("Client ID", "b81d04c7e9f24a6fa0c35d7718e2964"),
    ];
    acts::fill_all(window, &fields).await;
    window.press(&[("button", "Save and test")]).await;
    window.sees(&[("alert", "*")]).await;
    draughtsman.draw("connection-form-error").await;
    window.press(&[("button", "Cancel")]).await;
    window.press(&[("button", "Discard")]).await;
    window.misses(&[("dialog", "Add connection")]).await;
}

async fn controls(draughtsman: &Draughtsman<'_>, window: &Window) {
    acts::go_to(window, "Controls").await;
    window.sees(&[("button", "Sync now")]).await;
    draughtsman.draw("controls-empty").await;
    register::read_first(window, 370).await;
    acts::dismiss_results(window).await;
    draughtsman.draw("controls-370").await;
    register::filter(window, "Critical*", 370).await;
    draughtsman.draw("controls-filtered").await;
    window.press(&[("button", "Remove Health filter")]).await;
    window.reads("370 of 370 controls").await;
    window.press(&[("grid", "Controls"), ("row", "AC-02 *")]).await;
    window.reads_in(&[("region", "Detail")], "As the server sent it").await;
    draughtsman.draw("controls-detail").await;
}

async fn accounts(draughtsman: &Draughtsman<'_>, window: &Window) {
    acts::go_to(window, "Accounts").await;
    window.sees(&[("heading", "No account is seen here yet")]).await;
    draughtsman.draw("accounts-empty").await;
    for username in PEOPLE {
        acts::look_up(window, username).await;
    }
    window.fill(&[("textbox", "Search accounts")], "a").await;
    window.sees(&[("option", "*agnieszka*")]).await;
    draughtsman.draw("accounts-found").await;
    window.press(&[("button", "New account")]).await;
    let fields = [
        ("Username", "maria.garcia"),
        ("E-mail", "m.garcia@mail.practice.example"),
        ("Display name", "María García Ibáñez"),
    ];
    acts::fill_all(window, &fields).await;
    window.press(&[("button", "Create account")]).await;
    window.reads("The account was not created.").await;
    draughtsman.draw("accounts-refused").await;
}

async fn four_connections(draughtsman: &Draughtsman<'_>, window: &Window, sandbox: &Sandbox) {
    acts::go_to(window, "Connections").await;
    acts::connect_hypothesis(window, sandbox).await;
    acts::connect_token(window, sandbox).await;
    acts::connect_hyperproof(window, sandbox).await;
    acts::dismiss_results(window).await;
    draughtsman.draw("connections-four").await;
}
