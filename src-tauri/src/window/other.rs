//! Owns what the windows of macOS and Windows need beyond Tauri's: nothing. Must not load or show anything.

use tauri::{Runtime, WebviewWindow};

/// Nothing to do.
pub(super) fn prepare() {}

/// Nothing to do: these systems' web views share their drawing with the desktop.
#[expect(clippy::unnecessary_wraps, reason = "one signature for every system")]
pub(super) fn draw_plainly<R: Runtime>(_window: &WebviewWindow<R>) -> tauri::Result<()> {
    Ok(())
}
