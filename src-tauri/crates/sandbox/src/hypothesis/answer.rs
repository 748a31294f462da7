//! Owns the form of Hypothesis' answers: negotiation, error bodies, cache headers. Must not know a resource.
//!
//! Source: h/views/api/errors.py, h/views/api/decorators and hypothesis-api sections 0, 3 and 4.

use std::sync::{Arc, PoisonError};

use axum::body::Body;
use axum::extract::rejection::RawPathParamsRejection;
use axum::extract::{RawPathParams, Request, State};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::Response;
use axum::routing::{self, MethodFilter, MethodRouter};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::asked::{Asked, named};
use super::oauth::refused_authorization;
use super::{Hypothesis, Shared};
use crate::world::World;

const NOT_FOUND: &str =
    "Either the resource you requested doesn't exist, or you are not currently authorized to see it.";
const FAULT: &str = "Hypothesis had a problem while handling this request. Our team has been notified. Please contact \
                     support@hypothes.is if the problem persists.";
const EXPLANATION: &str =
    "The server could not comply with the request since it is either malformed or otherwise incorrect.";

const JSON: &str = "application/json";
const VERSIONS: [&str; 2] = [
    "application/vnd.hypothesis.v1+json",
    "application/vnd.hypothesis.v2+json",
];

/// What a view answers when it does what it was asked.
#[derive(Debug)]
pub(crate) enum Success {
    /// 200
    Json(Value),
    /// 200 that anyone may keep for five minutes.
    Public(Value),
    /// 204
    NoContent,
    /// 401 with a body of its own: only `/api/debug-token`.
    Unauthorized(Value),
}

/// What a view answers when it does not.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// 404 with the one sentence: not there, or not allowed.
    NotFound,
    /// 406
    NotAcceptable,
    /// 400
    Invalid(String),
    /// 401 from where tokens are given: the words of OAuth.
    Unauthorized(String),
    /// 400 with a page: a refusal that is meant for the person in front of the browser.
    Authorization(String),
    /// 409
    Conflict(String),
    /// 500
    Fault,
}

pub(crate) type View = fn(&mut Hypothesis, &Asked) -> Result<Success, Refusal>;

/// A route of the API: `view` behind the negotiation of the answer's form.
pub(crate) fn on(method: MethodFilter, view: View) -> MethodRouter<Shared> {
    routing::on(
        method,
        async move |State(world): State<Arc<World>>,
                    parameters: Result<RawPathParams, RawPathParamsRejection>,
                    request: Request| { respond(&world, named(parameters.ok().as_ref()), request, view).await },
    )
}

async fn respond(world: &World, parameters: Vec<(String, String)>, request: Request, view: View) -> Response {
    let Some(asked) = Asked::read(world.clock.now(), &parameters, request).await else {
        return page(StatusCode::PAYLOAD_TOO_LARGE, "413 Request Entity Too Large");
    };
    let answered = match version(&asked) {
        Some(_) => look(world, &asked, view),
        None => Err(Refusal::NotAcceptable),
    };
    match answered {
        Ok(success) => succeeded(&asked, success),
        Err(refusal) => refused(&asked, &refusal),
    }
}

/// Runs the view, and has what it changed kept.
fn look(world: &World, asked: &Asked, view: View) -> Result<Success, Refusal> {
    if asked.has_nul() {
        return Err(Refusal::Fault);
    }
    let mut state = world.hypothesis.lock().unwrap_or_else(PoisonError::into_inner);
    let before = state.changes();
    let answered = view(&mut state, asked);
    if state.changes() != before {
        world.keep();
    }
    answered
}

/// The version that the answer is in; `None` when nothing that is accepted is known.
fn version(asked: &Asked) -> Option<&'static str> {
    let accepted = asked.accepted();
    let known = accepted
        .iter()
        .find_map(|kind| VERSIONS.iter().find(|version| *version == kind));
    let any = accepted.is_empty() || accepted.iter().any(|kind| kind == JSON || kind == "*/*");
    let [default, _] = VERSIONS;
    known.copied().or_else(|| any.then_some(default))
}

/// Whether the form of errors is JSON; a lone version is not enough for every error (hypothesis-api 0.6).
fn accepts_json(asked: &Asked) -> bool {
    asked.accepted().iter().any(|kind| kind == JSON)
}

fn accepts_anything(asked: &Asked) -> bool {
    asked.accepted().is_empty() || asked.accepted().iter().any(|kind| kind == "*/*")
}

