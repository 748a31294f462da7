//! Owns what a token endpoint's refusal can mean. Must not read one: `refusal` does.

use countersign_domain::{ErrorCode, Field};

/// What the token endpoint's refusal means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenRefusal {
    /// Client id or secret are wrong, expired or rotated (`invalid_client`, 401).
    Credential,
    /// Client id or secret are wrong, or API access is not enabled for the organisation: nothing says which (a bare 401 or
    /// 403; peers 0, fact 16). Only where a secret was sent.
    CredentialOrAccess,
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
    /// The client id is unknown, where there is no secret that could be wrong.
    UnknownClient,
    /// The client may not ask for tokens in this way; it is registered for another.
    GrantNotAllowed,
    /// The code that a sign-in brought is used, expired or another client's.
    Code,
    /// The redirect URI is not the registered one, letter for letter.
    RedirectUri,
    /// The account of a grant token is unknown, or of another authority than the client.
    Subject,
    /// The server goes by another name than the token endpoint's host.
    Audience,
    /// The grant token is too early or too late: a clock is wrong.
    Clock,
    /// Anything else.
    Other,
}

impl TokenRefusal {
    /// The code of the closed list.
    pub fn code(self) -> ErrorCode {
        match self {
            Self::Credential | Self::CredentialOrAccess | Self::CredentialExpired => ErrorCode::CredentialRefused,
            Self::Scope
            | Self::NoTokenEndpoint
            | Self::UnknownClient
            | Self::RedirectUri
            | Self::Subject
            | Self::Audience
            | Self::Clock
            | Self::Other => ErrorCode::Refused,
            Self::GrantNotAllowed => ErrorCode::NotPermitted,
            Self::Code => ErrorCode::SignInRefused,
            Self::AccessNotEnabled => ErrorCode::AccessNotEnabled,
            Self::Quota => ErrorCode::QuotaExceeded,
            Self::RateLimited => ErrorCode::RateLimited,
            Self::ServerFailed => ErrorCode::ServerFailed,
        }
    }

    /// The field of the connection's form that mends it.
    pub(crate) fn field(self) -> Option<Field> {
        match self {
            Self::Scope => Some(Field::Scopes),
            Self::NoTokenEndpoint | Self::Audience => Some(Field::TokenAddress),
            Self::Credential | Self::CredentialOrAccess | Self::CredentialExpired => Some(Field::Secret),
            Self::UnknownClient | Self::GrantNotAllowed => Some(Field::ClientId),
            Self::RedirectUri => Some(Field::CallbackPort),
            Self::Subject => Some(Field::Userid),
            Self::AccessNotEnabled
            | Self::Quota
            | Self::RateLimited
            | Self::ServerFailed
            | Self::Code
            | Self::Clock
            | Self::Other => None,
        }
    }
}
