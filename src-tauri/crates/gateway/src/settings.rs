//! Owns the limits that hold for every call unless the call names its own. Must not hold anything of one connection.

use std::time::Duration;

/// How long the calls of a credential wait because their service says so: one call in all its waits, and all of them at once.
pub(crate) const LONGEST_WAITS: Duration = Duration::from_secs(60);

/// The three times a call may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timeouts {
    /// Until a connection stands, TLS included. The same for every call.
    pub connect: Duration,
    /// The longest silence: until the first byte of the answer, then between two parts of it.
    pub idle: Duration,
    /// From the start of the request to the last byte of the answer; waiting for one's turn (pacing) does not count.
    pub total: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            idle: Duration::from_secs(60),
            total: Duration::from_secs(300),
        }
    }
}

/// How often a call is made again that failed in passing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetryLimits {
    /// The attempts of one call at most, the first among them.
    pub attempts: u32,
    /// All waits between the attempts of one call together. What does not fit is not waited for.
    pub waits: Duration,
    /// The first wait where the service names none; each further one is twice as long.
    pub first_wait: Duration,
}

impl Default for RetryLimits {
    fn default() -> Self {
        Self {
            attempts: 4,
            waits: LONGEST_WAITS,
            first_wait: Duration::from_secs(1),
        }
    }
}

/// What every call of this program shares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GatewaySettings {
    /// Sent as `User-Agent`: `name/version (system; architecture)`.
    pub user_agent: String,
    /// The time-outs.
    pub timeouts: Timeouts,
    /// The largest answer read, in bytes.
    pub body_limit: u64,
    /// How often a call is made again.
    pub retry: RetryLimits,
}

impl GatewaySettings {
    /// The largest answer read unless said otherwise: 32 MiB.
    pub const USUAL_BODY_LIMIT: u64 = 32 * 1024 * 1024;

    /// The usual limits under this user agent.
    pub fn new(user_agent: impl Into<String>) -> Self {
        Self {
            user_agent: user_agent.into(),
            timeouts: Timeouts::default(),
            body_limit: Self::USUAL_BODY_LIMIT,
            retry: RetryLimits::default(),
        }
    }
}
