//! Owns what a connection's proof found out: who the server says this is and what it may do.
//! Must not hold anything the server did not say.

use serde_json::Value;

/// What a service said when it was asked who we are; asking wrote nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Proof {
    /// Who the server says this is; empty where it does not tell (client credentials of Hypothesis).
    pub identity: Vec<IdentityLine>,
    /// What was found out about permissions.
    pub permissions: Vec<Permission>,
}

/// One line of the identity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdentityLine {
    /// `name`, `email`, `user-state`, `time-zone`, `userid`, `authority`, `display-name` or `groups`.
    pub name: &'static str,
    /// The server's text, raw, at most 500 characters.
    pub value: String,
}

/// One permission.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Permission {
    /// `users` (who one is), `controls`, `profile`, `accounts`, `index`, `groups`, or a list of Hyperproof's.
    pub name: &'static str,
    /// What was found.
    pub state: PermissionState,
    /// The HTTP status of a refusal.
    pub status: Option<u16>,
}

/// What was found out about a permission.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PermissionState {
    /// It worked.
    Allowed,
    /// It was refused.
    Refused,
    /// Nothing was asked of it.
    NotAsked,
}

impl Proof {
    /// Adds what was found out later; what is known of the same permission gives way, unless nothing new was asked.
    #[must_use]
    pub fn with_permissions(mut self, found: Vec<Permission>) -> Self {
        for permission in found {
            match self.permissions.iter_mut().find(|known| known.name == permission.name) {
                Some(known) if permission.state != PermissionState::NotAsked => *known = permission,
                Some(_) => {}
                None => self.permissions.push(permission),
            }
        }
        self
    }
}

impl Permission {
    pub(crate) fn allowed(name: &'static str) -> Self {
        Self {
            name,
            state: PermissionState::Allowed,
            status: None,
        }
    }

    pub(crate) fn refused(name: &'static str, status: u16) -> Self {
        Self {
            name,
            state: PermissionState::Refused,
            status: Some(status),
        }
    }

    pub(crate) fn not_asked(name: &'static str) -> Self {
        Self {
            name,
            state: PermissionState::NotAsked,
            status: None,
        }
    }
}

/// A line for `value`, unless the server left it out or empty.
pub(crate) fn line(name: &'static str, value: Option<&str>) -> Option<IdentityLine> {
    let value: String = value?.trim().chars().take(500).collect();
    (!value.is_empty()).then_some(IdentityLine { name, value })
}

/// A string field of `value`.
pub(crate) fn text<'a>(value: &'a Value, field: &str) -> Option<&'a str> {
    value.get(field).and_then(Value::as_str)
}
