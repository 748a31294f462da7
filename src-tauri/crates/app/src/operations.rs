//! Owns the running long operations, so that each can be stopped by name. Must not know what they do.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio_util::sync::CancellationToken;

/// The operations that run now, by the name the page gave them.
#[derive(Debug, Default, Clone)]
pub(crate) struct Operations(Arc<Mutex<HashMap<String, CancellationToken>>>);

/// A running operation; forgets itself when dropped.
#[derive(Debug)]
pub(crate) struct Operation {
    name: String,
    all: Operations,
    /// Cancelled when the person stops it.
    pub(crate) cancel: CancellationToken,
}

impl Operations {
    /// Begins `name`; an operation of that name that still runs is stopped first.
    pub(crate) fn begin(&self, name: impl Into<String>) -> Operation {
        let (name, cancel) = (name.into(), CancellationToken::new());
        if let Some(earlier) = self.lock().insert(name.clone(), cancel.clone()) {
            earlier.cancel();
        }
        Operation {
            name,
            all: self.clone(),
            cancel,
        }
    }

    /// Stops `name`; says whether it ran.
    pub(crate) fn cancel(&self, name: &str) -> bool {
        let found = self.lock().get(name).cloned();
        if let Some(token) = &found {
            token.cancel();
        }
        found.is_some()
    }

    /// Stops everything whose name begins with `prefix`.
    pub(crate) fn cancel_all(&self, prefix: &str) {
        for (name, token) in self.lock().iter() {
            if name.starts_with(prefix) {
                token.cancel();
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, CancellationToken>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Operation {
    fn drop(&mut self) {
        // A later operation of the same name has its own entry; only an entry that was cancelled or is ours goes.
        let mut all = self.all.lock();
        if !self.cancel.is_cancelled() || all.get(&self.name).is_some_and(CancellationToken::is_cancelled) {
            all.remove(&self.name);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_operation_is_stopped_by_its_name() {
        let operations = Operations::default();
        let running = operations.begin("sync:1");
        assert!(operations.cancel("sync:1") && running.cancel.is_cancelled());
        assert!(!operations.cancel("sync:2"), "nothing of that name runs");
    }

    #[test]
    fn beginning_again_stops_the_earlier_one_and_keeps_the_later() {
        let operations = Operations::default();
        let earlier = operations.begin("sync:1");
        let later = operations.begin("sync:1");
        assert!(earlier.cancel.is_cancelled() && !later.cancel.is_cancelled());
        drop(earlier);
        assert!(operations.cancel("sync:1"), "the later one is still known");
        drop(later);
        assert!(!operations.cancel("sync:1"), "an ended one is forgotten");
    }
}
