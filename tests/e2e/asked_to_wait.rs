//! Owns a call that its service asks to wait: the window says so while it lasts, and the call goes on by itself.

use serde_json::json;

use crate::acts;
use crate::support::{Desk, Furniture, Sandbox};

#[tokio::test]
async fn a_wait_that_the_service_asks_for_is_said_and_the_call_goes_on() {
    let sandbox = Sandbox::start(&[]);
    let desk = Desk::new(Furniture::default()).await;
    let window = desk.start().await;
    acts::connect_hyperproof(&window, &sandbox).await;
    acts::dismiss_results(&window).await;
    let path = "/hyperproof/v1/users/me";
    let before = sandbox.requests("GET", path);

    sandbox.provoke(&json!({
        "path_prefix": path, "method": "GET", "kind": "status", "status": 429, "headers": { "Retry-After": "3" }
    }));
    window.press(&[("button", "Test connection")]).await;
    window
        .reads("Northern controls: the service asked for a wait of 3 s. Countersign goes on by itself, unless you stop it.")
        .await;
    window.sees(&[("button", "Test connection")]).await;
    window.reads_in(&[("region", "Connection")], "Working").await;
    assert_eq!(sandbox.requests("GET", path), before + 2, "refused once, then answered");
}
