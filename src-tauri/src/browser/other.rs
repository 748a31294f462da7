//! Owns the opening of an address on macOS and Windows. Must not wait for the browser to end.

use tauri_plugin_opener::{Error, open_url};

/// By the system's own way.
pub(super) fn open(url: &str) -> Result<(), Error> {
    open_url(url, None::<&str>)
}
