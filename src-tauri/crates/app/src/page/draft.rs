//! Owns what the connection form sends. The only shapes that carry a secret, and only inward.

use countersign_domain::connection::Keeping;
use countersign_domain::{ConnectionKind, Region};
use secrecy::SecretString;
use serde::Deserialize;
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
    /// Grant token: the account it stands for, `acct:name@authority`.
    #[serde(default)]
    pub userid: String,
    /// Hyperproof's sign-in: the page where the person signs in. Hypothesis' own follows from the server.
    #[serde(default)]
    pub authorize_address: String,
    /// Sign-in: the port that the browser comes back to; `null` takes 47811.
    #[serde(default)]
    pub callback_port: Option<u16>,
    /// How calls find their way; `null` takes the system's.
    #[serde(default)]
    pub network: Option<NetworkDraft>,
    /// Keep the secret in memory for this run, because no keychain is there.
    #[serde(default)]
    pub this_run_only: bool,
}

impl ConnectionDraft {
    /// Where its secrets are to be kept.
    pub(crate) fn keeping(&self) -> Keeping {
        if self.this_run_only {
            Keeping::ThisRunOnly
        } else {
            Keeping::Keychain
        }
    }
}

/// How calls find their way, as the form sends it.
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[ts(export)]
pub struct NetworkDraft {
    /// Which proxy.
    pub proxy: ProxyKind,
    /// `address`: where the proxy listens.
    #[serde(default)]
    pub proxy_address: String,
    /// `address`: the name it is told; empty for none.
    #[serde(default)]
    pub proxy_username: String,
    /// `address`: its password; empty keeps the one that is kept. Travels inward once.
    #[serde(default)]
    #[ts(type = "string")]
    pub proxy_password: SecretString,
    /// The handle of a file chosen with `certificate_choose`; `null` for none, `"kept"` for the one saved before.
    #[serde(default)]
    pub certificate: Option<String>,
}

/// Which proxy a connection uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum ProxyKind {
    /// What the system says.
    System,
    /// None.
    Direct,
    /// A typed one.
    Address,
}
