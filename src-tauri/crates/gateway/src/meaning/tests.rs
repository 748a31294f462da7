//! What refusals come to: those that were recorded, and those that may come.

use super::TokenRefusal as R;
use super::*;

const REFRESH: Grant = Grant::Refresh { confidential: false };
const CODE: Grant = Grant::Code { confidential: false };

fn refused(grant: Grant, (status, code, words): (u16, &str, &str)) -> TokenRefusal {
    match of(status, code, words, grant) {
        Meaning::Refused(refusal) => refusal,
        Meaning::SignedOut { .. } => panic!("{grant:?} {code} {words}: signed out"),
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
        let out = Meaning::SignedOut { secret_doubted: false };
        assert_eq!(of(status, code, words, REFRESH), out, "{code} {words}");
    }
}

#[test]
fn a_renewal_refused_without_a_reason_ends_the_sign_in_and_doubts_the_secret_too() {
    let renewal = Grant::Refresh { confidential: true };
    for (status, code, words, secret_doubted) in [
        (400, "", "", true),
        (400, "", "Bad Request", true),
        (401, "", "", true),
        (401, "Unauthorized", "Unauthorized", true),
        (400, "invalid_request", "", true),
        (401, "", "The refresh token is missing or has expired", false),
        (400, "invalid_grant", "", false),
        (400, "invalid_request", "Invalid refresh_token.", false),
    ] {
        let out = Meaning::SignedOut { secret_doubted };
        assert_eq!(of(status, code, words, renewal), out, "{status} {code} {words}");
    }
}

#[test]
fn a_renewal_refused_for_a_named_reason_does_not_end_the_sign_in() {
    for (said, refusal) in [
        ((401, "invalid_client", ""), R::Credential),
        ((401, "", "The client secret has expired"), R::Credential),
        ((400, "unauthorized_client", ""), R::GrantNotAllowed),
        ((400, "unsupported_grant_type", ""), R::GrantNotAllowed),
        ((400, "invalid_scope", ""), R::Scope),
        ((403, "", ""), R::CredentialOrAccess),
        ((403, "", "Out of quota"), R::Quota),
        ((400, "", "Too many requests"), R::RateLimited),
        ((400, "invalid_request", "Mismatching redirect URI."), R::Other),
        (
            (401, "", "The API is not enabled for this organization"),
            R::AccessNotEnabled,
        ),
        ((429, "", ""), R::RateLimited),
        ((503, "", "invalid_grant"), R::ServerFailed),
    ] {
        let renewal = Grant::Refresh { confidential: true };
        assert_eq!(refused(renewal, said), refusal, "{said:?}");
    }
}

#[test]
fn api_access_is_off_only_where_the_words_say_so() {
    let minted = |words| refused(Grant::ClientCredentials, (403, "", words));
    for words in [
        "API access has not been enabled for your organization.",
        "API clients are disabled",
        "Your plan does not include API access",
        "Forbidden: no API access",
        "M2M authentication is not available for this account",
    ] {
        assert_eq!(minted(words), R::AccessNotEnabled, "{words}");
    }
    assert_eq!(minted("Insufficient scope for API access"), R::Scope);
    assert_eq!(minted("API access needs the scope x. It was disabled."), R::Scope);
    assert_eq!(minted("API access denied"), R::CredentialOrAccess);
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
    assert_eq!(minted((403, "access_denied", "")), R::CredentialOrAccess);
    assert_eq!(minted((401, "", "")), R::CredentialOrAccess);
    assert_eq!(minted((401, "", "Wrong client secret")), R::Credential);
    assert_eq!(minted((403, "", "Quota exceeded. Try again in 30 seconds.")), R::Quota);
}
