//! Owns an answer on its way in: its size, its time-outs, its end. Must not judge what it says.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use countersign_domain::CorrelationId;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use crate::attempt::Attempt;
use crate::classification;
use crate::echo::{Concealment, Sought};
use crate::error::GatewayError;
use crate::fault::Phase;

/// A whole answer, whatever its status (2xx, 4xx or 5xx).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The `Content-Type` header as it came.
    pub content_type: Option<String>,
    /// `Retry-After` in seconds; a date is counted from now.
    pub retry_after_seconds: Option<u32>,
    /// The body as it came, never decompressed; a mark stands where it repeats the credential that was sent.
    pub body: Bytes,
    /// Ties it to its log line and its record.
    pub correlation: CorrelationId,
}

/// How long one waits for each part, and how much is taken.
pub(crate) struct Bounds {
    pub(crate) host: String,
    pub(crate) idle: Duration,
    pub(crate) deadline: Instant,
    pub(crate) body: u64,
    pub(crate) cancel: CancellationToken,
}

impl Bounds {
    /// The outcome of `work`, if it comes before the idle time, the deadline and the cancel.
    pub(crate) async fn hold<T>(&self, phase: Phase, work: impl Future<Output = T>) -> Result<T, GatewayError> {
        let silence_ends = Instant::now() + self.idle;
        let (until, phase) = if silence_ends < self.deadline {
            (silence_ends, phase)
        } else {
            (self.deadline, Phase::Total)
        };
        let host = || self.host.clone();
        tokio::select! {
            biased;
            () = self.cancel.cancelled() => Err(GatewayError::Cancelled { sent: true }),
            outcome = tokio::time::timeout_at(until, work) => {
                outcome.map_err(|_| GatewayError::TimedOut { host: host(), phase })
            }
        }
    }

    pub(crate) fn too_large(&self) -> GatewayError {
        let host = self.host.clone();
        GatewayError::AnswerTooLarge { host, limit: self.body }
    }
}

/// What the head of an answer says.
pub(crate) struct Head {
    pub(crate) status: u16,
    pub(crate) content_type: Option<String>,
    pub(crate) retry_after_seconds: Option<u32>,
    pub(crate) correlation: CorrelationId,
}

enum Reading {
    Open,
    Ended,
    Failed(GatewayError),
}

/// An answer read part by part. Dropping it closes the connection.
pub struct AnswerStream {
    head: Head,
    response: reqwest::Response,
    bounds: Bounds,
    attempt: Attempt,
    read: u64,
    reading: Reading,
    /// Read already, to be given out again.
    peeked: VecDeque<Bytes>,
    concealment: Option<Concealment>,
}

impl AnswerStream {
    pub(crate) fn new(head: Head, response: reqwest::Response, bounds: Bounds, attempt: Attempt) -> Self {
        Self {
            head,
            response,
            bounds,
            attempt,
            read: 0,
            reading: Reading::Open,
            peeked: VecDeque::new(),
            concealment: None,
        }
    }

    /// The same, to be read without the credential that went out with the request: where the body repeats it, a mark
    /// stands in its place.
    pub(crate) fn without(mut self, sent: Option<Arc<Sought>>) -> Self {
        self.concealment = sent.map(Concealment::of);
        self
    }

    /// The status.
    pub fn status(&self) -> u16 {
        self.head.status
    }

    /// The `Content-Type` header as it came.
    pub fn content_type(&self) -> Option<&str> {
        self.head.content_type.as_deref()
    }

    /// `Retry-After` in seconds; a date is counted from when the answer came.
    pub fn retry_after_seconds(&self) -> Option<u32> {
        self.head.retry_after_seconds
    }

    /// Ties it to its log line and its record.
    pub fn correlation(&self) -> CorrelationId {
        self.head.correlation
    }

    /// The length that the server announced, in bytes; a hint, not a promise.
    pub fn announced_length(&self) -> Option<u64> {
        self.response.content_length()
    }

