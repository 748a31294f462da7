//! Owns the sandbox's clock: it runs, and can be set. Must not be read by anything outside the sandbox.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use jiff::Timestamp;

/// Where the sandbox's clock starts; from there it runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ClockStart {
    /// The system's time of day.
    #[default]
    System,
    /// A given instant.
    At(Timestamp),
}

#[derive(Debug)]
pub(crate) struct SandboxClock(Mutex<Reading>);

#[derive(Debug, Clone, Copy)]
struct Reading {
    shown: Timestamp,
    taken: Instant,
}

impl SandboxClock {
    pub(crate) fn new(start: ClockStart) -> Self {
        Self(Mutex::new(Reading::starting(start)))
    }

    pub(crate) fn now(&self) -> Timestamp {
        let reading = self.reading();
        later(reading.shown, reading.taken.elapsed())
    }

    #[cfg(feature = "faults")]
    pub(crate) fn set(&self, start: ClockStart) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Reading::starting(start);
    }

    #[cfg(feature = "faults")]
    pub(crate) fn advance(&self, step: Duration) {
        let moved = later(self.now(), step);
        self.set(ClockStart::At(moved));
    }

    fn reading(&self) -> Reading {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Reading {
    fn starting(start: ClockStart) -> Self {
        let shown = match start {
            ClockStart::System => system_time(),
            ClockStart::At(instant) => instant,
        };
        Self {
            shown,
            taken: Instant::now(),
        }
    }
}

/// `instant` plus `step`; at the end of representable time it stays where it is.
pub(crate) fn later(instant: Timestamp, step: Duration) -> Timestamp {
    instant.saturating_add(step).unwrap_or(instant)
}

#[expect(
    clippy::disallowed_methods,
    reason = "the double stands for a server, whose clock is its own and not the program's port"
)]
fn system_time() -> Timestamp {
    Timestamp::now()
}
