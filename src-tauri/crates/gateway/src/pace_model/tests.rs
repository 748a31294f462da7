//! The model against the limiter of nginx (`limit_req` with `nodelay`), as recorded: 4 a second, 44 more at once, nothing
//! said but 429. Time is a number here.

use super::*;

/// What nginx does: each call let through adds one to an excess that leaks at the rate; more than the burst is refused.
struct Limiter {
    per_second: f64,
    burst: f64,
    excess: f64,
    at: Instant,
}

impl Limiter {
    fn new(per_second: f64, burst: f64, now: Instant) -> Self {
        let (excess, at) = (-1.0, now);
        Self {
            per_second,
            burst,
            excess,
            at,
        }
    }

    fn lets_through(&mut self, now: Instant) -> bool {
        let leaked = now.duration_since(self.at).as_secs_f64() * self.per_second;
        let excess = (self.excess - leaked).max(-1.0) + 1.0;
        if excess > self.burst + 0.002 {
            return false;
        }
        (self.excess, self.at) = (excess, now);
        true
    }
}

/// A client that always has a call to make, for a while.
struct Run {
    model: PaceModel,
    limiter: Limiter,
    now: Instant,
    start: Instant,
    refused: Vec<f64>,
    through: Vec<f64>,
}

impl Run {
    fn new(prior: (f64, u32), limit: (f64, f64)) -> Self {
        let now = Instant::now();
        let (per_second, burst) = prior;
        Self {
            model: PaceModel::new(Pacing { per_second, burst }, now).unwrap(),
            limiter: Limiter::new(limit.0, limit.1, now),
            now,
            start: now,
            refused: Vec::new(),
            through: Vec::new(),
        }
    }

    /// Sends whatever may go, for that many seconds; each answer takes `latency`.
    fn busy(&mut self, seconds: u64, latency: Duration) {
        let end = self.now + Duration::from_secs(seconds);
        let mut answers = VecDeque::new();
        while self.now < end {
            while answers.front().is_some_and(|(due, _)| *due <= self.now) {
                let (due, turn): (Instant, Turn) = answers.pop_front().unwrap();
                self.model.refused(turn, due);
            }
            match self.model.take(self.now) {
                Ok(turn) => {
                    let at = self.now.duration_since(self.start).as_secs_f64();
                    if self.limiter.lets_through(self.now) {
                        self.through.push(at);
                    } else {
                        self.refused.push(at);
                        answers.push_back((self.now + latency, turn));
                    }
                }
                Err(wait) => self.now += wait.min(latency),
            }
        }
    }

    fn idle(&mut self, seconds: u64) {
        self.now += Duration::from_secs(seconds);
    }
}

const LATENCY: Duration = Duration::from_millis(80);

#[test]
fn the_recorded_limiter_hardly_ever_refuses_a_client_that_is_always_busy() {
    let mut run = Run::new((4.0, 44), (4.0, 44.0));
    run.busy(3_600, LATENCY);
    let (through, refused) = (run.through.len(), run.refused.len());
    assert!(
        refused <= 20,
        "{refused} of {through} were refused, at {:?}",
        run.refused
    );
    assert!(
        through >= 3_600 * 4 * 95 / 100,
        "nearly all that is allowed is used: {through}"
    );
}

#[test]
fn after_a_refusal_no_call_is_refused_until_a_higher_rate_is_tried_again() {
    let mut run = Run::new((4.0, 44), (4.0, 44.0));
    while run.refused.is_empty() {
        run.busy(1, LATENCY);
        assert!(run.through.len() < 2_000, "a probe upward is refused in the end");
    }
    let learnt = run.through.len();
    run.busy(FIRST_HOLD.as_secs() - 2, LATENCY);
    assert_eq!(run.refused.len(), 1, "{:?}", run.refused);
    assert!(run.model.rate().per_second <= 4.0 + 1e-9, "{:?}", run.model.rate());
    assert!(run.through.len() - learnt >= 220, "nearly all that is allowed is used");
}

#[test]
fn a_burst_after_a_pause_keeps_three_in_reserve() {
    let mut run = Run::new((4.0, 44), (4.0, 44.0));
    run.busy(1, LATENCY);
    run.idle(60);
    let before = run.through.len();
    let _ = std::iter::from_fn(|| run.model.take(run.now).ok()).count();
    assert_eq!(before, 44, "41 at once and three more in the first second");
    let mut fresh = Run::new((4.0, 44), (4.0, 44.0));
    let at_once = std::iter::from_fn(|| fresh.model.take(fresh.now).ok()).count();
    assert_eq!(at_once, 41);
}

