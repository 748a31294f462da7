//! Owns the token endpoint: client credentials, a person's code, a refresh token, each in a form body (hyperproof-api
//! 1.2, 1.3). Must not answer API calls.

use std::sync::{Arc, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use axum::routing::post;
use jiff::Timestamp;
use serde_json::{Value, json};
use url::form_urlencoded;

use super::grants::REFRESH_LIFE_SECONDS;
use super::scope::{self, Scopes};
use super::{AccessToken, Hyperproof, Shared, TOKEN_ENDPOINT, answer, nothing_there};
use crate::clock::later;
use crate::random;
use crate::world::World;

/// The life of an access token, in seconds. The real one was not found (hyperproof-api 1.5).
const LIFE_SECONDS: u64 = 3600;

pub(crate) fn routes() -> Router<Shared> {
    let minting = post(mint).fallback(async || nothing_there());
    Router::new().route(TOKEN_ENDPOINT, minting)
}

/// Why nothing is given (RFC 6749 section 5.2): the error and what is said of it.
type Refused = (&'static str, &'static str);

async fn mint(State(world): State<Arc<World>>, headers: HeaderMap, body: Bytes) -> Response {
    if !is_form(&headers) {
        return refused(("invalid_request", "The body must be a form"));
    }
    let form = Form(&body);
    let now = world.clock.now();
    let mut state = world.hyperproof.lock().unwrap_or_else(PoisonError::into_inner);
    state.tokens.retain(|_, token| token.expires > now);
    match exchanged(&mut state, &form, now) {
        Ok(body) => given(&body),
        Err(why) => refused(why),
    }
}

fn exchanged(state: &mut Hyperproof, form: &Form<'_>, now: Timestamp) -> Result<Value, Refused> {
    let missing = ("invalid_request", "grant_type and client_id are needed");
    let grant_type = form.given("grant_type").ok_or(missing)?;
    let client_id = form.given("client_id").ok_or(missing)?;
    if !["client_credentials", "authorization_code", "refresh_token"].contains(&grant_type.as_str()) {
        return Err(("unsupported_grant_type", "The grant type is not supported"));
    }
    let proved = form.given("client_secret").as_ref() == Some(&state.client.secret);
    if state.client.id != client_id || !proved {
        return Err(("invalid_client", "Client authentication failed"));
    }
    match grant_type.as_str() {
        "authorization_code" => by_code(state, form, now),
        "refresh_token" => by_refresh(state, form, now),
        _ => by_client(state, form, now),
    }
}

fn by_client(state: &mut Hyperproof, form: &Form<'_>, now: Timestamp) -> Result<Value, Refused> {
    let asked = form.given("scope");
    let scopes = match &asked {
        None => state.client.scopes.clone(),
        Some(asked) => scope::read(asked),
    };
    if !scopes.is_subset(&state.client.scopes) {
        return Err(("invalid_scope", "The client does not have the requested scope"));
    }
    let mut told = access(state, scopes, now);
    if let (Some(members), Some(asked)) = (told.as_object_mut(), asked) {
        members.insert("scope".to_owned(), asked.into());
    }
    Ok(told)
}

fn by_code(state: &mut Hyperproof, form: &Form<'_>, now: Timestamp) -> Result<Value, Refused> {
    let code = form.given("code").ok_or(("invalid_request", "code is needed"))?;
    let unknown = ("invalid_grant", "The authorization code is not valid");
    let code = state.grants.take_code(&code, now).ok_or(unknown)?;
    if form.given("redirect_uri").as_ref() != Some(&code.redirect_uri) {
        return Err((
            "invalid_grant",
            "redirect_uri is not the one of the authorization request",
        ));
    }
    if !code.is_verified_by(form.given("code_verifier").as_deref()) {
        return Err(("invalid_grant", "code_verifier does not fit code_challenge"));
    }
    Ok(paired(state, code.scopes, now))
}

/// Each refresh token is good once, and the one that comes with the answer takes its place.
fn by_refresh(state: &mut Hyperproof, form: &Form<'_>, now: Timestamp) -> Result<Value, Refused> {
    let missing = ("invalid_request", "refresh_token and redirect_uri are needed");
    let token = form.given("refresh_token").ok_or(missing)?;
    let redirect_uri = form.given("redirect_uri").ok_or(missing)?;
    if redirect_uri != state.client.redirect_uri {
        return Err(("invalid_grant", "redirect_uri is not the registered one"));
    }
    let used = ("invalid_grant", "The refresh token is not valid, or was used before");
    let scopes = state.grants.take_refresh(&token, now).ok_or(used)?;
    Ok(paired(state, scopes, now))
}

fn access(state: &mut Hyperproof, scopes: Scopes, now: Timestamp) -> Value {
    let token = random::token();
    let expires = later(now, Duration::from_secs(LIFE_SECONDS));
    state.tokens.insert(token.clone(), AccessToken { expires, scopes });
    json!({"access_token": token, "token_type": "Bearer", "expires_in": LIFE_SECONDS})
}

fn paired(state: &mut Hyperproof, scopes: Scopes, now: Timestamp) -> Value {
    let mut told = access(state, scopes.clone(), now);
    let refresh_token = state.grants.add_refresh(scopes, now);
    if let Some(members) = told.as_object_mut() {
        members.insert("refresh_token".to_owned(), refresh_token.into());
        members.insert("refresh_token_expires_in".to_owned(), REFRESH_LIFE_SECONDS.into());
    }
    told
}

fn is_form(headers: &HeaderMap) -> bool {
    let content_type = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    essence.eq_ignore_ascii_case("application/x-www-form-urlencoded")
}

/// A body in form encoding.
struct Form<'a>(&'a [u8]);

impl Form<'_> {
    /// The first value of that name; nothing when it is empty.
    fn given(&self, name: &str) -> Option<String> {
        let mut pairs = form_urlencoded::parse(self.0);
        pairs
            .find_map(|(key, value)| (key == name).then(|| value.into_owned()))
            .filter(|value| !value.is_empty())
    }
}

fn given(body: &Value) -> Response {
    let mut response = answer(StatusCode::OK, body);
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, header::HeaderValue::from_static("no-store"));
    response
}

fn refused((error, description): Refused) -> Response {
    let status = if error == "invalid_client" {
        StatusCode::UNAUTHORIZED
    } else {
        StatusCode::BAD_REQUEST
    };
    answer(status, &json!({"error": error, "error_description": description}))
}
