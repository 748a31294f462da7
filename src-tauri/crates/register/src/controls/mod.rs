//! Owns the `controls` file of one connection: the controls as last synced, what changed before, and the lists made
//! of them. May be rebuilt by a sync. Must not know where the controls come from.

mod facets;
mod query;
mod row;
mod schema;
mod snapshot;
mod types;

use std::path::Path;
use std::sync::Mutex;

use countersign_domain::{ControlId, Timestamp};
use rusqlite::OptionalExtension;

use crate::error::RegisterError;
use crate::key::RegisterKey;
use crate::store::Store;

pub use snapshot::SnapshotWriter;
pub use types::{
    ControlColumn, ControlRow, ControlsFilter, ControlsQuery, ControlsWindow, Facet, FacetField, FacetValue,
    LONGEST_SEARCH, LONGEST_WINDOW, MOST_FACET_VALUES, Snapshot, StoredControl,
};

/// The controls of one connection.
#[derive(Debug)]
pub struct ControlsRegister {
    store: Store,
    /// The order of the list looked at last, so that scrolling asks the database for the rows in sight only.
    view: Mutex<Option<query::View>>,
}

impl ControlsRegister {
    /// Opens the file at `path`, made first (with its folder) where there is none.
    ///
    /// # Errors
    /// `Held` when another process, or another part of this one, has it; `Damaged` when the key does not fit or the
    /// file is broken and `Newer` when a later program wrote it, both without a change to the file; `File` and
    /// `Database` when the system refuses.
    pub fn open(path: &Path, key: &RegisterKey) -> Result<Self, RegisterError> {
        Ok(Self {
            store: Store::open(path, key, &schema::CONTROLS)?,
            view: Mutex::new(None),
        })
    }

    /// Begins a sync. Until it is finished every question is answered from the snapshot before; dropped unfinished, it
    /// leaves nothing behind.
    ///
    /// # Errors
    /// `WriterBusy` while another snapshot is being written.
    pub fn begin_snapshot(&self, started: Timestamp) -> Result<SnapshotWriter<'_>, RegisterError> {
        SnapshotWriter::begin(self.store.writer_at_once()?, started)
    }

    /// The rows of a window over the list, with the counts beside it, all of one snapshot.
    ///
    /// # Errors
    /// `Question` outside the bounds of `ControlsQuery`.
    pub fn window(&self, query: &ControlsQuery) -> Result<ControlsWindow, RegisterError> {
        query.check()?;
        let mut view = self.view.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        query::window(&self.store.reader(), query, &mut view)
    }

    /// The values of each field that can be filtered by, counted under the search and the other fields' filters.
    /// Sort, offset and limit of `query` do not matter.
    ///
    /// # Errors
    /// `Question` outside the bounds of `ControlsQuery`.
    pub fn facets(&self, query: &ControlsQuery) -> Result<Vec<Facet>, RegisterError> {
        query.check()?;
        facets::facets(&self.store.reader(), query)
    }

    /// One control with everything the server sent; `None` when the newest snapshot has no such control.
    ///
    /// # Errors
    /// `Damaged` when the document cannot be read back whole.
    pub fn document(&self, id: &ControlId) -> Result<Option<StoredControl>, RegisterError> {
        row::document(&self.store.reader(), id)
    }

    /// The newest finished snapshot; `None` before the first.
    ///
    /// # Errors
    /// `Damaged` or `Database` as the file gives them.
    pub fn latest_snapshot(&self) -> Result<Option<Snapshot>, RegisterError> {
        Ok(snapshot::latest(&self.store.reader())?)
    }

    /// Controls in the newest snapshot.
    ///
    /// # Errors
    /// `Damaged` or `Database` as the file gives them.
    pub fn row_count(&self) -> Result<u64, RegisterError> {
        let sql = "SELECT row_count FROM snapshot ORDER BY number DESC LIMIT 1";
        let reader = self.store.reader();
        let rows: Option<u64> = reader.query_row(sql, [], |row| row.get(0)).optional()?;
        Ok(rows.unwrap_or(0))
    }
}
