//! Owns a create whose answer never comes: the program reads back and says what is true, and never sends twice by itself.

use serde_json::{Value, json};

use crate::acts;
use crate::support::{Desk, Furniture, Sandbox, Window};

#[tokio::test]
async fn an_account_whose_answer_was_lost_is_read_back_and_said_truly() {
    let sandbox = Sandbox::start(&[]);
    let desk = Desk::new(Furniture::default()).await;
    let window = desk.start().await;
    acts::connect_hypothesis(&window, &sandbox).await;
    acts::go_to(&window, "Accounts").await;
    let before = sandbox.requests("POST", "/api/users");

    sandbox.provoke(&on_create("drop_after_write"));
    create(&window, "written").await;
    window
        .reads("No answer came; read back, the account is there and right.")
        .await;
    assert_eq!(sandbox.requests("POST", "/api/users"), before + 1, "sent once");

    sandbox.provoke(&on_create("drop_before"));
    create(&window, "unwritten").await;
    window.reads("The account was not created.").await;
    window.reads("It is safe to create it again.").await;
    assert_eq!(
        window.value(&[("textbox", "Username")]).await,
        "unwritten",
        "what was typed stays"
    );
    assert_eq!(
        sandbox.requests("POST", "/api/users"),
        before + 2,
        "not sent again by itself"
    );
    window.press(&[("button", "Create account")]).await;
    window.reads("unwritten created").await;
}

fn on_create(kind: &str) -> Value {
    json!({ "path_prefix": "/api/users", "method": "POST", "kind": kind })
}

async fn create(window: &Window, username: &str) {
    window.press(&[("button", "New account")]).await;
    let email = format!("{username}@mail.example");
    acts::fill_all(window, &[("Username", username), ("E-mail", &email)]).await;
    window.press(&[("button", "Create account")]).await;
}
