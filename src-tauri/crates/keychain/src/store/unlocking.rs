//! Owns a question put to a person by the keychain: put once at a time, waited for briefly, answered whenever.
//! Must not block longer than its patience, however long the person takes.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use crate::error::{KeychainError, Source};

/// Shared by every store that is opened for one keychain, so that a second call adds no second prompt.
#[derive(Debug, Clone, Default)]
pub(super) struct Unlocking {
    asking: Arc<AtomicBool>,
}

impl Unlocking {
    /// Puts the question on a thread of its own and gives its answer, if that comes within `patience`.
    ///
    /// # Errors
    /// `Locked` while the question stands unanswered, from this call or an earlier one; else what it ended with.
    pub(super) fn ask<Question>(&self, patience: Duration, question: Question) -> Result<(), KeychainError>
    where
        Question: FnOnce() -> Result<(), KeychainError> + Send + 'static,
    {
        if self.asking.swap(true, Ordering::AcqRel) {
            return Err(unanswered());
        }
        let asked = Asked(Arc::clone(&self.asking));
        let (answer, answered) = mpsc::channel();
        thread::Builder::new()
            .name("keychain-unlock".to_owned())
            .spawn(move || {
                let result = question();
                drop(asked);
                // Nobody listens any more where the person took longer than the patience.
                let _ = answer.send(result);
            })
            .map_err(KeychainError::failed)?;
        answered.recv_timeout(patience).unwrap_or_else(|_| Err(unanswered()))
    }
}

/// Frees the place for the next question, even where this one panics or never starts.
struct Asked(Arc<AtomicBool>);

impl Drop for Asked {
    fn drop(&mut self) {
        self.0.store(false, Ordering::Release);
    }
}

fn unanswered() -> KeychainError {
    KeychainError::Locked {
        source: Source::from("the keychain asks for its password and waits for the answer"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: Duration = Duration::from_secs(60);

    #[test]
    fn an_answer_in_time_is_the_outcome() {
        let unlocking = Unlocking::default();
        assert!(unlocking.ask(LONG, || Ok(())).is_ok());
        let refused = unlocking.ask(LONG, || Err(KeychainError::failed("refused")));
        assert!(matches!(refused, Err(KeychainError::Failed { .. })), "{refused:?}");
    }

    #[test]
    fn an_open_question_is_not_put_twice_and_does_not_block() {
        let unlocking = Unlocking::default();
        let (answer, person) = mpsc::channel::<()>();
        let first = unlocking.ask(Duration::ZERO, move || person.recv().map_err(KeychainError::failed));
        assert!(matches!(first, Err(KeychainError::Locked { .. })), "{first:?}");
        let second = unlocking.ask(LONG, || Err(KeychainError::failed("a second prompt")));
        assert!(matches!(second, Err(KeychainError::Locked { .. })), "{second:?}");
        drop(answer);
    }

    #[test]
    fn a_question_that_breaks_makes_room_for_the_next() {
        let unlocking = Unlocking::default();
        let broken = unlocking.ask(LONG, || Err(KeychainError::failed("the prompter ended")));
        assert!(broken.is_err());
        assert!(unlocking.ask(LONG, || Ok(())).is_ok());
    }
}
