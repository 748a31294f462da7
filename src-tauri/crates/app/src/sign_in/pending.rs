//! Owns which sign-in is under way, so that a pasted address and a second look at the page find it.
//! Must not keep one that has ended.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use countersign_domain::ConnectionId;
use countersign_services::sign_in::PendingSignIn;

type Slot = Arc<Mutex<Option<(ConnectionId, Arc<PendingSignIn>)>>>;

/// The sign-in under way, if there is one.
#[derive(Debug, Default)]
pub(crate) struct PendingSignIns(Slot);

/// Says that a sign-in is under way as long as it lives.
#[derive(Debug)]
pub(crate) struct UnderWay {
    slot: Slot,
    pending: Arc<PendingSignIn>,
}

impl PendingSignIns {
    /// The one under way.
    pub(crate) fn now(&self) -> Option<Arc<PendingSignIn>> {
        lock(&self.0).as_ref().map(|(_, pending)| Arc::clone(pending))
    }

    /// Whether the one under way is for `id`.
    pub(crate) fn is_for(&self, id: &ConnectionId) -> bool {
        lock(&self.0).as_ref().is_some_and(|(of, _)| of == id)
    }

    /// `pending` is the one from now on.
    pub(crate) fn begin(&self, id: &ConnectionId, pending: &Arc<PendingSignIn>) -> UnderWay {
        *lock(&self.0) = Some((id.clone(), Arc::clone(pending)));
        UnderWay {
            slot: Arc::clone(&self.0),
            pending: Arc::clone(pending),
        }
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        let mut slot = lock(&self.slot);
        if slot.as_ref().is_some_and(|(_, now)| Arc::ptr_eq(now, &self.pending)) {
            *slot = None;
        }
    }
}

fn lock(slot: &Slot) -> MutexGuard<'_, Option<(ConnectionId, Arc<PendingSignIn>)>> {
    slot.lock().unwrap_or_else(PoisonError::into_inner)
}
