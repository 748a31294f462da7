//! Owns the newcomer's journey: practice, controls, accounts, quit, and everything there again.

use crate::support::{Desk, Furniture};
use crate::{acts, register};

#[tokio::test]
async fn a_newcomer_practises_and_finds_everything_again_after_a_restart() {
    let desk = Desk::new(Furniture::default()).await;
    let window = desk.start().await;
    window.reads("Nothing is connected yet").await;
    acts::start_practice(&window).await;
    register::read_first(&window, 370).await;
    register::search_in_vain(&window, 370).await;
    register::filter(&window, "Critical*", 370).await;
    register::create_account(&window).await;
    register::edit_account(&window).await;
    desk.quit(window).await;

    let window = desk.start().await;
    window
        .sees(&[("listbox", "Connections"), ("option", "Practice*")])
        .await;
    acts::go_to(&window, "Controls").await;
    register::read_again(&window, 370).await;
    register::find_account(&window).await;
}
