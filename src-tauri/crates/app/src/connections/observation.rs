//! Owns what was found out about each connection in this run: its state, who the server says it is, what it may do.
//! Must not outlive the run: what was true yesterday is not shown as true.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use countersign_domain::{ConnectionId, Failure, Timestamp};
use countersign_services::Proof;

/// The last finding about one connection.
#[derive(Debug, Clone)]
pub(crate) struct Observation {
    pub(crate) at: Timestamp,
    pub(crate) outcome: Result<(), Failure>,
    pub(crate) proof: Option<Proof>,
}

/// The findings of this run.
#[derive(Debug, Default)]
pub(crate) struct Observations(Mutex<HashMap<ConnectionId, Observation>>);

impl Observations {
    /// The last finding about `id`.
    pub(crate) fn of(&self, id: &ConnectionId) -> Option<Observation> {
        self.lock().get(id).cloned()
    }

    /// Notes a proof, or how proving failed; an identity found earlier is dropped with a failure.
    pub(crate) fn note(&self, id: &ConnectionId, at: Timestamp, proven: &Result<Proof, Failure>) {
        let outcome = proven.as_ref().map(|_| ()).map_err(Clone::clone);
        let proof = proven.as_ref().ok().cloned();
        self.lock().insert(id.clone(), Observation { at, outcome, proof });
    }

    /// Notes that a call of ordinary work failed, keeping what was known of the identity.
    pub(crate) fn note_failure(&self, id: &ConnectionId, at: Timestamp, failure: &Failure) {
        let mut all = self.lock();
        let proof = all.get(id).and_then(|known| known.proof.clone());
        all.insert(
            id.clone(),
            Observation {
                at,
                outcome: Err(failure.clone()),
                proof,
            },
        );
    }

    /// Forgets what was found about `id`.
    pub(crate) fn forget(&self, id: &ConnectionId) {
        self.lock().remove(id);
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<ConnectionId, Observation>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