fn succeeded(asked: &Asked, success: Success) -> Response {
    let (status, value, cache) = match success {
        Success::Json(value) => (StatusCode::OK, value, "no-cache"),
        Success::NoContent => return no_content(asked),
        Success::Public(value) => (StatusCode::OK, value, "public, max-age=300"),
        Success::Unauthorized(value) => (StatusCode::UNAUTHORIZED, value, "no-cache"),
    };
    let body = value.to_string();
    let tag = (asked.method == Method::GET && status == StatusCode::OK).then(|| entity_tag(&body));
    let unchanged = tag.as_deref().is_some_and(|tag| names(asked, tag));
    let mut response = if unchanged {
        bare(StatusCode::NOT_MODIFIED, Body::empty())
    } else {
        in_json(status, body)
    };
    let media_type = HeaderName::from_static("hypothesis-media-type");
    set(&mut response, media_type, version(asked).unwrap_or_default());
    set(&mut response, header::CACHE_CONTROL, cache);
    if let Some(tag) = tag {
        set(&mut response, header::ETAG, &tag);
    }
    response
}

fn no_content(asked: &Asked) -> Response {
    let mut response = bare(StatusCode::NO_CONTENT, Body::empty());
    let media_type = HeaderName::from_static("hypothesis-media-type");
    set(&mut response, media_type, version(asked).unwrap_or_default());
    set(&mut response, header::ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    response
}

fn entity_tag(body: &str) -> String {
    let digest = Sha256::digest(body.as_bytes());
    let short = digest.iter().copied().take(16).collect::<Vec<u8>>();
    format!("\"{}\"", STANDARD_NO_PAD.encode(short))
}

/// Whether `If-None-Match` names that tag.
fn names(asked: &Asked, tag: &str) -> bool {
    let known = asked.header(header::IF_NONE_MATCH).unwrap_or_default();
    known
        .split(',')
        .any(|known| known.trim().trim_start_matches("W/") == tag || known.trim() == "*")
}

fn refused(asked: &Asked, refusal: &Refusal) -> Response {
    if let Refusal::Authorization(words) = refusal {
        return html(StatusCode::BAD_REQUEST, refused_authorization(words));
    }
    if *refusal == Refusal::NotAcceptable && !asked.is_for_api() {
        return page(StatusCode::NOT_FOUND, "Page Not Found");
    }
    let (status, words) = match refusal {
        Refusal::NotFound => (StatusCode::NOT_FOUND, NOT_FOUND),
        Refusal::NotAcceptable => (StatusCode::NOT_ACCEPTABLE, "Not acceptable"),
        Refusal::Invalid(words) | Refusal::Authorization(words) => (StatusCode::BAD_REQUEST, words.as_str()),
        Refusal::Unauthorized(words) => (StatusCode::UNAUTHORIZED, words.as_str()),
        Refusal::Conflict(words) => (StatusCode::CONFLICT, words.as_str()),
        Refusal::Fault => (StatusCode::INTERNAL_SERVER_ERROR, FAULT),
    };
    let negotiated = matches!(
        refusal,
        Refusal::Invalid(_) | Refusal::Unauthorized(_) | Refusal::Conflict(_)
    );
    if *refusal == Refusal::Fault && !accepts_json(asked) {
        return page(status, "Server Error");
    }
    if negotiated && !accepts_json(asked) && !accepts_anything(asked) {
        return plain(status, words);
    }
    failure(status, words)
}

/// `{"status": "failure", "reason": …}`
fn failure(status: StatusCode, words: &str) -> Response {
    let mut response = in_json(status, json!({"status": "failure", "reason": words}).to_string());
    set(&mut response, header::CACHE_CONTROL, "no-cache");
    response
}

fn plain(status: StatusCode, words: &str) -> Response {
    let reason = status.canonical_reason().unwrap_or_default();
    let text = format!("{} {reason}\n\n{EXPLANATION}\n\n\n{words}\n\n\n", status.as_u16());
    let mut response = bare(status, Body::from(text));
    set(&mut response, header::CONTENT_TYPE, "text/plain; charset=UTF-8");
    response
}

/// A page for people, as the site answers.
pub(crate) fn page(status: StatusCode, title: &str) -> Response {
    let text = format!(
        "<!DOCTYPE html>\n<html>\n<head><title>{title}</title></head>\n<body><h1>{title}</h1></body>\n</html>\n"
    );
    html(status, text)
}

fn html(status: StatusCode, text: String) -> Response {
    let mut response = bare(status, Body::from(text));
    set(&mut response, header::CONTENT_TYPE, "text/html; charset=UTF-8");
    response
}

/// The answer to every path and method of the API that does not exist.
pub(crate) fn not_found() -> Response {
    failure(StatusCode::NOT_FOUND, NOT_FOUND)
}

fn in_json(status: StatusCode, body: String) -> Response {
    let mut response = bare(status, Body::from(body));
    set(&mut response, header::CONTENT_TYPE, JSON);
    set(&mut response, header::ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    response
}

fn bare(status: StatusCode, body: Body) -> Response {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    response
}

fn set(response: &mut Response, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}
