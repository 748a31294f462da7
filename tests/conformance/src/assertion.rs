//! Owns the signing again of recorded JWT assertions, so that they are of now. Must not make a bad one good: what was
//! signed with a wrong key, of another age or for another audience stays so.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use countersign_sandbox::Fixture;
use hmac::{Hmac, Mac as _};
use serde_json::Value;
use sha2::{Sha256, Sha512};

use crate::carried::Carried;
use crate::recording::Recording;

/// A recorded assertion, taken apart.
struct Assertion {
    header: Value,
    claims: Value,
    signed: String,
    signature: Vec<u8>,
}

impl Assertion {
    fn parse(text: &str) -> Option<Self> {
        let (signed, signature) = text.rsplit_once('.')?;
        let (header, claims) = signed.split_once('.')?;
        let decoded = |part: &str| serde_json::from_slice::<Value>(&URL_SAFE_NO_PAD.decode(part).ok()?).ok();
        Some(Self {
            header: decoded(header)?,
            claims: decoded(claims)?,
            signed: signed.to_owned(),
            signature: URL_SAFE_NO_PAD.decode(signature).ok()?,
        })
    }

    fn algorithm(&self) -> &str {
        self.header.get("alg").and_then(Value::as_str).unwrap_or_default()
    }
}

/// When the assertions of a file were made: the start most of them have, in seconds since 1970.
pub(crate) fn recorded_at(recording: &Recording) -> Option<i64> {
    let forms = recording
        .examples
        .iter()
        .filter_map(|example| example.request.form.as_ref());
    let assertions = forms.filter_map(|form| Assertion::parse(form.get("assertion")?.as_str()?));
    let starts: Vec<i64> = assertions
        .filter_map(|assertion| assertion.claims.get("nbf")?.as_i64())
        .collect();
    let count = |start: &i64| starts.iter().filter(|other| *other == start).count();
    starts.iter().copied().max_by_key(count)
}

/// The assertion with its dates moved by `shift` seconds and this server's address, signed again; `None` for a text
/// that is no assertion.
pub(crate) fn signed_again(text: &str, shift: i64, fixture: &Fixture, carried: &Carried) -> Option<String> {
    let assertion = Assertion::parse(text)?;
    let mut claims = carried.applied_to(&assertion.claims);
    for name in ["nbf", "exp", "iat"] {
        if let Some(moved) = claims.get(name).and_then(Value::as_i64) {
            claims
                .as_object_mut()?
                .insert(name.to_owned(), Value::from(moved + shift));
        }
    }
    let encoded = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let signed = format!("{}.{}", encoded(&assertion.header), encoded(&claims));
    let signature = signature(assertion.algorithm(), key(&assertion, fixture), &signed)?;
    Some(format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature)))
}

/// The secret that the recorded signature fits, else one that fits nobody.
fn key<'a>(assertion: &Assertion, fixture: &'a Fixture) -> &'a str {
    let secrets = fixture.clients.iter().filter_map(|client| client.secret.as_deref());
    let fits = |secret: &&str| {
        signature(assertion.algorithm(), secret, &assertion.signed).is_some_and(|made| made == assertion.signature)
    };
    let mut fitting = secrets.filter(fits);
    fitting.next().unwrap_or("a secret that no client of the fixture has")
}

fn signature(algorithm: &str, secret: &str, signed: &str) -> Option<Vec<u8>> {
    match algorithm {
        "HS256" => {
            let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).ok()?;
            mac.update(signed.as_bytes());
            Some(mac.finalize().into_bytes().to_vec())
        }
        "HS512" => {
            let mut mac = Hmac::<Sha512>::new_from_slice(secret.as_bytes()).ok()?;
            mac.update(signed.as_bytes());
            Some(mac.finalize().into_bytes().to_vec())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn fixture() -> Fixture {
        let client = json!({"id": "c", "name": "n", "authority": "a", "grant_type": "jwt_bearer", "secret": "good"});
        let text = json!({"base_url": "http://h:1", "clock": null, "authority": "a", "users": [], "clients": [client]});
        serde_json::from_value(text).unwrap()
    }

    fn recorded(secret: &str) -> String {
        let encoded = |value: Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let claims = encoded(json!({"iss": "c", "aud": "h:1", "nbf": 100}));
        let signed = format!("{}.{claims}", encoded(json!({"alg": "HS256"})));
        let signature = signature("HS256", secret, &signed).unwrap();
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
    }

    #[test]
    fn a_good_assertion_stays_good_and_a_bad_one_bad() {
        let carried = Carried::new("h:1".to_owned(), "h:2".to_owned(), String::new());
        for (secret, good) in [("good", true), ("bad", false)] {
            let again = signed_again(&recorded(secret), 50, &fixture(), &carried).unwrap();
            let again = Assertion::parse(&again).unwrap();
            assert_eq!(again.claims, json!({"iss": "c", "aud": "h:2", "nbf": 150}));
            assert_eq!(
                signature("HS256", "good", &again.signed).unwrap() == again.signature,
                good
            );
        }
    }

    #[test]
    fn what_is_no_assertion_is_left_alone() {
        let carried = Carried::new("h:1".to_owned(), "h:2".to_owned(), String::new());
        assert_eq!(signed_again("abc", 50, &fixture(), &carried), None);
    }
}
