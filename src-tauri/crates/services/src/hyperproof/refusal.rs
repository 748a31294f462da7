//! Owns what Hyperproof's refusals mean, in our words. Must not call anything nor state a guess as a fact.
//!
//! Source: hyperproof-api sections 1.7, 2.5, 2.6 and 9. No refusal is documented word for word but 429 and the quota.

use countersign_domain::{ErrorCode, Failure, Field, named_wait_seconds, speaks_of_quota};

use crate::received::Received;

/// What was asked for, so that a refusal can name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Asked {
    /// `GET /users/me`
    OwnUser,
    /// `GET /controls`
    Controls,
    /// `GET /controls/{controlId}`
    Control,
    /// Any other documented read; the object that its scope is likely named after.
    Documented(&'static str),
}

impl Asked {
    fn words(self) -> &'static str {
        match self {
            Self::OwnUser => "read who it belongs to",
            Self::Controls | Self::Control => "read controls",
            Self::Documented(_) => "read this",
        }
    }

    /// The scope that is likely asked for: `user.read` was read from the specifications, `control.read` from a connector.
    fn likely_scope(self) -> String {
        match self {
            Self::OwnUser => "user.read".to_owned(),
            Self::Controls | Self::Control => "control.read".to_owned(),
            Self::Documented(object) => format!("{object}.read"),
        }
    }
}

/// The failure that an answer other than 2xx is.
pub(crate) fn refusal(received: &Received<'_>, asked: Asked) -> Failure {
    let words = received.words();
    let failure = match received.status {
        401 => Failure::new(
            ErrorCode::CredentialRefused,
            "Hyperproof does not accept this credential. Its secret may have expired or been replaced, the token address \
             may be of another region than the API address, or API access may not be enabled for the organisation.",
        ),
        429 => Failure::new(ErrorCode::RateLimited, "Hyperproof asks to wait before the next call.")
            .after_seconds(wait_seconds(received, &words)),
        500..=599 => server_failed(received),
        _ if received.is_page() => page_came(received),
        403 => forbidden(received, &words, asked),
        404 => not_found(asked),
        status => Failure::new(
            ErrorCode::Refused,
            format!("Hyperproof refused the call (status {status})."),
        ),
    };
    failure.with_server_words(&words)
}

/// The failure of a page where data was expected.
pub(crate) fn page_came(received: &Received<'_>) -> Failure {
    let message = format!(
        "A web page came in place of data (status {}). A proxy or a sign-in page may stand between here and Hyperproof, \
         or the address is another one. Check the address, and the way to it with Doctor.",
        received.status
    );
    Failure::new(ErrorCode::AnswerUnreadable, message)
        .at(Field::ApiAddress)
        .with_server_words(&received.words())
        .saying_all()
}

fn server_failed(received: &Received<'_>) -> Failure {
    let message = format!("Hyperproof could not answer just now (status {}).", received.status);
    Failure::new(ErrorCode::ServerFailed, message).after_seconds(received.retry_after_seconds)
}

fn not_found(asked: Asked) -> Failure {
    match asked {
        Asked::Control => Failure::new(
            ErrorCode::NotFound,
            "Hyperproof does not know this control, or does not show it to this credential.",
        ),
        Asked::Documented(_) => Failure::new(
            ErrorCode::NotFound,
            "Hyperproof does not know it, or does not show it to this credential.",
        ),
        Asked::OwnUser | Asked::Controls => Failure::new(
            ErrorCode::NotFound,
            "Nothing answers under this address as Hyperproof's does. The address may be another one.",
        )
        .at(Field::ApiAddress),
    }
}