#[test]
fn whatever_the_service_allows_is_learnt_from_whatever_was_believed() {
    for (prior, limit) in [
        ((10.0, 100), (4.0, 44.0)),
        ((4.0, 44), (2.0, 10.0)),
        ((4.0, 44), (1.0, 5.0)),
        ((50.0, 500), (4.0, 44.0)),
        ((4.0, 8), (4.0, 8.0)),
        ((2.0, 1), (2.0, 0.0)),
    ] {
        let mut run = Run::new(prior, limit);
        run.busy(300, LATENCY);
        let learning = run.refused.len();
        run.busy(900, LATENCY);
        let since = run.refused.len() - learning;
        let through = run.through.iter().filter(|at| **at > 300.0).count();
        let allowed = limit.0 * 900.0;
        let (through, refused) = (f64::from(u32::try_from(through).unwrap()), since);
        assert!(
            through >= allowed * 0.8,
            "{prior:?} {limit:?}: {through} of {allowed} used"
        );
        assert!(
            f64::from(u32::try_from(refused).unwrap()) <= (allowed * 0.02).max(12.0),
            "{prior:?} {limit:?}: {refused} refused after learning, {learning} before"
        );
    }
}

#[test]
fn a_rate_that_fell_recovers() {
    let mut run = Run::new((4.0, 44), (1.0, 10.0));
    run.busy(300, LATENCY);
    let low = run.model.rate();
    assert!(low.per_second < 1.6 && low.burst < 44, "{low:?}");
    run.limiter = Limiter::new(4.0, 44.0, run.now);
    run.busy(1_200, LATENCY);
    let high = run.model.rate();
    assert!(high.per_second > 3.5 && high.burst >= 40, "{high:?}");
}

#[test]
fn one_burst_too_large_costs_the_burst_and_not_the_rate() {
    let mut run = Run::new((4.0, 44), (4.0, 19.0));
    run.busy(2, LATENCY);
    let rate = run.model.rate();
    assert!((rate.per_second - 4.0).abs() < 1e-9, "{rate:?}");
    assert!((18..=24).contains(&rate.burst), "20 were let through: {rate:?}");
}

#[test]
fn refusals_of_calls_that_had_left_together_are_one_piece_of_news() {
    let mut run = Run::new((4.0, 44), (4.0, 19.0));
    let turns: Vec<Turn> = std::iter::from_fn(|| run.model.take(run.now).ok()).collect();
    run.now += LATENCY;
    for turn in &turns[20..] {
        run.model.refused(*turn, run.now);
    }
    let once = run.model.rate();
    assert!((once.per_second - 4.0).abs() < 1e-9 && once.burst == 23, "{once:?}");
}

/// Busy until the first refusal was told of.
fn refused_once(prior: (f64, u32), limit: (f64, f64)) -> Run {
    let mut run = Run::new(prior, limit);
    while run.refused.is_empty() {
        run.busy(1, LATENCY);
        assert!(run.through.len() < 2_000, "such a rate is refused in the end");
    }
    run
}

#[test]
fn a_rate_chosen_far_too_high_falls_at_once_to_what_ten_seconds_bear_out() {
    let mut run = refused_once((20.0, 44), (4.0, 44.0));
    let rate = run.model.rate();
    assert!((4.0..5.5).contains(&rate.per_second), "not 10, the half: {rate:?}");
    run.busy(60, LATENCY);
    assert!(
        run.refused.len() <= 4,
        "two of calls that had left together: {:?}",
        run.refused
    );
}

#[test]
fn a_refusal_after_few_calls_costs_no_more_than_half() {
    let (mut run, mut turns) = (Run::new((20.0, 4), (20.0, 4.0)), Vec::new());
    while turns.len() < 6 {
        match run.model.take(run.now) {
            Ok(turn) => turns.push(turn),
            Err(wait) => run.now += wait,
        }
    }
    run.model.refused(turns[5], run.now);
    let rate = run.model.rate();
    assert!(
        (rate.per_second - 10.0).abs() < 1e-9,
        "five calls prove nothing: {rate:?}"
    );
}

#[test]
fn a_rate_that_fell_too_far_by_a_short_time_comes_back_within_a_minute() {
    let mut run = refused_once((20.0, 10), (10.0, 10.0));
    let fallen = run.model.rate().per_second;
    assert!(fallen < 5.0, "15 calls or so, in less than a second: {fallen}");
    run.busy(60, LATENCY);
    let (rate, refused) = (run.model.rate().per_second, run.refused.len());
    assert!(rate > 8.0 && refused <= 2, "{rate}, {refused} refused");
}
