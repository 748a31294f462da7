//! Owns the shapes of the Connections screen.

use countersign_domain::connection::Keeping;
use countersign_domain::{ConnectionKind, Failure, Region, Service};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::activity::CallShown;
use super::draft::ProxyKind;

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
    /// Hyperproof: `users` (who one is), `controls`, `user-list`, `labels`, `programs`, `risks`, `vendors`, `policies`,
    /// `roles`, `groups`, `scopes`, `task-statuses`, `custom-fields`, `questionnaires`, `custom-apps`, `proof`.
    /// Hypothesis: `profile`, `groups`, `accounts`, `index`.
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
#[expect(
    clippy::struct_excessive_bools,
    reason = "each says one thing that the card shows by itself"
)]
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
    /// Whether the person chose that rate, in the place of the service's known one.
    pub rate_chosen: bool,
    /// The account that a grant token stands for.
    pub userid: Option<String>,
    /// The sign-in, for the kinds that have one.
    pub sign_in: Option<SignInShown>,
    /// When the access token in memory ends; `None` without one.
    pub access_token_expires: Option<String>,
    /// How calls find their way.
    pub network: NetworkShown,
    /// A new refresh token that the keychain refused: it lives in memory until the program ends.
    pub not_kept: Option<Failure>,
}

/// A sign-in as the card shows it. Times are ISO 8601, UTC.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct SignInShown {
    /// The host of the page where the person signs in.
    pub authorize_host: String,
    /// What must be registered with the service, letter for letter.
    pub redirect_uri: String,
    /// Whether a refresh token is kept.
    pub signed_in: bool,
    /// When it was last renewed.
    pub renewed: Option<String>,
    /// When it ends if it rests until then (Hypothesis: 7 days after the last renewal); `None` where that is not known.
    pub rests_until: Option<String>,
    /// Whether that is less than two days away.
    pub ends_soon: bool,
}

/// How calls find their way, as the card shows it. Holds no password.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct NetworkShown {
    /// Which proxy.
    pub proxy: ProxyKind,
    /// `address`: where it listens.
    pub proxy_address: Option<String>,
    /// `address`: the name it is told.
    pub proxy_username: Option<String>,
    /// The name of the file of the certificate authority trusted besides the system's.
    pub certificate: Option<String>,
}
