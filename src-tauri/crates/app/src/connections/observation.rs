//! Owns what was found out about each connection in this run: its state, who the server says it is, what it may do.
//! Must not outlive the run: what was true yesterday is not shown as true.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use countersign_domain::{ConnectionId, ErrorCode, Failure, Timestamp};
use countersign_services::{Permission, PermissionState, Proof};

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

    /// Notes a proof, or how proving failed; an identity found earlier is dropped with a failure. A proof that the person
    /// stopped says nothing.
    pub(crate) fn note(&self, id: &ConnectionId, at: Timestamp, proven: &Result<Proof, Failure>) {
        let outcome = proven.as_ref().map(|_| ()).map_err(Clone::clone);
        if is_stop(&outcome) {
            return;
        }
        let proof = proven.as_ref().ok().cloned();
        self.lock().insert(id.clone(), Observation { at, outcome, proof });
    }

    /// Notes that a call of ordinary work failed, keeping what was known of the identity. A call that the person
    /// stopped says nothing of the connection.
    pub(crate) fn note_failure(&self, id: &ConnectionId, at: Timestamp, failure: &Failure) {
        if is_stop(&Err(failure.clone())) {
            return;
        }
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

    /// Notes that a call of ordinary work was answered: the connection works, and may do what it just did.
    pub(crate) fn note_success(&self, id: &ConnectionId, at: Timestamp, permission: &'static str) {
        let mut all = self.lock();
        let mut proof = all.get(id).and_then(|known| known.proof.clone()).unwrap_or_default();
        let known = proof.permissions.iter_mut().find(|known| known.name == permission);
        match known {
            Some(known) => known.state = PermissionState::Allowed,
            None => proof.permissions.push(Permission {
                name: permission,
                state: PermissionState::Allowed,
                status: None,
            }),
        }
        all.insert(
            id.clone(),
            Observation {
                at,
                outcome: Ok(()),
                proof: Some(proof),
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

fn is_stop(outcome: &Result<(), Failure>) -> bool {
    matches!(outcome, Err(failure) if failure.code == ErrorCode::Cancelled)
}
