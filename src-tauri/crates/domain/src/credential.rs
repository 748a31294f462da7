//! Owns what a credential looks like: client ids, secrets and tokens, and how a value in the wrong box is recognised.
//! Must not hold a secret longer than a check takes.

use std::fmt;

use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The longest secret taken, in bytes: the limit of Windows' Credential Manager, so that a connection moves everywhere.
pub const LONGEST_SECRET: usize = 2_560;

/// The longest client id taken, in characters.
pub const LONGEST_CLIENT_ID: usize = 200;

/// What Hypothesis' personal, access and refresh tokens begin with.
const TOKEN_PREFIXES: [&str; 3] = ["6879-", "5768-", "4657-"];

/// One of the secrets that a connection may have; each has a keychain entry of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CredentialPart {
    /// The token or client secret that was typed.
    Secret,
    /// The refresh token that a sign-in brought and each renewal replaces.
    RefreshToken,
    /// The password for the proxy that the connection's calls go through.
    ProxyPassword,
}

/// Why a typed credential is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum CredentialFault {
    /// Nothing was typed.
    #[error("nothing was entered")]
    Empty,
    /// Longer than the limit.
    #[error("this is too long")]
    TooLong,
    /// A client id with a colon: RFC 7617 parts id and secret at the first colon.
    #[error("a client id holds no colon")]
    Colon,
    /// Line breaks or other control characters.
    #[error("there is a line break or another control character inside")]
    ControlCharacter,
    /// Characters outside ASCII where HTTP takes none.
    #[error("only ASCII characters are possible here")]
    NotAscii,
}

/// The public half of client credentials. No colon (RFC 7617), no control characters, ASCII, at most 200 characters.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ClientId(String);

