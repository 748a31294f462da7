//! Owns the sign-in of Hypothesis: clients, codes, token pairs, and the routes that deal in them. Must not know what a
//! token is used for.
//!
//! Source: h/services/oauth, h/views/api/auth.py, hypothesis-api section 2 and the recorded exchanges of files 09 and
//! 10.

mod assertion;
mod authorize;
mod client;
mod login;
mod pages;
mod pairs;
mod redirect;
mod revoke;
mod session;
mod site;
mod token;

use std::collections::HashMap;

use axum::Router;

pub(crate) use client::{Client, Grant};
pub(crate) use pages::refused_authorization;
use pairs::Pairs;
use session::Sessions;

use super::Shared;

/// What signing in leaves behind.
#[derive(Default)]
pub(crate) struct OAuth {
    /// By userid; only accounts of the server's own authority can log in with one.
    passwords: HashMap<String, String>,
    sessions: Sessions,
    pairs: Pairs,
}

impl OAuth {
    /// Nobody logged in yet; `passwords` by userid.
    pub(crate) fn of(passwords: impl IntoIterator<Item = (String, String)>) -> Self {
        Self {
            passwords: passwords.into_iter().collect(),
            ..Self::default()
        }
    }

    /// Forgets every refresh token.
    #[cfg(feature = "faults")]
    pub(crate) fn end_refresh_tokens(&mut self) {
        self.pairs.end_refresh_tokens();
    }
}

pub(crate) fn routes() -> Router<Shared> {
    Router::new()
        .merge(login::routes())
        .merge(authorize::routes())
        .merge(token::routes())
        .merge(revoke::routes())
}
