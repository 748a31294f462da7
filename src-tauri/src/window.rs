//! Owns the one window: its size, its web view's limits. Must not load anything but the program's own page.

use std::path::PathBuf;

use tauri::webview::NewWindowResponse;
use tauri::{Manager, Runtime, Url, WebviewUrl, WebviewWindow, WebviewWindowBuilder};

/// The window's name, as the capability file says it.
pub(crate) const MAIN: &str = "main";

/// Opens the window. Navigation stays on the program's own page, no new window opens, releases have no developer tools.
pub(crate) fn open<R: Runtime, M: Manager<R>>(app: &M, web_view: PathBuf) -> tauri::Result<WebviewWindow<R>> {
    WebviewWindowBuilder::new(app, MAIN, WebviewUrl::App("index.html".into()))
        .title("Countersign")
        .inner_size(1280.0, 800.0)
        .min_inner_size(760.0, 520.0)
        .data_directory(web_view)
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
