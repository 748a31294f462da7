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

impl FaultKind {
    /// Any answer in JSON.
    pub fn json(status: u16, body: &str) -> Self {
        Self::Status {
            status,
            body: body.to_owned(),
            content_type: "application/json".to_owned(),
            headers: BTreeMap::new(),
        }
    }

    /// Hyperproof's 429: the words name the wait, `Retry-After` only where `header` says so (hyperproof-api 2.5).
    pub fn throttled(seconds: u32, header: bool) -> Self {
        let words = format!("Rate limit is exceeded. Try again in {seconds} seconds.");
        Self::said_by_gateway(429, &words, header.then(|| seconds.to_string()))
    }

    /// A 429 of which only `Retry-After` tells how long to wait: seconds, or a date.
    pub fn throttled_until(retry_after: &str) -> Self {
        Self::said_by_gateway(429, "Rate limit is exceeded.", Some(retry_after.to_owned()))
    }

    /// Hyperproof's quota: a 403 that is over after a while, and no refusal (hyperproof-api 2.5).
    pub fn quota(seconds: u32, header: bool) -> Self {
        let words = format!("Out of bandwidth quota. Bandwidth quota is exceeded, try again in {seconds} seconds.");
        Self::said_by_gateway(403, &words, header.then(|| seconds.to_string()))
    }

    /// The bare 429 of the proxy in front of Hypothesis, which says nothing of how long.
    pub fn bare_limit() -> Self {
        Self::Status {
            status: 429,
            body: "{\"status\": \"failure\", \"reason\": \"Request rate limit exceeded\"}".to_owned(),
            content_type: "application/octet-stream".to_owned(),
            headers: BTreeMap::new(),
        }
    }

    /// A redirection of any kind: 301, 302, 303, 307, 308.
    pub fn redirection(status: u16, to: &str) -> Self {
        Self::Status {
            status,
            body: String::new(),
            content_type: String::new(),
            headers: BTreeMap::from([("location".to_owned(), to.to_owned())]),
        }
    }

    /// The page of a proxy in trouble.
    pub fn html_error(status: u16) -> Self {
        Self::Status {
            status,
            body: format!(
                "<html>\r\n<head><title>{status} Bad Gateway</title></head>\r\n<body>\r\n<center><h1>{status} Bad \
                 Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"
            ),
            content_type: "text/html".to_owned(),
            headers: BTreeMap::new(),
        }
    }

    fn said_by_gateway(status: u16, words: &str, retry_after: Option<String>) -> Self {
        let body = serde_json::json!({"statusCode": status, "message": words});
        Self::Status {
            status,
            body: body.to_string(),
            content_type: "application/json".to_owned(),
            headers: retry_after
                .map(|wait| ("retry-after".to_owned(), wait))
                .into_iter()
                .collect(),
        }
    }
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
