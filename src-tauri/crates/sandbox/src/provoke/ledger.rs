//! Owns the ledger of requests that a test reads afterwards. Must not hold a header's value, a query or a body.

use axum::extract::Request;
use axum::http::{HeaderMap, header};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Older entries make room beyond this.
const MOST_ENTRIES: usize = 100_000;

/// One request as it came and what the client saw of its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestEntry {
    /// Counts from 1.
    pub number: u64,
    /// By the sandbox's clock.
    pub at: Timestamp,
    /// HTTP method.
    pub method: String,
    /// Without query.
    pub path: String,
    /// `None` while it is under way, or when the client saw no answer.
    pub status: Option<u16>,
    /// Names of the headers, in lower case, sorted.
    pub headers: Vec<String>,
    /// Whether there was an `Authorization`.
    pub authorized: bool,
}

#[derive(Debug, Default)]
pub(super) struct Ledger {
    entries: Vec<RequestEntry>,
    opened: u64,
}

impl Ledger {
    /// Enters a request; gives its number.
    pub(super) fn opened(&mut self, at: Timestamp, request: &Request) -> u64 {
        self.opened += 1;
        if self.entries.len() >= MOST_ENTRIES {
            self.entries.drain(..MOST_ENTRIES / 10);
        }
        self.entries.push(RequestEntry {
            number: self.opened,
            at,
            method: request.method().to_string(),
            path: request.uri().path().to_owned(),
            status: None,
            headers: names(request.headers()),
            authorized: request.headers().contains_key(header::AUTHORIZATION),
        });
        self.opened
    }

    pub(super) fn closed(&mut self, number: u64, status: Option<u16>) {
        if let Some(entry) = self.entries.iter_mut().rev().find(|entry| entry.number == number) {
            entry.status = status;
        }
    }

    pub(super) fn entries(&self) -> Vec<RequestEntry> {
        self.entries.clone()
    }

    pub(super) fn clear(&mut self) {
        self.entries.clear();
    }
}

fn names(headers: &HeaderMap) -> Vec<String> {
    let mut names: Vec<String> = headers.keys().map(|name| name.as_str().to_owned()).collect();
    names.sort_unstable();
    names
}
