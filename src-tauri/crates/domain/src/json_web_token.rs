//! Owns the taking apart of a JSON web token (RFC 7519) for people to read. Must not judge a signature, ask for a key, or
//! keep anything of the signature.

use base64::Engine as _;
use base64::alphabet::URL_SAFE;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use serde_json::Value;
use thiserror::Error;

/// The longest token taken, in bytes.
pub const LONGEST_TOKEN: usize = 64 * 1024;

/// The most claims taken, of header and payload each.
pub const MOST_CLAIMS: usize = 100;

/// RFC 7515 leaves the padding out; a token that was padded on its way is read all the same.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &URL_SAFE,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// What a token says, in its own order.
#[derive(Debug, Clone, PartialEq)]
pub struct DecodedToken {
    /// The header's parameters: `alg`, `typ`, …
    pub header: Vec<(String, Value)>,
    /// The claims: `aud`, `iss`, `sub`, `nbf`, `exp`, …
    pub claims: Vec<(String, Value)>,
    /// Whether there is a signature. Whether it is a good one is not known here.
    pub signed: bool,
}

/// Why a text is not taken as a token. Never holds the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum TokenFault {
    /// Nothing was given.
    #[error("nothing was entered")]
    Empty,
    /// Longer than `LONGEST_TOKEN`.
    #[error("this is longer than 64 KiB")]
    TooLong,
    /// Not three parts divided by periods.
    #[error("a JSON web token has three parts, divided by periods")]
    NotThreeParts,
    /// Five parts: its claims are encrypted (RFC 7516).
    #[error("the token is encrypted, so that its claims cannot be read")]
    Encrypted,
    /// A part is not written in base64url.
    #[error("a part of the token is not written in base64url")]
    NotBase64,
    /// A part is no JSON object.
    #[error("a part of the token is no JSON object")]
    NotAnObject,
    /// More than `MOST_CLAIMS`.
    #[error("the token holds more than 100 claims")]
    TooManyClaims,
}

/// Takes `text` apart; surrounding white space and a leading `Bearer` are passed over.
///
/// # Errors
/// The first `TokenFault` found.
///
/// ```
/// use countersign_domain::json_web_token::decode_token;
/// let token = decode_token("eyJhbGciOiJub25lIn0.eyJzdWIiOiJhY2N0OmpvQGV4YW1wbGUuY29tIn0.").unwrap();
/// assert_eq!(token.claims, [("sub".to_owned(), "acct:jo@example.com".into())]);
/// assert!(!token.signed);
/// ```
pub fn decode_token(text: &str) -> Result<DecodedToken, TokenFault> {
    let text = text.trim();
    let text = text.strip_prefix("Bearer ").unwrap_or(text).trim_start();
    if text.is_empty() {
        return Err(TokenFault::Empty);
    }
    if text.len() > LONGEST_TOKEN {
        return Err(TokenFault::TooLong);
    }
    let mut parts = text.split('.');
    let (Some(header), Some(claims), Some(signature)) = (parts.next(), parts.next(), parts.next()) else {
        return Err(TokenFault::NotThreeParts);
    };
    match parts.count() {
        0 => {}
        2 => return Err(TokenFault::Encrypted),
        _ => return Err(TokenFault::NotThreeParts),
    }
    let signed = !BASE64.decode(signature).map_err(|_| TokenFault::NotBase64)?.is_empty();
    Ok(DecodedToken {
        header: members(header)?,
        claims: members(claims)?,
        signed,
    })
}

fn members(part: &str) -> Result<Vec<(String, Value)>, TokenFault> {
    let bytes = BASE64.decode(part).map_err(|_| TokenFault::NotBase64)?;
    match serde_json::from_slice(&bytes) {
        Ok(Value::Object(members)) if members.len() <= MOST_CLAIMS => Ok(members.into_iter().collect()),
        Ok(Value::Object(_)) => Err(TokenFault::TooManyClaims),
        Ok(Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_)) | Err(_) => {
            Err(TokenFault::NotAnObject)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIGNATURE: &str = "ViF2PP8Cct8wKqvYDkmVHnvHlv2sVYKwFf9CzrcoP50";

    fn token(header: &str, claims: &str, signature: &str) -> String {
        format!("{}.{}.{signature}", BASE64.encode(header), BASE64.encode(claims))
    }

    #[test]
    fn claims_are_shown_in_the_tokens_own_order_and_the_signature_is_not_kept() {
        let claims = r#"{"sub":"acct:jo@example.com","nbf":1795293973,"exp":1795294273.5,"aud":["a","b"]}"#;
        let written = token(r#"{"typ":"JWT","alg":"HS256"}"#, claims, SIGNATURE);
        for text in [written.clone(), format!("  Bearer {written}\n")] {
            let decoded = decode_token(&text).unwrap();
            let names: Vec<_> = decoded.claims.iter().map(|(name, _)| name.as_str()).collect();
            assert_eq!(names, ["sub", "nbf", "exp", "aud"]);
            assert_eq!(decoded.header[1], ("alg".to_owned(), "HS256".into()));
            assert!(decoded.signed);
            assert!(!format!("{decoded:?}").contains("ViF2PP8"), "{decoded:?}");
        }
    }

    #[test]
    fn a_token_without_signature_is_said_to_be_unsigned() {
        let decoded = decode_token(&token(r#"{"alg":"none"}"#, "{}", "")).unwrap();
        assert!(!decoded.signed && decoded.claims.is_empty());
    }

    #[test]
    fn a_token_that_was_padded_on_its_way_is_read() {
        assert!(decode_token("eyJhbGciOiJub25lIn0=.e30=.").is_ok());
    }

    #[test]
    fn what_is_no_token_is_refused_by_its_fault() {
        for (text, fault) in [
            ("  ", TokenFault::Empty),
            ("Bearer ", TokenFault::NotThreeParts),
            ("6879-abcdefgh", TokenFault::NotThreeParts),
            ("a.b", TokenFault::NotThreeParts),
            ("e30.e30.x.y", TokenFault::NotThreeParts),
            ("e30.e30.x.y.z", TokenFault::Encrypted),
            ("e30.{}.", TokenFault::NotBase64),
            ("e30.e30.!", TokenFault::NotBase64),
            ("e30.W10.", TokenFault::NotAnObject),
            ("e30.e3.", TokenFault::NotBase64),
            ("e30.eA.", TokenFault::NotAnObject),
        ] {
            assert_eq!(decode_token(text), Err(fault), "{text:?}");
        }
    }

    #[test]
    fn a_token_is_read_up_to_its_limits_and_no_further() {
        let many = |count: usize| {
            let members: Vec<_> = (0..count).map(|number| format!("\"c{number}\":0")).collect();
            decode_token(&token("{}", &format!("{{{}}}", members.join(",")), ""))
        };
        assert!(many(100).is_ok());
        assert_eq!(many(101), Err(TokenFault::TooManyClaims));
        assert_eq!(decode_token(&"a".repeat(64 * 1024 + 1)), Err(TokenFault::TooLong));
        let deep = format!("{{\"a\":{}{}}}", "[".repeat(10_000), "]".repeat(10_000));
        assert_eq!(
            decode_token(&token("{}", &deep, "")),
            Err(TokenFault::NotAnObject),
            "no depth overflows the stack"
        );
    }
}
