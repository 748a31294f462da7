//! Owns the port through which every floor reads the time. Must not read the system clock itself.

use std::sync::Mutex;
use std::time::Duration;

use jiff::Timestamp;

/// The time of day. The system's clock in the program, a set one in tests, so that no test waits.
pub trait Clock: Send + Sync {
    /// The present instant, UTC.
    fn now(&self) -> Timestamp;
}

/// A clock that stands still until it is moved: for tests of expiry and age.
#[derive(Debug)]
pub struct FixedClock(Mutex<Timestamp>);

impl FixedClock {
    /// A clock that shows `start`.
    pub fn new(start: Timestamp) -> Self {
        Self(Mutex::new(start))
    }

    /// Moves the clock forward by `step`; stays where it is at the end of representable time.
    pub fn advance(&self, step: Duration) {
        let mut shown = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        *shown = shown.saturating_add(step).unwrap_or(*shown);
    }
}

impl Clock for FixedClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn advances_by_what_it_is_told() {
        let clock = FixedClock::new(Timestamp::UNIX_EPOCH);
        clock.advance(Duration::from_secs(90));
        assert_eq!(clock.now().as_second(), 90, "a fixed clock moves only when it is moved");
    }
}
