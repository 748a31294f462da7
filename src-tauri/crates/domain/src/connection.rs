//! Owns the non-secret half of a connection: what it is, where its secret may go, how far its saving has come.
//! Must not hold a secret.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use thiserror::Error;
use ts_rs::TS;

use crate::account::{Authority, Userid};
use crate::address::BoundAddress;
use crate::credential::{ClientId, CredentialPart, holds_token};
use crate::identifier::ConnectionId;
use crate::network::{Network, Pace};
use crate::region::Region;
use crate::sign_in::SignIn;

/// The longest label, in characters.
pub const LONGEST_LABEL: usize = 80;

/// Which service a connection is for. Also the second-last part of its keychain name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum Service {
    /// Hyperproof: compliance controls.
    Hyperproof,
    /// Hypothesis: annotation, accounts and groups.
    Hypothesis,
    /// Both services, embedded in this program, nothing real.
    Practice,
}

impl Service {
    /// The name in keychain entries and files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Hyperproof => "hyperproof",
            Self::Hypothesis => "hypothesis",
            Self::Practice => "practice",
        }
    }
}

/// The way a connection proves who it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum ConnectionKind {
    /// A personal API token (`6879-…`), sent as Bearer.
    HypothesisPersonalToken,
    /// No credential: what everybody may read.
    HypothesisAnonymous,
    /// A person's sign-in in the browser (RFC 8252): a refresh token buys access tokens.
    HypothesisSignIn,
    /// Client id and secret of an authority, sent as Basic (RFC 7617).
    HypothesisClientCredentials,
    /// A JSON web token signed with a client's secret buys one account's access tokens (RFC 7523).
    HypothesisGrantToken,
    /// OAuth 2.0 client credentials: an access token is minted at the token origin.
    HyperproofClientCredentials,
    /// OAuth 2.0 authorization code with a client secret: the sign-in of a person, renewed by a refresh token.
    HyperproofAuthorizationCode,
    /// Both services, embedded on loopback.
    Practice,
}

impl ConnectionKind {
    /// Every kind, in the order in which they are offered.
    pub const ALL: [Self; 8] = [
        Self::HypothesisPersonalToken,
        Self::HypothesisSignIn,
        Self::HypothesisClientCredentials,
        Self::HypothesisGrantToken,
        Self::HypothesisAnonymous,
        Self::HyperproofClientCredentials,
        Self::HyperproofAuthorizationCode,
        Self::Practice,
    ];

    /// The service it belongs to.
    pub fn service(self) -> Service {
        match self {
            Self::HypothesisPersonalToken
            | Self::HypothesisAnonymous
            | Self::HypothesisSignIn
            | Self::HypothesisClientCredentials
            | Self::HypothesisGrantToken => Service::Hypothesis,
            Self::HyperproofClientCredentials | Self::HyperproofAuthorizationCode => Service::Hyperproof,
            Self::Practice => Service::Practice,
        }
    }

    /// Whether its connections read a controls register.
    pub fn reads_controls(self) -> bool {
        matches!(
            self,
            Self::HyperproofClientCredentials | Self::HyperproofAuthorizationCode | Self::Practice
        )
    }

    /// Whether its connections administer accounts of an authority.
    pub fn administers_accounts(self) -> bool {
        matches!(self, Self::HypothesisClientCredentials | Self::Practice)
    }

    /// Whether a person signs in with the browser, so that a refresh token is kept.
    pub fn signs_in(self) -> bool {
        matches!(self, Self::HypothesisSignIn | Self::HyperproofAuthorizationCode)
    }

    /// What of its credential is kept in the keychain; nothing for what everybody may read.
    pub fn kept(self) -> &'static [CredentialPart] {
        match self {
            Self::HypothesisAnonymous => &[],
            Self::HypothesisSignIn => &[CredentialPart::RefreshToken],
            Self::HyperproofAuthorizationCode => &[CredentialPart::Secret, CredentialPart::RefreshToken],
            Self::HypothesisPersonalToken
            | Self::HypothesisClientCredentials
            | Self::HypothesisGrantToken
            | Self::HyperproofClientCredentials
            | Self::Practice => &[CredentialPart::Secret],
        }
    }
}

/// Where a connection's credential may go. Fixed once saved: another binding asks for the secret again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "to", deny_unknown_fields)]
pub enum Binding {
    /// One API address, and one token endpoint where the secret buys access tokens.
    #[serde(rename_all = "camelCase")]
    Addresses {
        /// The token endpoint: the only place the secret goes; `None` where the secret itself goes to the API.
        token: Option<BoundAddress>,
        /// The API: the only place that access tokens, or the secret where there are none, go.
        api: BoundAddress,
    },
    /// The practice services of this run, whatever their port is today.
    Practice,
}

/// How far the saving of a connection has come. A `Pending` one found at start is finished or removed with its secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Stage {
    /// The card is on disk, its secret may or may not be in the keychain.
    Pending,
    /// Card and secret are both there.
    Ready,
}

