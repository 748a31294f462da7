//! Owns the file that keeps practice accounts between runs. Must not lose a whole file to a write that failed.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use tempfile::NamedTempFile;
use tokio::sync::Notify;

use crate::error::SandboxError;
use crate::hypothesis::User;

#[derive(Debug)]
pub(crate) struct DataFile {
    path: PathBuf,
    wanted: Notify,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept<Users> {
    version: u32,
    users: Users,
}

impl DataFile {
    pub(crate) fn new(path: PathBuf) -> Self {
        Self {
            path,
            wanted: Notify::new(),
        }
    }

    /// The accounts kept; `None` when there is no file yet.
    pub(crate) fn read(&self) -> Result<Option<Vec<User>>, SandboxError> {
        let text = match fs::read(&self.path) {
            Ok(text) => text,
            Err(fault) if fault.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(source) => {
                let path = self.path.clone();
                return Err(SandboxError::Read { path, source });
            }
        };
        let kept: Kept<Vec<User>> = serde_json::from_slice(&text).map_err(|source| SandboxError::Form {
            path: self.path.clone(),
            expected: "a file of practice accounts",
            source,
        })?;
        Ok(Some(kept.users))
    }

    pub(crate) fn ask(&self) {
        self.wanted.notify_one();
    }

    pub(crate) async fn asked(&self) {
        self.wanted.notified().await;
    }

    /// Writes beside the file and then puts it in its place: a kill leaves the old or the new one, never half.
    pub(crate) fn write(&self, users: &[User]) -> io::Result<()> {
        let folder = self
            .path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty())
            .unwrap_or(Path::new("."));
        fs::create_dir_all(folder)?;
        let mut file = NamedTempFile::new_in(folder)?;
        serde_json::to_writer(&mut file, &Kept { version: 1, users })?;
        file.flush()?;
        file.as_file().sync_all()?;
        file.persist(&self.path).map_err(|fault| fault.error)?;
        Ok(())
    }
}
