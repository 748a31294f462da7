//! Owns the ways in which a call can fail without an answer. Must not hold a query, a header, a body or a secret: hosts,
//! statuses and the server's redacted words are all there is.

use std::sync::Arc;

use countersign_domain::{AddressFault, ErrorCode, Failure};
use thiserror::Error;

use crate::ports::CredentialError;

/// What a call was waiting for when its time ran out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// A connection; the request never left.
    Connect,
    /// The first byte of the answer.
    Answer,
    /// The next part of the answer.
    Body,
    /// The whole call took longer than allowed.
    Total,
}

/// Why no connection came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnreachableCause {
    /// The computer answered, but nothing listens on that port.
    NothingListens,
    /// There is no way to that network or computer: offline, VPN down.
    NoRoute,
    /// The proxy asks for a name and a password (407).
    ProxyAuthentication,
    /// The proxy does not connect to that host.
    ProxyRefused,
    /// Something else; the source says.
    Other,
}

/// Why TLS was not trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TlsFault {
    /// The certificate comes from an authority that this computer does not trust: a proxy that reads along, or a private one.
    UnknownIssuer,
    /// The certificate is of another host.
    OtherHost,
    /// The certificate has expired, or this computer's clock is ahead.
    Expired,
    /// The certificate is not valid yet, or this computer's clock is behind.
    NotValidYet,
    /// The certificate was withdrawn.
    Revoked,
    /// The certificate is faulty in another way.
    BadCertificate,
    /// Server and program found no common protocol, or the server does not speak TLS on that port.
    NoAgreement,
}

/// What the token endpoint's refusal means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenRefusal {
    /// Client id or secret are wrong, expired or rotated (`invalid_client`, 401).
    Credential,
    /// The words say that the secret has expired.
    CredentialExpired,
    /// A scope is unknown or not granted (`invalid_scope`).
    Scope,
    /// The words say that API access is not enabled for the organisation.
    AccessNotEnabled,
    /// The words speak of a quota: a wait.
    Quota,
    /// Too many token requests: a wait.
    RateLimited,
    /// The token service failed (5xx).
    ServerFailed,
    /// The address is not that of a token endpoint (404, 405).
    NoTokenEndpoint,
    /// Anything else.
    Other,
}