/// Where the secret of a connection is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum Keeping {
    /// In the operating system's keychain.
    Keychain,
    /// In memory, until the program ends: no keychain was there.
    ThisRunOnly,
}

/// Why a label is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum LabelFault {
    /// Nothing was typed.
    #[error("give the connection a name")]
    Empty,
    /// Over 80 characters.
    #[error("a name has at most 80 characters")]
    TooLong,
    /// Line breaks and the like.
    #[error("a name holds no line break")]
    ControlCharacter,
    /// A token that belongs into another box.
    #[error("this holds a token; a name is kept and shown in clear, a token belongs where the secret is entered")]
    Token,
}

/// The name a person gives a connection: 1 to 80 characters, no control characters, trimmed, and no token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Label(String);

impl Label {
    /// Reads a label as typed.
    ///
    /// # Errors
    /// The first `LabelFault` found.
    pub fn parse(text: &str) -> Result<Self, LabelFault> {
        // First of all: one that is too long as well is to be told what it is.
        if holds_token(text) {
            return Err(LabelFault::Token);
        }
        Self::kept(text)
    }

    /// Reads a label from the settings, where one with a token may stand from before tokens were refused: settings that
    /// cannot be read would keep the program from starting.
    fn kept(text: &str) -> Result<Self, LabelFault> {
        let text = text.trim();
        if text.is_empty() {
            return Err(LabelFault::Empty);
        }
        if text.chars().count() > LONGEST_LABEL {
            return Err(LabelFault::TooLong);
        }
        if text.chars().any(char::is_control) {
            return Err(LabelFault::ControlCharacter);
        }
        Ok(Self(text.to_owned()))
    }

    /// The label as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Label {
    type Error = LabelFault;
    fn try_from(text: String) -> Result<Self, LabelFault> {
        Self::kept(&text)
    }
}

impl From<Label> for String {
    fn from(label: Label) -> Self {
        label.0
    }
}

impl fmt::Display for Label {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// The non-secret half of a connection, as the settings keep it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Connection {
    /// Names it here, in the keychain and in its register files.
    pub id: ConnectionId,
    /// What the person calls it.
    pub label: Label,
    /// How it proves who it is.
    pub kind: ConnectionKind,
    /// Where its credential may go.
    pub binding: Binding,
    /// The public half of client credentials.
    pub client_id: Option<ClientId>,
    /// The authority whose accounts it administers.
    pub authority: Option<Authority>,
    /// The Hyperproof instance it was saved for.
    pub region: Option<Region>,
    /// OAuth scopes asked for, separated by spaces; `None` asks for all the API client has.
    pub scopes: Option<String>,
    /// How far its saving has come.
    pub stage: Stage,
    /// When its secret was saved or replaced.
    pub secret_saved: Timestamp,
    /// The account whose access tokens a grant token buys.
    #[serde(default)]
    pub userid: Option<Userid>,
    /// Where and how a person signs in; for the kinds that sign in.
    #[serde(default)]
    pub sign_in: Option<SignIn>,
    /// When the refresh token was last renewed: Hypothesis ends one that rests for 7 days.
    #[serde(default)]
    pub renewed: Option<Timestamp>,
    /// How its calls find their way out of this computer's network.
    #[serde(default)]
    pub network: Network,
    /// The rate that the person chose in the place of the service's known one.
    #[serde(default)]
    pub pace: Option<Pace>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_short_and_on_one_line() {
        assert_eq!(Label::parse(" Nordvik ").unwrap().as_str(), "Nordvik");
        assert_eq!(Label::parse(" "), Err(LabelFault::Empty));
        assert_eq!(Label::parse("a\nb"), Err(LabelFault::ControlCharacter));
        assert_eq!(Label::parse(&"x".repeat(81)), Err(LabelFault::TooLong));
    }

    #[test]
    fn a_token_is_no_label() {
        let random = "qVC3YAJSQ0BEkS1xhHo7MNm_rTuPfW4dGz-9LkXeIbY";
        for prefix in ["6879-", "5768-", "4657-"] {
            for label in [
                format!("{prefix}{random}"),
                format!("Nordvik {prefix}{random}."),
                format!("{prefix}{random}{random}"),
            ] {
                assert_eq!(Label::parse(&label), Err(LabelFault::Token), "{label}");
            }
        }
        for name in ["6879-", "6879-Nordvik", "Project 4657-2026", "Basic access, EU"] {
            assert_eq!(Label::parse(name).unwrap().as_str(), name);
        }
    }

    #[test]
    fn a_token_that_was_kept_as_a_label_is_still_read() {
        let kept = "\"6879-qVC3YAJSQ0BEkS1xhHo7MNm_rTuPfW4dGz\"";
        let label: Label = serde_json::from_str(kept).unwrap();
        assert!(label.as_str().starts_with("6879-qVC3"));
    }
}
