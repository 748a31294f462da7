//! Owns the line of calls that wait for one credential's turn. Must not judge answers, nor know how a rate is learnt.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use crate::error::GatewayError;
use crate::pace_model::{PaceModel, Turn};
use crate::profile::Pacing;
use crate::settings::LONGEST_WAITS;

/// How long a service may make all calls of a credential wait: as long as the call that was told of it waits itself, or the
/// others would go on asking meanwhile. A longer wait holds nobody: each call is told of it by its own answer.
const LONGEST_PAUSE: Duration = LONGEST_WAITS;
/// The calls remembered while nothing is paced, to judge a first refusal by.
const LONGEST_MEMORY: usize = 1_000;

/// Lets calls go one after the other, first come first served.
pub(crate) struct Pacer {
    pace: Mutex<Pace>,
    paused: Mutex<Option<Instant>>,
    line: tokio::sync::Mutex<()>,
    changed: Notify,
}

/// Without a documented rate nothing is paced until the service refuses a call as one too many.
enum Pace {
    Unknown { sent: VecDeque<Instant> },
    Model(PaceModel),
}

/// A call that was let go; for `Pacer::refused`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Gone(Option<Turn>);

impl Pacer {
    /// A rate that paces nothing (not positive, not finite) counts as none.
    pub(crate) fn new(prior: Option<Pacing>) -> Self {
        let model = prior.and_then(|prior| PaceModel::new(prior, Instant::now()));
        let unknown = || Pace::Unknown { sent: VecDeque::new() };
        Self {
            pace: Mutex::new(model.map_or_else(unknown, Pace::Model)),
            paused: Mutex::default(),
            line: tokio::sync::Mutex::default(),
            changed: Notify::new(),
        }
    }

    /// The rate calls are kept to now.
    pub(crate) fn rate(&self) -> Option<Pacing> {
        match &*self.pace() {
            Pace::Unknown { .. } => None,
            Pace::Model(model) => Some(model.rate()),
        }
    }

    /// Returns when it is the caller's turn.
    pub(crate) async fn turn(&self, cancel: &CancellationToken) -> Result<Gone, GatewayError> {
        tokio::select! {
            biased;
            () = cancel.cancelled() => Err(GatewayError::Cancelled { sent: false }),
            gone = self.head_of_line() => Ok(gone),
        }
    }

    async fn head_of_line(&self) -> Gone {
        let _head = self.line.lock().await;
        loop {
            let changed = self.changed.notified();
            let wait = match self.take() {
                Ok(gone) => return gone,
                Err(wait) => wait,
            };
            tokio::select! {
                () = tokio::time::sleep(wait) => {}
                () = changed => {}
            }
        }
    }

    fn take(&self) -> Result<Gone, Duration> {
        let now = Instant::now();
        if let Some(wait) = self.pause_left(now) {
            return Err(wait);
        }
        match &mut *self.pace() {
            Pace::Unknown { sent } => {
                if sent.len() >= LONGEST_MEMORY {
                    sent.pop_front();
                }
                sent.push_back(now);
                Ok(Gone(None))
            }
            Pace::Model(model) => model.take(now).map(|turn| Gone(Some(turn))),
        }
    }

    /// The service answered `gone` as one too many.
    pub(crate) fn refused(&self, gone: Gone) {
        let now = Instant::now();
        let mut pace = self.pace();
        match (&mut *pace, gone.0) {
            (Pace::Unknown { sent }, _) => {
                sent.pop_back();
                if let Some(model) = PaceModel::learnt(sent, now) {
                    *pace = Pace::Model(model);
                }
            }
            (Pace::Model(model), Some(turn)) => model.refused(turn, now),
            // Sent before there was a model, which was made of the same refusals.
            (Pace::Model(_), None) => {}
        }
        drop(pace);
        self.changed.notify_waiters();
    }

    /// The service asked for a wait: no call of the credential leaves before it is over.
    pub(crate) fn pause(&self, wait: Duration) {
        if wait > LONGEST_PAUSE {
            return;
        }
        let until = Instant::now() + wait;
        let mut paused = self.paused.lock().unwrap_or_else(PoisonError::into_inner);
        *paused = Some(paused.map_or(until, |earlier| earlier.max(until)));
        drop(paused);
        self.changed.notify_waiters();
    }

    fn pause_left(&self, now: Instant) -> Option<Duration> {
        let paused = self.paused.lock().unwrap_or_else(PoisonError::into_inner);
        paused.filter(|until| *until > now).map(|until| until - now)
    }

