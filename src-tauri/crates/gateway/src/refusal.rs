//! Owns the reading of a refusal by a token or revocation endpoint: its code and the words that may be shown. Must not echo
//! what was sent.

use countersign_domain::{SecretString, named_wait_seconds, redaction};
use serde_json::{Map, Value};

use crate::answer::Answer;
use crate::echo;
use crate::error::GatewayError;
use crate::meaning::{self, Meaning};
use crate::token::Grant;
use crate::token_refusal::TokenRefusal;

const LONGEST_WORDS: usize = 500;
/// How deep an error inside an error is looked for; Hypothesis nests one (JSON inside `reason`).
const DEEPEST: u8 = 3;

/// What was refused, and by whom.
pub(crate) struct Refused<'a> {
    pub(crate) host: String,
    pub(crate) grant: Grant,
    pub(crate) sent: &'a [&'a SecretString],
}

/// The refusal in `answer`. Every form seen in the field is understood: RFC 6749's, `{error}`, `{message}`,
/// `{statusCode, message}`, `{errors: [..]}`, JSON inside `reason`, text, HTML, nothing.
pub(crate) fn read(answer: &Answer, refused: Refused<'_>) -> GatewayError {
    let Refused { host, grant, sent } = refused;
    let said = Said::read(&String::from_utf8_lossy(&answer.body), DEEPEST);
    let (status, words) = (answer.status, shown(&said, sent));
    let meaning = match meaning::of(status, &said.code, &said.words, grant) {
        // A page is of something that stands before the service, which has judged no token.
        Meaning::SignedOut { .. } if is_page(&answer.body) => Meaning::Refused(TokenRefusal::Other),
        meaning @ (Meaning::SignedOut { .. } | Meaning::Refused(_)) => meaning,
    };
    match meaning {
        Meaning::SignedOut { secret_doubted } => GatewayError::SignedOut {
            host,
            words,
            secret_doubted,
        },
        Meaning::Refused(refusal) => GatewayError::TokenRefused {
            host,
            status,
            refusal,
            words,
            wait_seconds: answer.retry_after_seconds.or_else(|| named_wait_seconds(&said.words)),
        },
    }
}

fn is_page(body: &[u8]) -> bool {
    body.trim_ascii_start().starts_with(b"<")
}

/// The refusal of a revocation in `answer`.
pub(crate) fn not_revoked(answer: &Answer, host: String, sent: &[&SecretString]) -> GatewayError {
    let said = Said::read(&String::from_utf8_lossy(&answer.body), DEEPEST);
    GatewayError::NotRevoked {
        host,
        status: answer.status,
        words: shown(&said, sent),
    }
}

/// What a refusal says: RFC 6749's code where there is one, and words for people.
#[derive(Debug, Default, PartialEq, Eq)]
struct Said {
    code: String,
    words: String,
}

impl Said {
    fn read(body: &str, depth: u8) -> Self {
        let body = body.trim();
        match serde_json::from_str(body) {
            Ok(Value::Object(object)) => Self::of_object(&object, depth),
            Ok(Value::String(text)) => Self::of_text(&text),
            Ok(Value::Array(items)) => Self::of_text(&joined(&items)),
            Ok(Value::Null | Value::Bool(_) | Value::Number(_)) => Self::default(),
            Err(_) => Self::of_text(body),
        }
    }

    fn of_object(object: &Map<String, Value>, depth: u8) -> Self {
        let nested = object.get("reason").or_else(|| object.get("error"));
        if depth > 0
            && let Some(inner) = nested.and_then(nested_object)
        {
            return Self::read(&inner, depth - 1);
        }
        let text = |name: &str| object.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let code = text("error");
        let words = ["error_description", "message", "detail", "reason", "title"]
            .map(text)
            .into_iter()
            .find(|words| !words.trim().is_empty())
            .or_else(|| {
                object
                    .get("errors")
                    .and_then(Value::as_array)
                    .map(|items| joined(items))
            })
            .unwrap_or_else(|| code.clone());
        Self { code, words }
    }

    fn of_text(text: &str) -> Self {
        let words = if text.starts_with('<') {
            title(text).unwrap_or_default()
        } else {
            text.to_owned()
        };
        let code = String::new();
        Self { code, words }
    }
}

fn nested_object(value: &Value) -> Option<String> {
    match value {
        Value::Object(_) => Some(value.to_string()),
        Value::String(text) => text.trim_start().starts_with('{').then(|| text.clone()),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) => None,
    }
}

fn joined(items: &[Value]) -> String {
    let texts: Vec<&str> = items
        .iter()
        .filter_map(|item| {
            item.as_str().or_else(|| {
                ["message", "description", "detail", "error"]
                    .iter()
                    .find_map(|name| item.get(name)?.as_str())
            })
        })
        .collect();
    texts.join(", ")
}

