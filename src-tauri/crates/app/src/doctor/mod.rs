//! Owns when every layer of a connection last passed. Must not outlive the run.

use countersign_domain::ConnectionId;

/// When every layer last passed, in this run.
#[derive(Debug, Default)]
pub(crate) struct Passed(std::sync::Mutex<std::collections::HashMap<ConnectionId, countersign_domain::Timestamp>>);

impl Passed {
    /// Forgets when `id` passed.
    pub(crate) fn forget(&self, id: &ConnectionId) {
        self.0
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .remove(id);
    }
}
