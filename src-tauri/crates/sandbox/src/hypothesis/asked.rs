//! Owns one request to Hypothesis as its views see it. Must not decide who may do what.

use axum::body::{Bytes, to_bytes};
use axum::extract::{RawPathParams, Request};
use axum::http::{HeaderMap, Method, header};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use serde_json::Value;
use url::form_urlencoded;

use super::answer::Refusal;

/// The front server takes no more (hypothesis-api 3).
const LONGEST_BODY: usize = 20_000_000;

/// A request, read in full.
pub(crate) struct Asked {
    pub(crate) method: Method,
    pub(crate) now: Timestamp,
    parameters: Vec<String>,
    query: String,
    headers: HeaderMap,
    body: Bytes,
}

impl Asked {
    /// Reads the body; `None` when it breaks off or is longer than the server takes.
    pub(crate) async fn read(now: Timestamp, parameters: &[(String, String)], request: Request) -> Option<Self> {
        let (head, body) = request.into_parts();
        Some(Self {
            method: head.method,
            now,
            parameters: parameters.iter().map(|(_, value)| value.clone()).collect(),
            query: head.uri.query().unwrap_or_default().to_owned(),
            headers: head.headers,
            body: to_bytes(body, LONGEST_BODY).await.ok()?,
        })
    }

    /// The first variable part of the path, decoded; "" where there is none.
    pub(crate) fn parameter(&self) -> &str {
        self.parameters.first().map_or("", String::as_str)
    }

    /// The first value of that name in the query.
    pub(crate) fn query(&self, name: &str) -> Option<String> {
        let mut pairs = form_urlencoded::parse(self.query.as_bytes());
        pairs.find_map(|(key, value)| (key == name).then(|| value.into_owned()))
    }

    pub(crate) fn header(&self, name: impl header::AsHeaderName) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// `http://HOST` as the client wrote it: h makes its links from that.
    pub(crate) fn base(&self) -> String {
        format!("http://{}", self.header(header::HOST).unwrap_or("127.0.0.1"))
    }

    /// The token of `Authorization: Bearer TOKEN`; the scheme's case matters here (seen), white space around the token
    /// does not.
    pub(crate) fn bearer(&self) -> Option<&str> {
        self.header(header::AUTHORIZATION)?
            .strip_prefix("Bearer ")
            .map(str::trim)
    }

    /// Id and secret of `Authorization: Basic …`; the scheme's case does not matter (seen).
    pub(crate) fn basic(&self) -> Option<(String, String)> {
        let (scheme, encoded) = self.header(header::AUTHORIZATION)?.split_once(' ')?;
        if !scheme.eq_ignore_ascii_case("basic") {
            return None;
        }
        let decoded = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
        let (id, secret) = decoded.split_once(':')?;
        Some((id.to_owned(), secret.to_owned()))
    }

    /// The media types of `Accept` in the order written; empty when there is none.
    pub(crate) fn accepted(&self) -> Vec<String> {
        let ranges = self.header(header::ACCEPT).unwrap_or_default().split(',');
        let kinds = ranges.map(|range| range.split(';').next().unwrap_or_default().trim().to_ascii_lowercase());
        kinds.filter(|kind| !kind.is_empty()).collect()
    }

    /// The body as JSON, whatever its content type says.
    pub(crate) fn json(&self) -> Result<Value, Refusal> {
        serde_json::from_slice(&self.body).map_err(|fault| {
            if fault.to_string().contains("surrogate") || fault.to_string().contains("hex escape") {
                // Python reads half a surrogate pair and its database does not take it.
                return Refusal::Fault;
            }
            Refusal::Invalid("Expected a valid JSON payload, but none was found!".to_owned())
        })
    }
}

/// The variable parts of the path by name; none where the path is not UTF-8.
pub(crate) fn named(parameters: Option<&RawPathParams>) -> Vec<(String, String)> {
    let parameters = parameters.into_iter().flat_map(RawPathParams::iter);
    parameters
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}
