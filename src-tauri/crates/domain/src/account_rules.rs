//! Owns the service's own validation rules for accounts, so that a refusal is known before it is asked for.
//! Must not be stricter than the server: what it takes, this takes.
//!
//! Source: h/schemas/api/user.py and h/models/user.py; words seen on a live server.

use serde::{Deserialize, Serialize};
use thiserror::Error;
use ts_rs::TS;

use crate::failure::Field;

/// Shortest username, in characters.
pub const SHORTEST_USERNAME: usize = 3;
/// Longest username, in characters.
pub const LONGEST_USERNAME: usize = 30;
/// Longest e-mail address, in characters.
pub const LONGEST_EMAIL: usize = 100;
/// Longest display name, in characters.
pub const LONGEST_DISPLAY_NAME: usize = 30;
/// The server's pattern, as its refusals quote it.
pub const USERNAME_PATTERN: &str = "^[A-Za-z0-9_][A-Za-z0-9._]+[A-Za-z0-9_]$";

/// One way in which a value breaks a rule of the service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Error, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export)]
pub enum AccountFault {
    /// Not usable as an authority.
    #[error("this is not an authority such as example.com")]
    Authority,
    /// Neither a username nor a userid.
    #[error("this is neither a username nor a userid such as acct:name@example.com")]
    Userid,
    /// A userid of another authority.
    #[error("this userid belongs to another authority")]
    OtherAuthority,
    /// Fewer than 3 characters.
    #[error("a username has at least 3 characters")]
    UsernameTooShort,
    /// More than 30 characters.
    #[error("a username has at most 30 characters")]
    UsernameTooLong,
    /// Characters outside the pattern.
    #[error("a username is made of letters without accents, digits, periods and underscores")]
    UsernameCharacters,
    /// A period at either end.
    #[error("a username does not begin or end with a period")]
    UsernamePeriod,
    /// No e-mail address.
    #[error("an e-mail address is needed")]
    EmailMissing,
    /// No `@`.
    #[error("an e-mail address holds an @")]
    EmailForm,
    /// More than 100 characters.
    #[error("an e-mail address has at most 100 characters")]
    EmailTooLong,
    /// More than 30 characters.
    #[error("a display name has at most 30 characters")]
    DisplayNameTooLong,
}

impl AccountFault {
    /// The field of the form it belongs to.
    pub fn field(self) -> Field {
        match self {
            Self::Authority => Field::Authority,
            Self::Userid
            | Self::OtherAuthority
            | Self::UsernameTooShort
            | Self::UsernameTooLong
            | Self::UsernameCharacters
            | Self::UsernamePeriod => Field::Username,
            Self::EmailMissing | Self::EmailForm | Self::EmailTooLong => Field::Email,
            Self::DisplayNameTooLong => Field::DisplayName,
        }
    }

    /// What the server would answer to `value`, where that was seen on a live server.
    pub fn server_words(self, value: &str) -> Option<String> {
        match self {
            Self::UsernameTooShort => Some(format!("username: '{value}' is too short")),
            Self::UsernameTooLong => Some(format!("username: '{value}' is too long")),
            Self::UsernameCharacters | Self::UsernamePeriod => {
                Some(format!("username: '{value}' does not match '{USERNAME_PATTERN}'"))
            }
            Self::EmailForm => Some(format!("email: '{value}' is not a 'email'")),
            Self::EmailTooLong => Some(format!("email: '{value}' is too long")),
            Self::DisplayNameTooLong => Some(format!("display_name: '{value}' is too long")),
            Self::Authority | Self::Userid | Self::OtherAuthority | Self::EmailMissing => None,
        }
    }
}

/// The faults of a username, most telling first.
pub fn username_faults(username: &str) -> Vec<AccountFault> {
    let length = username.chars().count();
    let allowed = |character: char| character.is_ascii_alphanumeric() || character == '.' || character == '_';
    let faults = [
        (!username.chars().all(allowed), AccountFault::UsernameCharacters),
        (
            username.starts_with('.') || username.ends_with('.'),
            AccountFault::UsernamePeriod,
        ),
        (length < SHORTEST_USERNAME, AccountFault::UsernameTooShort),
        (length > LONGEST_USERNAME, AccountFault::UsernameTooLong),
    ];
    faults
        .into_iter()
        .filter_map(|(broken, fault)| broken.then_some(fault))
        .collect()
}

/// The faults of an e-mail address for a new account or a change; the server asks for an `@` and no more.
pub fn email_faults(email: &str) -> Vec<AccountFault> {
    if email.is_empty() {
        return vec![AccountFault::EmailMissing];
    }
    let faults = [
        (!email.contains('@'), AccountFault::EmailForm),
        (email.chars().count() > LONGEST_EMAIL, AccountFault::EmailTooLong),
    ];
    faults
        .into_iter()
        .filter_map(|(broken, fault)| broken.then_some(fault))
        .collect()
}

/// The faults of a display name; "" is none.
pub fn display_name_faults(display_name: &str) -> Vec<AccountFault> {
    let too_long = display_name.chars().count() > LONGEST_DISPLAY_NAME;
    if too_long {
        vec![AccountFault::DisplayNameTooLong]
    } else {
        Vec::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usernames_follow_the_rule_of_the_live_server() {
        for good in ["abc", "Jane.Doe_2", "_a_", "a..b", &"a".repeat(30)] {
            assert_eq!(username_faults(good), [], "{good} was accepted");
        }
        for (bad, fault) in [
            ("ab", AccountFault::UsernameTooShort),
            (&"a".repeat(31) as &str, AccountFault::UsernameTooLong),
            ("joe!bloggs", AccountFault::UsernameCharacters),
            ("joe-bloggs", AccountFault::UsernameCharacters),
            (".joe", AccountFault::UsernamePeriod),
            ("joe.", AccountFault::UsernamePeriod),
            ("jürgen", AccountFault::UsernameCharacters),
        ] {
            assert_eq!(username_faults(bad).first(), Some(&fault), "{bad}");
        }
    }

    #[test]
    fn an_email_needs_an_at_sign_and_no_more() {
        assert_eq!(email_faults("@"), [], "the live server accepts it");
        assert_eq!(email_faults("nonsense"), [AccountFault::EmailForm]);
        assert_eq!(
            email_faults(&format!("{}@", "a".repeat(100))),
            [AccountFault::EmailTooLong]
        );
    }

    #[test]
    fn a_display_name_is_counted_in_characters() {
        assert_eq!(display_name_faults(&"é".repeat(30)), []);
        assert_eq!(display_name_faults(&"é".repeat(31)), [AccountFault::DisplayNameTooLong]);
    }
}
