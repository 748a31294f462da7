//! Owns the sentences for what token and revocation endpoints refuse. Must not hold anything of a request but host names.

use countersign_domain::{Failure, Field};

use crate::error::GatewayError;
use crate::token_refusal::TokenRefusal;

/// The failure that a refused token request is to the page.
pub(crate) fn refused(host: &str, refusal: TokenRefusal) -> Failure {
    let message = format!("{host} {}. The call was not made.", said(refusal));
    let failure = Failure::new(refusal.code(), message);
    let failure = if refusal == TokenRefusal::Other {
        failure
    } else {
        failure.saying_all()
    };
    match refusal.field() {
        Some(field) => failure.at(field),
        None => failure,
    }
}

/// The failure of what concerns a sign-in as a whole; none for any other error.
pub(crate) fn of_sign_in(error: &GatewayError) -> Option<Failure> {
    let failure = |message: &str| Some(Failure::new(error.code(), message).saying_all());
    if let GatewayError::SignedOut {
        host,
        words,
        secret_doubted,
    } = error
    {
        return Some(failure(&signed_out(host, *secret_doubted))?.with_server_words(words));
    }
    if let GatewayError::NotRevoked { host, status, words } = error {
        let message = format!(
            "{host} did not end the sign-in (status {status}), so it may go on there. Try again, or end it in the service's own settings."
        );
        return Some(failure(&message)?.with_server_words(words));
    }
    if matches!(error, GatewayError::UserUnfit) {
        let message = "The account is no userid such as acct:name@example.com. Nothing was sent. Correct it.";
        return Some(failure(message)?.at(Field::Userid));
    }
    if matches!(error, GatewayError::NoSignIn) {
        return failure("This kind of connection does not sign in through the browser. Nothing was sent.");
    }
    None
}

fn signed_out(host: &str, secret_doubted: bool) -> String {
    let doubt = if secret_doubted {
        " If that is refused too, the client's secret is wrong or has expired."
    } else {
        ""
    };
    format!(
        "The sign-in at {host} has ended: it was revoked, rested too long, was renewed elsewhere, or is not kept on this computer. The call was not made. Sign in again.{doubt}"
    )
}

fn said(refusal: TokenRefusal) -> &'static str {
    match refusal {
        TokenRefusal::Credential => {
            "does not accept this client id and secret: one of them is wrong, or the secret has expired or was rotated. Enter a new one"
        }
        TokenRefusal::CredentialOrAccess => {
            "refused this client id and secret and does not say why: one of them is wrong, the secret has expired or was rotated, or API access is not enabled for the organisation. Enter a new secret, or ask your contact at the service to enable API access"
        }
        TokenRefusal::CredentialExpired => {
            "says that the secret has expired or was rotated. Make a new one in the service's settings and enter it here"
        }
        TokenRefusal::Scope => {
            "does not grant these scopes to the client. Correct them, or leave them out to get all that the client has"
        }
        TokenRefusal::AccessNotEnabled => {
            "says that API access is not enabled for the organisation. Ask your contact at the service to enable it"
        }
        TokenRefusal::Quota => "says that a quota is used up for now. The credential is not refused; try again later",
        TokenRefusal::RateLimited => "gets too many token requests for now. Try again later",
        TokenRefusal::ServerFailed => "failed. The credential was not judged; try again later",
        TokenRefusal::NoTokenEndpoint => "has no token service at this address. Correct the token address",
        TokenRefusal::UnknownClient => "does not know this client id. Compare it with the one that was registered",
        TokenRefusal::GrantNotAllowed => {
            "does not let this client ask for tokens in this way: it is registered for another. Ask who administers the service"
        }
        TokenRefusal::Code => {
            "does not accept what the browser brought back: it was used before, or came too late. Sign in once more"
        }
        TokenRefusal::RedirectUri => {
            "has another redirect URI registered for this client. Both must be the same letter for letter, the port included"
        }
        TokenRefusal::Subject => "knows no such account that this client may act for. Correct the account",
        TokenRefusal::Audience => "goes by another name than the host of the token address. Correct the token address",
        TokenRefusal::Clock => "finds the grant token too early or too late. Set this computer's clock",
        TokenRefusal::Other => "refused the token request",
    }
}
