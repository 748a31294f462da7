//! Owns the double of Hyperproof: its state, its gate and its routes. Must not know Hypothesis.
//!
//! Other resources become modules beside `controls` and `users`, with `routes()` of their own merged here.

mod catalogue;
mod controls;
mod generate;
#[cfg(feature = "faults")]
mod hostile;
mod register;
mod token;
mod users;

use std::collections::HashMap;
use std::sync::{Arc, PoisonError};

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse as _, Response};
use jiff::Timestamp;
use serde_json::{Value, json};

pub(crate) use register::Register;

use crate::world::World;

/// The API base under the sandbox's address.
pub(crate) const API: &str = "/hyperproof/v1";
/// The token endpoint under the sandbox's address.
pub(crate) const TOKEN_ENDPOINT: &str = "/hyperproof/oauth/token";

type Shared = Arc<World>;

/// What the double knows beside the register.
pub(crate) struct Hyperproof {
    pub(crate) client_id: String,
    pub(crate) secret: String,
    /// Access tokens with the instant they expire at.
    pub(crate) tokens: HashMap<String, Timestamp>,
}

impl Hyperproof {
    pub(crate) fn new(client_id: String, secret: String) -> Self {
        Self {
            client_id,
            secret,
            tokens: HashMap::new(),
        }
    }
}

pub(crate) fn routes(world: &Shared) -> Router<Shared> {
    let api = Router::new().merge(controls::routes()).merge(users::routes());
    let api = api
        .fallback(async || nothing_there())
        .method_not_allowed_fallback(async || nothing_there());
    let gated = api.route_layer(middleware::from_fn_with_state(Arc::clone(world), gate));
    Router::new().nest(API, gated).merge(token::routes())
}

/// Lets nothing through without an access token that is good (hyperproof-api 2.5).
async fn gate(State(world): State<Shared>, request: Request, next: Next) -> Response {
    let header = request
        .headers()
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok());
    let token = header.and_then(|value| value.split_once(' '));
    let token = token
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
        .map(|(_, token)| token.trim());
    if token.is_some_and(|token| is_good(&world, token)) {
        next.run(request).await
    } else {
        failure(
            StatusCode::UNAUTHORIZED,
            "Unauthorized. Access token is missing or invalid.",
        )
    }
}

fn is_good(world: &World, token: &str) -> bool {
    let state = world.hyperproof.lock().unwrap_or_else(PoisonError::into_inner);
    state
        .tokens
        .get(token)
        .is_some_and(|expires| *expires > world.clock.now())
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
