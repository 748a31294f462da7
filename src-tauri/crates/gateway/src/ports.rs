//! Owns what the gateway asks of the floors above: where secrets come from, where the record of calls goes, which proxy
//! the desktop names. Must not implement any of them.

use std::time::Duration;

use countersign_domain::{ConnectionId, CorrelationId, CredentialPart, ErrorCode, Failure, SecretString, Timestamp};
use futures_util::future::BoxFuture;
use thiserror::Error;

/// Why a connection's secret could not be had or kept.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CredentialError {
    /// There is no secret for this connection.
    #[error("no secret is kept for this connection")]
    Missing,
    /// The place where secrets are kept did not give it; the failure says why and what to do.
    #[error("the secret could not be read: {0}")]
    Unavailable(#[source] Failure),
}

/// Where the secrets of connections are kept (the operating system's keychain, or memory for this run only).
pub trait CredentialStore: Send + Sync {
    /// One secret of `id`.
    fn load<'a>(
        &'a self,
        id: &'a ConnectionId,
        part: CredentialPart,
    ) -> BoxFuture<'a, Result<SecretString, CredentialError>>;

    /// Puts `secret` in the place of what was kept for `id` (a refresh token that the service rotated).
    fn replace<'a>(
        &'a self,
        id: &'a ConnectionId,
        part: CredentialPart,
        secret: SecretString,
    ) -> BoxFuture<'a, Result<(), CredentialError>>;

    /// Removes what is kept for `id`; nothing there is success.
    fn forget<'a>(&'a self, id: &'a ConnectionId, part: CredentialPart) -> BoxFuture<'a, Result<(), CredentialError>>;
}

/// One request as it went over the wire, token requests included. Holds no query, no header and no body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallRecord {
    /// The connection it was made for.
    pub connection: ConnectionId,
    /// Ties it to its log line and, for API calls, to the answer.
    pub correlation: CorrelationId,
    /// When it began.
    pub at: Timestamp,
    /// The HTTP method.
    pub method: String,
    /// The path with the base path, without a query; at most 300 characters.
    pub path: String,
    /// The status, or why there was none or the answer was not read to its end.
    pub outcome: Result<u16, ErrorCode>,
    /// From the start to the last byte read.
    pub duration: Duration,
    /// Bytes of the answer's body that were read.
    pub bytes: u64,
    /// 1 for the first attempt of a call, 2 for the one after a new access token.
    pub attempt: u32,
}

/// What the desktop says of proxies besides what the gateway reads itself (the environment's variables; on Windows and
/// macOS the system's settings): those of GNOME or KDE, a script of automatic configuration.
pub trait DesktopProxies: Send + Sync {
    /// What to use for `address` (`https://host:port/`, never this computer), the first preferred, as in
    /// `http://proxy:8080` or `direct://`. Each may hold a name and a password. Nothing where the desktop has no opinion.
    ///
    /// May take its time: whoever asks goes on without an answer after a few seconds, and drops the future.
    fn lookup<'a>(&'a self, address: &'a str) -> BoxFuture<'a, Vec<SecretString>>;
}

/// Takes the record of each call. Must not block: it is called on the tasks that carry the calls.
pub trait ActivitySink: Send + Sync {
    /// Takes one record.
    fn record(&self, call: CallRecord);

    /// A call of `connection` was answered that it must wait, and goes on by itself after `wait`, which the service named.
    /// Who shows no waits need not hear of them.
    fn waits(&self, _connection: &ConnectionId, _wait: Duration) {}
}
