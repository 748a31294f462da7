//! Owns the browser's half of the authorization-code flow: who must log in first, consent, the code (RFC 6749 section
//! 4.1; the vendor's own pages were not seen). Must not exchange codes.

use std::sync::PoisonError;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::Response;
use axum::routing::get;
use url::form_urlencoded;

use super::grants::Code;
use super::scope::{self, Scopes};
use super::{AUTHORIZE_ENDPOINT, Hyperproof, Shared, pages};

const LOGIN: &str = "/hyperproof/login";
const COOKIE: &str = "hyperproof_session";

pub(super) fn routes() -> Router<Shared> {
    Router::new()
        .route(AUTHORIZE_ENDPOINT, get(ask).post(decide))
        .route(LOGIN, get(show).post(log_in))
}

/// A request with nothing wrong.
struct Wanted {
    redirect_uri: String,
    state: Option<String>,
    scopes: Scopes,
    challenge: Option<(String, bool)>,
}

async fn ask(State(world): State<Shared>, RawQuery(query): RawQuery, headers: HeaderMap) -> Response {
    let query = query.unwrap_or_default();
    let state = world.hyperproof.lock().unwrap_or_else(PoisonError::into_inner);
    let address = format!("{AUTHORIZE_ENDPOINT}?{query}");
    match wanted(&state, &query) {
        Err(words) => html(StatusCode::BAD_REQUEST, pages::refused(words)),
        Ok(_) if !is_logged_in(&state, &headers) => found(&with(LOGIN, &[("next", &address)])),
        Ok(wanted) => {
            let scopes: Vec<&str> = wanted.scopes.iter().map(String::as_str).collect();
            html(StatusCode::OK, pages::consent(&address, &scopes))
        }
    }
}

async fn decide(State(world): State<Shared>, RawQuery(query): RawQuery, headers: HeaderMap, body: Bytes) -> Response {
    let query = query.unwrap_or_default();
    let now = world.clock.now();
    let mut state = world.hyperproof.lock().unwrap_or_else(PoisonError::into_inner);
    if !is_logged_in(&state, &headers) {
        return html(StatusCode::FORBIDDEN, pages::refused("Sign in first."));
    }
    let wanted = match wanted(&state, &query) {
        Ok(wanted) => wanted,
        Err(words) => return html(StatusCode::BAD_REQUEST, pages::refused(words)),
    };
    let mut told = vec![];
    if given(&body, "decision").as_deref() == Some("allow") {
        let code = Code::new(wanted.redirect_uri.clone(), wanted.scopes, wanted.challenge, now);
        told.push(("code", state.grants.add_code(code)));
    } else {
        told.push(("error", "access_denied".to_owned()));
    }
    told.extend(wanted.state.map(|state| ("state", state)));
    let told: Vec<(&str, &str)> = told.iter().map(|(name, value)| (*name, value.as_str())).collect();
    found(&with(&wanted.redirect_uri, &told))
}

/// What was asked for, or what the person is told: nobody is sent to an address that is not the registered one.
fn wanted(state: &Hyperproof, query: &str) -> Result<Wanted, &'static str> {
    let given = |name: &str| given(query.as_bytes(), name);
    if given("client_id").as_ref() != Some(&state.client.id) {
        return Err("The client_id is not known.");
    }
    let redirect_uri = given("redirect_uri").unwrap_or_default();
    if redirect_uri != state.client.redirect_uri {
        return Err("The redirect_uri is not the registered one.");
    }
    if given("response_type").as_deref() != Some("code") {
        return Err("The response_type must be code.");
    }
    let asked = given("scope").map(|asked| scope::read(&asked));
    let scopes = asked.unwrap_or_else(|| state.client.scopes.clone());
    if !scopes.is_subset(&state.client.scopes) {
        return Err("The client does not have the requested scope.");
    }
    let challenge = match (given("code_challenge"), given("code_challenge_method").as_deref()) {
        (None, _) => None,
        (Some(challenge), Some("S256")) => Some((challenge, true)),
        (Some(challenge), None | Some("plain")) => Some((challenge, false)),
        (Some(_), Some(_)) => return Err("The code_challenge_method is not supported."),
    };
    Ok(Wanted {
        redirect_uri,
        state: given("state"),
        scopes,
        challenge,
    })
}

async fn show(RawQuery(query): RawQuery) -> Response {
    let next = given(query.unwrap_or_default().as_bytes(), "next").unwrap_or_default();
    html(StatusCode::OK, pages::log_in(LOGIN, &next, "", ""))
}

async fn log_in(State(world): State<Shared>, body: Bytes) -> Response {
    let field = |name: &str| given(&body, name).unwrap_or_default();
    let (email, password, next) = (field("email"), field("password"), field("next"));
    let mut state = world.hyperproof.lock().unwrap_or_else(PoisonError::into_inner);
    let (known_email, known_password) = &state.person;
    if !known_email.eq_ignore_ascii_case(&email) || *known_password != password {
        let said = "The email address or the password is wrong.";
        return html(StatusCode::OK, pages::log_in(LOGIN, &next, &email, said));
    }
    if !next.starts_with(AUTHORIZE_ENDPOINT) {
        return html(
            StatusCode::BAD_REQUEST,
            pages::refused("There is nothing to go on with."),
        );
    }
    let cookie = state.grants.log_in();
    let mut response = found(&next);
    let cookie = format!("{COOKIE}={cookie}; Path=/hyperproof; HttpOnly; SameSite=Lax");
    add(&mut response, header::SET_COOKIE, &cookie);
    response
}

fn is_logged_in(state: &Hyperproof, headers: &HeaderMap) -> bool {
    let cookies = headers.get(header::COOKIE).and_then(|cookies| cookies.to_str().ok());
    let mut pairs = cookies
        .unwrap_or_default()
        .split(';')
        .filter_map(|pair| pair.split_once('='));
    pairs.any(|(name, value)| name.trim() == COOKIE && state.grants.is_logged_in(value.trim()))
}

fn given(form: &[u8], name: &str) -> Option<String> {
    let mut pairs = form_urlencoded::parse(form);
    pairs
        .find_map(|(key, value)| (key == name).then(|| value.into_owned()))
        .filter(|value| !value.is_empty())
}

/// An address with parameters behind it.
fn with(address: &str, parameters: &[(&str, &str)]) -> String {
    let separator = if address.contains('?') { '&' } else { '?' };
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(parameters);
    format!("{address}{separator}{}", query.finish())
}

fn html(status: StatusCode, text: String) -> Response {
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = status;
    add(&mut response, header::CONTENT_TYPE, "text/html; charset=utf-8");
    add(&mut response, header::CACHE_CONTROL, "no-store");
    response
}

fn found(location: &str) -> Response {
    let mut response = html(StatusCode::FOUND, pages::refused("This page has moved."));
    add(&mut response, header::LOCATION, location);
    response
}

fn add(response: &mut Response, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().append(name, value);
    }
}