/// A 403 is a wait when it speaks of a quota, else a missing feature or a missing permission.
fn forbidden(received: &Received<'_>, words: &str, asked: Asked) -> Failure {
    let wait = wait_seconds(received, words);
    if wait.is_some() || speaks_of_quota(words) {
        let message = "A quota of Hyperproof is used up for now. This is a wait, not a refusal.";
        return Failure::new(ErrorCode::QuotaExceeded, message).after_seconds(wait);
    }
    if speaks_of_access_not_enabled(words) {
        let message = "API access seems not to be enabled for this organisation. Hyperproof's customer success \
                       contact enables it.";
        return Failure::new(ErrorCode::AccessNotEnabled, message);
    }
    let message = format!(
        "This credential may not {}. The scope is probably {}, unless API access is not enabled for the organisation.",
        asked.words(),
        asked.likely_scope()
    );
    Failure::new(ErrorCode::NotPermitted, message)
}

fn speaks_of_access_not_enabled(words: &str) -> bool {
    let lower = words.to_lowercase();
    let off = [
        "not enabled",
        "not been enabled",
        "isn't enabled",
        "not activated",
        "is disabled",
        "been disabled",
    ];
    lower.contains("api") && off.iter().any(|sign| lower.contains(sign))
}

/// The wait in seconds: `Retry-After`, else what the words name.
fn wait_seconds(received: &Received<'_>, words: &str) -> Option<u32> {
    received.retry_after_seconds.or_else(|| named_wait_seconds(words))
}

#[cfg(test)]
mod tests {
    use super::*;
    use countersign_domain::Action;

    fn refused(status: u16, content_type: &str, retry_after: Option<u32>, body: &str) -> Failure {
        let received = Received {
            status,
            content_type: Some(content_type),
            retry_after_seconds: retry_after,
            body: body.as_bytes(),
        };
        refusal(&received, Asked::Controls)
    }

    fn json(status: u16, body: &str) -> Failure {
        refused(status, "application/json", None, body)
    }

    #[test]
    fn a_quota_is_a_wait_and_not_a_missing_permission() {
        let failure = json(
            403,
            r#"{"statusCode":403,"message":"Bandwidth quota exceeded. Try again in 90 seconds."}"#,
        );
        assert_eq!(
            (failure.code, failure.wait_seconds),
            (ErrorCode::QuotaExceeded, Some(90))
        );
        assert_eq!(failure.action, Action::Wait);
        let bare = refused(403, "application/json", Some(7), "{}");
        assert_eq!((bare.code, bare.wait_seconds), (ErrorCode::QuotaExceeded, Some(7)));
        let unknown_wait = json(403, r#"{"message":"Out of call volume quota."}"#);
        assert_eq!(
            (unknown_wait.code, unknown_wait.wait_seconds),
            (ErrorCode::QuotaExceeded, None)
        );
    }

    #[test]
    fn a_missing_scope_is_named_as_a_guess() {
        let failure = json(403, r#"{"statusCode":403,"message":"Forbidden"}"#);
        assert_eq!(failure.code, ErrorCode::NotPermitted);
        assert!(
            failure.message.contains("The scope is probably control.read,"),
            "{}",
            failure.message
        );
        assert_eq!(failure.server_words.as_deref(), Some("Forbidden"));
    }

    #[test]
    fn access_that_was_never_enabled_is_told_apart() {
        let failure = json(403, r#"{"error":"API access is not enabled for this organization"}"#);
        assert_eq!(failure.code, ErrorCode::AccessNotEnabled);
    }

    #[test]
    fn each_status_has_its_code() {
        let page = "<html><title>Sign in</title></html>";
        for (status, content_type, body, code) in [
            (401, "application/json", "{}", ErrorCode::CredentialRefused),
            (401, "text/html", page, ErrorCode::CredentialRefused),
            (403, "text/html", page, ErrorCode::AnswerUnreadable),
            (404, "text/html", page, ErrorCode::AnswerUnreadable),
            (404, "application/json", "{}", ErrorCode::NotFound),
            (400, "application/json", r#"{"message":"bad"}"#, ErrorCode::Refused),
            (429, "text/html", page, ErrorCode::RateLimited),
            (502, "text/html", page, ErrorCode::ServerFailed),
        ] {
            assert_eq!(
                refused(status, content_type, None, body).code,
                code,
                "{status} {content_type}"
            );
        }
    }
}
