//! Owns the grant token (RFC 7523) as Hypothesis takes it: an HS256 JSON web token for one account, of a few minutes
//! (docs/publishers/authorization-grant-tokens). Must not show or keep the key, nor sign anything that is no userid.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use countersign_domain::{Authority, BoundAddress, ClientId, ExposeSecret, SecretString, Timestamp, Userid};
use hmac::{Hmac, Mac};
use serde_json::json;
use sha2::Sha256;

use crate::error::GatewayError;

/// `{"alg":"HS256","typ":"JWT"}` in base64url.
const HEADER: &str = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9";
/// How far this computer's clock may be ahead of the server's, in seconds; the server itself allows ten.
const BEFORE: i64 = 60;
/// How far it may be behind, in seconds. Both together are the token's life, of which the server takes ten minutes.
const AFTER: i64 = 240;

/// Who says of whom that a token is due.
pub(crate) struct Assertion<'a> {
    pub(crate) audience: &'a BoundAddress,
    pub(crate) issuer: &'a ClientId,
    pub(crate) subject: &'a Userid,
}

impl Assertion<'_> {
    /// The token, signed with `secret`, good around `now`. The audience is the host without the port (h `request.domain`).
    ///
    /// # Errors
    /// `UserUnfit` for a subject that is no userid: the server answers 500 to it.
    pub(crate) fn signed(&self, secret: &SecretString, now: Timestamp) -> Result<SecretString, GatewayError> {
        if !is_userid(self.subject.as_str()) {
            return Err(GatewayError::UserUnfit);
        }
        let claims = json!({
            "aud": self.audience.host(),
            "iss": self.issuer.as_str(),
            "sub": self.subject.as_str(),
            "nbf": now.as_second() - BEFORE,
            "exp": now.as_second() + AFTER,
        });
        let signed = format!("{HEADER}.{}", URL_SAFE_NO_PAD.encode(claims.to_string()));
        let mut code = Hmac::<Sha256>::new_from_slice(secret.expose_secret().as_bytes())
            .map_err(|_| GatewayError::CredentialUnfit)?;
        code.update(signed.as_bytes());
        let signature = URL_SAFE_NO_PAD.encode(code.finalize().into_bytes());
        Ok(SecretString::from(format!("{signed}.{signature}")))
    }
}

fn is_userid(text: &str) -> bool {
    let parts = text.strip_prefix("acct:").and_then(|bare| bare.rsplit_once('@'));
    parts.is_some_and(|(_, authority)| {
        Authority::parse(authority)
            .and_then(|authority| Userid::from_typed(text, &authority))
            .is_ok_and(|read| read.as_str() == text)
    })
}

#[cfg(test)]
mod tests {
    use countersign_domain::decode_token;

    use super::*;

    fn signed(endpoint: &str, subject: &str) -> Option<SecretString> {
        let subject = serde_json::from_value(subject.into()).unwrap();
        let assertion = Assertion {
            audience: &BoundAddress::parse(endpoint).unwrap(),
            issuer: &ClientId::parse("00000000-0000-1000-8000-0000000000f1").unwrap(),
            subject: &subject,
        };
        let secret = SecretString::from("local-jwt-secret-that-is-long-enough-0123456789");
        let signed = assertion.signed(&secret, Timestamp::from_second(1_795_294_033).unwrap());
        assert!(matches!(signed, Ok(_) | Err(GatewayError::UserUnfit)));
        signed.ok()
    }

    #[test]
    fn a_grant_token_says_what_the_server_wants_for_five_minutes() {
        let token = signed("http://127.0.0.1:15000/api/token", "acct:jbloggs1@example.com").unwrap();
        let decoded = decode_token(token.expose_secret()).unwrap();
        assert_eq!(
            decoded.header,
            [("alg".to_owned(), json!("HS256")), ("typ".to_owned(), json!("JWT"))]
        );
        assert_eq!(
            decoded.claims,
            [
                ("aud".to_owned(), json!("127.0.0.1")),
                ("iss".to_owned(), json!("00000000-0000-1000-8000-0000000000f1")),
                ("sub".to_owned(), json!("acct:jbloggs1@example.com")),
                ("nbf".to_owned(), json!(1_795_293_973)),
                ("exp".to_owned(), json!(1_795_294_273)),
            ]
        );
    }

    #[test]
    fn a_grant_token_equals_the_one_that_a_live_server_accepted() {
        let token = signed("http://127.0.0.1:15000/api/token", "acct:jbloggs1@example.com").unwrap();
        let recorded = [
            HEADER,
            "eyJhdWQiOiIxMjcuMC4wLjEiLCJpc3MiOiIwMDAwMDAwMC0wMDAwLTEwMDAtODAwMC0wMDAwMDAwMDAwZjEiLCJzdWIiOiJhY2N0OmpibG9nZ3MxQGV4YW1wbGUuY29tIiwibmJmIjoxNzk1MjkzOTczLCJleHAiOjE3OTUyOTQyNzN9",
            "ViF2PP8Cct0q1Z_coGO-j33_fw26JRvv4i2VI6Er0ck",
        ];
        assert_eq!(token.expose_secret(), recorded.join("."));
    }

    #[test]
    fn a_subject_that_is_no_userid_is_not_signed() {
        for subject in [
            "jbloggs1",
            "acct:jbloggs1",
            "acct:@example.com",
            "acct:a b@example.com",
            "acct:a@example.com\r\nX-Forwarded-User: acct:admin@example.com",
            "acct:a@b@example.com",
            " acct:a@example.com",
            "",
        ] {
            assert!(
                signed("https://example.com/api/token", subject).is_none(),
                "{subject:?}"
            );
        }
    }
}
