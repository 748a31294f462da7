//! Owns the ways in which a call can fail without an answer. Must not hold a query, a header, a body or a secret: hosts,
//! statuses and the server's redacted words are all there is.

use std::sync::Arc;

use countersign_domain::{AddressFault, ErrorCode, Failure};
use thiserror::Error;

use crate::fault::{Phase, ProxyTrouble, TlsFault, UnreachableCause};
use crate::ports::CredentialError;
use crate::token_refusal::TokenRefusal;

/// What lies beneath an error: what the system, TLS or the HTTP library said. Never holds an address with a query.
pub type Cause = Arc<dyn std::error::Error + Send + Sync>;

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
        source: Cause,
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
        source: Cause,
    },
    /// The proxy on the way did not carry the call.
    #[error("the proxy {proxy} did not carry the call to {host} ({trouble:?})")]
    Proxy {
        /// Host and port of the service.
        host: String,
        /// Host and port of the proxy.
        proxy: String,
        /// Why.
        trouble: ProxyTrouble,
        /// What was said, where anything was.
        #[source]
        source: Option<Cause>,
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
        source: Cause,
    },
    /// No trust store, proxy setting or user agent to build a client from.
    #[error("no HTTPS client can be built on this computer")]
    NoClient {
        /// What was missing.
        #[source]
        source: Cause,
    },
    /// The certificate authority chosen for the connection cannot be read.
    #[error("the certificates of {name} cannot be read")]
    AuthorityUnreadable {
        /// The file's name, as it was chosen.
        name: String,
        /// What the reader said, where it said anything.
        #[source]
        source: Option<Cause>,
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
        source: Cause,
    },
    /// What came is not HTTP.
    #[error("{host} did not answer in HTTP")]
    AnswerUnreadable {
        /// Host and port.
        host: String,
        /// What the parser said.
        #[source]
        source: Cause,
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
    /// The sign-in has ended: the token endpoint does not take the refresh token any more, or none is kept.
    #[error("the sign-in at {host} has ended")]
    SignedOut {
        /// Host and port of the token endpoint.
        host: String,
        /// The server's words, redacted, at most 500 characters; empty where nothing was sent.
        words: String,
        /// Whether it may be the client's secret that was refused.
        secret_doubted: bool,
    },
    /// The account that a grant token should stand for is no userid; nothing was sent.
    #[error("the account of the grant token is no userid")]
    UserUnfit,
    /// The connection is not of a kind that signs in.
    #[error("this connection does not sign in")]
    NoSignIn,
    /// The service did not take back a sign-in; it may go on there.
    #[error("{host} did not revoke the sign-in (status {status})")]
    NotRevoked {
        /// Host and port of the revocation endpoint.
        host: String,
        /// The status.
        status: u16,
        /// The server's words, redacted, at most 500 characters; may be empty.
        words: String,
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
            Self::Proxy { trouble, .. } => trouble.code(),
            Self::AuthorityUnreadable { .. } => ErrorCode::FileUnreadable,
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
            Self::SignedOut { .. } => ErrorCode::SignedOut,
            Self::UserUnfit => ErrorCode::InputInvalid,
            Self::NoSignIn => ErrorCode::KindUnsuited,
            Self::NotRevoked { status: 500.., .. } => ErrorCode::ServerFailed,
            Self::NotRevoked { status: 429, .. } => ErrorCode::RateLimited,
            Self::NotRevoked { .. } => ErrorCode::Refused,
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
            | Self::Proxy { .. }
            | Self::AuthorityUnreadable { .. }
            | Self::TlsUntrusted { .. }
            | Self::NoClient { .. }
            | Self::OutsideBinding { .. }
            | Self::Credential(_)
            | Self::CredentialUnfit
            | Self::TokenRefused { .. }
            | Self::TokenUnreadable { .. }
            | Self::SignedOut { .. }
            | Self::UserUnfit
            | Self::NoSignIn
            | Self::TokenUnobtained(_) => true,
            Self::TimedOut { phase, .. } => *phase == Phase::Connect,
            Self::Cancelled { sent } => !sent,
            Self::Redirected { .. }
            | Self::AnswerTooLarge { .. }
            | Self::BrokenOff { .. }
            | Self::NotRevoked { .. }
            | Self::AnswerUnreadable { .. } => false,
        }
    }
}
