//! Owns the record of calls between the moment they end and the moment a ledger takes them, and what the card shows of
//! them, after the program ends too. Must not hold a body, a header or a query.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use countersign_domain::{ConnectionId, ErrorCode, Timestamp};
use countersign_gateway::{ActivitySink, CallRecord};

use crate::connections::card::call_entry;
use crate::page::WaitShown;
use crate::ports::Progress;
use crate::settings::{KeptCall, SavedConnection, Settings};

/// Calls kept for a connection whose ledger is not open; the oldest go first.
const WAITING: usize = 1_000;
/// How much later a use is remembered anew: busy work does not write the settings with every call.
const USE_REMEMBERED: Duration = Duration::from_secs(60);

/// Calls on their way to the ledgers.
pub(crate) struct Activity {
    calls: Mutex<HashMap<ConnectionId, Calls>>,
    settings: Arc<Settings>,
    waits: Arc<dyn Progress<WaitShown>>,
}

#[derive(Debug, Default)]
struct Calls {
    waiting: VecDeque<CallRecord>,
    last_use: Option<Timestamp>,
    last_refusal: Option<CallRecord>,
    /// The last use that the settings were told.
    remembered: Option<Timestamp>,
}

/// What the settings are to remember of a call.
struct Remembered {
    used: Timestamp,
    refusal: Option<KeptCall>,
}

impl Activity {
    /// Nothing yet; whoever looks at the program is told of waits by `waits`.
    pub(crate) fn new(settings: Arc<Settings>, waits: Arc<dyn Progress<WaitShown>>) -> Self {
        let calls = Mutex::default();
        Self { calls, settings, waits }
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

    /// Writes to the settings what their card shows of a call, where it is worth a write. Off the way of the call, which
    /// does not wait for a disk.
    fn remember(&self, id: ConnectionId, remembered: Remembered) {
        let settings = Arc::clone(&self.settings);
        let write = move || {
            if let Err(failure) = settings.update(&id, |saved| remembered.put_into(saved)) {
                tracing::debug!(connection = %id, code = %failure.code, "the last use was not remembered");
            }
        };
        match tokio::runtime::Handle::try_current() {
            Ok(runtime) => drop(runtime.spawn_blocking(write)),
            Err(_) => write(),
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<ConnectionId, Calls>> {
        self.calls.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Calls {
    /// Takes a call in; what the settings are to remember of it, if anything.
    fn take(&mut self, call: CallRecord) -> Option<Remembered> {
        let used = call.at;
        self.last_use = Some(used);
        let refusal = is_refusal(&call).then(|| KeptCall::of(&call_entry(&call)));
        if refusal.is_some() {
            self.last_refusal = Some(call.clone());
        }
        if self.waiting.len() == WAITING {
            self.waiting.pop_front();
        }
        self.waiting.push_back(call);
        let is_known = |known: Timestamp| used.duration_since(known).unsigned_abs() < USE_REMEMBERED;
        if refusal.is_none() && self.remembered.is_some_and(is_known) {
            return None;
        }
        self.remembered = Some(used);
        Some(Remembered { used, refusal })
    }
}

impl Remembered {
    /// Later calls may have been written before.
    fn put_into(self, saved: &mut SavedConnection) {
        saved.last_use = saved.last_use.max(Some(self.used));
        let is_later = |kept: &KeptCall| saved.last_refusal.as_ref().is_none_or(|known| known.at <= kept.at);
        if let Some(refusal) = self.refusal.filter(is_later) {
            saved.last_refusal = Some(refusal);
        }
    }
}

/// A call that the person stopped was refused by nobody.
fn is_refusal(call: &CallRecord) -> bool {
    match call.outcome {
        Ok(status) => status >= 400,
        Err(code) => code != ErrorCode::Cancelled,
    }
}

impl ActivitySink for Activity {
    fn record(&self, call: CallRecord) {
        let id = call.connection.clone();
        let remembered = self.lock().entry(id.clone()).or_default().take(call);
        if let Some(remembered) = remembered {
            self.remember(id, remembered);
        }
    }

    fn waits(&self, connection: &ConnectionId, wait: Duration) {
        let seconds = wait.as_millis().div_ceil(1_000).try_into().unwrap_or(u32::MAX);
        let connection = connection.to_string();
        self.waits.step(WaitShown { connection, seconds });
    }
}
