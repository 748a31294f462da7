//! Owns the program without a pointer: every key goes through the display, the window manager and the window.

use crate::support::{Desk, Furniture, Window};

const SEARCH: [(&str, &str); 1] = [("textbox", "Search*")];
const DETAIL: [(&str, &str); 1] = [("region", "Detail")];

#[tokio::test]
async fn the_keyboard_alone_does_the_work() {
    let desk = Desk::new(Furniture::default()).await;
    let window = desk.start().await;
    desk.focus_window().await;
    window.has_keyboard("button", "Start practice").await;
    desk.press(&["Return"]);
    window.has_keyboard("option", "Practice*").await;
    screens(&desk, &window).await;
    sheet(&desk, &window).await;
    list(&desk, &window).await;
}

async fn screens(desk: &Desk, window: &Window) {
    for (key, screen) in [
        ("ctrl+2", "Controls"),
        ("ctrl+3", "Accounts"),
        ("ctrl+4", "Requests"),
        ("ctrl+5", "Activity"),
        ("ctrl+6", "Doctor"),
        ("ctrl+1", "Connections"),
    ] {
        desk.press(&[key]);
        let entry = format!("{screen}*");
        window
            .has(&[("navigation", "Screens"), ("button", &entry)], "aria-current", "page")
            .await;
        window.sees(&[("heading", screen)]).await;
    }
}

async fn sheet(desk: &Desk, window: &Window) {
    window.has_keyboard("option", "Practice*").await;
    desk.press(&["ctrl+n"]);
    window.has_keyboard("textbox", "Label").await;
    desk.press(&["shift+Tab"]);
    window.has_keyboard("option", "Personal token*").await;
    desk.press(&["Down"]);
    window.has_keyboard("option", "Browser sign-in*").await;
    window.sees(&[("textbox", "Client ID")]).await;
    desk.press(&["Escape"]);
    window.misses(&[("dialog", "Add connection")]).await;
    window.has_keyboard("option", "Practice*").await;
}

async fn list(desk: &Desk, window: &Window) {
    desk.press(&["ctrl+2"]);
    window.has_keyboard("button", "Sync now").await;
    desk.press(&["Return"]);
    window.reads("370 of 370 controls").await;
    desk.press(&["ctrl+f"]);
    window.has_keyboard("textbox", "Search*").await;
    desk.press(&["a", "c", "c", "e", "s", "s"]);
    window.holds(&SEARCH, "access").await;
    desk.press(&["Return"]);
    window.has_keyboard("row", "*").await;
    desk.press(&["Down", "Return"]);
    window.sees(&DETAIL).await;
    desk.press(&["Escape"]);
    window.misses(&DETAIL).await;
    window.has_keyboard("row", "*").await;
    desk.press(&["Escape"]);
    window.reads("370 of 370 controls").await;
}
