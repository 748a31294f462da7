//! Owns the shapes of the Connections screen.

use countersign_domain::connection::Keeping;
use countersign_domain::{ConnectionKind, Failure, Region, Service};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What the form sends. Fields a kind does not use stay empty; unknown fields are refused.
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[ts(export)]
pub struct ConnectionDraft {
    /// The kind chosen.
    pub kind: ConnectionKind,
    /// The name; empty takes a name from kind and host.
    pub label: String,
    /// Hyperproof's instance.
    pub region: Option<Region>,
    /// Hypothesis: the server. Hyperproof, custom: the API address.
    #[serde(default)]
    pub api_address: String,
    /// Hyperproof: the token endpoint, chosen (EU, Gov) or typed (custom).
    #[serde(default)]
    pub token_address: String,
    /// The client id.
    #[serde(default)]
    pub client_id: String,
    /// The authority administered.
    #[serde(default)]
    pub authority: String,
    /// OAuth scopes; empty asks for all the client has.
    #[serde(default)]
    pub scopes: String,
    /// The secret or token. Travels inward once.
    #[ts(type = "string")]
    pub secret: SecretString,
    /// Keep the secret in memory for this run, because no keychain is there.
    #[serde(default)]
    pub this_run_only: bool,
}

/// The state at the right of a row and at the head of a card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase", tag = "is")]
#[ts(export)]
pub enum ConnectionState {
    /// The last proof was good.
    Working,
    /// The last call failed; `failure` says how (refused, offline, not trusted, …).
    Failing {
        /// The last failure.
        failure: Failure,
    },
    /// Not proven in this run.
    NotChecked,
    /// The keychain is locked or gone, so the credential cannot be read.
    KeychainUnavailable,
    /// Practice: the services are not running.
    Stopped,
}

/// A line of "Who the server says you are": `name` is a Fluent id's last part, `value` is the server's text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct IdentityLine {
    /// One of `name`, `email`, `user-state`, `time-zone`, `userid`, `authority`, `display-name`, `groups`.
    pub name: String,
    /// The server's text, raw.
    pub value: String,
}

/// What was found out about one permission, without changing anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum PermissionState {
    /// It worked.
    Allowed,
    /// It was refused.
    Refused,
    /// Not asked.
    NotAsked,
}

/// A line of "What it may do".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct PermissionShown {
    /// One of `controls`, `users`, `profile`, `accounts`.
    pub name: String,
    /// What was found.
    pub state: PermissionState,
    /// The HTTP status of a refusal.
    pub status: Option<u16>,
}

/// A connection as list row and card. Times are ISO 8601, UTC.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ConnectionCard {
    /// Names it in every later call.
    pub id: String,
    /// The name.
    pub label: String,
    /// The kind.
    pub kind: ConnectionKind,
    /// The service.
    pub service: Service,
    /// Hyperproof's instance.
    pub region: Option<Region>,
    /// The host of the API, with the port where it is unusual: the second line of the row.
    pub api_host: String,
    /// The only host the secret goes to.
    pub secret_host: String,
    /// Calls go out unencrypted (loopback).
    pub plain_http: bool,
    /// The client id.
    pub client_id: Option<String>,
    /// The authority administered.
    pub authority: Option<String>,
    /// The scopes asked for.
    pub scopes: Option<String>,
    /// Where the secret is kept.
    pub keeping: Keeping,
    /// When the secret was saved or replaced.
    pub secret_saved: String,
    /// Whether it reads controls.
    pub reads_controls: bool,
    /// Whether it administers accounts.
    pub administers_accounts: bool,
    /// The state.
    pub state: ConnectionState,
    /// When the state was found; `None` before the first check.
    pub checked: Option<String>,
    /// Who the server says this is.
    pub identity: Vec<IdentityLine>,
    /// What it may do.
    pub permissions: Vec<PermissionShown>,
    /// When the credential was last used.
    pub last_use: Option<String>,
    /// The last refusal in words of the activity list, such as `14:30 · GET /v1/issues · 403`; time is ISO 8601.
    pub last_refusal: Option<CallShown>,
    /// Controls kept here: named when the connection is forgotten.
    #[ts(type = "number")]
    pub register_rows: u64,
    /// Calls a second allowed, as known.
    pub rate_per_second: Option<f64>,
    /// Calls allowed at once, as known.
    pub burst: Option<u32>,
}

/// A call of the activity list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct CallShown {
    /// When it began, ISO 8601.
    pub at: String,
    /// `GET`, `POST`, …
    pub method: String,
    /// The path, without query.
    pub path: String,
    /// The HTTP status, or `None` when no answer came.
    pub status: Option<u16>,
    /// The error code when no answer came.
    pub code: Option<String>,
    /// How long it took, in ms.
    #[ts(type = "number")]
    pub milliseconds: u64,
    /// Bytes of the answer's body.
    #[ts(type = "number")]
    pub bytes: u64,
}