    fn pace(&self) -> MutexGuard<'_, Pace> {
        self.pace.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    fn pacer(per_second: f64, burst: u32) -> Pacer {
        Pacer::new(Some(Pacing { per_second, burst }))
    }

    #[tokio::test(start_paused = true)]
    async fn a_burst_less_its_reserve_leaves_at_once_and_the_rest_at_the_rate() {
        let (pacer, cancel, start) = (pacer(4.0, 44), CancellationToken::new(), Instant::now());
        let mut left = Vec::new();
        for _ in 0..61 {
            pacer.turn(&cancel).await.unwrap();
            left.push(start.elapsed().as_secs_f64());
        }
        assert!(left[40] < 0.001, "41 at once, seen {}", left[40]);
        assert!(
            (left[60] - 5.0).abs() < 0.1,
            "20 more take five seconds, seen {}",
            left[60]
        );
    }

    #[tokio::test(start_paused = true)]
    async fn callers_at_once_leave_in_the_order_they_came() {
        let (pacer, start) = (Arc::new(pacer(4.0, 4)), Instant::now());
        let order = Arc::new(Mutex::new(Vec::new()));
        let calls: Vec<_> = (0..30)
            .map(|number| {
                let (pacer, order) = (Arc::clone(&pacer), Arc::clone(&order));
                tokio::spawn(async move {
                    pacer.turn(&CancellationToken::new()).await.unwrap();
                    order.lock().unwrap().push(number);
                })
            })
            .collect();
        for call in calls {
            call.await.unwrap();
        }
        assert_eq!(*order.lock().unwrap(), (0..30).collect::<Vec<_>>());
        assert!(start.elapsed() >= Duration::from_millis(6_740), "{:?}", start.elapsed());
    }

    #[tokio::test(start_paused = true)]
    async fn a_place_given_up_is_not_lost_to_the_others() {
        let pacer = pacer(1.0, 1);
        let go = CancellationToken::new();
        pacer.turn(&go).await.unwrap();
        let stopped = CancellationToken::new();
        stopped.cancel();
        for _ in 0..100 {
            let refused = pacer.turn(&stopped).await;
            assert!(matches!(refused, Err(GatewayError::Cancelled { sent: false })));
        }
        let start = Instant::now();
        pacer.turn(&go).await.unwrap();
        assert!(start.elapsed() <= Duration::from_millis(1_010), "{:?}", start.elapsed());
    }

    #[tokio::test(start_paused = true)]
    async fn a_wait_that_the_service_asks_for_holds_everyone_unless_it_is_long() {
        let (pacer, go) = (pacer(100.0, 50), CancellationToken::new());
        for (asked, waited) in [(7, 7), (31, 31), (60, 60), (61, 0), (1_000_000, 0)] {
            let gone = pacer.turn(&go).await.unwrap();
            let start = Instant::now();
            pacer.refused(gone);
            pacer.pause(Duration::from_secs(asked));
            pacer.turn(&go).await.unwrap();
            assert_eq!(start.elapsed().as_secs(), waited);
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_wait_holds_calls_that_nothing_else_paces() {
        let (pacer, go, start) = (Pacer::new(None), CancellationToken::new(), Instant::now());
        pacer.turn(&go).await.unwrap();
        pacer.pause(Duration::from_secs(9));
        pacer.pause(Duration::from_secs(2));
        pacer.turn(&go).await.unwrap();
        assert_eq!(start.elapsed().as_secs(), 9, "a shorter wait ends no longer one");
        assert!(pacer.rate().is_none(), "a wait is no limit on the rate");
    }

    #[tokio::test(start_paused = true)]
    async fn a_rate_that_nobody_documents_is_learnt_from_the_first_refusal() {
        let (pacer, go) = (Pacer::new(None), CancellationToken::new());
        for _ in 0..31 {
            assert!(pacer.rate().is_none());
            tokio::time::advance(Duration::from_millis(300)).await;
            pacer.turn(&go).await.unwrap();
        }
        let gone = pacer.turn(&go).await.unwrap();
        pacer.refused(gone);
        let rate = pacer.rate().unwrap();
        assert!((rate.per_second - 3.1).abs() < 0.3, "{rate:?}");
        let start = Instant::now();
        pacer.turn(&go).await.unwrap();
        assert!(start.elapsed() > Duration::from_millis(900), "{:?}", start.elapsed());
    }

    #[tokio::test]
    async fn a_rate_that_means_nothing_paces_nothing() {
        for per_second in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert!(pacer(per_second, 1).rate().is_none(), "{per_second}");
        }
    }
}
