//! Owns the promise that one process at a time has a register open. Must not touch the database itself.

use std::fs::{File, TryLockError};
use std::path::Path;

use crate::error::RegisterError;
use crate::paths;

/// Held as long as it lives; the system lets go of it when the process dies, however it dies.
#[derive(Debug)]
pub(crate) struct Lock {
    _file: File,
}

impl Lock {
    /// Locks `path` through the file `<path>.lock` beside it. That file stays when the lock is gone: removing it would
    /// let two processes hold "the" lock on two different files.
    pub(crate) fn take(path: &Path) -> Result<Self, RegisterError> {
        let file = paths::private_file(&paths::beside(path, ".lock"), false)?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => Err(RegisterError::Held),
            Err(TryLockError::Error(source)) => Err(RegisterError::File { source }),
        }
    }
}
