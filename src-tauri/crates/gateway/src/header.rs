//! Owns how a secret becomes a header. Must not keep one: headers are built for each request and marked as sensitive.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use countersign_domain::{ClientId, ExposeSecret, SecretString};
use http::HeaderValue;
use secrecy::zeroize::Zeroizing;

use crate::error::GatewayError;

/// `Bearer` and the token (RFC 6750 section 2.1).
///
/// # Errors
/// `CredentialUnfit` for characters no header carries.
pub(crate) fn bearer(token: &SecretString) -> Result<HeaderValue, GatewayError> {
    let token = token.expose_secret();
    if token.is_empty() || !token.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(GatewayError::CredentialUnfit);
    }
    sensitive(&Zeroizing::new(format!("Bearer {token}")))
}

/// `Basic` and the base64 of `id:secret` in UTF-8 (RFC 7617 section 2).
///
/// # Errors
/// None in practice: base64 holds nothing but what headers carry.
pub(crate) fn basic(client_id: &ClientId, secret: &SecretString) -> Result<HeaderValue, GatewayError> {
    basic_pair(client_id.as_str(), secret)
}

/// The same for any name, such as a proxy's.
///
/// # Errors
/// As `basic`.
pub(crate) fn basic_pair(name: &str, secret: &SecretString) -> Result<HeaderValue, GatewayError> {
    let pair = Zeroizing::new(format!("{name}:{}", secret.expose_secret()));
    let encoded = Zeroizing::new(STANDARD.encode(pair.as_bytes()));
    sensitive(&Zeroizing::new(format!("Basic {}", encoded.as_str())))
}

fn sensitive(text: &str) -> Result<HeaderValue, GatewayError> {
    let mut value = HeaderValue::from_str(text).map_err(|_| GatewayError::CredentialUnfit)?;
    value.set_sensitive(true);
    Ok(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn basic_equals_the_documented_example() {
        let id = ClientId::parse("96653f8e-80be-11e6-b32b-c7bcde86613a").unwrap();
        let secret = SecretString::from("E-hReVMuRyZbyr1GikieEw4JslaM6sDpb18_9V59PFw");
        let header = basic(&id, &secret).unwrap();
        assert_eq!(
            header.to_str().unwrap(),
            "Basic OTY2NTNmOGUtODBiZS0xMWU2LWIzMmItYzdiY2RlODY2MTNhOkUtaFJlVk11UnlaYnlyMUdpa2llRXc0SnNsYU02c0RwYjE4XzlWNTlQRnc="
        );
    }

    #[test]
    fn a_secret_in_a_header_is_never_printed() {
        let id = ClientId::parse("client").unwrap();
        for header in [
            basic(&id, &SecretString::from("hunter2:🗝")).unwrap(),
            bearer(&SecretString::from("6879-hunter2")).unwrap(),
        ] {
            assert!(header.is_sensitive());
            assert_eq!(format!("{header:?}"), "Sensitive");
        }
    }

    #[test]
    fn a_token_that_would_break_the_header_is_not_sent() {
        for bad in ["", "a b", "a\r\nX-Forwarded-User: admin", "é"] {
            assert!(
                matches!(bearer(&SecretString::from(bad)), Err(GatewayError::CredentialUnfit)),
                "{bad:?}"
            );
        }
    }
}
