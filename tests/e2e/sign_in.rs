//! Owns the sign-in in the person's own browser, as RFC 8252 has it: the program opens the page, the browser comes back.

use crate::acts;
use crate::support::{Browser, Desk, Furniture, Sandbox, Window};

const SIGN_IN: &str = "My own sign-in";

#[tokio::test]
async fn a_person_signs_in_with_the_browser_and_is_still_signed_in_after_a_restart() {
    let sandbox = Sandbox::start(&[]);
    let desk = Desk::new(Furniture::default()).await;
    let window = desk.start().await;
    ask(&window, &sandbox).await;
    let page = walk_through(&Browser::start().await, &desk.opened().await, &sandbox).await;
    assert!(
        page.contains("Countersign"),
        "the finished page says where to go: {page}"
    );
    window.misses(&[("dialog", "Add connection")]).await;
    window.reads_in(&[("region", "Connection")], "Working").await;
    window
        .reads_in(&[("region", "Connection")], sandbox.told("hypothesis_username"))
        .await;
    desk.quit(window).await;

    let window = desk.start().await;
    window.press(&[("option", &format!("{SIGN_IN}*"))]).await;
    window.press(&[("button", "Test connection")]).await;
    window.reads_in(&[("region", "Connection")], "Working").await;
    assert!(
        sandbox.requests("POST", "/api/token") >= 2,
        "the refresh token of the keychain bought another access token"
    );
}

/// Asks for a sign-in; what the person will see on the way stands in the sheet.
async fn ask(window: &Window, sandbox: &Sandbox) {
    acts::begin_connection(window, "Hypothesis", "Browser sign-in").await;
    let fields = [
        ("Label", SIGN_IN),
        ("Server", sandbox.told("hypothesis_server")),
        ("Client ID", sandbox.told("hypothesis_oauth_client_id")),
    ];
    acts::fill_all(window, &fields).await;
    window.press(&[("button", "Save and sign in")]).await;
    window
        .reads_in(&[("dialog", "Add connection")], sandbox.told("hypothesis_redirect_uri"))
        .await;
}

/// Logs in, allows the program, and comes back; gives what the last page says.
async fn walk_through(browser: &Browser, address: &str, sandbox: &Sandbox) -> String {
    assert!(
        address.starts_with(&format!("{}/oauth/authorize?", sandbox.told("hypothesis_server"))),
        "the page of the server that was typed: {address}"
    );
    browser.goes_to(address).await;
    browser.types("username", sandbox.told("hypothesis_username")).await;
    browser.types("password", sandbox.told("hypothesis_password")).await;
    browser.presses("log-in").await;
    browser.presses("allow").await;
    browser.arrives_at(sandbox.told("hypothesis_redirect_uri")).await
}
