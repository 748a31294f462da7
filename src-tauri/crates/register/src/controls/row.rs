//! Owns how a control is written into its tables and read back. Must not decide what is listed.

use countersign_domain::{ControlDocument, ControlId};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::types::{ControlRow, StoredControl};
use crate::error::RegisterError;
use crate::{fold, sort_key};

/// Characters of a value that a list keeps: a hostile one of 4 MiB would make a window of 200 rows unanswerable.
const LONGEST_LISTED: usize = 1_000;

/// The columns of `control` in the order in which `read` takes them.
pub(super) const LISTED: &str = "id, identifier, name, domain, implementation, testing, freshness, health, status, \
                                 owner, updated, partial";

const WRITE: &str = "INSERT INTO control (row, id, identifier, name, domain, implementation, testing, freshness, \
    health, status, owner, updated, partial, identifier_key, name_key, domain_key, implementation_key, testing_key, \
    freshness_key, health_key, owner_key, updated_key) \
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22)";

/// Writes `document` as row `row`, or as a new one; no such row or id may be there. Gives its row number.
pub(super) fn insert(connection: &Connection, row: Option<i64>, document: &ControlDocument) -> rusqlite::Result<i64> {
    let listed = &document.listed;
    let key = |value: &Option<String>, key: fn(&str) -> Vec<u8>| value.as_deref().map(key);
    connection.prepare_cached(WRITE)?.execute(params![
        row,
        document.id.as_str(),
        cut(listed.control_identifier.as_deref()),
        cut(listed.name.as_deref()),
        cut(listed.domain_name.as_deref()),
        cut(listed.implementation.as_deref()),
        cut(listed.testing_status.as_deref()),
        cut(listed.freshness.as_deref()),
        cut(listed.health.as_deref()),
        cut(listed.status.as_deref()),
        cut(listed.owner.as_deref()),
        cut(listed.updated_on.as_deref()),
        listed.is_partial,
        key(&listed.control_identifier, sort_key::natural),
        key(&listed.name, sort_key::natural),
        key(&listed.domain_name, sort_key::natural),
        key(&listed.implementation, sort_key::implementation),
        key(&listed.testing_status, sort_key::testing),
        key(&listed.freshness, sort_key::freshness),
        key(&listed.health, sort_key::health),
        key(&listed.owner, sort_key::natural),
        key(&listed.updated_on, sort_key::instant),
    ])?;
    let row = connection.last_insert_rowid();
    insert_apart(connection, row, document)?;
    Ok(row)
}

/// The searched text and the document, each in its own table.
fn insert_apart(connection: &Connection, row: i64, document: &ControlDocument) -> rusqlite::Result<()> {
    let listed = &document.listed;
    let folded = fold::searched_text(&[
        listed.control_identifier.as_deref(),
        listed.name.as_deref(),
        listed.domain_name.as_deref(),
        listed.owner.as_deref(),
        listed.description.as_deref(),
    ]);
    connection
        .prepare_cached("INSERT INTO control_search (row, folded) VALUES (?1, ?2)")?
        .execute(params![row, folded])?;
    connection
        .prepare_cached("INSERT INTO control_document (row, verbatim) VALUES (?1, ?2)")?
        .execute(params![row, document.verbatim])?;
    Ok(())
}

/// The beginning of a value, where it is too long for a list.
fn cut(value: Option<&str>) -> Option<&str> {
    let value = value?;
    match value.char_indices().nth(LONGEST_LISTED) {
        Some((end, _)) => value.get(..end),
        None => Some(value),
    }
}

/// Takes a row of `LISTED`.
pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<ControlRow> {
    Ok(ControlRow {
        id: row.get(0)?,
        identifier: row.get(1)?,
        name: row.get(2)?,
        domain: row.get(3)?,
        implementation: row.get(4)?,
        testing: row.get(5)?,
        freshness: row.get(6)?,
        health: row.get(7)?,
        status: row.get(8)?,
        owner: row.get(9)?,
        updated: row.get(10)?,
        partial: row.get(11)?,
    })
}

/// One control with its document.
pub(super) fn document(connection: &Connection, id: &ControlId) -> Result<Option<StoredControl>, RegisterError> {
    let sql = format!("SELECT {LISTED}, verbatim FROM control JOIN control_document USING (row) WHERE id = ?1");
    let mut statement = connection.prepare_cached(&sql)?;
    let stored = statement
        .query_row([id.as_str()], |row| {
            Ok(StoredControl {
                row: read(row)?,
                verbatim: row.get(12)?,
            })
        })
        .optional()?;
    // A page that fails its authentication may come back as zeros; JSON text holds none.
    match stored {
        Some(stored) if stored.verbatim.contains('\0') => Err(RegisterError::Damaged { source: None }),
        other => Ok(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_too_long_for_a_list_is_cut_between_characters() {
        let long = "é".repeat(LONGEST_LISTED + 1);
        assert_eq!(cut(Some(&long)).unwrap().chars().count(), LONGEST_LISTED);
        assert_eq!(cut(Some("short")), Some("short"));
        assert_eq!(cut(None), None);
    }
}