fn title(html: &str) -> Option<String> {
    let lower = html.to_ascii_lowercase();
    let start = lower.find("<title>")? + "<title>".len();
    let end = start + lower.get(start..)?.find("</title>")?;
    html.get(start..end).map(|title| title.trim().to_owned())
}

fn shown(said: &Said, sent: &[&SecretString]) -> String {
    let words = sent
        .iter()
        .fold(said.words.clone(), |words, secret| echo::without(&words, secret));
    let words: String = words.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    redaction::redacted(words.trim()).chars().take(LONGEST_WORDS).collect()
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use countersign_domain::CorrelationId;

    use super::*;

    fn told(status: u16, body: &str, grant: Grant) -> GatewayError {
        let answer = Answer {
            status,
            content_type: None,
            retry_after_seconds: None,
            body: Bytes::copy_from_slice(body.as_bytes()),
            correlation: CorrelationId::random(),
        };
        let refused = Refused {
            host: "host".to_owned(),
            grant,
            sent: &[&SecretString::from("hunter 2")],
        };
        read(&answer, refused)
    }

    #[test]
    fn a_page_in_place_of_an_answer_ends_no_sign_in() {
        let renewal = |body| told(400, body, Grant::Refresh { confidential: true });
        assert!(matches!(renewal("{}"), GatewayError::SignedOut { .. }));
        let page = renewal("\n<html><title>400 Bad Request</title>");
        let refusal = TokenRefusal::Other;
        assert!(
            matches!(page, GatewayError::TokenRefused { refusal: found, .. } if found == refusal),
            "{page:?}"
        );
    }

    fn refused(status: u16, body: &str) -> (TokenRefusal, String, Option<u32>) {
        let error = told(status, body, Grant::ClientCredentials);
        let GatewayError::TokenRefused {
            refusal,
            words,
            wait_seconds,
            ..
        } = error
        else {
            panic!("{error}")
        };
        (refusal, words, wait_seconds)
    }

    #[test]
    fn every_form_of_refusal_is_understood() {
        use TokenRefusal as R;
        for (status, body, refusal, words) in [
            (
                400,
                r#"{"error":"invalid_client","error_description":"Bad client."}"#,
                R::Credential,
                "Bad client.",
            ),
            (400, r#"{"error":"invalid_client"}"#, R::Credential, "invalid_client"),
            (400, r#"{"error":"invalid_scope"}"#, R::Scope, "invalid_scope"),
            (
                401,
                r#"{"message":"Unauthorized"}"#,
                R::CredentialOrAccess,
                "Unauthorized",
            ),
            (
                401,
                r#"{"statusCode":401,"message":"The secret has expired"}"#,
                R::CredentialExpired,
                "The secret has expired",
            ),
            (
                403,
                r#"{"message":"API access is not enabled"}"#,
                R::AccessNotEnabled,
                "API access is not enabled",
            ),
            (400, r#"{"errors":[{"message":"a"},"b"]}"#, R::Other, "a, b"),
            (
                400,
                r#"{"status":"failure","reason":"{\"error\": \"invalid_client\"}"}"#,
                R::Credential,
                "invalid_client",
            ),
            (400, r#"{"error":{"code":1,"message":"inner"}}"#, R::Other, "inner"),
            (
                404,
                "<html><head><TITLE> Not here </title></head>",
                R::NoTokenEndpoint,
                "Not here",
            ),
            (502, "<html>Bad gateway", R::ServerFailed, ""),
            (401, "", R::CredentialOrAccess, ""),
            (400, "nope", R::Other, "nope"),
            (400, "\u{0}[1,2]\u{1b}[31m", R::Other, "[1,2] [31m"),
        ] {
            let (meaning, said, _) = refused(status, body);
            assert_eq!((meaning, said.as_str()), (refusal, words), "{status} {body}");
        }
    }

    #[test]
    fn a_quota_is_a_wait_of_the_seconds_it_names() {
        let body = r#"{"statusCode":403,"message":"Out of bandwidth quota. Try again in 30 seconds."}"#;
        let (meaning, _, wait) = refused(403, body);
        assert_eq!((meaning, wait), (TokenRefusal::Quota, Some(30)));
    }

    #[test]
    fn what_was_sent_is_never_echoed() {
        for body in [
            r#"{"error":"invalid_client","error_description":"'hunter 2' is wrong"}"#,
            "client_secret=hunter+2&x=y",
            "Bearer hunter",
        ] {
            let (_, words, _) = refused(400, body);
            assert!(!words.contains("hunter"), "{words}");
        }
    }
}