impl ClientId {
    /// Reads a client id; surrounding white space is trimmed.
    ///
    /// # Errors
    /// The first `CredentialFault` found.
    pub fn parse(text: &str) -> Result<Self, CredentialFault> {
        let text = text.trim();
        if text.is_empty() {
            return Err(CredentialFault::Empty);
        }
        if text.chars().count() > LONGEST_CLIENT_ID {
            return Err(CredentialFault::TooLong);
        }
        if text.contains(':') {
            return Err(CredentialFault::Colon);
        }
        if text.chars().any(char::is_control) {
            return Err(CredentialFault::ControlCharacter);
        }
        if !text.is_ascii() {
            return Err(CredentialFault::NotAscii);
        }
        Ok(Self(text.to_owned()))
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for ClientId {
    type Error = CredentialFault;
    fn try_from(text: String) -> Result<Self, CredentialFault> {
        Self::parse(&text)
    }
}

impl From<ClientId> for String {
    fn from(id: ClientId) -> Self {
        id.0
    }
}

impl fmt::Display for ClientId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// The fewest characters behind a token's prefix that are taken for its random part; Hypothesis makes 43.
const SHORTEST_RANDOM_PART: usize = 20;

/// Whether a token of Hypothesis stands anywhere in `text`: a known prefix and a random part (base64url) behind it, long
/// enough that no name or number looks like one. Surer than a `CredentialShape`, and so a reason to refuse.
pub fn holds_token(text: &str) -> bool {
    let inside = |character: char| character.is_ascii_alphanumeric() || "-_".contains(character);
    let mut words = text.split(|character| !inside(character));
    words.any(|word| {
        let random = TOKEN_PREFIXES.iter().find_map(|prefix| word.strip_prefix(prefix));
        random.is_some_and(|random| random.len() >= SHORTEST_RANDOM_PART)
    })
}

/// Checks a client secret. Anything printable passes, colons and emoji included: it travels in a form body or base64.
/// A line break at the very end (a copied line) is cut; one inside is refused.
///
/// # Errors
/// `Empty`, `TooLong` (over 2,560 bytes) or `ControlCharacter`.
pub fn checked_secret(typed: &SecretString) -> Result<SecretString, CredentialFault> {
    let text = typed.expose_secret().trim_end_matches(['\r', '\n']);
    if text.is_empty() {
        return Err(CredentialFault::Empty);
    }
    if text.len() > LONGEST_SECRET {
        return Err(CredentialFault::TooLong);
    }
    if text.chars().any(char::is_control) {
        return Err(CredentialFault::ControlCharacter);
    }
    Ok(SecretString::from(text))
}

/// Checks a bearer token: as a secret, and visible ASCII without spaces (RFC 6750), since it is a header's value.
///
/// # Errors
/// `Empty`, `TooLong`, `ControlCharacter` or `NotAscii` (a space inside counts as a control character).
pub fn checked_token(typed: &SecretString) -> Result<SecretString, CredentialFault> {
    let trimmed = SecretString::from(typed.expose_secret().trim());
    let token = checked_secret(&trimmed)?;
    if !token.expose_secret().is_ascii() {
        return Err(CredentialFault::NotAscii);
    }
    if token.expose_secret().contains(' ') {
        return Err(CredentialFault::ControlCharacter);
    }
    Ok(token)
}

/// What a pasted value looks like, by the prefixes Hypothesis gives its tokens (`h/services/developer_token.py`,
/// `h/services/oauth`) and the forms of client ids. A guess for a hint, never a reason to refuse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum CredentialShape {
    /// `6879-…`
    HypothesisPersonalToken,
    /// `5768-…`
    HypothesisAccessToken,
    /// `4657-…`
    HypothesisRefreshToken,
    /// A hyphenated UUID: the form of a Hypothesis client id.
    HypothesisClientId,
    /// 32 hexadecimal characters: the form of a Hyperproof client id.
    HyperproofClientId,
    /// A JSON web token.
    JsonWebToken,
    /// An address.
    Address,
}

impl CredentialShape {
    /// The shape of `text`, if it has one that is known.
    pub fn of(text: &str) -> Option<Self> {
        let text = text.trim();
        let hexadecimal = |part: &str| part.chars().all(|character| character.is_ascii_hexdigit());
        if text.starts_with("6879-") {
            Some(Self::HypothesisPersonalToken)
        } else if text.starts_with("5768-") {
            Some(Self::HypothesisAccessToken)
        } else if text.starts_with("4657-") {
            Some(Self::HypothesisRefreshToken)
        } else if text.starts_with("https://") || text.starts_with("http://") {
            Some(Self::Address)
        } else if text.starts_with("eyJ") && text.split('.').count() == 3 {
            Some(Self::JsonWebToken)
        } else if text.len() == 32 && hexadecimal(text) {
            Some(Self::HyperproofClientId)
        } else if text.len() == 36 && uuid::Uuid::try_parse(text).is_ok() {
            Some(Self::HypothesisClientId)
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret(text: &str) -> Result<String, CredentialFault> {
        checked_secret(&SecretString::from(text)).map(|kept| kept.expose_secret().to_owned())
    }

    #[test]
    fn a_secret_may_hold_colons_and_emoji_but_no_line_break_inside() {
        assert_eq!(secret("a:b🗝️c").unwrap(), "a:b🗝️c");
        assert_eq!(
            secret("copied\r\n").unwrap(),
            "copied",
            "a copied line end is no part of the secret"
        );
        assert_eq!(secret("two\nlines"), Err(CredentialFault::ControlCharacter));
        assert_eq!(secret(""), Err(CredentialFault::Empty));
        assert_eq!(secret(&"x".repeat(2_561)), Err(CredentialFault::TooLong));
    }

    #[test]
    fn a_client_id_holds_no_colon_no_emoji_and_no_line_break() {
        for (text, fault) in [
            ("a:b", CredentialFault::Colon),
            ("id🗝️", CredentialFault::NotAscii),
            ("a\nb", CredentialFault::ControlCharacter),
            ("  ", CredentialFault::Empty),
        ] {
            assert_eq!(ClientId::parse(text), Err(fault), "{text:?}");
        }
        assert_eq!(ClientId::parse(" abc ").unwrap().as_str(), "abc");
    }

    #[test]
    fn a_token_is_visible_ascii() {
        let token = |text: &str| checked_token(&SecretString::from(text)).map(|_| ());
        assert_eq!(token(" 6879-abc\n"), Ok(()), "white space around a pasted token is cut");
        assert_eq!(token("68 79"), Err(CredentialFault::ControlCharacter));
        assert_eq!(token("6879-é"), Err(CredentialFault::NotAscii));
    }

    #[test]
    fn a_pasted_value_is_recognised_by_its_shape() {
        for (text, shape) in [
            ("6879-local", Some(CredentialShape::HypothesisPersonalToken)),
            (
                "96653f8e-80be-11e6-b32b-c7bcde86613a",
                Some(CredentialShape::HypothesisClientId),
            ),
            (
                "7f3c9a2e41d04b6f8e15c0a9d2b7e431",
                Some(CredentialShape::HyperproofClientId),
            ),
            ("https://api.hyperproof.app", Some(CredentialShape::Address)),
            ("E-hReVMuRyZbyr1GikieEw4JslaM6sDpb18_9V59PFw", None),
        ] {
            assert_eq!(CredentialShape::of(text), shape, "{text}");
        }
    }
}