    /// The next part of the body; none at its end.
    ///
    /// # Errors
    /// `TimedOut`, `Cancelled`, `AnswerTooLarge`, `BrokenOff` (the body was cut) or `AnswerUnreadable`. The same error
    /// again when asked again: a cut answer never reads as a whole one.
    pub async fn next(&mut self) -> Result<Option<Bytes>, GatewayError> {
        match self.peeked.pop_front() {
            Some(part) => Ok(Some(part)),
            None => self.read_on().await,
        }
    }

    /// At least `wanted` bytes of the body where there are as many; what follows begins with them all the same, and what
    /// kept more away is found by who reads on.
    pub(crate) async fn peek(&mut self, wanted: usize) -> Bytes {
        let mut body = BytesMut::new();
        while body.len() < wanted {
            let Ok(Some(part)) = self.read_on().await else { break };
            body.extend_from_slice(&part);
            self.peeked.push_back(part);
        }
        body.freeze()
    }

    /// What the words of an answer say of waiting, where no header does.
    pub(crate) fn wait_named(&mut self, seconds: Option<u32>) {
        self.head.retry_after_seconds = self.head.retry_after_seconds.or(seconds);
    }

    async fn read_on(&mut self) -> Result<Option<Bytes>, GatewayError> {
        match &self.reading {
            Reading::Open => {}
            Reading::Ended => return Ok(None),
            Reading::Failed(error) => return Err(error.clone()),
        }
        loop {
            let left = match self.part().await {
                Ok(Some(part)) => self.concealed(part),
                Ok(None) => return Ok(self.ended()),
                Err(error) => {
                    self.attempt.fail(error.code());
                    self.reading = Reading::Failed(error.clone());
                    return Err(error);
                }
            };
            if !left.is_empty() {
                return Ok(Some(left));
            }
        }
    }

    /// What can be given out of the body once `part` has come. What is held back when the body breaks off is dropped:
    /// it may be the beginning of a credential.
    fn concealed(&mut self, part: Bytes) -> Bytes {
        self.attempt.count(part.len());
        match &mut self.concealment {
            Some(concealment) => concealment.pass(part),
            None => part,
        }
    }

    /// The last part of the body, where one was held back.
    fn ended(&mut self) -> Option<Bytes> {
        self.attempt.finish();
        self.reading = Reading::Ended;
        let held = self.concealment.as_mut().map(Concealment::end);
        held.filter(|held| !held.is_empty())
    }

    /// The rest of the body, with the head, as a whole answer.
    ///
    /// # Errors
    /// As `next`.
    pub async fn collect(mut self) -> Result<Answer, GatewayError> {
        let mut body = BytesMut::new();
        while let Some(part) = self.next().await? {
            body.extend_from_slice(&part);
        }
        let Head {
            status,
            content_type,
            retry_after_seconds,
            correlation,
        } = self.head;
        Ok(Answer {
            status,
            content_type,
            retry_after_seconds,
            body: body.freeze(),
            correlation,
        })
    }

    /// The beginning of the body, at least `wanted` bytes where there are as many, for the words of a refusal: read as
    /// by `collect`, but what does not come is not missed.
    pub async fn beginning(&mut self, wanted: usize) -> Bytes {
        let mut body = BytesMut::new();
        while body.len() < wanted {
            match self.next().await {
                Ok(Some(part)) => body.extend_from_slice(&part),
                Ok(None) | Err(_) => break,
            }
        }
        body.freeze()
    }

    async fn part(&mut self) -> Result<Option<Bytes>, GatewayError> {
        let chunk = self.bounds.hold(Phase::Body, self.response.chunk()).await?;
        let chunk = chunk.map_err(|error| classification::within_answer(error, &self.bounds.host))?;
        self.read = self
            .read
            .saturating_add(chunk.as_ref().map_or(0, |bytes| bytes.len() as u64));
        if self.read > self.bounds.body {
            return Err(self.bounds.too_large());
        }
        Ok(chunk)
    }
}

impl std::fmt::Debug for AnswerStream {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("AnswerStream")
            .field("status", &self.head.status)
            .field("content_type", &self.head.content_type)
            .field("read", &self.read)
            .finish_non_exhaustive()
    }
}
