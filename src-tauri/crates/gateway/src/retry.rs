//! Owns whether, when and how often a call is made again. Must not send anything, nor make anything again that may have
//! been done and is not the same when done twice.

use std::time::Duration;

use countersign_domain::{named_wait_seconds, speaks_of_quota};
use http::Method;

use crate::call::{Call, CallLimits};
use crate::error::GatewayError;
use crate::settings::{GatewaySettings, RetryLimits};
use crate::token_refusal::TokenRefusal;

/// Why a call may be made again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// Certainly not done: refused as one too many, or no token was to be had for it in passing. With the seconds that the
    /// service named.
    NotDone { seconds: Option<u32> },
    /// A quota is used up, or what stands before the service failed (502, 503, 504).
    Passing { seconds: Option<u32> },
    /// The connection did not come about, or broke before an answer.
    Connection,
}

impl Trouble {
    /// Whether the service said how long to wait.
    pub(crate) fn names_wait(self) -> bool {
        matches!(
            self,
            Self::NotDone { seconds: Some(_) } | Self::Passing { seconds: Some(_) }
        )
    }
}

/// The attempts of one call.
pub(crate) struct Attempts {
    limits: CallLimits,
    retry: RetryLimits,
    repeatable: bool,
    made: u32,
    again: u32,
    waited: Duration,
    remaining: Duration,
}

impl Attempts {
    pub(crate) fn new(call: &Call, settings: &GatewaySettings) -> Self {
        let limits = call.limits.unwrap_or_default();
        Self {
            limits,
            retry: settings.retry,
            repeatable: call.repeatable || matches!(call.method, Method::GET | Method::HEAD),
            made: 0,
            again: 0,
            waited: Duration::ZERO,
            remaining: limits.total.unwrap_or(settings.timeouts.total),
        }
    }

    /// The number of the attempt that is made now, from 1.
    pub(crate) fn begin(&mut self) -> u32 {
        self.made += 1;
        self.made
    }

    /// The limits of the attempt that is made now: all attempts together take no longer than one call may.
    pub(crate) fn limits(&self) -> CallLimits {
        CallLimits {
            total: Some(self.remaining),
            ..self.limits
        }
    }

    /// An attempt took this long, its waits for a turn and a token apart.
    pub(crate) fn took(&mut self, duration: Duration) {
        self.remaining = self.remaining.saturating_sub(duration);
    }

    /// How long to wait before the next attempt; none when what came stands.
    pub(crate) fn wait_after(&mut self, trouble: Trouble) -> Option<Duration> {
        let may = self.repeatable || matches!(trouble, Trouble::NotDone { .. });
        if !may || self.again + 1 >= self.retry.attempts {
            return None;
        }
        let wait = match trouble {
            Trouble::NotDone { seconds } | Trouble::Passing { seconds } => match seconds {
                Some(seconds) => Duration::from_secs(seconds.into()),
                None => self.growing(self.retry.first_wait),
            },
            // A broken connection is mended at once or for long.
            Trouble::Connection => self.growing(self.retry.first_wait / 4),
        };
        let fits = self.waited + wait <= self.retry.waits && wait < self.remaining;
        fits.then(|| {
            self.again += 1;
            self.waited += wait;
            self.remaining -= wait;
            wait
        })
    }

    /// Twice as long each time, less a random part of up to a half, so that many callers do not come back together.
    fn growing(&self, first: Duration) -> Duration {
        first
            .saturating_mul(1 << self.again.min(16))
            .mul_f64(1.0 - jitter() / 2.0)
    }
}

/// What a failure without an answer means for another attempt.
pub(crate) fn without_answer(error: &GatewayError) -> Option<Trouble> {
    if let GatewayError::TokenRefused {
        refusal,
        status,
        wait_seconds,
        ..
    } = error
    {
        let seconds = *wait_seconds;
        return is_passing(*refusal, *status).then_some(Trouble::NotDone { seconds });
    }
    let broken = matches!(error, GatewayError::Unreachable { .. } | GatewayError::BrokenOff { .. });
    let no_token =
        matches!(error, GatewayError::TokenUnobtained(inner) if matches!(**inner, GatewayError::Unreachable { .. }));
    (broken || no_token).then_some(Trouble::Connection)
}

/// Whether a token may be had a moment later.
fn is_passing(refusal: TokenRefusal, status: u16) -> bool {
    match refusal {
        TokenRefusal::RateLimited | TokenRefusal::Quota => true,
        TokenRefusal::ServerFailed => matches!(status, 502..=504),
        TokenRefusal::Credential
        | TokenRefusal::CredentialOrAccess
        | TokenRefusal::CredentialExpired
        | TokenRefusal::Scope
        | TokenRefusal::AccessNotEnabled
        | TokenRefusal::NoTokenEndpoint
        | TokenRefusal::UnknownClient
        | TokenRefusal::GrantNotAllowed
        | TokenRefusal::Code
        | TokenRefusal::RedirectUri
        | TokenRefusal::Subject
        | TokenRefusal::Audience
        | TokenRefusal::Clock
        | TokenRefusal::Other => false,
    }
}

