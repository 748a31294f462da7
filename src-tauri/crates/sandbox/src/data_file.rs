//! Owns the file that keeps practice accounts and groups between runs. Must not lose a whole file to a write that failed.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use tempfile::NamedTempFile;
use tokio::sync::Notify;

use crate::error::SandboxError;
use crate::hypothesis::{Group, User};

#[derive(Debug)]
pub(crate) struct DataFile {
    path: PathBuf,
    wanted: Notify,
}

/// What is kept.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Kept {
    version: u32,
    pub(crate) users: Vec<User>,
    #[serde(default)]
    pub(crate) groups: Vec<Group>,
}

impl Kept {
    pub(crate) fn new(users: Vec<User>, groups: Vec<Group>) -> Self {
        Self {
            version: 1,
            users,
            groups,
        }
    }
}

impl DataFile {
    pub(crate) fn new(path: PathBuf) -> Self {
        Self {
            path,
            wanted: Notify::new(),
        }
    }

    /// The accounts and groups kept; `None` when there is no file yet.
    pub(crate) fn read(&self) -> Result<Option<Kept>, SandboxError> {
        let text = match fs::read(&self.path) {
            Ok(text) => text,
            Err(fault) if fault.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(source) => {
                let path = self.path.clone();
                return Err(SandboxError::Read { path, source });
            }
        };
        let kept = serde_json::from_slice(&text).map_err(|source| SandboxError::Form {
            path: self.path.clone(),
            expected: "a file of practice accounts",
            source,
        })?;
        Ok(Some(kept))
    }

    pub(crate) fn ask(&self) {
        self.wanted.notify_one();
    }

    pub(crate) async fn asked(&self) {
        self.wanted.notified().await;
    }

    /// Writes beside the file and then puts it in its place: a kill leaves the old or the new one, never half.
    pub(crate) fn write(&self, kept: &Kept) -> io::Result<()> {
        let folder = self
            .path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty())
            .unwrap_or(Path::new("."));
        fs::create_dir_all(folder)?;
        let mut file = NamedTempFile::new_in(folder)?;
        serde_json::to_writer(&mut file, kept)?;
        file.flush()?;
        file.as_file().sync_all()?;
        file.persist(&self.path).map_err(|fault| fault.error)?;
        Ok(())
    }
}
