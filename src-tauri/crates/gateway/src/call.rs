//! Owns the description of one call. Must not know an origin: a call names a path, never an address.

use std::time::Duration;

use http::Method;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

/// What stays as it is in a path segment: RFC 3986's unreserved characters, and the `:` and `@` of `acct:name@authority`.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b':')
    .remove(b'@');

/// One segment of a path, percent-encoded: a slash, a `?` or a control character inside cannot change the path's shape.
/// The segments `.` and `..` cannot be expressed in a URL; a path that holds one is refused when it is sent.
///
/// ```
/// use countersign_gateway::segment;
/// assert_eq!(segment("acct:jo/../admin@example.com"), "acct:jo%2F..%2Fadmin@example.com");
/// ```
pub fn segment(text: &str) -> String {
    utf8_percent_encode(text, ENCODED).to_string()
}

/// Limits of one call in the place of the settings' own.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CallLimits {
    /// The longest silence.
    pub idle: Option<Duration>,
    /// The longest whole.
    pub total: Option<Duration>,
    /// The largest answer, in bytes.
    pub body: Option<u64>,
}

/// One call, below the bound address.
#[derive(Debug, Clone, PartialEq)]
pub struct Call {
    /// The HTTP method.
    pub method: Method,
    /// Begins with `/`, is percent-encoded already (`segment`), holds no query.
    pub path: String,
    /// Names and values, not encoded.
    pub query: Vec<(String, String)>,
    /// The `Accept` header. For Hypothesis `application/vnd.hypothesis.v2+json, application/json;q=0.5`.
    pub accept: &'static str,
    /// The body, sent as `application/json`.
    pub json: Option<Value>,
    /// Limits of this call alone.
    pub limits: Option<CallLimits>,
    /// Whether it changes nothing, or the same however often it is made, although its method does not say so.
    pub repeatable: bool,
}

impl Call {
    /// A call without query, body or limits of its own that accepts `application/json`.
    pub fn new(method: Method, path: impl Into<String>) -> Self {
        Self {
            method,
            path: path.into(),
            query: Vec::new(),
            accept: "application/json",
            json: None,
            limits: None,
            repeatable: false,
        }
    }

    /// `GET path`
    pub fn get(path: impl Into<String>) -> Self {
        Self::new(Method::GET, path)
    }

    /// `POST path`
    pub fn post(path: impl Into<String>) -> Self {
        Self::new(Method::POST, path)
    }

    /// `PATCH path`
    pub fn patch(path: impl Into<String>) -> Self {
        Self::new(Method::PATCH, path)
    }

    /// `PUT path`
    pub fn put(path: impl Into<String>) -> Self {
        Self::new(Method::PUT, path)
    }

    /// `DELETE path`
    pub fn delete(path: impl Into<String>) -> Self {
        Self::new(Method::DELETE, path)
    }

    /// The same with one more query parameter.
    #[must_use]
    pub fn query(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.query.push((name.into(), value.into()));
        self
    }

    /// The same with this body.
    #[must_use]
    pub fn json(mut self, body: Value) -> Self {
        self.json = Some(body);
        self
    }

    /// The same with this `Accept` header.
    #[must_use]
    pub fn accept(mut self, accept: &'static str) -> Self {
        self.accept = accept;
        self
    }

    /// The same, for a call that may be made again after a failure (a search by `PUT`).
    #[must_use]
    pub fn repeatable(mut self) -> Self {
        self.repeatable = true;
        self
    }

    /// The same under these limits.
    #[must_use]
    pub fn limits(mut self, limits: CallLimits) -> Self {
        self.limits = Some(limits);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_segment_keeps_its_shape_whatever_it_holds() {
        for (text, expected) in [
            ("acct:jbloggs1@example.com", "acct:jbloggs1@example.com"),
            ("a/b?c#d", "a%2Fb%3Fc%23d"),
            ("group:x(1)*'@example.com", "group:x%281%29%2A%27@example.com"),
            ("é 🗝\r\n", "%C3%A9%20%F0%9F%97%9D%0D%0A"),
            ("%2e", "%252e"),
        ] {
            assert_eq!(segment(text), expected);
        }
    }
}
