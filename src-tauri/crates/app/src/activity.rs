//! Owns the record of calls between the moment they end and the moment a ledger takes them, and what the card shows of
//! them. Must not hold a body, a header or a query.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use countersign_domain::{ConnectionId, Timestamp};
use countersign_gateway::{ActivitySink, CallRecord};

use crate::page::WaitShown;
use crate::ports::Progress;

/// Calls kept for a connection whose ledger is not open; the oldest go first.
const WAITING: usize = 1_000;

/// Calls on their way to the ledgers.
pub(crate) struct Activity {
    calls: Mutex<HashMap<ConnectionId, Calls>>,
    waits: Arc<dyn Progress<WaitShown>>,
}

#[derive(Debug, Default)]
struct Calls {
    waiting: VecDeque<CallRecord>,
    last_use: Option<Timestamp>,
    last_refusal: Option<CallRecord>,
}

impl Activity {
    /// Nothing yet; whoever looks at the program is told of waits by `waits`.
    pub(crate) fn new(waits: Arc<dyn Progress<WaitShown>>) -> Self {
        let calls = Mutex::default();
        Self { calls, waits }
    }

    /// When the connection was last used in this run.
    pub(crate) fn last_use(&self, id: &ConnectionId) -> Option<Timestamp> {
        self.lock().get(id).and_then(|calls| calls.last_use)
    }

    /// The last call of this run that was refused or failed.
    pub(crate) fn last_refusal(&self, id: &ConnectionId) -> Option<CallRecord> {
        self.lock().get(id).and_then(|calls| calls.last_refusal.clone())
    }

    /// The calls that no ledger has yet, oldest first.
    pub(crate) fn waiting(&self, id: &ConnectionId) -> Vec<CallRecord> {
        let all = self.lock();
        all.get(id)
            .map(|calls| calls.waiting.iter().cloned().collect())
            .unwrap_or_default()
    }

    /// Takes the calls that no ledger has yet, oldest first.
    pub(crate) fn take_waiting(&self, id: &ConnectionId) -> Vec<CallRecord> {
        self.lock()
            .get_mut(id)
            .map(|calls| calls.waiting.drain(..).collect())
            .unwrap_or_default()
    }

    /// Forgets all about a connection.
    pub(crate) fn forget(&self, id: &ConnectionId) {
        self.lock().remove(id);
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<ConnectionId, Calls>> {
        self.calls.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl ActivitySink for Activity {
    fn record(&self, call: CallRecord) {
        let mut all = self.lock();
        let calls = all.entry(call.connection.clone()).or_default();
        calls.last_use = Some(call.at);
        if call.outcome.as_ref().map_or(true, |status| *status >= 400) {
            calls.last_refusal = Some(call.clone());
        }
        if calls.waiting.len() == WAITING {
            calls.waiting.pop_front();
        }
        calls.waiting.push_back(call);
    }

    fn waits(&self, connection: &ConnectionId, wait: Duration) {
        let seconds = wait.as_millis().div_ceil(1_000).try_into().unwrap_or(u32::MAX);
        let connection = connection.to_string();
        self.waits.step(WaitShown { connection, seconds });
    }
}
