//! Owns the double of Hyperproof: its state, its routes and the form of its answers. Must not know Hypothesis.
//!
//! Other resources become modules beside `controls` and `users`, with `routes()` of their own merged here; small ones
//! are tables in `resources`.

mod catalogue;
mod controls;
mod gate;
mod generate;
mod grants;
#[cfg(feature = "faults")]
mod hostile;
mod pages;
mod proof;
mod register;
mod resources;
mod scope;
mod sign_in;
mod token;
mod users;

use std::collections::HashMap;
use std::sync::Arc;

use axum::Router;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware;
use axum::response::{IntoResponse as _, Response};
use jiff::Timestamp;
use serde_json::{Value, json};

pub(crate) use register::Register;

use crate::credentials::PracticeCredentials;
use crate::world::World;
use grants::Grants;
use scope::Scopes;

/// The API base under the sandbox's address.
pub(crate) const API: &str = "/hyperproof/v1";
/// The token endpoint under the sandbox's address.
pub(crate) const TOKEN_ENDPOINT: &str = "/hyperproof/oauth/token";
/// Where a person signs in, under the sandbox's address. The real address is not known (hyperproof-api 1.1).
pub(crate) const AUTHORIZE_ENDPOINT: &str = "/hyperproof/oauth/authorize";

type Shared = Arc<World>;

/// What the double knows beside the register.
pub(crate) struct Hyperproof {
    client: Client,
    /// E-mail address and password of the one person who can sign in.
    person: (String, String),
    /// Access tokens.
    tokens: HashMap<String, AccessToken>,
    grants: Grants,
}

/// The API client that an administrator has registered.
struct Client {
    id: String,
    secret: String,
    redirect_uri: String,
    scopes: Scopes,
}

struct AccessToken {
    expires: Timestamp,
    scopes: Scopes,
}

impl Hyperproof {
    /// A service with one client and one person; `scopes` are all that the client was given, `None` for everything.
    pub(crate) fn new(credentials: &PracticeCredentials, scopes: Option<&[String]>) -> Self {
        let given = |scopes: &[String]| scopes.iter().cloned().collect();
        Self {
            client: Client {
                id: credentials.hyperproof_client_id.clone(),
                secret: credentials.hyperproof_secret.clone(),
                redirect_uri: credentials.hypothesis_redirect_uri.clone(),
                scopes: scopes.map_or_else(scope::all, given),
            },
            person: (
                credentials.hyperproof_email.clone(),
                credentials.hyperproof_password.clone(),
            ),
            tokens: HashMap::new(),
            grants: Grants::default(),
        }
    }

    /// The secret that is good from now on, as after a rotation. Tokens that were given stay good.
    #[cfg(feature = "faults")]
    pub(crate) fn rotate(&mut self, secret: &str) {
        secret.clone_into(&mut self.client.secret);
    }

    /// Ends every access token; the refresh tokens too where `refresh_tokens` says so.
    #[cfg(feature = "faults")]
    pub(crate) fn end_tokens(&mut self, refresh_tokens: bool) {
        self.tokens.clear();
        if refresh_tokens {
            self.grants.end_refresh_tokens();
        }
    }
}

pub(crate) fn routes(world: &Shared) -> Router<Shared> {
    let api = Router::new()
        .merge(controls::routes())
        .merge(proof::routes())
        .merge(resources::routes())
        .merge(users::routes())
        .fallback(async || nothing_there())
        .method_not_allowed_fallback(async || nothing_there());
    let gated = api.route_layer(middleware::from_fn_with_state(Arc::clone(world), gate::gate));
    Router::new()
        .nest(API, gated)
        .merge(sign_in::routes())
        .merge(token::routes())
}

/// `{"statusCode": …, "message": …}`
pub(crate) fn failure(status: StatusCode, message: &str) -> Response {
    answer(status, &json!({"statusCode": status.as_u16(), "message": message}))
}

pub(crate) fn nothing_there() -> Response {
    failure(StatusCode::NOT_FOUND, "Resource not found")
}

fn answer(status: StatusCode, body: &Value) -> Response {
    let content_type = HeaderValue::from_static("application/json; charset=utf-8");
    (status, [(header::CONTENT_TYPE, content_type)], body.to_string()).into_response()
}

/// 200 with a bare array (hyperproof-api 2.1).
fn list(rows: Vec<Value>) -> Response {
    answer(StatusCode::OK, &Value::Array(rows))
}
