//! Owns the form in which a failure leaves the backend: a code the page has words for, never text to match on.
//! Must not hold a secret, an address with a query, a header or a body.

mod action;
mod code;
mod field;

use std::fmt;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub use action::Action;
pub use code::ErrorCode;
pub use field::Field;

/// A failure as it crosses to the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Failure {
    /// What went wrong.
    pub code: ErrorCode,
    /// One sentence in English, safe to show and to log.
    pub message: String,
    /// Whether the same call may succeed later.
    pub retryable: bool,
    /// The next step.
    pub action: Action,
    /// The field it belongs to.
    pub field: Option<Field>,
    /// The server's own words, redacted, at most 500 characters; shown quoted beside our words, never instead.
    pub server_words: Option<String>,
    /// Seconds to wait, where the service named them.
    pub wait_seconds: Option<u32>,
    /// Whether the message says all of it: what happened, what is true now and what to do.
    #[serde(default)]
    pub says_all: bool,
}

impl Failure {
    /// A failure with the usual action of its code.
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        let (retryable, action) = code::usual(code);
        Self {
            code,
            message: message.into(),
            retryable,
            action,
            field: None,
            server_words: None,
            wait_seconds: None,
            says_all: false,
        }
    }

    /// The same, whose message ends with the next step for this very reason: the page adds none of its code.
    #[must_use]
    pub fn saying_all(mut self) -> Self {
        self.says_all = true;
        self
    }

    /// The same, at a field of a form.
    #[must_use]
    pub fn at(mut self, field: Field) -> Self {
        self.field = Some(field);
        self
    }

    /// The same, with the server's words (redacted and cut to 500 characters here).
    #[must_use]
    pub fn with_server_words(mut self, words: &str) -> Self {
        let words: String = crate::redaction::redacted(words).chars().take(500).collect();
        self.server_words = (!words.trim().is_empty()).then_some(words);
        self
    }

    /// The same, with the seconds to wait.
    #[must_use]
    pub fn after_seconds(mut self, seconds: Option<u32>) -> Self {
        self.wait_seconds = seconds;
        self
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.code, self.message)
    }
}

impl std::error::Error for Failure {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_servers_words_are_redacted_and_cut() {
        let failure = Failure::new(ErrorCode::Refused, "refused").with_server_words(&"6879-abcdef ".repeat(200));
        let words = failure.server_words.unwrap();
        assert!(!words.contains("abcdef") && words.chars().count() <= 500, "{words}");
    }
}
