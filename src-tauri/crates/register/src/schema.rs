//! Owns the ladder of a file's forms and the climbing of it. Must not know what the tables mean.

use std::path::Path;

use rusqlite::Connection;

use crate::error::RegisterError;
use crate::key::RegisterKey;
use crate::{connection, paths};

/// The form of one kind of file.
pub(crate) struct Schema {
    /// `PRAGMA application_id`: tells a controls file from a ledger.
    pub(crate) application: i32,
    /// Step n leads from version n to version n + 1.
    pub(crate) steps: &'static [&'static str],
    /// The content cannot be fetched again: a verified copy is kept before each migration, and nothing is made anew
    /// where remains of a lost file lie.
    pub(crate) irreplaceable: bool,
    /// `PRAGMA synchronous`
    pub(crate) synchronous: &'static str,
    /// Largest page cache of the reading connection, in KiB.
    pub(crate) reader_cache_kib: u32,
}

impl Schema {
    /// The newest version this program knows.
    pub(crate) fn known(&self) -> i64 {
        i64::try_from(self.steps.len()).unwrap_or(i64::MAX)
    }
}

/// The version of an open file.
///
/// # Errors
/// `Damaged` when it is a file of another kind, `Newer` when a later program wrote it.
pub(crate) fn version(connection: &Connection, schema: &Schema) -> Result<i64, RegisterError> {
    let number = |pragma: &str| connection.query_row(pragma, [], |row| row.get::<_, i64>(0));
    let found = number("PRAGMA user_version")?;
    let application = number("PRAGMA application_id")?;
    if application != i64::from(schema.application) || found < 1 {
        return Err(RegisterError::Damaged { source: None });
    }
    let known = schema.known();
    if found > known {
        return Err(RegisterError::Newer { found, known });
    }
    Ok(found)
}

/// Brings the file at `path`, open as `connection` and at version `from`, to the newest form.
pub(crate) fn migrate(
    connection: &Connection,
    path: &Path,
    key: &RegisterKey,
    schema: &Schema,
    from: i64,
) -> Result<(), RegisterError> {
    if from == schema.known() {
        return Ok(());
    }
    if schema.irreplaceable {
        keep_copy(connection, path, key, schema, from)?;
    }
    tracing::info!(from, to = schema.known(), "bringing a register to its newest form");
    climb(connection, schema, from)
}

/// Runs every step from `from` on, each in a transaction of its own with its version.
pub(crate) fn climb(connection: &Connection, schema: &Schema, from: i64) -> Result<(), RegisterError> {
    let first = usize::try_from(from).unwrap_or(0);
    for (step, to) in schema.steps.iter().skip(first).zip(from + 1..) {
        let transaction = connection.unchecked_transaction()?;
        transaction.execute_batch(step)?;
        transaction.execute_batch(&format!("PRAGMA user_version = {to};"))?;
        transaction.commit()?;
    }
    Ok(())
}

/// Copies the file byte for byte to `<path>.before-<version + 1>` and proves that the copy opens and is whole.
fn keep_copy(
    connection: &Connection,
    path: &Path,
    key: &RegisterKey,
    schema: &Schema,
    from: i64,
) -> Result<(), RegisterError> {
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    let copy = paths::beside(path, &format!(".before-{}", from + 1));
    let unproven = paths::beside(&copy, ".new");
    std::fs::copy(path, &unproven)?;
    paths::restrict(&unproven)?;
    paths::private_file(&unproven, false)?.sync_all()?;
    let opened = connection::open(&unproven, key)?;
    verify(&opened, schema, from)?;
    opened.close().map_err(|(_, fault)| RegisterError::from(fault))?;
    std::fs::rename(&unproven, &copy)?;
    paths::settle_folder(&copy)?;
    Ok(())
}

/// Every page authentic, every table whole, the version as expected.
fn verify(connection: &Connection, schema: &Schema, expected: i64) -> Result<(), RegisterError> {
    let broken_pages = connection.prepare("PRAGMA cipher_integrity_check")?.exists([])?;
    let verdict: String = connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if broken_pages || verdict != "ok" || version(connection, schema)? != expected {
        return Err(RegisterError::Damaged { source: None });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use secrecy::SecretSlice;

    use super::*;
    use crate::error::RegisterError;
    use crate::store::Store;

    const ONE: &str = "CREATE TABLE thing (name TEXT) STRICT; INSERT INTO thing VALUES ('kept');";
    const TWO: &str = "ALTER TABLE thing ADD COLUMN size INTEGER;";
    const THREE: &str = "UPDATE thing SET size = 3;";
    const BROKEN: &str = "UPDATE thing SET size = 4; SELECT nonsense;";

    const fn form(steps: &'static [&'static str], irreplaceable: bool) -> Schema {
        Schema {
            application: 7,
            steps,
            irreplaceable,
            synchronous: "FULL",
            reader_cache_kib: 1_024,
        }
    }

    fn key() -> RegisterKey {
        RegisterKey::parse(&SecretSlice::from(vec![9; RegisterKey::LENGTH])).unwrap()
    }

    fn thing(store: &Store) -> (String, i64) {
        let reader = store.reader();
        reader
            .query_row("SELECT name, size FROM thing", [], |row| Ok((row.get(0)?, row.get(1)?)))
            .unwrap()
    }

    #[test]
    fn an_older_file_climbs_every_step_and_an_irreplaceable_one_keeps_a_copy() {
        for irreplaceable in [true, false] {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("thing.db");
            drop(Store::open(&path, &key(), &form(&[ONE], irreplaceable)).unwrap());
            let store = Store::open(&path, &key(), &form(&[ONE, TWO, THREE], irreplaceable)).unwrap();
            assert_eq!(thing(&store), ("kept".to_owned(), 3));
            let copy = paths::beside(&path, ".before-2");
            assert_eq!(copy.exists(), irreplaceable);
            if irreplaceable {
                let opened = connection::open(&copy, &key()).unwrap();
                let columns: i64 = opened
                    .query_row("SELECT count(*) FROM pragma_table_info('thing')", [], |row| row.get(0))
                    .unwrap();
                assert_eq!(columns, 1, "the copy is of the form before");
            }
        }
    }

    #[test]
    fn a_step_that_fails_leaves_the_form_before_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("thing.db");
        drop(Store::open(&path, &key(), &form(&[ONE, TWO, THREE], true)).unwrap());
        let failed = Store::open(&path, &key(), &form(&[ONE, TWO, THREE, BROKEN], true)).unwrap_err();
        assert!(matches!(failed, RegisterError::Database { .. }), "{failed:?}");
        let store = Store::open(&path, &key(), &form(&[ONE, TWO, THREE], true)).unwrap();
        assert_eq!(thing(&store), ("kept".to_owned(), 3));
    }

    #[test]
    fn a_file_that_cannot_be_copied_whole_is_not_migrated() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("thing.db");
        drop(Store::open(&path, &key(), &form(&[ONE], true)).unwrap());
        let mut bytes = std::fs::read(&path).unwrap();
        *bytes.last_mut().unwrap() ^= 1;
        std::fs::write(&path, &bytes).unwrap();
        let failed = Store::open(&path, &key(), &form(&[ONE, TWO], true)).unwrap_err();
        assert!(matches!(failed, RegisterError::Damaged { .. }), "{failed:?}");
        assert_eq!(std::fs::read(&path).unwrap(), bytes);
    }
}
