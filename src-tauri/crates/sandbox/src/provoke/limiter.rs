//! Owns the rate limit in front of Hypothesis (h's conf/nginx.conf). Must not limit Hyperproof.

use std::collections::HashMap;
use std::time::Instant;

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;

/// Whether requests to Hypothesis are limited.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum Limiter {
    /// No limit.
    #[default]
    Off,
    /// As the real service: 4 a second, 44 at once beyond that, for each `Authorization` value.
    Hypothesis,
    /// The same with other numbers, so that a test need not take minutes.
    Scaled {
        /// Requests a second.
        per_second: f64,
        /// Requests at once beyond that.
        burst: u32,
    },
}

impl Limiter {
    fn numbers(self) -> Option<(f64, f64)> {
        match self {
            Self::Off => None,
            Self::Hypothesis => Some((4.0, 44.0)),
            Self::Scaled { per_second, burst } => Some((per_second, f64::from(burst))),
        }
    }
}

/// One leaky bucket for each key, as nginx keeps them: how far a client is ahead of the rate.
#[derive(Debug)]
pub(super) struct Buckets {
    limiter: Limiter,
    ahead: HashMap<Vec<u8>, (f64, Instant)>,
}

impl Buckets {
    pub(super) fn new(limiter: Limiter) -> Self {
        Self {
            limiter,
            ahead: HashMap::new(),
        }
    }

    pub(super) fn clear(&mut self) {
        self.ahead.clear();
    }

    /// Whether this request is one too many. Without `Authorization` there is no key and no limit (seen).
    pub(super) fn refuses(&mut self, request: &Request) -> bool {
        let key = request
            .headers()
            .get(header::AUTHORIZATION)
            .map(|value| value.as_bytes().to_vec());
        match key.filter(|_| !request.uri().path().starts_with("/hyperproof/")) {
            Some(key) => self.refuses_at(key, Instant::now()),
            None => false,
        }
    }

    fn refuses_at(&mut self, key: Vec<u8>, now: Instant) -> bool {
        let Some((per_second, burst)) = self.limiter.numbers() else {
            return false;
        };
        let Some((ahead, last)) = self.ahead.get(&key).copied() else {
            self.ahead.insert(key, (0.0, now));
            return false;
        };
        let ahead = (ahead - per_second * now.saturating_duration_since(last).as_secs_f64() + 1.0).max(0.0);
        if ahead > burst {
            return true;
        }
        self.ahead.insert(key, (ahead, now));
        false
    }
}

/// The proxy's own 429: no `Retry-After`, no JSON type under `/api`, a page elsewhere (seen).
pub(super) fn refusal(path: &str) -> Response {
    let (content_type, body) = if path.starts_with("/api") {
        let body = "{\"status\": \"failure\", \"reason\": \"Request rate limit exceeded\"}";
        ("application/octet-stream", body)
    } else {
        let body = "<html>\r\n<head><title>429 Too Many Requests</title></head>\r\n<body>\r\n<center><h1>429 Too Many \
                    Requests</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n";
        ("text/html", body)
    };
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = StatusCode::TOO_MANY_REQUESTS;
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    response
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_burst_passes_and_then_four_a_second() {
        let mut buckets = Buckets::new(Limiter::Hypothesis);
        let start = Instant::now();
        let mut passed = |after: Duration| {
            let asked = (0..100).filter(|_| !buckets.refuses_at(b"key".to_vec(), start + after));
            asked.count()
        };
        assert_eq!(passed(Duration::ZERO), 45, "the first and a burst of 44");
        assert_eq!(passed(Duration::from_secs(1)), 4);
        assert_eq!(passed(Duration::from_secs(3)), 8);
    }

    #[test]
    fn each_key_has_its_own_bucket() {
        let mut buckets = Buckets::new(Limiter::Scaled {
            per_second: 1.0,
            burst: 0,
        });
        let start = Instant::now();
        assert!(!buckets.refuses_at(b"one".to_vec(), start));
        assert!(buckets.refuses_at(b"one".to_vec(), start));
        assert!(!buckets.refuses_at(b"other".to_vec(), start));
    }
}
