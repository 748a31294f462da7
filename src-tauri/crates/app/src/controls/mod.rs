//! Owns the use-cases of the Controls screen: windows, facets, detail. Must not sort, filter or count: the register does.

mod detail;
mod query;
mod sync;

use std::sync::Arc;

use countersign_domain::{ConnectionId, ControlId, ErrorCode, Failure};
use countersign_register::Snapshot;

use crate::app::{App, connection_id};
use crate::page::{ControlDetail, ControlsFacet, ControlsQuery, ControlsWindow, SnapshotShown};
use crate::registers::{self, Register, blocking};

impl App {
    /// Rows of the register under search, filters and order.
    ///
    /// # Errors
    /// `connection-unknown`, `input-invalid` for a window of another size, or a failure of keychain or register.
    pub async fn controls_window(&self, id: &str, query: ControlsQuery) -> Result<ControlsWindow, Failure> {
        let register = self.controls_register(id).await?;
        let query = query::checked(&query)?;
        blocking(move || {
            register
                .controls
                .window(&query)
                .map(query::window_shown)
                .map_err(registers::failure)
        })
        .await
    }

    /// The facets with counts under the other filters and the search.
    ///
    /// # Errors
    /// As `controls_window`.
    pub async fn controls_facets(&self, id: &str, query: ControlsQuery) -> Result<Vec<ControlsFacet>, Failure> {
        let register = self.controls_register(id).await?;
        let query = query::checked(&query)?;
        let facets = blocking(move || register.controls.facets(&query).map_err(registers::failure)).await?;
        Ok(facets.into_iter().map(query::facet_shown).collect())
    }

    /// Everything the server sent of one control.
    ///
    /// # Errors
    /// As `controls_window`, and `not-found` where the register no longer holds it.
    pub async fn control_detail(&self, id: &str, control: &str) -> Result<ControlDetail, Failure> {
        let register = self.controls_register(id).await?;
        let gone = || Failure::new(ErrorCode::NotFound, "The register no longer holds this control.");
        let control = ControlId::parse(control).map_err(|_| gone())?;
        let stored = blocking(move || register.controls.document(&control).map_err(registers::failure)).await?;
        stored.map(|stored| detail::shown(&stored)).ok_or_else(gone)
    }

    async fn controls_register(&self, id: &str) -> Result<Arc<Register>, Failure> {
        let id = connection_id(id)?;
        self.reads_controls(&id)?;
        self.0.registers.of(&id).await
    }

    fn reads_controls(&self, id: &ConnectionId) -> Result<(), Failure> {
        let saved = self.0.settings.ready(id)?;
        let unsuited = || Failure::new(ErrorCode::KindUnsuited, "This kind of connection reads no controls.");
        saved
            .connection
            .kind
            .reads_controls()
            .then_some(())
            .ok_or_else(unsuited)
    }
}

/// A first snapshot changes nothing: there was nothing before it.
pub(crate) fn snapshot_shown(snapshot: &Snapshot) -> SnapshotShown {
    let changed = snapshot
        .added
        .saturating_add(snapshot.changed)
        .saturating_add(snapshot.gone);
    SnapshotShown {
        number: snapshot.number,
        finished: snapshot.finished.to_string(),
        rows: snapshot.rows,
        changed: if snapshot.number == 1 { 0 } else { changed },
    }
}
