//! Owns the record of one request: what the activity list and the log say of it. Must not see a query, a header or a body.

use std::sync::Arc;

use countersign_domain::{Clock, ConnectionId, CorrelationId, ErrorCode, Network, Timestamp};
use http::Method;
use tokio::time::Instant;

use crate::ports::{ActivitySink, CallRecord};

const LONGEST_PATH: usize = 300;

/// Whose request it is, which, and how it finds its way.
#[derive(Debug, Clone)]
pub(crate) struct Subject {
    pub(crate) connection: ConnectionId,
    pub(crate) network: Arc<Network>,
    pub(crate) correlation: CorrelationId,
    pub(crate) attempt: u32,
}

/// A request under way. Recorded exactly once: when it finishes, or when it is dropped unfinished.
pub(crate) struct Attempt {
    sink: Arc<dyn ActivitySink>,
    subject: Subject,
    method: Method,
    host: String,
    path: String,
    at: Timestamp,
    started: Instant,
    status: Option<u16>,
    bytes: u64,
    recorded: bool,
}

impl Attempt {
    pub(crate) fn start(
        sink: &Arc<dyn ActivitySink>,
        clock: &dyn Clock,
        subject: Subject,
        method: &Method,
        (host, path): (&str, &str),
    ) -> Self {
        Self {
            sink: Arc::clone(sink),
            subject,
            method: method.clone(),
            host: host.to_owned(),
            path: printable(path),
            at: clock.now(),
            started: Instant::now(),
            status: None,
            bytes: 0,
            recorded: false,
        }
    }

    /// The answer has begun.
    pub(crate) fn answered(&mut self, status: u16) {
        self.status = Some(status);
    }

    /// That many bytes of the body more were read.
    pub(crate) fn count(&mut self, bytes: usize) {
        self.bytes = self.bytes.saturating_add(bytes as u64);
    }

    /// The last byte came.
    pub(crate) fn finish(&mut self) {
        self.record(self.status.ok_or(ErrorCode::Internal));
    }

    /// It came to no good end.
    pub(crate) fn fail(&mut self, code: ErrorCode) {
        self.record(Err(code));
    }

    fn record(&mut self, outcome: Result<u16, ErrorCode>) {
        if self.recorded {
            return;
        }
        self.recorded = true;
        let duration = self.started.elapsed();
        self.log(outcome, duration.as_millis());
        self.sink.record(CallRecord {
            connection: self.subject.connection.clone(),
            correlation: self.subject.correlation,
            at: self.at,
            method: self.method.to_string(),
            path: self.path.clone(),
            outcome,
            duration,
            bytes: self.bytes,
            attempt: self.subject.attempt,
        });
    }

    fn log(&self, outcome: Result<u16, ErrorCode>, ms: u128) {
        let (method, host, path) = (self.method.as_str(), self.host.as_str(), self.path.as_str());
        let correlation = self.subject.correlation.to_string();
        let ms = u64::try_from(ms).unwrap_or(u64::MAX);
        match outcome {
            Ok(status) => tracing::debug!(method, host, path, status, ms, correlation, "answered"),
            Err(code) => tracing::warn!(
                method,
                host,
                path,
                code = code.as_str(),
                ms,
                correlation,
                "not answered"
            ),
        }
    }
}

impl Drop for Attempt {
    /// An answer whose rest nobody wanted was answered all the same; a request dropped before was cancelled.
    fn drop(&mut self) {
        self.record(self.status.ok_or(ErrorCode::Cancelled));
    }
}

/// A refused path may hold anything; what is shown and logged is one line of bounded length without a query.
fn printable(path: &str) -> String {
    path.chars()
        .take_while(|character| !matches!(character, '?' | '#'))
        .map(|character| if character.is_control() { ' ' } else { character })
        .take(LONGEST_PATH)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::printable;

    #[test]
    fn a_hostile_path_is_recorded_as_one_bounded_line_without_its_query() {
        assert_eq!(printable("/a\r\nFAKE LOG\u{1b}[31m?token=x"), "/a  FAKE LOG [31m");
        assert_eq!(printable(&"/x".repeat(9_000)).len(), 300);
    }
}
