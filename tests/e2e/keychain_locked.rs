//! Owns the start with a keychain that is locked and whose prompt nobody answers: said, and never waited for.

use crate::acts;
use crate::support::{Desk, Furniture, KeychainAtStart};

#[tokio::test]
async fn a_locked_keychain_is_said_and_the_window_stays_usable() {
    let furniture = Furniture {
        keychain: KeychainAtStart::Locked,
        ..Furniture::default()
    };
    let desk = Desk::new(furniture).await;
    let window = desk.start().await;
    window.reads("The keychain is locked.").await;
    window.press(&[("button", "Add connection…")]).await;
    window.fill(&[("textbox", "Label")], "Typed while locked").await;
    window.press(&[("button", "Cancel")]).await;
    window.press(&[("button", "Discard")]).await;
    window.press(&[("button", "Start practice")]).await;
    window.reads("Practice was not started.").await;
    window.press(&[("button", "Start for this run only")]).await;
    window.reads_in(&[("region", "Connection")], "This run only").await;
    acts::go_to(&window, "Accounts").await;
    desk.quit(window).await;
}
