//! Owns the writing of a sync as one transaction and the record of what it changed. Must not be seen before it is
//! finished.

use std::collections::HashSet;
use std::sync::MutexGuard;

use countersign_domain::{ControlDocument, Timestamp};
use rusqlite::{Connection, OptionalExtension, params};

use super::row;
use super::types::Snapshot;
use crate::connection;
use crate::error::RegisterError;

const LATEST: &str = "SELECT number, started, finished, row_count, partial_count, added, changed, gone, repeated \
                      FROM snapshot ORDER BY number DESC LIMIT 1";

/// The newest finished snapshot.
pub(super) fn latest(connection: &Connection) -> rusqlite::Result<Option<Snapshot>> {
    let mut statement = connection.prepare_cached(LATEST)?;
    let read = |row: &rusqlite::Row<'_>| {
        Ok(Snapshot {
            number: row.get(0)?,
            started: row.get(1)?,
            finished: row.get(2)?,
            rows: row.get(3)?,
            partial: row.get(4)?,
            added: row.get(5)?,
            changed: row.get(6)?,
            gone: row.get(7)?,
            repeated: row.get(8)?,
        })
    };
    statement.query_row([], read).optional()
}

/// A sync being written: one transaction on the one writing connection. Dropped unfinished, it is rolled back.
#[derive(Debug)]
pub struct SnapshotWriter<'a> {
    connection: MutexGuard<'a, Connection>,
    number: u32,
    started: Timestamp,
    seen: HashSet<i64>,
    repeated: u32,
}

impl<'a> SnapshotWriter<'a> {
    pub(super) fn begin(connection: MutexGuard<'a, Connection>, started: Timestamp) -> Result<Self, RegisterError> {
        // Here only: a snapshot whose number cannot be read is not begun.
        let before = latest(&connection)?.map_or(0, |snapshot| snapshot.number);
        connection.execute_batch("BEGIN IMMEDIATE")?;
        Ok(Self {
            connection,
            number: before.saturating_add(1),
            started,
            seen: HashSet::new(),
            repeated: 0,
        })
    }

    /// Writes controls of the answer. A control as it was costs no write; one that changed keeps its earlier document
    /// in the history. An id that comes again replaces the one before it and is counted.
    ///
    /// # Errors
    /// `Damaged` or `Database`; the snapshot should then be dropped.
    pub fn write(&mut self, documents: &[ControlDocument]) -> Result<(), RegisterError> {
        for document in documents {
            let row = self.write_one(document)?;
            if !self.seen.insert(row) {
                self.repeated = self.repeated.saturating_add(1);
            }
        }
        Ok(())
    }

    fn write_one(&self, document: &ControlDocument) -> Result<i64, RegisterError> {
        let sql = "SELECT row, verbatim = ?2 FROM control JOIN control_document USING (row) WHERE id = ?1";
        let there: Option<(i64, bool)> = self
            .connection
            .prepare_cached(sql)?
            .query_row(params![document.id.as_str(), document.verbatim], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .optional()?;
        match there {
            Some((row, true)) => Ok(row),
            Some((row, false)) => {
                self.remember("changed", row)?;
                self.delete(row)?;
                Ok(row::insert(&self.connection, Some(row), document)?)
            }
            None => {
                let row = row::insert(&self.connection, None, document)?;
                // In the first snapshot everything is new: nothing to tell apart later.
                if self.number > 1 {
                    self.remember("added", row)?;
                }
                Ok(row)
            }
        }
    }

    /// Writes the change of a row into the history, once a snapshot: what an id was first is what it was.
    fn remember(&self, change: &str, row: i64) -> Result<(), RegisterError> {
        let sql = "INSERT OR IGNORE INTO control_history (snapshot, id, change, earlier) \
                   SELECT ?1, id, ?2, iif(?2 = 'added', NULL, verbatim) \
                   FROM control JOIN control_document USING (row) WHERE row = ?3";
        self.connection
            .prepare_cached(sql)?
            .execute(params![self.number, change, row])?;
        Ok(())
    }

    /// Removes a row with its searched text and its document.
    fn delete(&self, row: i64) -> Result<(), RegisterError> {
        self.connection
            .prepare_cached("DELETE FROM control WHERE row = ?1")?
            .execute([row])?;
        Ok(())
    }

    /// Ends the sync: controls that did not come leave the list, and every question is answered from here on.
    ///
    /// # Errors
    /// `Damaged` or `Database`; nothing is then changed.
    pub fn finish(self, finished: Timestamp) -> Result<Snapshot, RegisterError> {
        self.remove_gone()?;
        self.forget_reverted()?;
        let snapshot = self.summary(finished)?;
        self.connection.execute(
            "INSERT INTO snapshot (number, started, finished, row_count, partial_count, added, changed, gone, repeated) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            params![
                snapshot.number,
                snapshot.started,
                snapshot.finished,
                snapshot.rows,
                snapshot.partial,
                snapshot.added,
                snapshot.changed,
                snapshot.gone,
                snapshot.repeated
            ],
        )?;
        self.connection.execute_batch("COMMIT")?;
        connection::let_go_of_memory(&self.connection);
        Ok(snapshot)
    }

    fn remove_gone(&self) -> Result<(), RegisterError> {
        let mut statement = self.connection.prepare_cached("SELECT row FROM control")?;
        let rows = statement
            .query_map([], |row| row.get(0))?
            .collect::<Result<Vec<i64>, _>>()?;
        for row in rows.into_iter().filter(|row| !self.seen.contains(row)) {
            self.remember("gone", row)?;
            self.delete(row)?;
        }
        Ok(())
    }

    /// An id that came twice, last as it had been before, has not changed.
    fn forget_reverted(&self) -> Result<(), RegisterError> {
        if self.repeated == 0 {
            return Ok(());
        }
        self.connection.execute(
            "DELETE FROM control_history WHERE snapshot = ?1 AND change = 'changed' AND earlier = \
             (SELECT verbatim FROM control JOIN control_document USING (row) WHERE control.id = control_history.id)",
            [self.number],
        )?;
        Ok(())
    }

    fn summary(&self, finished: Timestamp) -> Result<Snapshot, RegisterError> {
        let count = |sql: &str| self.connection.query_row(sql, [], |row| row.get::<_, u32>(0));
        let changes = |change: &str| {
            let sql = "SELECT count(*) FROM control_history WHERE snapshot = ?1 AND change = ?2";
            self.connection
                .query_row(sql, params![self.number, change], |row| row.get::<_, u32>(0))
        };
        let rows = count("SELECT count(*) FROM control")?;
        Ok(Snapshot {
            number: self.number,
            started: self.started,
            finished,
            rows,
            partial: count("SELECT count(*) FROM control WHERE partial")?,
            added: if self.number == 1 { rows } else { changes("added")? },
            changed: changes("changed")?,
            gone: changes("gone")?,
            repeated: self.repeated,
        })
    }
}

impl Drop for SnapshotWriter<'_> {
    fn drop(&mut self) {
        if self.connection.is_autocommit() {
            return;
        }
        if let Err(fault) = self.connection.execute_batch("ROLLBACK") {
            tracing::warn!(%fault, "an unfinished snapshot was not rolled back");
        }
    }
}
