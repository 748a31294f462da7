//! Owns how the pages of the site are routed and sent: no negotiation, cookies, redirections. Must not write a page.

use std::sync::{Arc, PoisonError};

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::Response;
use axum::routing::{self, MethodFilter, MethodRouter};

use crate::hypothesis::asked::Asked;
use crate::hypothesis::{Hypothesis, Shared, page};
use crate::world::World;

pub(super) type View = fn(&mut Hypothesis, &Asked) -> Response;

/// A route of the site.
pub(super) fn on(method: MethodFilter, view: View) -> MethodRouter<Shared> {
    routing::on(
        method,
        async move |State(world): State<Arc<World>>, request: Request| {
            let Some(asked) = Asked::read(world.clock.now(), &[], request).await else {
                return page(StatusCode::PAYLOAD_TOO_LARGE, "413 Request Entity Too Large");
            };
            let mut state = world.hypothesis.lock().unwrap_or_else(PoisonError::into_inner);
            view(&mut state, &asked)
        },
    )
}

/// A page that no cache may keep for another person.
pub(super) fn html(status: StatusCode, text: String) -> Response {
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = status;
    add(&mut response, header::CONTENT_TYPE, "text/html; charset=UTF-8");
    add(&mut response, header::VARY, "Cookie");
    response
}

/// 302, with the page that says so.
pub(super) fn found(location: &str) -> Response {
    let mut response = page(StatusCode::FOUND, "302 Found");
    add(&mut response, header::LOCATION, location);
    add(&mut response, header::VARY, "Cookie");
    response
}

/// The same response with `Set-Cookie`.
pub(super) fn with_cookie(mut response: Response, cookie: &str) -> Response {
    add(&mut response, header::SET_COOKIE, cookie);
    response
}

fn add(response: &mut Response, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().append(name, value);
    }
}
