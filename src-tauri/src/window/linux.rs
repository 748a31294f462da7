//! Owns what only WebKitGTK's window needs. Must not load or show anything.

use tauri::{Runtime, WebviewWindow};
use webkit2gtk::{HardwareAccelerationPolicy, SettingsExt as _, WebViewExt as _};

/// Draws without the graphics card: the page has no animation, video or 3D, and the layers, shaders and drivers that
/// acceleration keeps in memory are a quarter of the whole (docs/benchmarks.md).
pub(super) fn draw_plainly<R: Runtime>(window: &WebviewWindow<R>) -> tauri::Result<()> {
    window.with_webview(|view| {
        if let Some(settings) = view.inner().settings() {
            settings.set_hardware_acceleration_policy(HardwareAccelerationPolicy::Never);
        }
    })
}
