//! Owns connections typed by hand against services in another process: Practice takes no path of its own.

use crate::support::{Desk, Furniture, Sandbox, Window};
use crate::{acts, register};

#[tokio::test]
async fn connections_typed_by_hand_do_all_that_practice_does() {
    let sandbox = Sandbox::start(&["--controls", "240"]);
    let desk = Desk::new(Furniture::default()).await;
    let window = desk.start().await;
    refused_first(&window, &sandbox).await;
    acts::connect_hypothesis(&window, &sandbox).await;
    register::read_first(&window, 240).await;
    register::search_in_vain(&window, 240).await;
    register::filter(&window, "Critical*", 240).await;
    register::create_account(&window).await;
    register::edit_account(&window).await;
    desk.quit(window).await;

    let window = desk.start().await;
    for label in [acts::HYPERPROOF, acts::HYPOTHESIS] {
        let option = format!("{label}*");
        window.sees(&[("listbox", "Connections"), ("option", &option)]).await;
    }
    acts::go_to(&window, "Controls").await;
    register::read_again(&window, 240).await;
    register::find_account(&window).await;
}

/// A secret that the server refuses: said beside its field in the server's words, and nothing typed is lost.
async fn refused_first(window: &Window, sandbox: &Sandbox) {
    acts::begin_connection(window, "Hyperproof", "Client credentials").await;
    window.press(&[("radio", "Custom")]).await;
    let mut fields = acts::hyperproof_fields(sandbox);
    fields[4].1 = "not the secret";
    acts::fill_all(window, &fields).await;
    window.press(&[("button", "Save and test")]).await;
    let refusal = window
        .reads_in(&[("alert", "*")], "does not accept this client id and secret")
        .await;
    assert!(refusal.contains("Client authentication failed"), "{refusal}");
    for (label, text) in fields {
        assert_eq!(
            window.value(&[("textbox", label)]).await,
            text,
            "{label} stays as typed"
        );
    }
    window
        .fill(&[("textbox", "Client secret")], sandbox.told("hyperproof_secret"))
        .await;
    acts::save_connection(window, acts::HYPERPROOF).await;
}
