//! Owns when the next call of a credential may leave, so that a known rate is never exceeded. Must not judge answers:
//! learning from a 429 is another matter.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use crate::error::GatewayError;
use crate::profile::Pacing;

/// A token bucket: full at the start, refilled at the rate, going into debt for those who wait in line.
pub(crate) struct Pacer {
    pacing: Pacing,
    bucket: Mutex<Bucket>,
}

struct Bucket {
    level: f64,
    at: Instant,
}

impl Pacer {
    /// None for a rate that paces nothing (not positive, not finite).
    pub(crate) fn new(pacing: Pacing) -> Option<Self> {
        let pacing = Pacing {
            burst: pacing.burst.max(1),
            ..pacing
        };
        (pacing.per_second.is_finite() && pacing.per_second > 0.0).then(|| Self {
            pacing,
            bucket: Mutex::new(Bucket {
                level: f64::from(pacing.burst),
                at: Instant::now(),
            }),
        })
    }

    pub(crate) fn rate(&self) -> Pacing {
        self.pacing
    }

    /// Returns when it is the caller's turn, first come first served.
    pub(crate) async fn turn(&self, cancel: &CancellationToken) -> Result<(), GatewayError> {
        let wait = self.take();
        if wait.is_zero() {
            return Ok(());
        }
        let place = Place {
            pacer: self,
            used: false,
        };
        tokio::select! {
            biased;
            () = cancel.cancelled() => Err(GatewayError::Cancelled { sent: false }),
            () = tokio::time::sleep(wait) => {
                place.use_up();
                Ok(())
            }
        }
    }

    fn take(&self) -> Duration {
        let mut bucket = self.bucket.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        let refill = now.duration_since(bucket.at).as_secs_f64() * self.pacing.per_second;
        bucket.level = (bucket.level + refill).min(f64::from(self.pacing.burst)) - 1.0;
        bucket.at = now;
        if bucket.level >= 0.0 {
            return Duration::ZERO;
        }
        Duration::try_from_secs_f64(-bucket.level / self.pacing.per_second).unwrap_or(Duration::MAX)
    }
}

/// A place in the line; one that is given up goes back to those who come later.
struct Place<'a> {
    pacer: &'a Pacer,
    used: bool,
}

impl Place<'_> {
    fn use_up(mut self) {
        self.used = true;
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        if !self.used {
            let mut bucket = self.pacer.bucket.lock().unwrap_or_else(PoisonError::into_inner);
            bucket.level += 1.0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hypothesis() -> Pacer {
        Pacer::new(Pacing {
            per_second: 4.0,
            burst: 44,
        })
        .unwrap()
    }

    #[tokio::test(start_paused = true)]
    async fn a_burst_leaves_at_once_and_the_rest_at_the_rate() {
        let (pacer, cancel, start) = (hypothesis(), CancellationToken::new(), Instant::now());
        let mut left = Vec::new();
        for _ in 0..84 {
            pacer.turn(&cancel).await.unwrap();
            left.push(start.elapsed().as_secs_f64());
        }
        assert!(left[43] < 0.001, "44 at once, seen {}", left[43]);
        assert!(
            (left[83] - 10.0).abs() < 0.1,
            "40 more take ten seconds, seen {}",
            left[83]
        );
    }

    #[tokio::test(start_paused = true)]
    async fn callers_at_once_never_exceed_the_servers_leaky_bucket() {
        let (pacer, start) = (std::sync::Arc::new(hypothesis()), Instant::now());
        let calls: Vec<_> = (0..200)
            .map(|_| {
                let pacer = std::sync::Arc::clone(&pacer);
                tokio::spawn(async move {
                    pacer.turn(&CancellationToken::new()).await.unwrap();
                    start.elapsed().as_secs_f64()
                })
            })
            .collect();
        let mut left = Vec::new();
        for call in calls {
            left.push(call.await.unwrap());
        }
        left.sort_by(f64::total_cmp);
        let (mut excess, mut last) = (0.0_f64, 0.0);
        for at in left {
            excess = (excess - (at - last) * 4.0).max(0.0) + 1.0;
            last = at;
            assert!(excess <= 45.0, "nginx would answer 429 at {at}: {excess}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_place_given_up_is_not_lost_to_the_others() {
        let pacer = Pacer::new(Pacing {
            per_second: 1.0,
            burst: 1,
        })
        .unwrap();
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

    #[test]
    fn a_rate_that_means_nothing_paces_nothing() {
        for per_second in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert!(Pacer::new(Pacing { per_second, burst: 1 }).is_none(), "{per_second}");
        }
    }
}