/// Why there is no answer. Cheap to clone: all who wait for one token request get the same error.
#[derive(Debug, Clone, Error)]
pub enum GatewayError {
    /// The host's name is not known, or is none that a host can have.
    #[error("the name {host} is not known")]
    HostUnknown {
        /// Host and port.
        host: String,
        /// What the resolver said.
        #[source]
        source: Arc<reqwest::Error>,
    },
    /// No connection came about.
    #[error("no connection to {host}")]
    Unreachable {
        /// Host and port.
        host: String,
        /// Why, where it is known.
        cause: UnreachableCause,
        /// What the system said.
        #[source]
        source: Arc<reqwest::Error>,
    },
    /// The server's identity could not be trusted.
    #[error("the identity of {host} is not trusted ({fault:?})")]
    TlsUntrusted {
        /// Host and port.
        host: String,
        /// Why.
        fault: TlsFault,
        /// What TLS said.
        #[source]
        source: Arc<reqwest::Error>,
    },
    /// No trust store, proxy setting or user agent to build a client from.
    #[error("no HTTPS client can be built on this computer")]
    NoClient {
        /// What was missing.
        #[source]
        source: Arc<reqwest::Error>,
    },
    /// Time ran out.
    #[error("{host} did not answer in time ({phase:?})")]
    TimedOut {
        /// Host and port.
        host: String,
        /// What was waited for.
        phase: Phase,
    },
    /// The caller stopped it.
    #[error("stopped")]
    Cancelled {
        /// Whether the request may have left this computer.
        sent: bool,
    },
    /// The server pointed elsewhere.
    #[error("{host} pointed to {}", to.as_deref().unwrap_or("nowhere"))]
    Redirected {
        /// Host and port.
        host: String,
        /// The origin it pointed to, or its scheme where there is no origin; none when it named none that can be read.
        to: Option<String>,
    },
    /// The path would leave the address the credential is bound to; refused before any name was looked up.
    #[error("the call would leave its bound address")]
    OutsideBinding {
        /// What the address said, where it was the address that refused.
        #[source]
        source: Option<AddressFault>,
    },
    /// The answer is larger than allowed.
    #[error("the answer of {host} is larger than {limit} bytes")]
    AnswerTooLarge {
        /// Host and port.
        host: String,
        /// The limit, in bytes.
        limit: u64,
    },
    /// The connection broke before the answer was whole.
    #[error("{host} broke off")]
    BrokenOff {
        /// Host and port.
        host: String,
        /// What the connection said.
        #[source]
        source: Arc<reqwest::Error>,
    },
    /// What came is not HTTP.
    #[error("{host} did not answer in HTTP")]
    AnswerUnreadable {
        /// Host and port.
        host: String,
        /// What the parser said.
        #[source]
        source: Arc<reqwest::Error>,
    },
    /// The secret could not be had.
    #[error(transparent)]
    Credential(#[from] CredentialError),
    /// The secret holds characters that no HTTP header carries; nothing was sent.
    #[error("the secret holds characters that cannot be sent")]
    CredentialUnfit,
    /// The token endpoint refused.
    #[error("{host} refused a token with status {status} ({refusal:?})")]
    TokenRefused {
        /// Host and port of the token endpoint.
        host: String,
        /// The status.
        status: u16,
        /// What it means, as far as status and words say.
        refusal: TokenRefusal,
        /// The server's words, redacted, at most 500 characters; may be empty.
        words: String,
        /// Seconds to wait, where the server named them.
        wait_seconds: Option<u32>,
    },
    /// The token endpoint answered with success, but without a token that can be used.
    #[error("{host} gave no token that can be used")]
    TokenUnreadable {
        /// Host and port of the token endpoint.
        host: String,
    },
    /// The token request got no answer; the call itself was not made, or was refused before.
    #[error("no access token: {0}")]
    TokenUnobtained(#[source] Box<GatewayError>),
}

impl GatewayError {
    /// What went wrong, from the closed list the page has words for.
    pub fn code(&self) -> ErrorCode {
        match self {
            Self::HostUnknown { .. } => ErrorCode::HostUnknown,
            Self::Unreachable { .. } | Self::BrokenOff { .. } => ErrorCode::Unreachable,
            Self::TlsUntrusted { .. } | Self::NoClient { .. } => ErrorCode::TlsUntrusted,
            Self::TimedOut { .. } => ErrorCode::TimedOut,
            Self::Cancelled { .. } => ErrorCode::Cancelled,
            Self::Redirected { .. } => ErrorCode::Redirected,
            Self::OutsideBinding { .. } => ErrorCode::OutsideBinding,
            Self::AnswerTooLarge { .. } => ErrorCode::AnswerTooLarge,
            Self::AnswerUnreadable { .. } | Self::TokenUnreadable { .. } => ErrorCode::AnswerUnreadable,
            Self::Credential(CredentialError::Missing) => ErrorCode::CredentialMissing,
            Self::Credential(CredentialError::Unavailable(failure)) => failure.code,
            Self::CredentialUnfit => ErrorCode::CredentialRefused,
            Self::TokenRefused { refusal, .. } => refusal.code(),
            Self::TokenUnobtained(inner) => inner.code(),
        }
    }

    /// The failure as it crosses to the page: what happened, what is true now, what to do.
    pub fn into_failure(self) -> Failure {
        crate::wording::failure(&self)
    }

    /// Whether the same call may succeed later without anything being changed.
    pub fn is_retryable(&self) -> bool {
        crate::wording::failure(self).retryable
    }

    /// Whether it is certain that the service did not carry the call out: the request never left, or was answered with
    /// a refusal before (401, then no new token). False means that a write may have been done.
    pub fn is_certainly_not_done(&self) -> bool {
        match self {
            Self::HostUnknown { .. }
            | Self::Unreachable { .. }
            | Self::TlsUntrusted { .. }
            | Self::NoClient { .. }
            | Self::OutsideBinding { .. }
            | Self::Credential(_)
            | Self::CredentialUnfit
            | Self::TokenRefused { .. }
            | Self::TokenUnreadable { .. }
            | Self::TokenUnobtained(_) => true,
            Self::TimedOut { phase, .. } => *phase == Phase::Connect,
            Self::Cancelled { sent } => !sent,
            Self::Redirected { .. }
            | Self::AnswerTooLarge { .. }
            | Self::BrokenOff { .. }
            | Self::AnswerUnreadable { .. } => false,
        }
    }
}

impl TokenRefusal {
    /// The code of the closed list.
    pub fn code(self) -> ErrorCode {
        match self {
            Self::Credential | Self::CredentialExpired => ErrorCode::CredentialRefused,
            Self::Scope | Self::NoTokenEndpoint | Self::Other => ErrorCode::Refused,
            Self::AccessNotEnabled => ErrorCode::AccessNotEnabled,
            Self::Quota => ErrorCode::QuotaExceeded,
            Self::RateLimited => ErrorCode::RateLimited,
            Self::ServerFailed => ErrorCode::ServerFailed,
        }
    }
}
