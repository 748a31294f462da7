//! Owns what a token endpoint's refusal means: from its status, RFC 6749's code and its words, by what was asked. Must not
//! show the words.

use crate::token::Grant;
use crate::token_refusal::TokenRefusal;

/// What a refusal comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// This request is refused.
    Refused(TokenRefusal),
    /// The refresh token has ended, and with it the sign-in.
    SignedOut,
}

/// What is said, in lower case.
struct Said<'a> {
    status: u16,
    code: &'a str,
    words: String,
}

impl Said<'_> {
    fn any(&self, parts: &[&str]) -> bool {
        parts.iter().any(|part| self.words.contains(part))
    }
}

/// The meaning of a refusal with this status, code and words.
pub(crate) fn of(status: u16, code: &str, words: &str, grant: Grant) -> Meaning {
    let words = words.to_lowercase();
    let said = Said { status, code, words };
    if let Some(refusal) = of_any(&said) {
        return Meaning::Refused(refusal);
    }
    let refusal = match grant {
        Grant::Refresh { confidential } if has_ended(&said, confidential) => return Meaning::SignedOut,
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
        _ if said.any(&[
            "not enabled",
            "not been enabled",
            "isn't enabled",
            "is disabled",
            "api access",
        ]) =>
        {
            Some(TokenRefusal::AccessNotEnabled)
        }
        _ => None,
    }
}

/// Hypothesis says `invalid_grant` of an expired refresh token, and of a revoked one `invalid_request` with
/// `Invalid refresh_token.`; the words of Hyperproof are not known.
fn has_ended(said: &Said<'_>, confidential: bool) -> bool {
    let named = said.any(&["refresh"]) && !said.any(&["missing"]);
    match (said.status, said.code) {
        (_, "invalid_grant") => true,
        (_, "invalid_request") => named,
        (400 | 401 | 403, "") => named || (!confidential && said.status != 400),
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
    let client = if with_secret {
        TokenRefusal::Credential
    } else {
        TokenRefusal::UnknownClient
    };
    match (said.status, said.code) {
        (_, "unauthorized_client") => TokenRefusal::GrantNotAllowed,
        (401 | 403, _) | (_, "invalid_client" | "access_denied") => client,
        _ if said.any(&["invalid_client", "invalid client", "client authentication"]) => client,
        (404 | 405, _) => TokenRefusal::NoTokenEndpoint,
        _ => TokenRefusal::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::TokenRefusal as R;
    use super::*;

    const REFRESH: Grant = Grant::Refresh { confidential: false };
    const CODE: Grant = Grant::Code { confidential: false };

    fn refused(grant: Grant, (status, code, words): (u16, &str, &str)) -> TokenRefusal {
        match of(status, code, words, grant) {
            Meaning::Refused(refusal) => refusal,
            Meaning::SignedOut => panic!("{grant:?} {code} {words}: signed out"),
        }
    }

    #[test]
    fn what_hypothesis_was_recorded_to_say_of_codes_and_refresh_tokens_is_told_apart() {
        let (code, renewal) = (
            Grant::Code { confidential: true },
            Grant::Refresh { confidential: true },
        );
        let mismatch = "Mismatching redirect URI.";
        assert_eq!(refused(CODE, (400, "invalid_grant", "invalid_grant")), R::Code);
        assert_eq!(refused(CODE, (400, "invalid_request", mismatch)), R::RedirectUri);
        assert_eq!(refused(CODE, (401, "invalid_client", "")), R::UnknownClient);
        assert_eq!(refused(CODE, (400, "unsupported_grant_type", "")), R::GrantNotAllowed);
        assert_eq!(refused(CODE, (404, "", "")), R::NoTokenEndpoint);
        assert_eq!(refused(code, (401, "invalid_client", "")), R::Credential);
        assert_eq!(refused(renewal, (401, "invalid_client", "")), R::Credential);
        let missing = "Missing refresh token parameter.";
        assert_eq!(refused(REFRESH, (400, "invalid_request", missing)), R::Other);
        assert_eq!(refused(REFRESH, (400, "invalid_scope", "")), R::Scope);
    }

    #[test]
    fn what_hypothesis_was_recorded_to_say_of_grant_tokens_is_told_apart() {
        for (words, refusal) in [
            ("Invalid grant token signature.", R::Credential),
            ("Invalid grant token signature algorithm.", R::Other),
            ("Grant token is expired.", R::Clock),
            ("Grant token is not yet valid.", R::Clock),
            ("Grant token subject (sub) could not be found.", R::Subject),
            ("Grant token subject (sub) does not match issuer (iss).", R::Subject),
            ("Invalid claim 'aud' (audience) in grant token.", R::Audience),
            ("Grant token lifetime is too long.", R::Other),
        ] {
            let said = (400, "invalid_grant", words);
            assert_eq!(refused(Grant::Assertion, said), refusal, "{words}");
        }
        let other = |said| refused(Grant::Assertion, said);
        assert_eq!(other((401, "invalid_client", "")), R::UnknownClient);
        assert_eq!(other((400, "unauthorized_client", "")), R::GrantNotAllowed);
        assert_eq!(other((500, "", "Hypothesis had a problem")), R::ServerFailed);
    }

    #[test]
    fn a_refresh_token_that_is_not_taken_ends_the_sign_in() {
        for (status, code, words) in [
            (400, "invalid_grant", "invalid_grant"),
            (400, "invalid_request", "Invalid refresh_token."),
            (401, "", ""),
            (403, "", "The refresh token has expired"),
        ] {
            assert_eq!(of(status, code, words, REFRESH), Meaning::SignedOut, "{code} {words}");
        }
        for (status, words) in [(429, ""), (503, "invalid_grant"), (403, "Out of quota")] {
            let meaning = of(status, "", words, REFRESH);
            assert_ne!(meaning, Meaning::SignedOut, "{status} {words} is a wait");
        }
    }

    #[test]
    fn an_expired_secret_a_closed_api_and_a_missing_scope_are_three_things() {
        let minted = |said| refused(Grant::ClientCredentials, said);
        let expired = (401, "invalid_client", "The client secret has expired");
        let closed = (403, "", "API access is not enabled for this organization");
        assert_eq!(minted(expired), R::CredentialExpired);
        assert_eq!(minted((400, "", "The secret was rotated")), R::CredentialExpired);
        assert_eq!(minted(closed), R::AccessNotEnabled);
        assert_eq!(minted((403, "", "The client lacks the scope control.read")), R::Scope);
        assert_eq!(minted((400, "invalid_scope", "")), R::Scope);
        assert_eq!(minted((401, "invalid_client", "")), R::Credential);
        assert_eq!(minted((403, "access_denied", "")), R::Credential);
        assert_eq!(minted((403, "", "Quota exceeded. Try again in 30 seconds.")), R::Quota);
    }
}
