//! Owns reading controls: the whole list as it arrives, and one of them.
//! Must not hold the whole list, drop a row in silence, or take a list that broke off for a whole one.

use std::collections::HashSet;
use std::time::Duration;

use countersign_domain::control::ControlFault;
use countersign_domain::{ControlDocument, ControlId};
use countersign_gateway::{Call, CallLimits, segment};
use tokio::sync::mpsc::Sender;
use tokio_util::sync::CancellationToken;

use super::refusal::Asked;
use super::{Hyperproof, refused, refused_stream, unreadable};
use crate::error::{AnswerFault, ServiceError};
use crate::json_stream::{Element, ElementSplitter};
use crate::received::Received;

/// The most rows handed on at once.
pub const LARGEST_BATCH: usize = 500;
/// The most text handed on at once, in bytes: 500 rows of the largest size would not fit into memory.
const LARGEST_BATCH_BYTES: usize = 8 * 1024 * 1024;
/// A list in more parts than this is taken for endless.
const MOST_PARTS: usize = 10_000;
/// What was read of the list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ControlsRead {
    /// Controls handed on.
    pub rows: u32,
    /// Elements that are no control: no object, no id, too large, not UTF-8.
    pub skipped: u32,
    /// Bytes of the answer.
    pub bytes: u64,
}

impl Hyperproof {
    /// Reads the controls list (`GET /controls`), handing on batches of at most 500 rows as they arrive and telling
    /// `progress` rows and bytes after each part of the answer. `rows` full means waiting, so no more than it holds is
    /// in memory. After an error nothing is known of the rows that did not come: throw away those that did.
    ///
    /// # Errors
    /// `ServiceError`: a refusal, an answer that is no list, broke off or holds no control among
    /// its elements, `Stopped` when `rows` was closed.
    pub async fn controls(
        &self,
        cancel: &CancellationToken,
        rows: Sender<Vec<ControlDocument>>,
        progress: &(dyn Fn(u32, u64) + Send + Sync),
    ) -> Result<ControlsRead, ServiceError> {
        let mut reading = Reading::new(rows);
        let mut parts = HashSet::new();
        let mut next = None;
        loop {
            let call = Call::get("/controls").limits(list_limits());
            let call = match next {
                Some(token) => call.query("nextToken", token),
                None => call,
            };
            next = self.part(call, &mut reading, cancel, progress).await?;
            match &next {
                None => break,
                Some(token) if parts.len() < MOST_PARTS && parts.insert(token.clone()) => {}
                Some(_) => return Err(unreadable(AnswerFault::Endless)),
            }
        }
        reading.hand_on(cancel).await?;
        // A list of nothing but other things is another list: taken for this one, it would empty the register.
        if reading.read.rows == 0 && reading.read.skipped > 0 {
            return Err(unreadable(AnswerFault::Shape));
        }
        Ok(reading.read)
    }

    /// Reads one part of the list (the documented one has no other) and says how the next one is asked for.
    async fn part(
        &self,
        call: Call,
        reading: &mut Reading,
        cancel: &CancellationToken,
        progress: &(dyn Fn(u32, u64) + Send + Sync),
    ) -> Result<Option<String>, ServiceError> {
        let mut stream = self.gateway.stream(call, cancel).await?;
        refused_stream(&mut stream, Asked::Controls).await?;
        let mut splitter = ElementSplitter::new();
        let mut found = Vec::new();
        while let Some(bytes) = stream.next().await? {
            splitter.push(&bytes, &mut found).map_err(unreadable)?;
            for element in found.drain(..) {
                reading.take(element, cancel).await?;
            }
            let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
            reading.read.bytes = reading.read.bytes.saturating_add(length);
            progress(reading.read.rows, reading.read.bytes);
        }
        splitter.finish().map_err(unreadable)
    }

    /// Reads one control (`GET /controls/{controlId}`).
    ///
    /// # Errors
    /// `ServiceError`; a control that is not there, or not shown to this credential, is `NotFound`.
    pub async fn control(&self, id: &ControlId, cancel: &CancellationToken) -> Result<ControlDocument, ServiceError> {
        let path = format!("/controls/{}", segment(id.as_str()));
        let answer = self.gateway.send(Call::get(path), cancel).await?;
        let received = Received::from(&answer);
        refused(&received, Asked::Control)?;
        let text = std::str::from_utf8(received.body).map_err(|_| unreadable(ControlFault::NotAnObject))?;
        ControlDocument::from_json(text.trim_start_matches('\u{feff}').trim()).map_err(unreadable)
    }
}

/// The list comes unpaged and is slow on large organisations (hyperproof-api 2.1), so it may take its time.
fn list_limits() -> CallLimits {
    CallLimits {
        idle: Some(Duration::from_secs(2 * 60)),
        total: Some(Duration::from_secs(60 * 60)),
        body: Some(4 * 1024 * 1024 * 1024),
    }
}

/// Rows on their way from the answer to whoever takes them.
struct Reading {
    rows: Sender<Vec<ControlDocument>>,
    batch: Vec<ControlDocument>,
    batch_bytes: usize,
    read: ControlsRead,
}

impl Reading {
    fn new(rows: Sender<Vec<ControlDocument>>) -> Self {
        Self {
            rows,
            batch: Vec::new(),
            batch_bytes: 0,
            read: ControlsRead::default(),
        }
    }

    async fn take(&mut self, element: Element, cancel: &CancellationToken) -> Result<(), ServiceError> {
        let Some(control) = control_of(&element) else {
            self.read.skipped = self.read.skipped.saturating_add(1);
            return Ok(());
        };
        self.batch_bytes += control.verbatim.len();
        self.batch.push(control);
        self.read.rows = self.read.rows.saturating_add(1);
        if self.batch.len() >= LARGEST_BATCH || self.batch_bytes >= LARGEST_BATCH_BYTES {
            self.hand_on(cancel).await?;
        }
        Ok(())
    }

    async fn hand_on(&mut self, cancel: &CancellationToken) -> Result<(), ServiceError> {
        let batch = std::mem::take(&mut self.batch);
        self.batch_bytes = 0;
        if batch.is_empty() {
            return Ok(());
        }
        tokio::select! {
            biased;
            () = cancel.cancelled() => Err(ServiceError::Stopped),
            handed = self.rows.send(batch) => handed.map_err(|_| ServiceError::Stopped),
        }
    }
}

fn control_of(element: &Element) -> Option<ControlDocument> {
    match element {
        Element::Text(text) => ControlDocument::from_json(text).ok(),
        Element::TooLarge | Element::NotText => None,
    }
}
