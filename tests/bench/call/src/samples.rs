//! Owns what many calls took. Must not drop the slow ones.

use std::time::Duration;

use serde_json::{Value, json};

/// Durations as they came.
#[derive(Default)]
pub(crate) struct Samples(Vec<Duration>);

impl Samples {
    /// One more.
    pub(crate) fn add(&mut self, took: Duration) {
        self.0.push(took);
    }

    /// `{"p50", "p99", "calls"}`, the times in microseconds.
    pub(crate) fn to_json(&self) -> Value {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        let percentile = |percent: usize| {
            let rank = (sorted.len() * percent).div_ceil(100).saturating_sub(1);
            sorted.get(rank).map(|took| took.as_secs_f64() * 1e6)
        };
        json!({ "p50": percentile(50), "p99": percentile(99), "calls": sorted.len() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentile_is_a_call_that_took_so_long() {
        let mut samples = Samples::default();
        for microseconds in (1..=200).rev() {
            samples.add(Duration::from_micros(microseconds));
        }
        assert_eq!(samples.to_json(), json!({ "p50": 100.0, "p99": 198.0, "calls": 200 }));
        assert_eq!(Samples::default().to_json()["p50"], Value::Null);
    }
}
