//! Owns a call as the settings remember it, so that a card can tell of it before a register is opened. Must not hold the
//! name of an account, nor a secret that was typed into a path: they stay in the encrypted ledger.

use std::time::Duration;

use countersign_domain::redaction::redacted;
use countersign_domain::{ConnectionId, CorrelationId, ErrorCode, Timestamp};
use countersign_register::CallEntry;
use serde::{Deserialize, Serialize};

/// What stands in a path for the name of an account.
const SOMEBODY: &str = "…";

/// A call that was refused or failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct KeptCall {
    pub(crate) at: Timestamp,
    correlation: CorrelationId,
    method: String,
    path: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    status: Option<u16>,
    /// Why there was no answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    code: Option<ErrorCode>,
    milliseconds: u64,
    bytes: u64,
    attempt: u32,
}

impl KeptCall {
    /// What may be remembered of `call`.
    pub(crate) fn of(call: &CallEntry) -> Self {
        Self {
            at: call.at,
            correlation: call.correlation,
            method: call.method.clone(),
            path: bare(&call.path),
            status: call.outcome.ok(),
            code: call.outcome.err(),
            milliseconds: u64::try_from(call.duration.as_millis()).unwrap_or(u64::MAX),
            bytes: call.bytes,
            attempt: call.attempt,
        }
    }

    /// The call again, of `connection`.
    pub(crate) fn entry(&self, connection: &ConnectionId) -> CallEntry {
        let unknown = self.code.unwrap_or(ErrorCode::Internal);
        CallEntry {
            connection: connection.clone(),
            correlation: self.correlation,
            at: self.at,
            method: self.method.clone(),
            path: self.path.clone(),
            outcome: self.status.ok_or(unknown),
            duration: Duration::from_millis(self.milliseconds),
            bytes: self.bytes,
            attempt: self.attempt,
        }
    }
}

/// `path` without accounts and without what looks like a token. Both services name an account behind `users` or `members`,
/// and oneself `me`.
fn bare(path: &str) -> String {
    let mut is_account = false;
    let parts = path.split('/').map(|part| {
        let shown = if is_account && part != "me" { SOMEBODY } else { part };
        is_account = matches!(part, "users" | "members");
        redacted(shown)
    });
    parts.collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call(path: &str, outcome: Result<u16, ErrorCode>) -> CallEntry {
        CallEntry {
            connection: ConnectionId::random(),
            correlation: CorrelationId::random(),
            at: Timestamp::UNIX_EPOCH,
            method: "GET".to_owned(),
            path: path.to_owned(),
            outcome,
            duration: Duration::from_millis(7),
            bytes: 3,
            attempt: 2,
        }
    }

    #[test]
    fn no_token_that_was_typed_into_a_path_is_remembered() {
        let kept = KeptCall::of(&call("/api/groups/6879-a-planted-personal-token/members", Ok(404)));
        assert!(!kept.path.contains("planted"), "{}", kept.path);
    }

    #[test]
    fn no_account_is_named_in_what_is_remembered() {
        for (path, kept) in [
            ("/api/users/acct:jo@example.com", "/api/users/…"),
            (
                "/api/groups/x/members/acct%3Ajo%40example.com",
                "/api/groups/x/members/…",
            ),
            ("/api/users", "/api/users"),
            ("/v1/users/me", "/v1/users/me"),
            ("/v1/controls/7", "/v1/controls/7"),
        ] {
            assert_eq!(bare(path), kept);
        }
    }

    #[test]
    fn a_call_is_read_as_it_was_remembered() {
        for outcome in [Ok(403), Err(ErrorCode::Unreachable)] {
            let call = call("/v1/controls/0b6f2f1e-93f1-11ee-b9d1-0242ac120002", outcome);
            let text = serde_json::to_string(&KeptCall::of(&call)).unwrap();
            let read: KeptCall = serde_json::from_str(&text).unwrap();
            assert_eq!(read.entry(&call.connection), call);
        }
    }
}
