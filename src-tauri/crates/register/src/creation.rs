//! Owns the making of a new file, whole or not at all: a file under its own name always has its key and its schema.
//! Must not touch a file that is there.

use std::path::Path;

use crate::error::RegisterError;
use crate::key::RegisterKey;
use crate::schema::{self, Schema};
use crate::{connection, paths};

/// Makes the file at `path` where there is none. The caller holds the lock.
///
/// # Errors
/// `Damaged` when the remains of an irreplaceable file lie there without it.
pub(crate) fn create_if_missing(path: &Path, key: &RegisterKey, schema: &Schema) -> Result<(), RegisterError> {
    if path.try_exists()? {
        return Ok(());
    }
    let remains = paths::beside(path, "-wal")
        .metadata()
        .is_ok_and(|found| found.len() > 0);
    if schema.irreplaceable && remains {
        return Err(RegisterError::Damaged { source: None });
    }
    // A left-over log of a file that is gone would be replayed into the new one.
    remove_companions(path)?;
    let unfinished = paths::beside(path, ".new");
    remove_companions(&unfinished)?;
    paths::remove_if_there(&unfinished)?;
    build(&unfinished, key, schema)?;
    std::fs::rename(&unfinished, path)?;
    paths::settle_folder(path)?;
    Ok(())
}

fn build(path: &Path, key: &RegisterKey, schema: &Schema) -> Result<(), RegisterError> {
    drop(paths::private_file(path, true)?);
    let connection = connection::open(path, key)?;
    connection::settle_writer(&connection, schema)?;
    connection.execute_batch(&format!("PRAGMA application_id = {};", schema.application))?;
    schema::climb(&connection, schema, 0)?;
    connection.close().map_err(|(_, fault)| RegisterError::from(fault))?;
    paths::private_file(path, false)?.sync_all()?;
    Ok(())
}

/// Removes what the database keeps beside `path`.
pub(crate) fn remove_companions(path: &Path) -> Result<(), RegisterError> {
    for suffix in ["-wal", "-shm", "-journal"] {
        paths::remove_if_there(&paths::beside(path, suffix))?;
    }
    Ok(())
}
