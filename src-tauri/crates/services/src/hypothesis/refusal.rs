//! Owns what Hypothesis' refusals mean, in our words, where they belong to no field.
//! Must not call anything, nor claim that something is missing when the answer is not the API's own.
//!
//! Source: hypothesis-api sections 0 and 4; every refusal but a validation and a conflict is a fixed sentence.

use countersign_domain::{ErrorCode, Failure, Field};

use crate::error::{AnswerFault, ServiceError};
use crate::received::Received;

/// The `reason` of an error in the API's own form, `{"status":"failure","reason":…}`; `None` for any other body.
pub(super) fn reason(received: &Received<'_>) -> Option<String> {
    let value = received.json().ok()?;
    let own = value.get("status")?.as_str()? == "failure";
    let reason = value.get("reason")?.as_str()?;
    own.then(|| reason.to_owned())
}

/// The error of an answer that is not 2xx.
pub(crate) fn refused(received: &Received<'_>) -> ServiceError {
    ServiceError::Refused {
        status: received.status,
        failure: refusal(received),
    }
}

/// The failure that an answer other than 2xx is.
pub(crate) fn refusal(received: &Received<'_>) -> Failure {
    let status = received.status;
    let failure = match status {
        429 => Failure::new(ErrorCode::RateLimited, "Hypothesis asks to wait before the next call.")
            .after_seconds(received.retry_after_seconds),
        500..=599 => Failure::new(
            ErrorCode::ServerFailed,
            format!("Hypothesis could not answer just now (status {status})."),
        )
        .after_seconds(received.retry_after_seconds),
        404 if reason(received).is_some() => Failure::new(
            ErrorCode::NotFound,
            "Hypothesis does not know it, or does not show it to this credential.",
        ),
        404 => return not_the_api(received),
        _ if received.is_page() => return not_the_api(received),
        401 => Failure::new(
            ErrorCode::CredentialRefused,
            "Hypothesis does not accept this credential.",
        ),
        403 => Failure::new(
            ErrorCode::NotPermitted,
            "Something before Hypothesis refused the call (status 403); Hypothesis itself never answers so. Ask who runs \
             the network or the server.",
        )
        .saying_all(),
        409 => Failure::new(ErrorCode::Refused, "Hypothesis reported a conflict."),
        _ => Failure::new(
            ErrorCode::Refused,
            format!("Hypothesis refused the call (status {status})."),
        ),
    };
    failure.with_server_words(&received.words())
}

/// The failure of an answer that a Hypothesis API does not give: a page, or another server's JSON.
pub(super) fn not_the_api(received: &Received<'_>) -> Failure {
    let message = format!(
        "This address did not answer as Hypothesis does (status {}). The address may be another one, or a proxy or \
         sign-in page stands in between.",
        received.status
    );
    Failure::new(ErrorCode::AnswerUnreadable, message)
        .at(Field::ApiAddress)
        .with_server_words(&received.words())
}

/// The same as an error.
pub(crate) fn unreadable(received: &Received<'_>, fault: impl Into<AnswerFault>) -> ServiceError {
    let fault = if received.is_page() {
        AnswerFault::Page
    } else {
        fault.into()
    };
    ServiceError::Unreadable {
        failure: not_the_api(received),
        fault,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_status_has_its_code() {
        let not_found = r#"{"status":"failure","reason":"Either the resource you requested doesn't exist, or …"}"#;
        let limit = r#"{"status": "failure", "reason": "Request rate limit exceeded"}"#;
        let page = "<html><title>nginx</title></html>";
        for (status, content_type, body, code) in [
            (404, "application/json", not_found, ErrorCode::NotFound),
            (
                404,
                "application/json",
                r#"{"detail":"Not Found"}"#,
                ErrorCode::AnswerUnreadable,
            ),
            (404, "text/html", page, ErrorCode::AnswerUnreadable),
            (400, "text/html", page, ErrorCode::AnswerUnreadable),
            (429, "application/octet-stream", limit, ErrorCode::RateLimited),
            (429, "text/html", page, ErrorCode::RateLimited),
            (504, "text/html", page, ErrorCode::ServerFailed),
            (
                406,
                "application/json",
                r#"{"status":"failure","reason":"Not acceptable"}"#,
                ErrorCode::Refused,
            ),
        ] {
            let received = Received {
                status,
                content_type: Some(content_type),
                retry_after_seconds: None,
                body: body.as_bytes(),
            };
            assert_eq!(refusal(&received).code, code, "{status} {content_type} {body}");
        }
    }
}
