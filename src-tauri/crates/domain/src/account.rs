//! Owns an account of an authority and its names. Must not decide validity of typed values (`account_rules` does).

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::account_rules::{self, AccountFault};

macro_rules! text_of {
    ($name:ident) => {
        impl $name {
            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> Self {
                value.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(&self.0)
            }
        }
    };
}

/// The organisation part of a userid, such as `example.com`; trimmed, 1 to 255 visible characters without `@`.
/// The service checks only that it equals the client's (h/schemas/api/user.py), so nothing more is asked here.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Authority(String);

text_of!(Authority);

impl Authority {
    /// Reads an authority as typed.
    ///
    /// # Errors
    /// `AccountFault::Authority` when empty, too long, or with white space, `@`, `/` or control characters.
    pub fn parse(text: &str) -> Result<Self, AccountFault> {
        let text = text.trim();
        let odd = |character: char| character.is_whitespace() || character.is_control() || "@/?#:".contains(character);
        let fits = !text.is_empty() && text.chars().count() <= 255 && !text.contains(odd);
        if fits {
            Ok(Self(text.to_owned()))
        } else {
            Err(AccountFault::Authority)
        }
    }
}

impl TryFrom<String> for Authority {
    type Error = AccountFault;
    fn try_from(text: String) -> Result<Self, AccountFault> {
        Self::parse(&text)
    }
}

/// A username by the server's rule: 3 to 30 of `[A-Za-z0-9._]`, no period at either end.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Username(String);

text_of!(Username);

impl Username {
    /// Reads a username as typed; surrounding white space is trimmed (the server would keep a trailing newline).
    ///
    /// # Errors
    /// The first fault of `account_rules::username_faults`.
    pub fn parse(text: &str) -> Result<Self, AccountFault> {
        let text = text.trim();
        account_rules::username_faults(text)
            .into_iter()
            .next()
            .map_or_else(|| Ok(Self(text.to_owned())), Err)
    }

    /// The form in which usernames are unique: without case and periods (h/models/user.py).
    pub fn normal_form(&self) -> String {
        normal_form(&self.0)
    }
}

impl TryFrom<String> for Username {
    type Error = AccountFault;
    fn try_from(text: String) -> Result<Self, AccountFault> {
        Self::parse(&text)
    }
}

/// The form in which the service compares usernames: lower case, periods left out.
pub fn normal_form(username: &str) -> String {
    username
        .chars()
        .filter(|character| *character != '.')
        .flat_map(char::to_lowercase)
        .collect()
}

/// `acct:USERNAME@AUTHORITY`. Names that the server accepted once but would not today are kept, so the parts are raw.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Userid(String);

text_of!(Userid);

impl Userid {
    /// Puts a userid together.
    pub fn new(username: &str, authority: &Authority) -> Self {
        Self(format!("acct:{username}@{authority}"))
    }

    /// Reads a full userid, or a bare username with `authority` added; surrounding white space is trimmed.
    ///
    /// # Errors
    /// `AccountFault::Userid` when it is neither, or of another authority.
    pub fn from_typed(text: &str, authority: &Authority) -> Result<Self, AccountFault> {
        let text = text.trim();
        let bare = text.strip_prefix("acct:").unwrap_or(text);
        let (username, owner) = bare.rsplit_once('@').unwrap_or((bare, authority.as_str()));
        let odd = |character: char| character.is_whitespace() || character.is_control() || "/?#:@".contains(character);
        if username.is_empty() || username.chars().count() > 255 || username.contains(odd) {
            return Err(AccountFault::Userid);
        }
        if owner != authority.as_str() {
            return Err(AccountFault::OtherAuthority);
        }
        Ok(Self::new(username, authority))
    }

    /// The part between `acct:` and `@`.
    pub fn username(&self) -> &str {
        let bare = self.0.strip_prefix("acct:").unwrap_or(&self.0);
        bare.rsplit_once('@').map_or(bare, |(username, _)| username)
    }
}

/// An account as the service answers it (`GET /api/users/{userid}`): identities are never told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// `userid`
    pub userid: Userid,
    /// `username`, as spelt at its creation.
    pub username: String,
    /// `authority`
    pub authority: String,
    /// `email`; `None` where the server has none.
    #[serde(default)]
    pub email: Option<String>,
    /// `display_name`; `None` where the server has none, "" where it was cleared.
    #[serde(default)]
    pub display_name: Option<String>,
}

/// What `POST /api/users` is given; only documented fields, since an unknown one may set a column (hypothesis-api 3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NewAccount {
    /// The client's own authority.
    pub authority: Authority,
    /// 3 to 30 characters by the server's rule.
    pub username: Username,
    /// At most 100 characters with an `@`.
    pub email: String,
    /// At most 30 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub display_name: Option<String>,
}

/// What `PATCH /api/users/{username}` is given: only what changed. An e-mail cannot be cleared; "" clears the name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct AccountChange {
    /// The new e-mail address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The new display name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub display_name: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usernames_are_the_same_without_case_and_periods() {
        assert_eq!(normal_form("J.Bloggs1"), normal_form("jbloggs1"));
        assert_ne!(normal_form("j_bloggs1"), normal_form("jbloggs1"));
    }

    #[test]
    fn a_userid_is_read_with_and_without_its_authority() {
        let authority = Authority::parse("example.com").unwrap();
        for text in ["jbloggs1", "acct:jbloggs1@example.com", " jbloggs1@example.com "] {
            let userid = Userid::from_typed(text, &authority).unwrap();
            assert_eq!(userid.as_str(), "acct:jbloggs1@example.com", "{text}");
            assert_eq!(userid.username(), "jbloggs1");
        }
        assert_eq!(
            Userid::from_typed("acct:a@other.org", &authority),
            Err(AccountFault::OtherAuthority)
        );
        assert_eq!(Userid::from_typed("a b", &authority), Err(AccountFault::Userid));
    }
}
