//! Owns where the program's files lie on this system. Must not write any of them.

use std::path::PathBuf;

use countersign_app::ports::Folders;
use tauri::{Manager, Runtime};

/// The keychain channel and the folders, which differ between a release and a build for development.
#[derive(Debug, Clone)]
pub(crate) struct Places {
    /// Part of every keychain name.
    pub(crate) channel: String,
    /// Settings and registers.
    pub(crate) folders: Folders,
    /// The log.
    pub(crate) logs: PathBuf,
    /// What the web view keeps.
    pub(crate) web_view: PathBuf,
}

impl Places {
    /// The places of this run.
    pub(crate) fn of<R: Runtime>(app: &tauri::AppHandle<R>) -> tauri::Result<Self> {
        if let Some(moved) = moved() {
            return Ok(moved);
        }
        let channel = if cfg!(debug_assertions) {
            "development"
        } else {
            "release"
        };
        let (settings, data) = (app.path().app_config_dir()?, app.path().app_data_dir()?);
        let (logs, local) = (app.path().app_log_dir()?, app.path().app_local_data_dir()?);
        let own = |folder: PathBuf| {
            if channel == "release" {
                folder
            } else {
                folder.join(channel)
            }
        };
        Ok(Self {
            channel: channel.to_owned(),
            folders: Folders {
                settings: own(settings),
                data: own(data).join("registers"),
            },
            logs: own(logs),
            web_view: own(local).join("webview"),
        })
    }
}

#[cfg(not(feature = "automation"))]
fn moved() -> Option<Places> {
    None
}

/// End-to-end tests and benches give each run folders and a keychain channel of its own.
#[cfg(feature = "automation")]
fn moved() -> Option<Places> {
    let folder = PathBuf::from(std::env::var_os("COUNTERSIGN_FOLDER")?);
    let channel = std::env::var("COUNTERSIGN_CHANNEL").unwrap_or_else(|_| "automation".to_owned());
    Some(Places {
        channel,
        folders: Folders {
            settings: folder.join("settings"),
            data: folder.join("registers"),
        },
        logs: folder.join("logs"),
        web_view: folder.join("webview"),
    })
}
