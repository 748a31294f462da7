//! Owns what is believed of a service's limiter: a leaky bucket whose rate and depth are learnt from refusals. Must not
//! read a clock nor wait: instants are given.
//!
//! The limiter it was made for (Hypothesis' nginx: 4 calls a second, 44 more at once, bare 429s) tells nobody how much is
//! left. So the model starts from what is documented, keeps three calls of the burst in reserve, takes small steps
//! upward while calls are waiting and none is refused, and falls back after a refusal to what the calls before it prove,
//! those of the last ten seconds above all. Where these were not ten seconds of calls, it may have fallen too far, and
//! comes back in large steps.

use std::collections::VecDeque;
use std::time::Duration;

use tokio::time::Instant;

use crate::profile::Pacing;

/// What a refusal is judged by, and how often a step upward is taken.
const WINDOW: Duration = Duration::from_secs(10);
/// Calls of the burst that are left to other programs with the same credential, and to an estimate that is a bit off; a
/// quarter of a small burst.
const RESERVE: f64 = 3.0;
/// The calls of a window that prove a rate. Fewer, as after a pause, prove too little to go below half of what was believed.
const ENOUGH: usize = 10;
/// A step upward, as a part of the rate.
const STEP: f64 = 0.025;
/// A step upward from a rate that was proven by a short time alone, as a factor.
const STEP_BACK: f64 = 2.0;
/// How much of a rate that was proven is used: what is proven is known to a call or two.
const MARGIN: f64 = 0.98;
/// nginx counts in milliseconds.
const LIMITERS_TICK: Duration = Duration::from_millis(1);
/// How long no step leads above a rate that was refused: at first, and at most.
const FIRST_HOLD: Duration = Duration::from_secs(60);
const LONGEST_HOLD: Duration = Duration::from_secs(600);
/// The rate without a documented one, after a first refusal proved none.
const SLOWEST_GUESS: f64 = 1.0;
/// No rate above this is tried, in calls a second.
const FASTEST: f64 = 100.0;
/// The calls remembered at most, and for how long.
const LARGEST_MEMORY: usize = 4_000;
const LONGEST_MEMORY: Duration = LONGEST_HOLD;

/// A call that was let go.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Turn {
    at: Instant,
    /// The calls of the burst that were believed to be used up before this one.
    depth: f64,
}

#[derive(Debug)]
pub(crate) struct PaceModel {
    prior: Pacing,
    per_second: f64,
    burst: f64,
    level: f64,
    refilled: Instant,
    /// Those of the last ten minutes that were not refused.
    sent: VecDeque<Instant>,
    stepped: Instant,
    held_back: bool,
    fallen: Option<Fall>,
}

/// The last refusal, and what was believed before it.
#[derive(Debug, Clone, Copy)]
struct Fall {
    at: Instant,
    burst: f64,
    /// The burst that was proven.
    full: f64,
    hold: Duration,
    /// The highest rate as long as it holds: what was proven, or half of what was refused where that is more and the time
    /// was too short to prove it wrong.
    ceiling: f64,
}

impl PaceModel {
    /// None for a rate that paces nothing (not positive, not finite).
    pub(crate) fn new(prior: Pacing, now: Instant) -> Option<Self> {
        let burst = f64::from(prior.burst.max(1));
        (prior.per_second.is_finite() && prior.per_second > 0.0).then(|| Self {
            prior,
            per_second: prior.per_second,
            burst,
            level: usable(burst),
            refilled: now,
            sent: VecDeque::new(),
            stepped: now,
            held_back: false,
            fallen: None,
        })
    }

    /// A model from nothing but the instants of the calls that were not refused in the ten seconds before `now`.
    pub(crate) fn learnt(sent: &VecDeque<Instant>, now: Instant) -> Option<Self> {
        let proven = sent.iter().filter(|at| now.duration_since(**at) <= WINDOW).count();
        let proven = u32::try_from(proven).unwrap_or(u32::MAX);
        let per_second = (f64::from(proven) / WINDOW.as_secs_f64()).clamp(SLOWEST_GUESS, FASTEST);
        let burst = proven.clamp(1, 100);
        let mut model = Self::new(Pacing { per_second, burst }, now)?;
        model.level = -(model.burst - usable(model.burst));
        Some(model)
    }

