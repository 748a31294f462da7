//! Owns what only WebKitGTK's window needs. Must not load or show anything.

use gtk::glib;
use tauri::{Runtime, WebviewWindow};
use webkit2gtk::{HardwareAccelerationPolicy, SettingsExt as _, WebViewExt as _};

/// The variable by which GTK is told about OpenGL.
pub(crate) const OPENGL: &str = "GDK_GL";

/// Lets neither the program nor the web view's processes, which inherit it, look for OpenGL: GTK loads the graphics driver
/// for it before it opens the first window, and the page is drawn without (docs/benchmarks.md).
pub(super) fn prepare() {
    // A person who set it knows why; that GTK is told is no condition for the window.
    let _told = glib::setenv(OPENGL, "disable", false);
}

/// Draws without the graphics card: the page has no animation, video or 3D, and the layers, shaders and drivers that
/// acceleration keeps in memory are a quarter of the whole (docs/benchmarks.md).
pub(super) fn draw_plainly<R: Runtime>(window: &WebviewWindow<R>) -> tauri::Result<()> {
    window.with_webview(|view| {
        if let Some(settings) = view.inner().settings() {
            settings.set_hardware_acceleration_policy(HardwareAccelerationPolicy::Never);
        }
    })
}
