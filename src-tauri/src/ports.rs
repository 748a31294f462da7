//! Owns the desktop's half of the ports: the person's files, and the putting together; browser and proxies have files of
//! their own. Must not decide what is opened.

use std::path::PathBuf;
use std::sync::Arc;

use countersign_app::page::WaitShown;
use countersign_app::ports::{Files, Ports, SystemClock};
use tauri::{AppHandle, Emitter as _, Manager as _, Runtime};
use tauri_plugin_dialog::{DialogExt as _, FileDialogBuilder};

use crate::browser::Browser;
use crate::proxies;
use crate::window::MAIN;

/// The event by which the page hears of a wait.
const WAIT: &str = "wait";

/// The ports of a running desktop.
pub(crate) fn of<R: Runtime>(app: &AppHandle<R>) -> Ports {
    Ports {
        clock: Arc::new(SystemClock),
        browser: Arc::new(Browser),
        files: Arc::new(Dialogs(app.clone())),
        proxies: proxies::of_the_desktop(),
        waits: Arc::new(waits(app.clone())),
    }
}

/// Tells the page; one that is not there yet waits for nothing.
fn waits<R: Runtime>(app: AppHandle<R>) -> impl Fn(WaitShown) + Send + Sync {
    move |wait| {
        let _told = app.emit(WAIT, wait);
    }
}

struct Dialogs<R: Runtime>(AppHandle<R>);

impl<R: Runtime> Dialogs<R> {
    /// A dialog over the window, which waits for it.
    fn dialog(&self, purpose: &str) -> FileDialogBuilder<R> {
        let dialog = self.0.dialog().file().set_title(purpose);
        match self.0.get_webview_window(MAIN) {
            Some(window) => dialog.set_parent(&window),
            None => dialog,
        }
    }
}

impl<R: Runtime> Files for Dialogs<R> {
    fn choose_to_read(&self, purpose: &str) -> Option<PathBuf> {
        chosen_before().or_else(|| self.dialog(purpose).blocking_pick_file()?.into_path().ok())
    }

    fn choose_to_write(&self, purpose: &str, suggestion: &str) -> Option<PathBuf> {
        let dialog = self.dialog(purpose).set_file_name(suggestion);
        chosen_before().or_else(|| dialog.blocking_save_file()?.into_path().ok())
    }
}

#[cfg(not(feature = "automation"))]
fn chosen_before() -> Option<PathBuf> {
    None
}

/// End-to-end tests choose a file without the system's dialog, which no driver of a web view reaches.
#[cfg(feature = "automation")]
fn chosen_before() -> Option<PathBuf> {
    std::env::var_os("COUNTERSIGN_CHOOSES").map(PathBuf::from)
}
