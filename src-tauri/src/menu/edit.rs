//! Owns the Edit menu: what every program's fields can do. Must not touch the clipboard itself: the web view does.

use tauri::menu::{MenuItem, Submenu, SubmenuBuilder};
use tauri::{AppHandle, Runtime};

/// The Edit menu, which ends with `search`.
#[cfg(not(target_os = "linux"))]
pub(super) fn menu<R: Runtime>(app: &AppHandle<R>, search: &MenuItem<R>) -> tauri::Result<Submenu<R>> {
    let menu = SubmenuBuilder::new(app, "&Edit");
    // Windows' own menus have neither.
    let menu = if cfg!(target_os = "macos") {
        menu.undo().redo().separator()
    } else {
        menu
    };
    menu.cut().copy().paste().select_all().separator().item(search).build()
}

/// Nothing: the system does what its own entries say.
#[cfg(not(target_os = "linux"))]
pub(super) fn chosen<R: Runtime>(_app: &AppHandle<R>, _id: &str) {}

/// Entries without keys: GTK would take the key from the field, where it works by itself.
#[cfg(target_os = "linux")]
const EDITS: [(&str, &str, &str); 6] = [
    ("edit:undo", "&Undo", "Undo"),
    ("edit:redo", "&Redo", "Redo"),
    ("edit:cut", "Cu&t", "Cut"),
    ("edit:copy", "&Copy", "Copy"),
    ("edit:paste", "&Paste", "Paste"),
    ("edit:select-all", "Select &All", "SelectAll"),
];

/// The Edit menu, which ends with `search`.
#[cfg(target_os = "linux")]
pub(super) fn menu<R: Runtime>(app: &AppHandle<R>, search: &MenuItem<R>) -> tauri::Result<Submenu<R>> {
    let mut menu = SubmenuBuilder::new(app, "&Edit");
    for (id, text, _) in EDITS {
        menu = menu.text(id, text);
        if id == "edit:redo" {
            menu = menu.separator();
        }
    }
    menu.separator().item(search).build()
}

/// Has the web view do it, as WebKitGTK's editing commands are called.
#[cfg(target_os = "linux")]
pub(super) fn chosen<R: Runtime>(app: &AppHandle<R>, id: &str) {
    use tauri::Manager as _;
    use webkit2gtk::WebViewExt as _;

    let command = EDITS
        .into_iter()
        .find(|(known, ..)| *known == id)
        .map(|(.., command)| command);
    let window = app.get_webview_window(crate::window::MAIN);
    if let (Some(command), Some(window)) = (command, window) {
        let _asked = window.with_webview(move |web_view| web_view.inner().execute_editing_command(command));
    }
}
