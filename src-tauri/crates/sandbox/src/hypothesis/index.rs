//! Owns the descriptions of the API: `/api/`, `/api/links` and the way from `/api`. Must not name what is not served.

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{MethodFilter, any};
use serde_json::{Map, Value, json};

use super::answer::{Refusal, Success, on};
use super::asked::{Asked, scheme};
use super::{Hypothesis, Shared, annotations, groups, profile, users};

/// One operation as `/api/` tells it.
#[derive(Debug)]
pub(crate) struct Link {
    name: &'static str,
    method: &'static str,
    path: &'static str,
    description: &'static str,
}

impl Link {
    pub(crate) const fn new(
        name: &'static str,
        method: &'static str,
        path: &'static str,
        description: &'static str,
    ) -> Self {
        Self {
            name,
            method,
            path,
            description,
        }
    }
}

const OWN: &[Link] = &[Link::new(
    "links",
    "GET",
    "/links",
    "URL templates for generating URLs for HTML pages",
)];

pub(crate) fn routes() -> Router<Shared> {
    Router::new()
        .route("/api", any(to_index))
        .route("/api/", on(MethodFilter::GET, index))
        .route("/api/links", on(MethodFilter::GET, links))
}

async fn to_index(request: Request) -> Response {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    let scheme = scheme(request.extensions());
    let to = format!("{scheme}://{}/api/", host.unwrap_or("127.0.0.1"));
    let location = HeaderValue::from_str(&to).unwrap_or_else(|_| HeaderValue::from_static("/api/"));
    (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, location)]).into_response()
}

#[expect(clippy::unnecessary_wraps, reason = "one shape for every view")]
fn index(_state: &mut Hypothesis, asked: &Asked) -> Result<Success, Refusal> {
    let mut tree = Map::new();
    let all = [OWN, annotations::LINKS, groups::LINKS, profile::LINKS, users::LINKS];
    for link in all.into_iter().flatten() {
        let described = json!({
            "method": link.method,
            "url": format!("{}/api{}", asked.base(), link.path),
            "desc": link.description,
        });
        place(&mut tree, link.name, described);
    }
    Ok(Success::Public(json!({"links": tree})))
}

/// Puts a value at a dotted name.
fn place(tree: &mut Map<String, Value>, name: &str, value: Value) {
    match name.split_once('.') {
        None => {
            tree.insert(name.to_owned(), value);
        }
        Some((first, rest)) => {
            let inner = tree.entry(first).or_insert_with(|| Value::Object(Map::new()));
            if let Value::Object(inner) = inner {
                place(inner, rest, value);
            }
        }
    }
}

#[expect(clippy::unnecessary_wraps, reason = "one shape for every view")]
fn links(_state: &mut Hypothesis, asked: &Asked) -> Result<Success, Refusal> {
    let base = asked.base();
    let socket = base.replacen("http", "ws", 1);
    Ok(Success::Public(json!({
        "account.settings": format!("{base}/account/settings"),
        "forgot-password": format!("{base}/forgot-password"),
        "groups.new": format!("{base}/groups/new"),
        "help": format!("{base}/docs/help"),
        "oauth.authorize": format!("{base}/oauth/authorize"),
        "oauth.revoke": format!("{base}/oauth/revoke"),
        "search.tag": format!("{base}/search?q=tag%3A%22:tag%22"),
        "signup": format!("{base}/signup"),
        "user": format!("{base}/u/:user"),
        "websocket": format!("{socket}/ws"),
    })))
}
