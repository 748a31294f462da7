//! Owns the faults that a test asks for and how each is played. Must not touch a service's state itself.

use std::collections::BTreeMap;
use std::time::Duration;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use futures_util::stream::{self, StreamExt as _};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// What the next requests that fit meet in place of, or on top of, the service's own answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// Paths that begin with this, such as `/api/users`.
    pub path_prefix: String,
    /// Only this method; `None` for all.
    #[serde(default)]
    pub method: Option<String>,
    /// How many requests meet it.
    #[serde(default = "once")]
    pub times: u32,
    /// What happens.
    #[serde(flatten)]
    pub kind: FaultKind,
}

/// What happens to a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum FaultKind {
    /// Answered with this; the service never sees the request.
    Status {
        /// HTTP status.
        status: u16,
        /// As it stands.
        #[serde(default)]
        body: String,
        /// `Content-Type`; none when empty.
        #[serde(default)]
        content_type: String,
        /// Others, such as `Retry-After`.
        #[serde(default)]
        headers: BTreeMap<String, String>,
    },
    /// The service does what was asked; the connection closes without an answer.
    DropAfterWrite,
    /// The connection closes without an answer; the service never sees the request.
    DropBefore,
    /// The service's answer, cut in the middle of its body.
    CutBody,
    /// A page of a proxy in place of the answer, with status 200.
    Html,
    /// 302 to an address; the service never sees the request.
    Redirect {
        /// `Location`
        to: String,
    },
    /// No answer until the client goes; the service never sees the request.
    Hang,
    /// The service's answer, later.
    Latency {
        /// How much later.
        milliseconds: u64,
    },
}

fn once() -> u32 {
    1
}

impl Fault {
    pub(super) fn fits(&self, method: &Method, path: &str) -> bool {
        let method_fits = self
            .method
            .as_ref()
            .is_none_or(|wanted| wanted.eq_ignore_ascii_case(method.as_str()));
        self.times > 0 && method_fits && path.starts_with(&self.path_prefix)
    }
}

/// Why a body ends early: hyper closes the connection on it.
#[derive(Debug, Error)]
#[error("the sandbox was asked to break this answer off")]
struct BrokenOff;

/// Marks an answer of which the client sees nothing.
#[derive(Debug, Clone, Copy)]
struct Dropped;

/// The status that the client will see; `None` for an answer that it will not see.
pub(super) fn status_sent(response: &Response) -> Option<u16> {
    let dropped = response.extensions().get::<Dropped>().is_some();
    (!dropped).then(|| response.status().as_u16())
}

pub(super) async fn answer(kind: FaultKind, request: Request, next: Next) -> Response {
    match kind {
        FaultKind::Status {
            status,
            body,
            content_type,
            headers,
        } => answered(status, body, &content_type, &headers),
        FaultKind::DropAfterWrite => {
            let _done = next.run(request).await;
            dropped()
        }
        FaultKind::DropBefore => dropped(),
        FaultKind::CutBody => cut(next.run(request).await).await,
        FaultKind::Html => {
            let page = "<!DOCTYPE html><html><head><title>Sign in to the network</title></head>\
                        <body><p>Please sign in to continue.</p></body></html>";
            answered(200, page.to_owned(), "text/html; charset=utf-8", &BTreeMap::new())
        }
        FaultKind::Redirect { to } => {
            let location = BTreeMap::from([("location".to_owned(), to)]);
            answered(302, String::new(), "", &location)
        }
        FaultKind::Hang => std::future::pending().await,
        FaultKind::Latency { milliseconds } => {
            tokio::time::sleep(Duration::from_millis(milliseconds)).await;
            next.run(request).await
        }
    }
}

fn answered(status: u16, body: String, content_type: &str, headers: &BTreeMap<String, String>) -> Response {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    if let Ok(content_type) = HeaderValue::from_str(content_type)
        && !content_type.is_empty()
    {
        response.headers_mut().insert(header::CONTENT_TYPE, content_type);
    }
    for (name, value) in headers {
        if let (Ok(name), Ok(value)) = (HeaderName::from_bytes(name.as_bytes()), HeaderValue::from_str(value)) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

/// A body that fails at once: hyper then closes the connection before it has sent the head.
fn dropped() -> Response {
    let broken = stream::iter([Err::<Bytes, _>(BrokenOff)]);
    let mut response = Response::new(Body::from_stream(broken));
    response.extensions_mut().insert(Dropped);
    response
}

/// The head with the full length, the first half of the body, and then the end of the connection.
async fn cut(response: Response) -> Response {
    let (mut head, body) = response.into_parts();
    let whole = to_bytes(body, usize::MAX).await.unwrap_or_default();
    let half = whole.slice(..whole.len() / 2);
    head.headers
        .insert(header::CONTENT_LENGTH, HeaderValue::from(whole.len()));
    let first = stream::iter([Ok(half)]);
    // Without the pause hyper would meet the end before it has sent the beginning.
    let end = stream::once(async {
        tokio::time::sleep(Duration::from_millis(20)).await;
        Err::<Bytes, _>(BrokenOff)
    });
    Response::from_parts(head, Body::from_stream(first.chain(end)))
}
