//! Owns the identifiers this program gives out itself. Must not hold identifiers of the services.

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A text that is no identifier of ours.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("not a connection identifier")]
pub struct IdentifierFault;

/// Names one saved connection; a random UUID in lower case. Part of keychain names and file names, so nothing else passes.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ConnectionId(String);

impl ConnectionId {
    /// A new random identifier.
    pub fn random() -> Self {
        Self(uuid::Uuid::new_v4().to_string())
    }

    /// Reads an identifier back.
    ///
    /// # Errors
    /// `IdentifierFault` for anything but a hyphenated UUID; the case is folded.
    pub fn parse(text: &str) -> Result<Self, IdentifierFault> {
        let uuid = uuid::Uuid::try_parse(text).map_err(|_| IdentifierFault)?;
        if text.len() == 36 {
            Ok(Self(uuid.to_string()))
        } else {
            Err(IdentifierFault)
        }
    }

    /// The identifier as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for ConnectionId {
    type Error = IdentifierFault;
    fn try_from(text: String) -> Result<Self, IdentifierFault> {
        Self::parse(&text)
    }
}

impl From<ConnectionId> for String {
    fn from(id: ConnectionId) -> Self {
        id.0
    }
}

impl fmt::Display for ConnectionId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Ties a call, its log lines and what the person sees of it together; a random UUID.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CorrelationId(uuid::Uuid);

impl CorrelationId {
    /// A new random identifier.
    pub fn random() -> Self {
        Self(uuid::Uuid::new_v4())
    }
}

impl fmt::Display for CorrelationId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_hyphenated_uuid_is_an_identifier() {
        let id = ConnectionId::random();
        assert_eq!(
            ConnectionId::parse(id.as_str()),
            Ok(id.clone()),
            "what was given out reads back"
        );
        for bad in [
            "",
            "../etc",
            "67e5504410b1426f9247bb680e5fe0c8",
            "{67e55044-10b1-426f-9247-bb680e5fe0c8}",
        ] {
            assert_eq!(ConnectionId::parse(bad), Err(IdentifierFault), "{bad} is not ours");
        }
    }
}
