//! Owns a connection's secret or access token while it is good, in memory alone, and sees to it that it is fetched once
//! for all who wait. Must not know where it comes from.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use countersign_domain::{Clock, SecretString, Timestamp};
use tokio_util::sync::CancellationToken;

use crate::echo::Sought;
use crate::error::GatewayError;

/// How long before its end a secret is fetched anew.
const MARGIN: Duration = Duration::from_secs(45);

/// What a fetch brings.
pub(crate) struct Fetched {
    pub(crate) value: SecretString,
    pub(crate) lifetime: Duration,
}

/// A secret in use. `serial` names this one among all that the cell held.
#[derive(Clone)]
pub(crate) struct Kept {
    pub(crate) value: Arc<SecretString>,
    /// What no answer may repeat of it.
    pub(crate) sought: Option<Arc<Sought>>,
    pub(crate) serial: u64,
    renew_at: Timestamp,
    expires: Timestamp,
}

/// Held by the one who fetches.
pub(crate) type Flight<'a> = tokio::sync::MutexGuard<'a, ()>;

/// The cell.
#[derive(Default)]
pub(crate) struct SecretCell {
    state: Mutex<State>,
    flight: tokio::sync::Mutex<()>,
}

#[derive(Default)]
struct State {
    kept: Option<Kept>,
    serial: u64,
    generation: u64,
    failures: u64,
    failure: Option<GatewayError>,
}

impl SecretCell {
    /// The secret held, or what `fetch` brings. Of all who ask meanwhile only one fetches; if that fails, all who
    /// waited for it get its error. One who is cancelled while fetching leaves it to the next.
    pub(crate) async fn obtain(
        &self,
        clock: &dyn Clock,
        cancel: &CancellationToken,
        fetch: impl Future<Output = Result<Fetched, GatewayError>>,
    ) -> Result<Kept, GatewayError> {
        if let Some(kept) = self.fresh(clock) {
            return Ok(kept);
        }
        self.obtain_since(self.failures(), clock, cancel, fetch).await
    }

    /// As `obtain`, by one who asked when there had been `failures`.
    pub(crate) async fn obtain_since(
        &self,
        failures: u64,
        clock: &dyn Clock,
        cancel: &CancellationToken,
        fetch: impl Future<Output = Result<Fetched, GatewayError>>,
    ) -> Result<Kept, GatewayError> {
        let _flight = self.hold(cancel).await?;
        if let Some(kept) = self.fresh(clock) {
            return Ok(kept);
        }
        if let Some(failure) = self.failed_since(failures) {
            return Err(failure);
        }
        let generation = self.state().generation;
        let outcome = fetch.await;
        self.settle(clock, generation, outcome)
    }

