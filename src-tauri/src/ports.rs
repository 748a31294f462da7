//! Owns the desktop's half of the ports: the person's browser and files. Must not decide what is opened.

use std::path::PathBuf;
use std::sync::Arc;

use countersign_app::ports::{Files, OpenInBrowser, Ports, SystemClock};
use countersign_domain::{ErrorCode, Failure};
use tauri::{AppHandle, Runtime};
use tauri_plugin_opener::OpenerExt as _;

/// The ports of a running desktop.
pub(crate) fn of<R: Runtime>(app: &AppHandle<R>) -> Ports {
    Ports {
        clock: Arc::new(SystemClock),
        browser: Arc::new(Browser(app.clone())),
        files: Arc::new(NoFiles),
    }
}

struct Browser<R: Runtime>(AppHandle<R>);

impl<R: Runtime> OpenInBrowser for Browser<R> {
    fn open(&self, url: &str) -> Result<(), Failure> {
        let opened = self.0.opener().open_url(url, None::<&str>);
        opened.map_err(|_| Failure::new(ErrorCode::Internal, "No browser could be started on this computer."))
    }
}

/// No screen deals with files yet, so every dialog ends as if the person had closed it.
struct NoFiles;

impl Files for NoFiles {
    fn choose_to_read(&self, _purpose: &str) -> Option<PathBuf> {
        None
    }

    fn choose_to_write(&self, _purpose: &str, _suggestion: &str) -> Option<PathBuf> {
        None
    }
}
