//! Owns the settings file's format and its atomic writing. Must not know what a connection means.

use std::io::{ErrorKind, Write as _};
use std::path::Path;

use countersign_domain::{ErrorCode, Failure};
use serde::{Deserialize, Serialize};

use super::{Kept, SavedConnection, preferences};
use crate::page::Preferences;

/// The format written. A file of a newer one is never touched.
const VERSION: u32 = 1;
/// Far above thousands of connections; a larger file is not ours.
const LARGEST: u64 = 8 * 1024 * 1024;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    version: u32,
    connections: Vec<SavedConnection>,
    /// Came later than the rest of this version: a file without it is a file of it too.
    #[serde(
        default,
        deserialize_with = "preferences::read",
        skip_serializing_if = "preferences::are_usual"
    )]
    preferences: Preferences,
}

pub(super) fn read(path: &Path) -> Result<Kept, Failure> {
    let length = match std::fs::metadata(path) {
        Ok(found) => found.len(),
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Kept::default()),
        Err(error) if error.kind() == ErrorKind::NotADirectory => return Ok(Kept::default()),
        Err(error) => return Err(unreadable(&error)),
    };
    if length > LARGEST {
        return Err(unreadable("the file is far too large"));
    }
    let text = std::fs::read_to_string(path).map_err(|error| unreadable(&error))?;
    let document: Document = serde_json::from_str(&text).map_err(|error| unreadable(&error))?;
    if document.version != VERSION {
        return Err(unreadable("a newer version of the program wrote it"));
    }
    Ok(Kept {
        connections: document.connections,
        preferences: document.preferences,
    })
}

/// Written beside the target, flushed to disk and renamed over it: a crash leaves the old file or the new one.
pub(super) fn write(path: &Path, kept: &Kept) -> Result<(), Failure> {
    let document = Document {
        version: VERSION,
        connections: kept.connections.clone(),
        preferences: kept.preferences.clone(),
    };
    let text = serde_json::to_vec_pretty(&document).map_err(|error| unwritable(&error))?;
    let folder = path.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder).map_err(|error| unwritable(&error))?;
    let mut beside = tempfile::NamedTempFile::new_in(folder).map_err(|error| unwritable(&error))?;
    beside.write_all(&text).map_err(|error| unwritable(&error))?;
    beside.as_file().sync_all().map_err(|error| unwritable(&error))?;
    beside.persist(path).map_err(|error| unwritable(&error))?;
    Ok(())
}

fn unreadable(why: impl std::fmt::Display) -> Failure {
    Failure::new(
        ErrorCode::SettingsFailed,
        format!("The settings were not read and are left as they are: {why}."),
    )
}

fn unwritable(why: impl std::fmt::Display) -> Failure {
    Failure::new(
        ErrorCode::SettingsFailed,
        format!("The settings were not saved; nothing was changed: {why}."),
    )
}
