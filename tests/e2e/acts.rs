//! Owns what a person does in more than one journey: connect, read the register, create an account.
//! Must not expect anything that only one journey is about.

use crate::support::{Sandbox, Window};

/// The label of the Hyperproof connection typed by hand.
pub(crate) const HYPERPROOF: &str = "Northern controls";
/// The label of the connection with a personal token.
pub(crate) const READER: &str = "My annotations";
/// The label of the Hypothesis connection typed by hand.
pub(crate) const HYPOTHESIS: &str = "Reading room";

/// From the first sight to a practice organisation that works.
pub(crate) async fn start_practice(window: &Window) {
    window.press(&[("button", "Start practice")]).await;
    window
        .sees(&[("listbox", "Connections"), ("option", "Practice*")])
        .await;
    window.reads_in(&[("region", "Connection")], "Working").await;
}

/// Opens the sheet and chooses a kind.
pub(crate) async fn begin_connection(window: &Window, service: &str, kind: &str) {
    window.press(&[("button", "Add connection*")]).await;
    window.sees(&[("dialog", "Add connection")]).await;
    choose_kind(window, service, kind).await;
}

/// Chooses a kind in the open sheet.
pub(crate) async fn choose_kind(window: &Window, service: &str, kind: &str) {
    let option = [("group", service), ("option", &*format!("{kind}*"))];
    window.press(&option).await;
    window.has(&option, "aria-selected", "true").await;
}

/// Fills fields in the order given.
pub(crate) async fn fill_all(window: &Window, fields: &[(&str, &str)]) {
    for (label, text) in fields {
        window.fill(&[("textbox", label)], text).await;
    }
}

/// Saves the open sheet and waits for the card of `label`.
pub(crate) async fn save_connection(window: &Window, label: &str) {
    window.press(&[("button", "Save and test")]).await;
    window.misses(&[("dialog", "Add connection")]).await;
    window
        .has(&[("option", &format!("{label}*"))], "aria-selected", "true")
        .await;
    window.reads_in(&[("region", "Connection")], "Working").await;
}

/// What is typed for the sandbox's Hyperproof.
pub(crate) fn hyperproof_fields(sandbox: &Sandbox) -> [(&'static str, &str); 5] {
    [
        ("Label", HYPERPROOF),
        ("Token address", sandbox.told("hyperproof_token_endpoint")),
        ("API address", sandbox.told("hyperproof_api")),
        ("Client ID", sandbox.told("hyperproof_client_id")),
        ("Client secret", sandbox.told("hyperproof_secret")),
    ]
}

/// What is typed for the sandbox's Hypothesis.
pub(crate) fn hypothesis_fields(sandbox: &Sandbox) -> [(&'static str, &str); 5] {
    [
        ("Label", HYPOTHESIS),
        ("Server", sandbox.told("hypothesis_server")),
        ("Authority", sandbox.told("authority")),
        ("Client ID", sandbox.told("hypothesis_client_id")),
        ("Client secret", sandbox.told("hypothesis_secret")),
    ]
}

/// Types and saves a Hyperproof connection to the sandbox.
pub(crate) async fn connect_hyperproof(window: &Window, sandbox: &Sandbox) {
    begin_connection(window, "Hyperproof", "Client credentials").await;
    window.press(&[("radio", "Custom")]).await;
    fill_all(window, &hyperproof_fields(sandbox)).await;
    save_connection(window, HYPERPROOF).await;
}

/// Types and saves a Hypothesis connection to the sandbox.
pub(crate) async fn connect_hypothesis(window: &Window, sandbox: &Sandbox) {
    begin_connection(window, "Hypothesis", "Client credentials").await;
    fill_all(window, &hypothesis_fields(sandbox)).await;
    save_connection(window, HYPOTHESIS).await;
}

/// Goes to a screen by the rail.
pub(crate) async fn go_to(window: &Window, screen: &str) {
    let entry = [("navigation", "Screens"), ("button", &*format!("{screen}*"))];
    window.press(&entry).await;
    window.has(&entry, "aria-current", "page").await;
    window.sees(&[("heading", screen)]).await;
}

/// Types and saves a personal token for the sandbox's Hypothesis.
pub(crate) async fn connect_token(window: &Window, sandbox: &Sandbox) {
    begin_connection(window, "Hypothesis", "Personal token").await;
    let token = sandbox.told("hypothesis_personal_token");
    let fields = [
        ("Label", READER),
        ("Server", sandbox.told("hypothesis_server")),
        ("Personal token", token),
    ];
    fill_all(window, &fields).await;
    save_connection(window, READER).await;
}

/// Closes what the program said at the bottom right.
pub(crate) async fn dismiss_results(window: &Window) {
    let close = [("status", "Results"), ("button", "Close")];
    while window.count(&close).await > 0 {
        window.press(&close).await;
    }
}

/// Asks the server for an account by its exact name and waits for its form.
pub(crate) async fn look_up(window: &Window, username: &str) {
    window.fill(&[("textbox", "Search accounts")], username).await;
    window.enter().await;
    window
        .sees(&[("listbox", "Accounts"), ("option", &format!("*{username}*"))])
        .await;
    window.holds(&[("textbox", "Username")], username).await;
}
