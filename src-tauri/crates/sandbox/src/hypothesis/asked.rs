//! Owns one request to Hypothesis as its views see it. Must not decide who may do what.

use axum::body::{Bytes, to_bytes};
use axum::extract::{RawPathParams, Request};
use axum::http::{Extensions, HeaderMap, Method, header};
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
    path: String,
    parameters: Vec<String>,
    query: Option<String>,
    headers: HeaderMap,
    body: Bytes,
    scheme: &'static str,
}

/// How the request came.
#[cfg(feature = "faults")]
pub(crate) fn scheme(extensions: &Extensions) -> &'static str {
    let secured = extensions.get::<crate::tls::Secured>();
    secured.map_or("http", |_| "https")
}

/// How the request came: for practice never with TLS.
#[cfg(not(feature = "faults"))]
pub(crate) fn scheme(_extensions: &Extensions) -> &'static str {
    "http"
}

impl Asked {
    /// Reads the body; `None` when it breaks off or is longer than the server takes.
    pub(crate) async fn read(now: Timestamp, parameters: &[(String, String)], request: Request) -> Option<Self> {
        let (head, body) = request.into_parts();
        Some(Self {
            scheme: scheme(&head.extensions),
            method: head.method,
            now,
            parameters: parameters.iter().map(|(_, value)| value.clone()).collect(),
            path: head.uri.path().to_owned(),
            query: head.uri.query().map(str::to_owned),
            headers: head.headers,
            body: to_bytes(body, LONGEST_BODY).await.ok()?,
        })
    }

    /// The first variable part of the path, decoded; "" where there is none.
    pub(crate) fn parameter(&self) -> &str {
        self.parameters.first().map_or("", String::as_str)
    }

    /// The second variable part of the path.
    pub(crate) fn second_parameter(&self) -> &str {
        self.parameters.get(1).map_or("", String::as_str)
    }

    /// Whether the path holds a NUL, which the database does not take.
    pub(crate) fn has_nul(&self) -> bool {
        self.parameters.iter().any(|parameter| parameter.contains('\0'))
    }

    /// Whether anything was sent.
    pub(crate) fn has_body(&self) -> bool {
        !self.body.is_empty()
    }

    /// All values of that name in the query.
    pub(crate) fn all_of_query(&self, name: &str) -> Vec<String> {
        let pairs = form_urlencoded::parse(self.query.as_deref().unwrap_or_default().as_bytes());
        let values = pairs.filter_map(|(key, value)| (key == name).then(|| value.into_owned()));
        values.collect()
    }

    /// The names in the query, in order, as often as they stand there.
    pub(crate) fn names_of_query(&self) -> Vec<String> {
        let pairs = form_urlencoded::parse(self.query.as_deref().unwrap_or_default().as_bytes());
        pairs.map(|(name, _)| name.into_owned()).collect()
    }

    /// The first value of that name in the query.
    pub(crate) fn query(&self, name: &str) -> Option<String> {
        first(self.query.as_deref().unwrap_or_default().as_bytes(), name)
    }

    /// Whether there is anything behind a question mark.
    pub(crate) fn has_query(&self) -> bool {
        self.query.as_ref().is_some_and(|query| !query.is_empty())
    }

    /// The first value of that name in a body that is a form; a body of no type counts as one (as `WebOb` does).
    pub(crate) fn form(&self, name: &str) -> Option<String> {
        let content_type = self.header(header::CONTENT_TYPE).unwrap_or_default();
        let kind = content_type.split(';').next().unwrap_or_default().trim();
        let is_form = kind.is_empty() || kind.eq_ignore_ascii_case("application/x-www-form-urlencoded");
        is_form.then(|| first(&self.body, name)).flatten()
    }

    /// The value of that cookie.
    pub(crate) fn cookie(&self, name: &str) -> Option<&str> {
        let mut pairs = self
            .header(header::COOKIE)?
            .split(';')
            .filter_map(|pair| pair.split_once('='));
        pairs.find_map(|(known, value)| (known.trim() == name).then(|| value.trim()))
    }

    /// Whether it goes to the API and not to the site.
    pub(crate) fn is_for_api(&self) -> bool {
        self.path.starts_with("/api/")
    }

    pub(crate) fn header(&self, name: impl header::AsHeaderName) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// `http://HOST` as the client wrote it: h makes its links from that.
    pub(crate) fn base(&self) -> String {
        format!("{}://{}", self.scheme, self.header(header::HOST).unwrap_or("127.0.0.1"))
    }

    /// The name in `base`, without the port.
    pub(crate) fn host_name(&self) -> &str {
        let host = self.header(header::HOST).unwrap_or("127.0.0.1");
        let (name, port) = host.rsplit_once(':').unwrap_or((host, ""));
        if port.chars().all(|digit| digit.is_ascii_digit()) {
            name
        } else {
            host
        }
    }

    /// The whole address as it was asked for.
    pub(crate) fn url(&self) -> String {
        let query = self
            .query
            .as_ref()
            .map_or_else(String::new, |query| format!("?{query}"));
        format!("{}{}{query}", self.base(), self.path)
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

fn first(form: &[u8], name: &str) -> Option<String> {
    let mut pairs = form_urlencoded::parse(form);
    pairs.find_map(|(key, value)| (key == name).then(|| value.into_owned()))
}

/// The variable parts of the path by name; none where the path is not UTF-8.
pub(crate) fn named(parameters: Option<&RawPathParams>) -> Vec<(String, String)> {
    let parameters = parameters.into_iter().flat_map(RawPathParams::iter);
    parameters
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}
