//! Owns the looking at a JSON web token: its claims, and what Hypothesis would refuse about it. Must not show or keep a
//! signature, nor ask for a key.
//!
//! Source: hypothesis-api section 2 (`h/services/oauth/_jwt_grant_token.py`).

use countersign_domain::json_web_token::decode_token;
use countersign_domain::{Authority, ErrorCode, ExposeSecret as _, Failure, Field, SecretString, Timestamp, Userid};
use serde_json::Value;

use crate::app::App;
use crate::page::{ClaimShown, TokenShown};
use crate::text::beginning;

/// The longest value of a claim shown, in bytes.
const LONGEST_VALUE: usize = 500;
/// The longest life that Hypothesis grants an assertion, in seconds.
const LONGEST_LIFE: f64 = 600.0;
/// What Hypothesis allows clocks to differ, in seconds.
const LEEWAY: f64 = 10.0;
/// The claims that Hypothesis asks for.
const REQUIRED: [&str; 5] = ["aud", "iss", "sub", "nbf", "exp"];
/// The claims that are dates (RFC 7519 section 4.1).
const DATES: [&str; 4] = ["exp", "nbf", "iat", "auth_time"];

type Claims = [(String, Value)];

impl App {
    /// Takes a token apart for the person to read. Nothing is asked of any server.
    ///
    /// # Errors
    /// `input-invalid` at the token.
    pub fn decode_token(&self, token: &SecretString) -> Result<TokenShown, Failure> {
        let decoded = decode_token(token.expose_secret()).map_err(|fault| {
            Failure::new(ErrorCode::InputInvalid, format!("This is no JSON web token: {fault}.")).at(Field::Token)
        })?;
        let claims = |claims: &Claims| claims.iter().map(|(name, value)| shown(name, value)).collect();
        Ok(TokenShown {
            header: claims(&decoded.header),
            claims: claims(&decoded.claims),
            faults: faults(&decoded.header, &decoded.claims, self.now()),
        })
    }
}

fn shown(name: &str, value: &Value) -> ClaimShown {
    let date = DATES.contains(&name).then(|| date(value)).flatten();
    ClaimShown {
        name: name.chars().take(LONGEST_VALUE).collect(),
        value: beginning(&value.to_string(), LONGEST_VALUE).to_owned(),
        date: date.map(|date| date.to_string()),
    }
}

fn date(value: &Value) -> Option<Timestamp> {
    let seconds = value
        .as_f64()
        .filter(|seconds| seconds.is_finite() && seconds.abs() < 1e12)?;
    #[expect(clippy::cast_possible_truncation, reason = "held below 10^12 above")]
    Timestamp::from_second(seconds as i64).ok()
}

/// The ids of the faults, in the order in which they are to be mended.
fn faults(header: &Claims, claims: &Claims, now: Timestamp) -> Vec<String> {
    let claim = |name: &str| claims.iter().find(|(known, _)| known == name).map(|(_, value)| value);
    let seconds = |name: &str| claim(name).and_then(Value::as_f64);
    let algorithm = header.iter().find(|(name, _)| name == "alg").map(|(_, value)| value);
    #[expect(clippy::cast_precision_loss, reason = "seconds of this century are exact")]
    let now = now.as_second() as f64;
    let found = [
        ("algorithm", algorithm.and_then(Value::as_str) != Some("HS256")),
        ("missing-claim", REQUIRED.iter().any(|name| claim(name).is_none())),
        (
            "too-long-lived",
            seconds("exp")
                .zip(seconds("nbf"))
                .is_some_and(|(exp, nbf)| exp - nbf > LONGEST_LIFE),
        ),
        ("expired", seconds("exp").is_some_and(|exp| exp + LEEWAY <= now)),
        ("not-yet-valid", seconds("nbf").is_some_and(|nbf| nbf - LEEWAY > now)),
        ("audience-has-port", claim("aud").is_some_and(has_port)),
        ("subject-is-no-userid", claim("sub").is_some_and(|sub| !is_userid(sub))),
    ];
    let found = found.into_iter().filter(|(_, holds)| *holds);
    found.map(|(name, _)| name.to_owned()).collect()
}

/// The audience is the server's host name alone; one text, or a list of texts.
fn has_port(audience: &Value) -> bool {
    match audience {
        Value::String(text) => text.contains(':'),
        Value::Array(several) => several.iter().any(has_port),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => false,
    }
}

fn is_userid(subject: &Value) -> bool {
    let parts = subject
        .as_str()
        .and_then(|text| text.strip_prefix("acct:")?.rsplit_once('@'));
    parts.is_some_and(|(username, authority)| {
        let authority = Authority::parse(authority);
        authority.is_ok_and(|authority| Userid::from_typed(username, &authority).is_ok())
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn found(algorithm: &str, claims: &Value) -> Vec<String> {
        let list = |value: &Value| -> Vec<(String, Value)> {
            let members = value.as_object().unwrap().iter();
            members.map(|(name, value)| (name.clone(), value.clone())).collect()
        };
        let header = list(&json!({ "alg": algorithm, "typ": "JWT" }));
        faults(&header, &list(claims), Timestamp::from_second(1_000_000).unwrap())
    }

    fn good() -> Value {
        json!({ "aud": "h.example", "iss": "c", "sub": "acct:jo@example.com", "nbf": 999_995, "exp": 1_000_500 })
    }

    #[test]
    fn a_token_that_hypothesis_takes_has_no_fault() {
        assert_eq!(found("HS256", &good()), [""; 0]);
    }

    #[test]
    fn each_fault_that_hypothesis_refuses_is_named() {
        assert_eq!(found("none", &good()), ["algorithm"]);
        for (change, fault) in [
            (json!({ "exp": 1_000_596 }), "too-long-lived"),
            (json!({ "nbf": 999_000, "exp": 999_500 }), "expired"),
            (json!({ "nbf": 1_000_100 }), "not-yet-valid"),
            (json!({ "aud": "h.example:5000" }), "audience-has-port"),
            (json!({ "aud": ["h.example", "h.example:5000"] }), "audience-has-port"),
            (json!({ "sub": "jo" }), "subject-is-no-userid"),
            (json!({ "sub": 7 }), "subject-is-no-userid"),
        ] {
            let mut claims = good();
            for (name, value) in change.as_object().unwrap() {
                claims[name] = value.clone();
            }
            assert_eq!(found("HS256", &claims), [fault], "{change}");
        }
        let mut without = good();
        without.as_object_mut().unwrap().remove("nbf");
        assert_eq!(found("HS256", &without), ["missing-claim"]);
    }

    #[test]
    fn a_date_is_shown_beside_its_number() {
        assert_eq!(
            shown("exp", &json!(1_000_000.0)).date.as_deref(),
            Some("1970-01-12T13:46:40Z")
        );
        assert_eq!(shown("exp", &json!("soon")).date, None);
        assert_eq!(shown("sub", &json!(1_000_000)).date, None);
        let long = shown("x", &json!("é".repeat(2_000))).value;
        assert!(long.len() <= LONGEST_VALUE && long.ends_with('é'), "{long}");
    }
}
