//! Owns the use-cases of the Connections screen: list, save, test, rename, replace the secret, forget.
//! Must not show a secret: it goes inward with a draft and never comes back.

pub(crate) mod card;
mod changes;
pub(crate) mod draft;
mod forget;
pub(crate) mod observation;
pub(crate) mod prove;
mod save;

use countersign_domain::{ConnectionId, ErrorCode, Failure, Stage};

use crate::app::{App, connection_id};
use crate::page::{CallShown, ConnectionCard};
use crate::registers::{self, blocking};

pub(crate) use draft::{Checked, hypothesis_server};

/// The longest list of calls answered.
const MOST_CALLS: u32 = 200;

impl App {
    /// Every connection that is ready, in the order it was added.
    pub fn connections(&self) -> Vec<ConnectionCard> {
        let saved = self.0.settings.connections();
        let ready = saved.iter().filter(|saved| saved.connection.stage == Stage::Ready);
        ready.map(|saved| self.card(saved)).collect()
    }

    /// Gives a connection another name.
    ///
    /// # Errors
    /// `input-invalid` at the label, `connection-unknown`, `settings-failed`.
    pub fn rename_connection(&self, id: &str, label: &str) -> Result<ConnectionCard, Failure> {
        let id = connection_id(id)?;
        self.0.settings.ready(&id)?;
        self.0.settings.rename(&id, draft::checked_label(label)?)?;
        Ok(self.card(&self.0.settings.ready(&id)?))
    }

    /// The latest calls of a connection, newest first, at most 200.
    ///
    /// # Errors
    /// `connection-unknown`, or a failure of keychain or register.
    pub async fn recent_calls(&self, id: &str, limit: u32) -> Result<Vec<CallShown>, Failure> {
        let id = connection_id(id)?;
        self.0.settings.ready(&id)?;
        self.write_down_calls(&id).await?;
        let register = self.0.registers.of(&id).await?;
        let limit = limit.clamp(1, MOST_CALLS);
        let calls = blocking(move || register.ledger.recent_calls(None, limit).map_err(registers::failure)).await?;
        Ok(calls.iter().map(card::call_shown).collect())
    }

    /// Puts the calls made since the last time into the ledger.
    pub(crate) async fn write_down_calls(&self, id: &ConnectionId) -> Result<(), Failure> {
        let register = self.0.registers.of(id).await?;
        let entries: Vec<_> = self.0.activity.take_waiting(id).iter().map(card::call_entry).collect();
        blocking(move || register.ledger.record_calls(&entries).map_err(registers::failure)).await
    }
}

pub(crate) fn cancelled() -> Failure {
    Failure::new(ErrorCode::Cancelled, "Stopped. Nothing was changed.")
}
