//! Owns the recorded state that the Hypothesis double can start from (`fixture.json` beside the recorded exchanges).
//! Must not hold values that open anything.

use std::collections::HashMap;
use std::fmt;
use std::fs;
use std::path::Path;

use jiff::Timestamp;
use serde::Deserialize;

use crate::error::SandboxError;
use crate::hypothesis::{Client, Directory, Grant, Groups, Hypothesis, OAuth, Preferences, Token, User, WorldGroup};

/// The state a recording started from. Unknown members are left alone: the file also guides whoever replays it.
#[derive(Clone, Deserialize)]
pub struct Fixture {
    /// Address of the server at the time; links in its answers begin with it.
    pub base_url: String,
    /// Where the clock stood.
    pub clock: Option<Timestamp>,
    /// The server's own authority.
    pub authority: String,
    /// Feature switches that were on.
    #[serde(default)]
    pub features: HashMap<String, bool>,
    /// Accounts of all authorities.
    pub users: Vec<FixtureUser>,
    /// Personal tokens by userid.
    #[serde(default)]
    pub personal_tokens: HashMap<String, String>,
    /// Registered clients of all grant types.
    #[serde(default)]
    pub clients: Vec<FixtureClient>,
    /// For a file's number those that go before it, after those that they need themselves.
    #[serde(default)]
    pub needs: HashMap<String, Vec<String>>,
    /// For a file's number what was made old before which example, in words.
    #[serde(default)]
    pub aged: HashMap<String, String>,
}

/// An account of a recorded state.
#[derive(Clone, Deserialize)]
pub struct FixtureUser {
    /// As spelt.
    pub username: String,
    /// Its authority.
    pub authority: String,
    /// May be absent.
    #[serde(default)]
    pub email: Option<String>,
    /// May be absent.
    #[serde(default)]
    pub display_name: Option<String>,
    /// For the log-in page.
    #[serde(default)]
    pub password: Option<String>,
}

/// A registered client of a recorded state.
#[derive(Clone, Deserialize)]
pub struct FixtureClient {
    /// A UUID.
    pub id: String,
    /// As the consent page shows it.
    pub name: String,
    /// Whose accounts it is for.
    pub authority: String,
    /// `client_credentials`, `authorization_code` or `jwt_bearer`.
    pub grant_type: String,
    /// Public clients have none.
    #[serde(default)]
    pub secret: Option<String>,
    /// For `authorization_code`.
    #[serde(default)]
    pub redirect_uri: Option<String>,
    /// Whether it needs no consent.
    #[serde(default)]
    pub trusted: bool,
}

impl fmt::Debug for Fixture {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Fixture")
            .field("authority", &self.authority)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for FixtureUser {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("FixtureUser")
            .field("username", &self.username)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for FixtureClient {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("FixtureClient")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

impl Fixture {
    /// Reads a `fixture.json`.
    ///
    /// # Errors
    /// When the file cannot be read or is no fixture.
    pub fn read(path: &Path) -> Result<Self, SandboxError> {
        let text = fs::read(path).map_err(|source| SandboxError::Read {
            path: path.to_owned(),
            source,
        })?;
        serde_json::from_slice(&text).map_err(|source| SandboxError::Form {
            path: path.to_owned(),
            expected: "a fixture",
            source,
        })
    }

    /// The first client that may administer accounts, with its secret.
    pub fn administrator(&self) -> Option<(&FixtureClient, &str)> {
        self.administrators().next()
    }

    fn administrators(&self) -> impl Iterator<Item = (&FixtureClient, &str)> {
        let clients = self
            .clients
            .iter()
            .filter(|client| client.grant_type == "client_credentials");
        clients.filter_map(|client| Some((client, client.secret.as_deref()?)))
    }

    pub(crate) fn state(&self, now: Timestamp) -> Hypothesis {
        let clients = self
            .clients
            .iter()
            .filter_map(|client| Some((client.id.clone(), registered(client)?)));
        let passwords = self
            .users
            .iter()
            .filter_map(|user| Some((account(user).userid(), user.password.clone()?)));
        let tokens = self
            .personal_tokens
            .iter()
            .map(|(userid, token)| (token.clone(), Token::personal(userid.clone(), now)));
        Hypothesis {
            server_authority: self.authority.clone(),
            world_group: WorldGroup::default(),
            features: self.features.clone(),
            directory: Directory::of(self.users.iter().map(account)),
            groups: Groups::default(),
            annotations: Vec::new(),
            clients: clients.collect(),
            tokens: tokens.collect(),
            oauth: OAuth::of(passwords),
        }
    }
}

/// The client as the server keeps it; `None` for a grant type that the server lists and does not serve.
fn registered(client: &FixtureClient) -> Option<Client> {
    let grant = match client.grant_type.as_str() {
        "client_credentials" => Grant::ClientCredentials,
        "jwt_bearer" => Grant::JwtBearer,
        "authorization_code" => Grant::AuthorizationCode {
            redirect_uri: client.redirect_uri.clone()?,
            trusted: client.trusted,
        },
        _ => return None,
    };
    Some(Client {
        name: client.name.clone(),
        authority: client.authority.clone(),
        grant,
        secret: client.secret.clone(),
    })
}

fn account(user: &FixtureUser) -> User {
    User {
        username: user.username.clone(),
        authority: user.authority.clone(),
        email: user.email.clone(),
        display_name: user.display_name.clone(),
        identities: Vec::new(),
        preferences: Preferences::default(),
    }
}
