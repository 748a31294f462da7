//! Owns the look that a person chooses in the real window: it is there again after a restart.

use crate::acts;
use crate::support::{Desk, Furniture, Window};

const DIVIDER: [(&str, &str); 1] = [("separator", "Width of the pane")];
const FOLDED: [(&str, &str); 2] = [("navigation", "Screens"), ("button", "Connections")];

#[tokio::test]
async fn a_pane_that_was_moved_and_a_rail_that_was_folded_are_so_after_a_restart() {
    let desk = Desk::new(Furniture::default()).await;
    let window = desk.start().await;
    acts::start_practice(&window).await;
    desk.focus_window().await;
    window.press(&DIVIDER).await;
    desk.press(&["Right", "Right"]);
    is_wide(&window, "400").await;
    desk.press(&["ctrl+b"]);
    window.has(&FOLDED, "aria-label", "Connections").await;
    desk.quit(window).await;

    let window = desk.start().await;
    window.has(&FOLDED, "aria-label", "Connections").await;
    is_wide(&window, "400").await;
}

/// The list was 368 px wide at first, and one press of an arrow is 16 px.
async fn is_wide(window: &Window, width: &str) {
    window.has(&DIVIDER, "aria-valuenow", width).await;
}
