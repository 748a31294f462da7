//! The real program at a desk of its own, driven as a person would: window, keyboard, keychain, services.
//!
//! Owns: the journeys. Must not look inside: what a test knows, a person could see.
#![cfg(target_os = "linux")]

mod support;

use support::{Desk, Furniture};

#[tokio::test]
async fn a_window_opens_on_the_connections_screen() {
    let desk = Desk::new(Furniture::default()).await;
    let window = desk.start().await;
    window.sees(&[("button", "Connections*")]).await;
    desk.quit(window).await;
}
