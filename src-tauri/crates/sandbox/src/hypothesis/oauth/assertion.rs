//! Owns the checking of JWT assertions, in the server's order and words. Must not look up clients or people.
//!
//! Source: `h/services/oauth/_jwt_grant_token.py`, the order of claims in `PyJWT` and the recorded exchanges of file 10.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, Mac as _};
use jiff::Timestamp;
use serde_json::{Map, Value};
use sha2::Sha256;

const LONGEST_LIFE_SECONDS: f64 = 600.0;
const LEEWAY_SECONDS: f64 = 10.0;

/// A JWT taken apart; nothing of it is proved yet.
pub(super) struct Assertion {
    algorithm: String,
    claims: Map<String, Value>,
    signed: String,
    signature: Vec<u8>,
}

impl Assertion {
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (signed, signature) = text.rsplit_once('.')?;
        let (header, claims) = signed.split_once('.')?;
        let header = object(header)?;
        Some(Self {
            algorithm: header.get("alg").and_then(Value::as_str).unwrap_or_default().to_owned(),
            claims: object(claims)?,
            signed: signed.to_owned(),
            signature: URL_SAFE_NO_PAD.decode(signature).ok()?,
        })
    }

    /// The client that the assertion says it is of.
    pub(super) fn issuer(&self) -> Result<&str, String> {
        self.text("iss").ok_or_else(|| missing("iss", "issuer"))
    }

    /// The person it is for, once everything else is proved; the words of the first fault otherwise.
    pub(super) fn verified(&self, secret: &str, host_name: &str, now: Timestamp) -> Result<&str, String> {
        let expiry = self.instant("exp", "expiry")?;
        let start = self.instant("nbf", "start time")?;
        if expiry - start > LONGEST_LIFE_SECONDS {
            return Err("Grant token lifetime is too long.".to_owned());
        }
        self.check_signature(secret)?;
        let now = now.as_duration().as_secs_f64();
        if start.max(self.issued()) > now + LEEWAY_SECONDS {
            return Err("Grant token is not yet valid.".to_owned());
        }
        if expiry <= now - LEEWAY_SECONDS {
            return Err("Grant token is expired.".to_owned());
        }
        self.check_audience(host_name)?;
        self.text("sub").ok_or_else(|| missing("sub", "subject"))
    }

    fn check_signature(&self, secret: &str) -> Result<(), String> {
        if self.algorithm != "HS256" {
            return Err("Invalid grant token signature algorithm.".to_owned());
        }
        let mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).ok();
        let signed = mac.is_some_and(|mut mac| {
            mac.update(self.signed.as_bytes());
            mac.verify_slice(&self.signature).is_ok()
        });
        signed
            .then_some(())
            .ok_or_else(|| "Invalid grant token signature.".to_owned())
    }

    /// The server's host name, without its port (seen).
    fn check_audience(&self, host_name: &str) -> Result<(), String> {
        let audience = self.claims.get("aud").filter(|audience| !audience.is_null());
        let audience = audience.ok_or_else(|| missing("aud", "audience"))?;
        let names = |value: &Value| value.as_str() == Some(host_name);
        let fits = names(audience) || audience.as_array().is_some_and(|all| all.iter().any(names));
        fits.then_some(()).ok_or_else(|| invalid("aud", "audience"))
    }

    fn text(&self, claim: &str) -> Option<&str> {
        self.claims
            .get(claim)
            .and_then(Value::as_str)
            .filter(|text| !text.is_empty())
    }

    /// Seconds since 1970.
    fn instant(&self, claim: &str, description: &str) -> Result<f64, String> {
        let value = self.claims.get(claim).filter(|value| !value.is_null());
        let value = value.ok_or_else(|| missing(claim, description))?;
        value.as_f64().ok_or_else(|| invalid(claim, description))
    }

    /// When it was made, if it says so.
    fn issued(&self) -> f64 {
        let issued = self.claims.get("iat").and_then(Value::as_f64);
        issued.unwrap_or(f64::NEG_INFINITY)
    }
}

fn object(part: &str) -> Option<Map<String, Value>> {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).ok()?).ok()
}

fn missing(claim: &str, description: &str) -> String {
    format!("Missing claim '{claim}' ({description}) from grant token.")
}

fn invalid(claim: &str, description: &str) -> String {
    format!("Invalid claim '{claim}' ({description}) in grant token.")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn seconds(seconds: i64) -> Timestamp {
        Timestamp::from_second(seconds).unwrap()
    }

    fn made(claims: &Value) -> Assertion {
        let encoded = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let signed = format!("{}.{}", encoded(&json!({"alg": "HS256"})), encoded(claims));
        let mut mac = Hmac::<Sha256>::new_from_slice(b"key").unwrap();
        mac.update(signed.as_bytes());
        let signature = URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes());
        Assertion::parse(&format!("{signed}.{signature}")).unwrap()
    }

    #[test]
    fn ten_seconds_of_a_wrong_clock_are_forgiven() {
        let assertion = made(&json!({"iss": "c", "sub": "s", "aud": ["h"], "nbf": 100, "exp": 700}));
        let words = |now| {
            assertion
                .verified("key", "h", seconds(now))
                .map_err(|words| words.contains("expired"))
        };
        assert_eq!(words(89), Err(false));
        assert_eq!((words(90), words(709)), (Ok("s"), Ok("s")));
        assert_eq!(words(710), Err(true));
        assert!(assertion.verified("other key", "h", seconds(100)).is_err());
    }

    #[test]
    fn ten_minutes_are_the_longest_life() {
        let assertion = made(&json!({"iss": "c", "sub": "s", "aud": "h", "nbf": 100, "exp": 701}));
        let words = assertion.verified("key", "h", seconds(100)).unwrap_err();
        assert_eq!(words, "Grant token lifetime is too long.");
    }

    #[test]
    fn what_is_no_jwt_is_none() {
        for text in ["", "abc", "a.b.c", "e30.e30", "e30.W10.AA"] {
            assert!(Assertion::parse(text).is_none(), "{text}");
        }
    }
}
