//! Owns the double of Hypothesis: its state, who a request comes from, and its routes. Must not know Hyperproof.
//!
//! A new resource becomes a module beside `users` and `groups`: state in `Hypothesis`, `routes()` merged here, its
//! `LINKS` named in `index`. Who may call what stands in hypothesis-api section 1.

mod annotations;
mod answer;
mod asked;
mod directory;
mod groups;
mod index;
mod oauth;
mod practice;
mod preferences;
mod profile;
mod schema;
mod users;

use std::collections::HashMap;
use std::sync::Arc;

use axum::Router;
use axum::http::StatusCode;
use axum::response::Response;
use jiff::Timestamp;

pub(crate) use annotations::Annotation;
pub(crate) use answer::{not_found, page};
use asked::Asked;
#[cfg(feature = "faults")]
pub(crate) use directory::Preferences;
pub(crate) use directory::{Directory, User};
pub(crate) use groups::{Group, Groups};
pub(crate) use oauth::{Client, Grant, OAuth};
pub(crate) use practice::practice;

use crate::world::World;

pub(crate) type Shared = Arc<World>;

/// Everything the double knows.
pub(crate) struct Hypothesis {
    /// The authority of the server's own accounts.
    pub(crate) server_authority: String,
    pub(crate) world_group: WorldGroup,
    pub(crate) features: HashMap<String, bool>,
    pub(crate) directory: Directory,
    pub(crate) groups: Groups,
    /// In the order of their creation.
    pub(crate) annotations: Vec<Annotation>,
    /// By client id.
    pub(crate) clients: HashMap<String, Client>,
    /// By the token itself.
    pub(crate) tokens: HashMap<String, Token>,
    pub(crate) oauth: OAuth,
}

/// The group of everyone on the server's own authority.
#[derive(Debug)]
pub(crate) struct WorldGroup {
    pub(crate) id: String,
    pub(crate) name: String,
}

impl Default for WorldGroup {
    fn default() -> Self {
        Self {
            id: "__world__".to_owned(),
            name: "Public".to_owned(),
        }
    }
}

/// A bearer token. Personal ones do not expire.
pub(crate) struct Token {
    pub(crate) userid: String,
    pub(crate) issued: Timestamp,
    pub(crate) expires: Option<Timestamp>,
    /// Whom it was given to; personal ones are nobody's.
    pub(crate) client_id: Option<String>,
}

impl Token {
    pub(crate) fn personal(userid: String, issued: Timestamp) -> Self {
        Self {
            userid,
            issued,
            expires: None,
            client_id: None,
        }
    }
}

impl Hypothesis {
    /// The authority that the client of `Authorization: Basic` administers. `X-Forwarded-User` must name an account of
    /// it, else the request counts as nobody's (`h/security/policy/_auth_client.py`).
    fn client_authority(&self, asked: &Asked) -> Result<String, answer::Refusal> {
        let authority = self.client(asked).map(|client| client.authority.clone());
        let authority = authority.ok_or(answer::Refusal::NotFound)?;
        match asked.header("x-forwarded-user") {
            None => Ok(authority),
            Some(userid) => {
                let user = self
                    .directory
                    .of_userid(userid)
                    .filter(|user| user.authority == authority);
                user.map(|_| authority).ok_or(answer::Refusal::NotFound)
            }
        }
    }

    fn client(&self, asked: &Asked) -> Option<&Client> {
        let (id, secret) = asked.basic()?;
        let client = self.clients.get(&id)?;
        let proved = client.grant == Grant::ClientCredentials && client.secret.as_deref() == Some(secret.as_str());
        proved.then_some(client)
    }

    /// The person who acts: of a good bearer token, else the one that a client acts for.
    fn actor(&self, asked: &Asked) -> Option<&User> {
        self.person(asked).or_else(|| {
            self.client_authority(asked).ok()?;
            self.directory.of_userid(asked.header("x-forwarded-user")?)
        })
    }

    /// The secret of every client that has one, from now on.
    #[cfg(feature = "faults")]
    pub(crate) fn rotate(&mut self, secret: &str) {
        for known in self.clients.values_mut().filter_map(|client| client.secret.as_mut()) {
            secret.clone_into(known);
        }
    }

    /// A new personal token in the place of the one there was.
    #[cfg(feature = "faults")]
    pub(crate) fn replace_personal_token(&mut self, new: &str) {
        let personal = |(text, token): (&String, &Token)| token.client_id.is_none().then(|| text.clone());
        let replaced = self.tokens.iter().find_map(personal);
        if let Some(token) = replaced.and_then(|old| self.tokens.remove(&old)) {
            self.tokens.insert(new.to_owned(), token);
        }
    }

    /// Ends every bearer token; the refresh tokens too where `refresh_tokens` says so.
    #[cfg(feature = "faults")]
    pub(crate) fn end_tokens(&mut self, refresh_tokens: bool) {
        self.tokens.clear();
        if refresh_tokens {
            self.oauth.end_refresh_tokens();
        }
    }

    /// Grows with each change of what is kept between runs.
    fn changes(&self) -> u64 {
        self.directory.changes() + self.groups.changes()
    }

    /// The person of a good bearer token. Any other token is no error: the request is anonymous.
    fn person(&self, asked: &Asked) -> Option<&User> {
        self.directory.of_userid(&self.token(asked)?.userid)
    }

    /// The bearer token, where it is known and not past its life.
    fn token(&self, asked: &Asked) -> Option<&Token> {
        let token = self.tokens.get(asked.bearer()?)?;
        token.expires.is_none_or(|expires| expires > asked.now).then_some(token)
    }
}

pub(crate) fn routes() -> Router<Shared> {
    Router::new()
        .merge(annotations::routes())
        .merge(index::routes())
        .merge(groups::routes())
        .merge(oauth::routes())
        .merge(profile::routes())
        .merge(users::routes())
}

/// The answer to what does not exist: the one sentence under `/api/`, a page elsewhere.
pub(crate) fn nothing_there(path: &str) -> Response {
    if path.starts_with("/api/") {
        not_found()
    } else {
        page(StatusCode::NOT_FOUND, "Page Not Found")
    }
}
