//! Owns how one database connection is opened: key first, then proof that it fits, then the settings.
//! Must not change a file before its key is proven, nor let the key into an error.

use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use crate::error::RegisterError;
use crate::key::RegisterKey;
use crate::schema::Schema;

/// SQLCipher reports to stderr by itself, page numbers of a damaged file for instance; this program has its own log.
const SILENCE: &str = "PRAGMA cipher_log_level = NONE;";

/// What every connection runs under. A schema is never trusted to call functions, deleted rows are overwritten, and
/// nothing is spilt to a temporary file (which would not be encrypted).
const SETTINGS: &str = "PRAGMA foreign_keys = ON;
    PRAGMA trusted_schema = OFF;
    PRAGMA cell_size_check = ON;
    PRAGMA secure_delete = ON;
    PRAGMA temp_store = MEMORY;
    PRAGMA journal_size_limit = 8388608;";

/// Opens the file at `path`, which must be there, and proves that `key` fits it.
///
/// # Errors
/// `NotEncrypted` when the library cannot encrypt, `Damaged` when the key does not fit; the file is then unchanged.
pub(crate) fn open(path: &Path, key: &RegisterKey) -> Result<Connection, RegisterError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    // Closing would fold a left-over write-ahead log into a file whose key is not proven yet.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    connection.execute_batch(SILENCE)?;
    refuse_without_encryption(&connection)?;
    // The error of a failed statement may quote the statement, so it is dropped with the key in it.
    connection
        .execute_batch(&key.pragma())
        .map_err(|_| RegisterError::Damaged { source: None })?;
    connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    Ok(connection)
}

/// A library without encryption ignores `PRAGMA key` without a word and would write plaintext.
fn refuse_without_encryption(connection: &Connection) -> Result<(), RegisterError> {
    if cipher_version(connection)?.is_empty() {
        Err(RegisterError::NotEncrypted)
    } else {
        Ok(())
    }
}

/// The version of SQLCipher; "" where the library cannot encrypt.
fn cipher_version(connection: &Connection) -> Result<String, RegisterError> {
    let mut statement = connection.prepare("PRAGMA cipher_version")?;
    let mut rows = statement.query([])?;
    Ok(rows.next()?.map(|row| row.get(0)).transpose()?.unwrap_or_default())
}

/// The settings of the one connection that writes. The write-ahead log lets readers see the last finished snapshot
/// while the next is written. The page cache keeps a large sync from encrypting the same page of an index again and
/// again; `let_go_of_memory` gives it back.
pub(crate) fn settle_writer(connection: &Connection, schema: &Schema) -> Result<(), RegisterError> {
    connection.execute_batch(SETTINGS)?;
    connection.execute_batch("PRAGMA journal_mode = WAL; PRAGMA cache_size = -65536;")?;
    connection.execute_batch(&format!("PRAGMA synchronous = {};", schema.synchronous))?;
    connection.busy_timeout(Duration::from_secs(5))?;
    Ok(())
}

/// Gives the page cache of an idle connection back. What was written is written, so a failure here is only noted.
pub(crate) fn let_go_of_memory(connection: &Connection) {
    if let Err(fault) = connection.execute_batch("PRAGMA shrink_memory;") {
        tracing::debug!(%fault, "a page cache was not given back");
    }
}

/// The settings of a connection that only reads. Its page cache holds decrypted pages, and decrypting is what a scan
/// costs, so it may grow until it holds the listed columns and the searched text of a large register.
pub(crate) fn settle_reader(connection: &Connection, schema: &Schema) -> Result<(), RegisterError> {
    connection.execute_batch(SETTINGS)?;
    connection.execute_batch(&format!("PRAGMA cache_size = -{};", schema.reader_cache_kib))?;
    connection.execute_batch("PRAGMA query_only = ON;")?;
    connection.busy_timeout(Duration::from_secs(5))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_library_encrypts() {
        let connection = Connection::open_in_memory().unwrap();
        let version = cipher_version(&connection).unwrap();
        assert!(!version.is_empty(), "plain SQLite would write everything in the clear");
    }
}