    /// Waits for a fetch under way to end; until the guard is dropped no other begins.
    pub(crate) async fn hold(&self, cancel: &CancellationToken) -> Result<Flight<'_>, GatewayError> {
        tokio::select! {
            biased;
            () = cancel.cancelled() => Err(GatewayError::Cancelled { sent: false }),
            guard = self.flight.lock() => Ok(guard),
        }
    }

    /// Holds what came by another way than a fetch.
    pub(crate) fn put(&self, clock: &dyn Clock, fetched: Fetched) {
        let mut state = self.state();
        state.serial += 1;
        state.kept = Some(Kept::new(fetched, state.serial, clock.now()));
        state.failure = None;
    }

    /// How many fetches failed so far.
    pub(crate) fn failures(&self) -> u64 {
        self.state().failures
    }

    /// Drops the secret called `serial`, unless a newer one is there.
    pub(crate) fn discard(&self, serial: u64) {
        let mut state = self.state();
        if state.kept.as_ref().is_some_and(|kept| kept.serial == serial) {
            state.kept = None;
        }
    }

    /// Drops what is held; what is being fetched now will not be held.
    pub(crate) fn forget(&self) {
        let mut state = self.state();
        state.generation += 1;
        state.kept = None;
    }

    /// When what is held ends.
    pub(crate) fn expires(&self) -> Option<Timestamp> {
        self.state().kept.as_ref().map(|kept| kept.expires)
    }

    /// What is held, while it is good.
    pub(crate) fn fresh(&self, clock: &dyn Clock) -> Option<Kept> {
        let now = clock.now();
        self.state().kept.clone().filter(|kept| now < kept.renew_at)
    }

    fn failed_since(&self, failures: u64) -> Option<GatewayError> {
        let state = self.state();
        state.failure.clone().filter(|_| state.failures > failures)
    }

    fn settle(
        &self,
        clock: &dyn Clock,
        generation: u64,
        outcome: Result<Fetched, GatewayError>,
    ) -> Result<Kept, GatewayError> {
        let mut state = self.state();
        match outcome {
            Ok(fetched) => {
                state.serial += 1;
                let kept = Kept::new(fetched, state.serial, clock.now());
                state.failure = None;
                if state.generation == generation {
                    state.kept = Some(kept.clone());
                }
                Ok(kept)
            }
            Err(error) => {
                // What was forgotten meanwhile says nothing of what took its place.
                if state.generation == generation && !matches!(error, GatewayError::Cancelled { .. }) {
                    state.failures += 1;
                    state.failure = Some(error.clone());
                }
                Err(error)
            }
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    /// A secret that lives shorter than twice the margin is renewed at half its life, or it would never be fresh.
    fn new(fetched: Fetched, serial: u64, now: Timestamp) -> Self {
        let margin = MARGIN.min(fetched.lifetime / 2);
        Self {
            sought: Sought::new(&fetched.value),
            value: Arc::new(fetched.value),
            serial,
            renew_at: later(now, fetched.lifetime.saturating_sub(margin)),
            expires: later(now, fetched.lifetime),
        }
    }
}

fn later(now: Timestamp, step: Duration) -> Timestamp {
    now.saturating_add(step).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use countersign_domain::FixedClock;

    use super::*;

    async fn fetched(count: &AtomicU32, seconds: u64) -> Result<Fetched, GatewayError> {
        tokio::task::yield_now().await;
        count.fetch_add(1, Ordering::SeqCst);
        Ok(Fetched {
            value: SecretString::from("token"),
            lifetime: Duration::from_secs(seconds),
        })
    }

    #[tokio::test]
    async fn a_secret_is_renewed_45_seconds_before_its_end() {
        let (cell, clock, go) = (
            SecretCell::default(),
            FixedClock::new(Timestamp::UNIX_EPOCH),
            CancellationToken::new(),
        );
        let count = AtomicU32::new(0);
        for (step, fetches) in [(0, 1), (3_554, 1), (1, 2), (3_555, 3)] {
            clock.advance(Duration::from_secs(step));
            cell.obtain(&clock, &go, fetched(&count, 3_600)).await.unwrap();
            assert_eq!(count.load(Ordering::SeqCst), fetches, "after {step} seconds more");
        }
    }

    #[tokio::test]
    async fn a_secret_of_few_seconds_is_still_used_more_than_once() {
        let (cell, clock, go) = (
            SecretCell::default(),
            FixedClock::new(Timestamp::UNIX_EPOCH),
            CancellationToken::new(),
        );
        let count = AtomicU32::new(0);
        for (step, fetches) in [(0, 1), (4, 1), (1, 2)] {
            clock.advance(Duration::from_secs(step));
            cell.obtain(&clock, &go, fetched(&count, 10)).await.unwrap();
            assert_eq!(count.load(Ordering::SeqCst), fetches);
        }
    }

    #[tokio::test]
    async fn all_who_waited_for_a_failed_fetch_get_its_error_and_the_next_tries_again() {
        let (cell, go) = (Arc::new(SecretCell::default()), CancellationToken::new());
        let (clock, count) = (
            Arc::new(FixedClock::new(Timestamp::UNIX_EPOCH)),
            Arc::new(AtomicU32::new(0)),
        );
        let waiting: Vec<_> = (0..20)
            .map(|_| {
                let (cell, go, clock, count) = (cell.clone(), go.clone(), clock.clone(), count.clone());
                tokio::spawn(async move {
                    let fetch = async {
                        tokio::task::yield_now().await;
                        count.fetch_add(1, Ordering::SeqCst);
                        Err(GatewayError::TokenUnreadable { host: "h".into() })
                    };
                    cell.obtain(&*clock, &go, fetch).await.is_err()
                })
            })
            .collect();
        for task in waiting {
            assert!(task.await.unwrap());
        }
        assert_eq!(count.load(Ordering::SeqCst), 1, "one fetch failed for all");
        cell.obtain(&*clock, &go, fetched(&count, 60)).await.unwrap();
        assert_eq!(count.load(Ordering::SeqCst), 2);
    }

    #[tokio::test]
    async fn a_failure_of_what_was_forgotten_meanwhile_is_nobody_elses() {
        let (cell, clock, go) = (
            SecretCell::default(),
            FixedClock::new(Timestamp::UNIX_EPOCH),
            CancellationToken::new(),
        );
        let (count, asked) = (AtomicU32::new(0), cell.failures());
        let refused = async {
            cell.forget();
            Err(GatewayError::TokenUnreadable { host: "h".into() })
        };
        assert!(cell.obtain(&clock, &go, refused).await.is_err());
        let next = cell.obtain_since(asked, &clock, &go, fetched(&count, 60)).await;
        assert!(next.is_ok(), "one who waited meanwhile asks anew");
    }

    #[tokio::test]
    async fn what_was_fetched_while_it_was_forgotten_is_not_held() {
        let (cell, clock, go) = (
            SecretCell::default(),
            FixedClock::new(Timestamp::UNIX_EPOCH),
            CancellationToken::new(),
        );
        let count = AtomicU32::new(0);
        let fetch = async {
            cell.forget();
            fetched(&count, 60).await
        };
        cell.obtain(&clock, &go, fetch).await.unwrap();
        assert_eq!(cell.expires(), None);
        cell.obtain(&clock, &go, fetched(&count, 60)).await.unwrap();
        assert_eq!(count.load(Ordering::SeqCst), 2);
    }
}
