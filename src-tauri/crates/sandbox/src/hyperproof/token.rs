//! Owns the token endpoint: client credentials in a form body, nothing else (hyperproof-api 1.2). Must not answer API calls.

use std::sync::{Arc, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use axum::routing::post;
use serde_json::json;
use url::form_urlencoded;

use super::{Shared, TOKEN_ENDPOINT, answer, nothing_there};
use crate::clock::later;
use crate::random;
use crate::world::World;

/// The life of an access token, in seconds. The real one was not found (hyperproof-api 1.5).
const LIFE_SECONDS: u64 = 3600;

pub(crate) fn routes() -> axum::Router<Shared> {
    let minting = post(mint).fallback(async || nothing_there());
    Router::new().route(TOKEN_ENDPOINT, minting)
}

async fn mint(State(world): State<Arc<World>>, headers: HeaderMap, body: Bytes) -> Response {
    if !is_form(&headers) {
        return refused(StatusCode::BAD_REQUEST, "invalid_request", "The body must be a form");
    }
    let given = |name: &str| {
        let mut pairs = form_urlencoded::parse(&body);
        pairs
            .find_map(|(key, value)| (key == name).then(|| value.into_owned()))
            .filter(|value| !value.is_empty())
    };
    let grant_type = given("grant_type");
    let Some((grant_type, client_id)) = grant_type.zip(given("client_id")) else {
        return refused(
            StatusCode::BAD_REQUEST,
            "invalid_request",
            "grant_type and client_id are needed",
        );
    };
    if grant_type != "client_credentials" {
        return refused(
            StatusCode::BAD_REQUEST,
            "unsupported_grant_type",
            "Only client_credentials is supported",
        );
    }
    minted(&world, &client_id, given("client_secret").as_deref(), given("scope"))
}

fn is_form(headers: &HeaderMap) -> bool {
    let content_type = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    essence.eq_ignore_ascii_case("application/x-www-form-urlencoded")
}

fn minted(world: &World, client_id: &str, secret: Option<&str>, scope: Option<String>) -> Response {
    let now = world.clock.now();
    let mut state = world.hyperproof.lock().unwrap_or_else(PoisonError::into_inner);
    if state.client_id != client_id || secret != Some(state.secret.as_str()) {
        return refused(
            StatusCode::UNAUTHORIZED,
            "invalid_client",
            "Client authentication failed",
        );
    }
    state.tokens.retain(|_, expires| *expires > now);
    let token = random::token();
    state
        .tokens
        .insert(token.clone(), later(now, Duration::from_secs(LIFE_SECONDS)));
    drop(state);
    let mut body = json!({"access_token": token, "token_type": "Bearer", "expires_in": LIFE_SECONDS});
    if let (Some(members), Some(scope)) = (body.as_object_mut(), scope) {
        members.insert("scope".to_owned(), scope.into());
    }
    let mut response = answer(StatusCode::OK, &body);
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, header::HeaderValue::from_static("no-store"));
    response
}

/// RFC 6749 section 5.2.
fn refused(status: StatusCode, error: &str, description: &str) -> Response {
    answer(status, &json!({"error": error, "error_description": description}))
}
