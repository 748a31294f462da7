//! Owns the Activity screen: the newest calls of one connection or of all. Must not call a service.

use countersign_domain::{ConnectionId, Failure, Stage};
use countersign_register::CallEntry;

use crate::app::{App, connection_id};
use crate::connections::card::{call_entry, call_shown};
use crate::page::CallShown;
use crate::registers::{self, blocking};

/// The longest list of calls answered.
const MOST_CALLS: u32 = 1_000;

impl App {
    /// The newest calls, newest first, of one connection or of all; at most 1,000. Of a connection whose ledger cannot be
    /// opened now, the list of all shows the calls of this run.
    ///
    /// # Errors
    /// `connection-unknown`, or a failure of keychain or register; for the list of all only where nothing can be shown.
    pub async fn activity(&self, id: Option<&str>, limit: u32) -> Result<Vec<CallShown>, Failure> {
        let limit = limit.clamp(1, MOST_CALLS);
        let calls = match id {
            Some(id) => {
                let id = connection_id(id)?;
                self.0.settings.ready(&id)?;
                self.calls_of(&id, limit).await?
            }
            None => self.calls_of_all(limit).await?,
        };
        Ok(calls.iter().map(call_shown).collect())
    }

    async fn calls_of_all(&self, limit: u32) -> Result<Vec<CallEntry>, Failure> {
        let (mut all, mut failed) = (Vec::new(), None);
        for saved in self.0.settings.connections() {
            let id = &saved.connection.id;
            let waiting = self.0.activity.waiting(id);
            if saved.connection.stage != Stage::Ready || (waiting.is_empty() && !self.0.registers.is_there(id)) {
                continue;
            }
            match self.calls_of(id, limit).await {
                Ok(calls) => all.extend(calls),
                Err(failure) => {
                    all.extend(waiting.iter().map(call_entry));
                    failed = failed.or(Some(failure));
                }
            }
        }
        all.sort_by_key(|call| std::cmp::Reverse(call.at));
        all.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        match failed {
            Some(failure) if all.is_empty() => Err(failure),
            _ => Ok(all),
        }
    }

    async fn calls_of(&self, id: &ConnectionId, limit: u32) -> Result<Vec<CallEntry>, Failure> {
        self.write_down_calls(id).await?;
        let register = self.0.registers.of(id).await?;
        blocking(move || register.ledger.recent_calls(None, limit).map_err(registers::failure)).await
    }
}
