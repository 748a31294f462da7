//! Owns the one window: its first size, its web view's limits. Must not load anything but the program's own page.

#[cfg(target_os = "linux")]
#[path = "window/linux.rs"]
mod system;
#[cfg(not(target_os = "linux"))]
#[path = "window/other.rs"]
mod system;

use tauri::webview::NewWindowResponse;
use tauri::{Manager, Runtime, Url, WebviewUrl, WebviewWindow, WebviewWindowBuilder};

#[cfg(target_os = "linux")]
pub(crate) use self::system::OPENGL;
use crate::folders::Places;
use crate::window_state::{self, WindowState};

/// The height of the menu bar, in logical pixels, where it stands inside the window.
const MENU_BAR: f64 = if cfg!(target_os = "linux") { 28.0 } else { 0.0 };

/// The window's name, as the capability file says it.
pub(crate) const MAIN: &str = "main";

/// What is done before the toolkit starts. To be called while the program has one thread.
pub(crate) fn prepare() {
    system::prepare();
}

/// Opens the window, where it stood when it was last closed.
pub(crate) fn open<R: Runtime, M: Manager<R>>(app: &M, places: &Places) -> tauri::Result<WebviewWindow<R>> {
    let state = WindowState::open(&places.folders.settings);
    let standing = state.standing();
    app.manage(state);
    let window = built(app, places)?;
    system::draw_plainly(&window)?;
    if let Some(standing) = standing {
        window_state::restore(&window, standing)?;
    }
    Ok(window)
}

/// Navigation stays on the program's own page, no new window opens, releases have no developer tools.
fn built<R: Runtime, M: Manager<R>>(app: &M, places: &Places) -> tauri::Result<WebviewWindow<R>> {
    WebviewWindowBuilder::new(app, MAIN, WebviewUrl::App("index.html".into()))
        .title("Countersign")
        .inner_size(1280.0, 800.0 + MENU_BAR)
        .min_inner_size(760.0, 520.0 + MENU_BAR)
        .data_directory(places.web_view.clone())
        .devtools(cfg!(debug_assertions))
        .disable_drag_drop_handler()
        .on_navigation(is_own_page)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .build()
}

/// The page is served as `tauri://localhost` on Linux and macOS and as `http(s)://tauri.localhost` on Windows.
fn is_own_page(url: &Url) -> bool {
    let own = (url.scheme(), url.host_str());
    matches!(
        own,
        ("tauri", Some("localhost")) | ("http" | "https", Some("tauri.localhost"))
    )
}

/// Brings the window of the running program to the front: what a second start does.
pub(crate) fn bring_to_front<R: Runtime, M: Manager<R>>(app: &M) {
    if let Some(window) = app.get_webview_window(MAIN) {
        let _shown = window
            .unminimize()
            .and_then(|()| window.show())
            .and_then(|()| window.set_focus());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_programs_own_page_is_shown() {
        for (address, own) in [
            ("tauri://localhost/index.html", true),
            ("http://tauri.localhost/", true),
            ("https://example.com/", false),
            ("https://tauri.localhost.example.com/", false),
            ("file:///etc/passwd", false),
            ("data:text/html,x", false),
            ("about:blank", false),
        ] {
            assert_eq!(is_own_page(&address.parse().unwrap()), own, "{address}");
        }
    }
}
