//! Owns an open file: its lock, the one connection that writes and the one that reads. Must not know its tables.

use std::ffi::OsStr;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError, TryLockError};

use rusqlite::Connection;

use crate::error::RegisterError;
use crate::key::RegisterKey;
use crate::lock::Lock;
use crate::schema::{self, Schema};
use crate::{connection, creation, paths};

/// An open file. Fields are dropped in order: the connections close before the lock is let go.
#[derive(Debug)]
pub(crate) struct Store {
    reader: Mutex<Connection>,
    writer: Mutex<Connection>,
    _lock: Lock,
}

impl Store {
    /// Opens the file at `path`, made first where there is none.
    pub(crate) fn open(path: &Path, key: &RegisterKey, schema: &Schema) -> Result<Self, RegisterError> {
        paths::make_folder(path)?;
        let lock = Lock::take(path)?;
        creation::create_if_missing(path, key, schema)?;
        let writer = connection::open(path, key)?;
        let version = schema::version(&writer, schema)?;
        paths::restrict(path)?;
        connection::settle_writer(&writer, schema)?;
        schema::migrate(&writer, path, key, schema, version)?;
        let reader = connection::open(path, key)?;
        connection::settle_reader(&reader, schema)?;
        Ok(Self {
            reader: Mutex::new(reader),
            writer: Mutex::new(writer),
            _lock: lock,
        })
    }

    /// The reading connection. A thread that died with it left no transaction open: guards roll back as they fall.
    pub(crate) fn reader(&self) -> MutexGuard<'_, Connection> {
        self.reader.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The writing connection; waits for another writer.
    pub(crate) fn writer(&self) -> MutexGuard<'_, Connection> {
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The writing connection, or `WriterBusy` where somebody has it.
    pub(crate) fn writer_at_once(&self) -> Result<MutexGuard<'_, Connection>, RegisterError> {
        match self.writer.try_lock() {
            Ok(writer) => Ok(writer),
            Err(TryLockError::Poisoned(poisoned)) => Ok(poisoned.into_inner()),
            Err(TryLockError::WouldBlock) => Err(RegisterError::WriterBusy),
        }
    }
}

/// Removes a register or a ledger with everything kept beside it: logs, copies before migrations, the lock file.
/// Meant for a connection that is forgotten; a file that is not there is no error.
///
/// # Errors
/// `Held` while it is open anywhere, `File` when the system refuses.
pub fn remove_files(path: &Path) -> Result<(), RegisterError> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        Some(_) | None => Path::new("."),
    };
    if !folder.try_exists()? {
        return Ok(());
    }
    let lock = Lock::take(path)?;
    creation::remove_companions(path)?;
    paths::remove_if_there(path)?;
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        if is_kept_beside(path, &entry.file_name()) {
            paths::remove_if_there(&entry.path())?;
        }
    }
    drop(lock);
    paths::remove_if_there(&paths::beside(path, ".lock"))?;
    Ok(())
}

/// `<name>.before-N` and `<name>.new`, with their own companions.
fn is_kept_beside(path: &Path, candidate: &OsStr) -> bool {
    let name = path.file_name().map(OsStr::as_encoded_bytes).unwrap_or_default();
    candidate
        .as_encoded_bytes()
        .strip_prefix(name)
        .is_some_and(|rest| rest.starts_with(b".before-") || rest.starts_with(b".new"))
}
