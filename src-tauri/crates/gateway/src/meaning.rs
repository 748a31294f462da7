//! Owns what a token endpoint's refusal means: from its status, RFC 6749's code and its words, by what was asked. Must not
//! show the words.

use crate::token::Grant;
use crate::token_refusal::TokenRefusal;

/// What a refusal comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// This request is refused.
    Refused(TokenRefusal),
    /// The refresh token has ended, and with it the sign-in. With `secret_doubted`, nothing says that it was not the
    /// client's secret.
    SignedOut { secret_doubted: bool },
}

/// What speaks of the client itself, and so not of the token it sent.
const CLIENT: [&str; 5] = [
    "invalid_client",
    "invalid client",
    "client authentication",
    "client secret",
    "client_secret",
];
/// What is said to be off where API access is not enabled.
const ACCESS: [&str; 4] = ["api", "organi", "feature", "m2m"];
const OFF: [&str; 6] = [
    "not enabled",
    "not been enabled",
    "isn't enabled",
    "not activated",
    "not available",
    "disabled",
];
/// Both in one.
const NO_ACCESS: [&str; 4] = [
    "no api access",
    "without api access",
    "not have api access",
    "not include api access",
];

/// What is said, in lower case.
struct Said<'a> {
    status: u16,
    code: &'a str,
    words: String,
}

impl Said<'_> {
    fn any(&self, parts: &[&str]) -> bool {
        holds(&self.words, parts)
    }

    /// Whether one of its sentences says that API access is off. A scope that is too small "for API access" is not that.
    fn closes_access(&self) -> bool {
        self.words.split(['.', ';', ':']).any(|sentence| {
            let off = holds(sentence, &ACCESS) && holds(sentence, &OFF) && !sentence.contains("scope");
            off || holds(sentence, &NO_ACCESS)
        })
    }

    /// Whether it is the refresh token by name.
    fn names_token(&self) -> bool {
        self.code == "invalid_grant" || self.any(&["refresh"])
    }
}

fn holds(words: &str, parts: &[&str]) -> bool {
    parts.iter().any(|part| words.contains(part))
}

/// The meaning of a refusal with this status, code and words.
pub(crate) fn of(status: u16, code: &str, words: &str, grant: Grant) -> Meaning {
    let words = words.to_lowercase();
    let said = Said { status, code, words };
    if let Some(refusal) = of_any(&said) {
        return Meaning::Refused(refusal);
    }
    let refusal = match grant {
        Grant::Refresh { confidential } if has_ended(&said, confidential) => {
            let secret_doubted = confidential && !said.names_token();
            return Meaning::SignedOut { secret_doubted };
        }
        Grant::Refresh { .. } => None,
        Grant::Code { .. } => of_code(&said),
        Grant::Assertion => of_assertion(&said),
        Grant::ClientCredentials => of_client_credentials(&said),
    };
    Meaning::Refused(refusal.unwrap_or_else(|| of_client(&said, grant)))
}

/// What means the same whatever was asked.
fn of_any(said: &Said<'_>) -> Option<TokenRefusal> {
    match (said.status, said.code) {
        (429, _) => Some(TokenRefusal::RateLimited),
        (500.., _) => Some(TokenRefusal::ServerFailed),
        (_, "invalid_scope") => Some(TokenRefusal::Scope),
        (_, "unsupported_grant_type") => Some(TokenRefusal::GrantNotAllowed),
        _ if said.any(&["quota", "try again in"]) => Some(TokenRefusal::Quota),
        _ if said.any(&["too many requests", "rate limit"]) => Some(TokenRefusal::RateLimited),
        _ if said.closes_access() => Some(TokenRefusal::AccessNotEnabled),
        _ => None,
    }
}

/// Hypothesis says `invalid_grant` of an expired refresh token, and of a revoked one `invalid_request` with
/// `Invalid refresh_token.`. The words of Hyperproof are not known, and its own program takes any 400 for a token that was
/// renewed elsewhere (hyperproof-api 1.3): so whatever does not name another reason is one.
fn has_ended(said: &Said<'_>, confidential: bool) -> bool {
    match (said.status, said.code) {
        (_, "invalid_grant") => true,
        (_, "invalid_client" | "unauthorized_client") => false,
        // Of a token that did not come nothing was judged.
        _ if said.any(&CLIENT) || said.any(&["redirect"]) || said.words.starts_with("missing") => false,
        (400 | 401, _) => true,
        (_, "invalid_request") => said.names_token(),
        (403, "") => said.names_token() || !confidential,
        _ => false,
    }
}

fn of_code(said: &Said<'_>) -> Option<TokenRefusal> {
    if said.any(&["redirect uri", "redirect_uri"]) {
        return Some(TokenRefusal::RedirectUri);
    }
    (said.code == "invalid_grant").then_some(TokenRefusal::Code)
}

/// By the words of h/services/oauth, as recorded.
fn of_assertion(said: &Said<'_>) -> Option<TokenRefusal> {
    if said.code != "invalid_grant" {
        return None;
    }
    if said.any(&["signature."]) {
        Some(TokenRefusal::Credential)
    } else if said.any(&["is expired", "not yet valid"]) {
        Some(TokenRefusal::Clock)
    } else if said.any(&["(sub)"]) {
        Some(TokenRefusal::Subject)
    } else if said.any(&["audience"]) {
        Some(TokenRefusal::Audience)
    } else {
        Some(TokenRefusal::Other)
    }
}

fn of_client_credentials(said: &Said<'_>) -> Option<TokenRefusal> {
    if said.any(&["expired", "rotated", "revoked", "regenerated"]) {
        Some(TokenRefusal::CredentialExpired)
    } else if said.any(&["scope"]) {
        Some(TokenRefusal::Scope)
    } else if said.code == "unauthorized_client" {
        Some(TokenRefusal::Credential)
    } else {
        None
    }
}

/// Whether it is the client that is refused.
fn of_client(said: &Said<'_>, grant: Grant) -> TokenRefusal {
    let with_secret = match grant {
        Grant::ClientCredentials => true,
        Grant::Code { confidential } | Grant::Refresh { confidential } => confidential,
        // The server knows the issuer before it looks at the signature.
        Grant::Assertion => false,
    };
    let (client, unsaid) = if with_secret {
        (TokenRefusal::Credential, TokenRefusal::CredentialOrAccess)
    } else {
        (TokenRefusal::UnknownClient, TokenRefusal::UnknownClient)
    };
    match (said.status, said.code) {
        (_, "unauthorized_client") => TokenRefusal::GrantNotAllowed,
        (_, "invalid_client") => client,
        _ if said.any(&CLIENT) => client,
        (401 | 403, _) | (_, "access_denied") => unsaid,
        (404 | 405, _) => TokenRefusal::NoTokenEndpoint,
        _ => TokenRefusal::Other,
    }
}

#[cfg(test)]
mod tests;