    /// What is believed now.
    pub(crate) fn rate(&self) -> Pacing {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "between 1 and the u32 it began as"
        )]
        let burst = self.burst.round() as u32;
        let per_second = self.per_second;
        Pacing { per_second, burst }
    }

    /// Lets a call go at `now`, or says how long to wait before asking again.
    pub(crate) fn take(&mut self, now: Instant) -> Result<Turn, Duration> {
        self.refill(now);
        self.climb(now);
        // A rounding error must not cost another wait.
        if self.level < 1.0 - 1e-6 {
            self.held_back = true;
            return Err(seconds((1.0 - self.level) / self.per_second) + LIMITERS_TICK);
        }
        let depth = usable(self.burst) - self.level;
        self.level -= 1.0;
        self.remember(now);
        Ok(Turn { at: now, depth })
    }

    /// The service refused `turn` as one too many; `now` is when it said so.
    pub(crate) fn refused(&mut self, turn: Turn, now: Instant) {
        if let Some(at) = self.sent.iter().rposition(|sent| *sent == turn.at) {
            self.sent.remove(at);
        }
        match self.fallen {
            // Sent before the model fell: the same news again, which may be worse.
            Some(fall) if turn.at <= fall.at => self.burst = self.burst.min(proven_burst(fall.burst, turn.depth)),
            Some(_) | None => self.fall(turn, now),
        }
        self.level = self.level.min(-reserve(self.burst));
        self.refilled = now;
    }

    fn fall(&mut self, turn: Turn, now: Instant) {
        let burst = self.burst;
        self.burst = burst.min(proven_burst(burst, turn.depth));
        // Refused early in a burst: it is the burst that was believed to be larger than it is.
        let was_the_rate = turn.depth + 1.0 > usable(burst) * 0.75;
        let half = self.per_second * 0.5;
        if was_the_rate {
            self.per_second = self.proven(now);
        }
        let ceiling = if self.was_busy(now) {
            self.per_second
        } else {
            self.per_second.max(half)
        };
        let again = self.fallen.filter(|_| was_the_rate).map(|fall| fall.hold * 2);
        self.fallen = Some(Fall {
            at: now,
            burst,
            full: self.burst,
            hold: again.unwrap_or(FIRST_HOLD).min(LONGEST_HOLD),
            ceiling,
        });
        self.stepped = now;
        self.held_back = false;
    }

    /// The highest rate that explains why the bucket was full now, and none that the calls of the last ten seconds do not
    /// bear out. Where those are few, a refusal costs no more than half.
    fn proven(&self, now: Instant) -> f64 {
        let calls = self.recent(now).count();
        let recent = f64::from(u32::try_from(calls).unwrap_or(u32::MAX)) / WINDOW.as_secs_f64();
        let (half, highest) = (self.per_second * 0.5, self.per_second * (1.0 - STEP));
        let lowest = if calls < ENOUGH { half } else { half.min(recent) };
        let (mut low, mut high) = (lowest, highest);
        for _ in 0..24 {
            let middle = low.midpoint(high);
            if self.fills(middle) {
                low = middle;
            } else {
                high = middle;
            }
        }
        (low * MARGIN).min(recent).clamp(lowest, highest)
    }

    fn recent(&self, now: Instant) -> impl Iterator<Item = &Instant> {
        let sent = self.sent.iter();
        sent.filter(move |at| now.saturating_duration_since(**at) <= WINDOW)
    }

    /// Whether calls were made for most of the last ten seconds: what came through a shorter time is less than came
    /// through ten seconds would be.
    fn was_busy(&self, now: Instant) -> bool {
        let mut recent = self.recent(now);
        recent
            .next()
            .is_some_and(|first| now.saturating_duration_since(*first) >= WINDOW / 2)
    }

    /// Whether the calls since the last refusal would have filled a bucket that leaks at `per_second`.
    fn fills(&self, per_second: f64) -> bool {
        let (since, mut level) = match self.fallen {
            // It was full then.
            Some(fall) => (Some(fall.at), fall.full),
            None => (None, 0.0),
        };
        let mut last = since;
        for at in self.sent.iter().filter(|at| since.is_none_or(|since| **at > since)) {
            let passed = last.map_or(Duration::ZERO, |last| at.saturating_duration_since(last));
            level = (level - passed.as_secs_f64() * per_second).max(0.0) + 1.0;
            last = Some(*at);
        }
        level >= self.burst
    }

    fn refill(&mut self, now: Instant) {
        let earned = now.saturating_duration_since(self.refilled).as_secs_f64() * self.per_second;
        self.level = (self.level + earned).min(usable(self.burst));
        self.refilled = now;
    }

    /// A small step upward for ten seconds without a refusal: of the rate where calls had to wait for it, of the burst
    /// in any case, up to what the service documents.
    fn climb(&mut self, now: Instant) {
        let clean = now.saturating_duration_since(self.stepped).as_secs_f64() / WINDOW.as_secs_f64();
        if clean < 1.0 {
            return;
        }
        self.burst = (self.burst + clean.floor()).min(f64::from(self.prior.burst.max(1)));
        if self.held_back {
            let higher = match self.held_by(now) {
                Some(fall) => (self.per_second * STEP_BACK).min(fall.ceiling),
                None => (self.per_second * (1.0 + STEP)).min(FASTEST),
            };
            self.per_second = higher.max(self.per_second);
        }
        self.stepped = now;
        self.held_back = false;
    }

    /// The last refusal, as long as it keeps the rate below its ceiling.
    fn held_by(&self, now: Instant) -> Option<Fall> {
        self.fallen
            .filter(|fall| now.saturating_duration_since(fall.at) < fall.hold)
    }

    fn remember(&mut self, now: Instant) {
        while self.sent.len() >= LARGEST_MEMORY
            || self
                .sent
                .front()
                .is_some_and(|at| now.saturating_duration_since(*at) > LONGEST_MEMORY)
        {
            self.sent.pop_front();
        }
        self.sent.push_back(now);
    }
}

/// The burst less the reserve; one call at least.
fn usable(burst: f64) -> f64 {
    (burst - reserve(burst)).max(1.0)
}

fn reserve(burst: f64) -> f64 {
    RESERVE.min((burst / 4.0).floor())
}

/// A call refused at `depth` proves that as many were let through before it.
fn proven_burst(burst: f64, depth: f64) -> f64 {
    burst.min((depth + reserve(burst)).max(1.0)).round()
}

fn seconds(seconds: f64) -> Duration {
    Duration::try_from_secs_f64(seconds.max(0.0)).unwrap_or(Duration::from_secs(3_600))
}

#[cfg(test)]
mod tests;