/// What an answer means for another attempt: its status, and the beginning of its body where that says more.
pub(crate) fn of_answer(status: u16, retry_after: Option<u32>, body: &[u8]) -> Option<Trouble> {
    let words = String::from_utf8_lossy(body);
    let seconds = retry_after.or_else(|| named_wait_seconds(&words));
    match status {
        429 => Some(Trouble::NotDone { seconds }),
        403 if seconds.is_some() || speaks_of_quota(&words) => Some(Trouble::Passing { seconds }),
        502..=504 => Some(Trouble::Passing { seconds: retry_after }),
        _ => None,
    }
}

/// Between 0 and 1; 0 on a system without randomness, which only makes waits longer.
fn jitter() -> f64 {
    f64::from(getrandom::u32().unwrap_or(0)) / f64::from(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attempts(call: &Call) -> Attempts {
        Attempts::new(call, &GatewaySettings::new("test"))
    }

    const SECONDS_UNSAID: Trouble = Trouble::NotDone { seconds: None };

    #[test]
    fn three_waits_grow_and_then_the_answer_stands() {
        let mut attempts = attempts(&Call::get("/"));
        for (shortest, longest) in [(500, 1_000), (1_000, 2_000), (2_000, 4_000)] {
            let wait = attempts.wait_after(SECONDS_UNSAID).unwrap().as_millis();
            assert!((shortest..=longest).contains(&wait), "{wait}");
        }
        assert_eq!(attempts.wait_after(SECONDS_UNSAID), None);
    }

    #[test]
    fn a_wait_that_does_not_fit_is_not_begun() {
        let named = |seconds| Trouble::NotDone { seconds: Some(seconds) };
        let mut one = attempts(&Call::get("/"));
        assert_eq!(one.wait_after(named(61)), None, "longer than all waits together");
        assert_eq!(one.wait_after(named(40)), Some(Duration::from_secs(40)));
        assert_eq!(one.wait_after(named(40)), None, "80 seconds in all");
        assert_eq!(one.wait_after(named(u32::MAX)), None);
        let limits = CallLimits {
            total: Some(Duration::from_secs(30)),
            ..CallLimits::default()
        };
        let mut short = attempts(&Call::get("/").limits(limits));
        short.took(Duration::from_secs(25));
        assert_eq!(
            short.wait_after(named(5)),
            None,
            "nothing would be left for the call itself"
        );
        assert_eq!(short.wait_after(named(4)), Some(Duration::from_secs(4)));
        assert_eq!(short.limits().total, Some(Duration::from_secs(1)));
    }

    #[test]
    fn a_write_is_made_again_only_when_it_was_certainly_not_done() {
        let passing = Trouble::Passing { seconds: None };
        for (call, trouble, again) in [
            (Call::post("/"), SECONDS_UNSAID, true),
            (Call::post("/"), passing, false),
            (Call::post("/"), Trouble::Connection, false),
            (Call::put("/filter"), passing, false),
            (Call::put("/filter").repeatable(), passing, true),
            (Call::delete("/"), Trouble::Connection, false),
            (Call::new(Method::HEAD, "/"), Trouble::Connection, true),
        ] {
            let wait = attempts(&call).wait_after(trouble);
            assert_eq!(wait.is_some(), again, "{} {trouble:?}", call.method);
        }
    }

    #[test]
    fn what_an_answer_says_of_waiting_is_understood() {
        let quota = br#"{"statusCode":403,"message":"Out of bandwidth quota. Try again in 30 seconds."}"#;
        for (status, header, body, expected) in [
            (429, None, &b""[..], Some(Trouble::NotDone { seconds: None })),
            (
                429,
                Some(7),
                b"try again in 9 seconds",
                Some(Trouble::NotDone { seconds: Some(7) }),
            ),
            (
                429,
                None,
                b"Rate limit. Try again in 9 seconds.",
                Some(Trouble::NotDone { seconds: Some(9) }),
            ),
            (403, None, quota, Some(Trouble::Passing { seconds: Some(30) })),
            (
                403,
                None,
                b"Bandwidth quota exceeded",
                Some(Trouble::Passing { seconds: None }),
            ),
            (403, None, b"You may not read controls", None),
            (503, None, b"<html>", Some(Trouble::Passing { seconds: None })),
            (500, Some(1), b"", None),
            (200, None, b"try again in 9 seconds", None),
            (404, None, b"quota", None),
        ] {
            assert_eq!(of_answer(status, header, body), expected, "{status}");
        }
    }
}
