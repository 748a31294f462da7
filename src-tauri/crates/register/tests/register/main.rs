//! Proves the register from outside: real files in a folder of their own, real processes, no clock.
#![expect(
    clippy::unwrap_used,
    reason = "the functions the tests share fail the test that calls them"
)]

mod accounts;
mod bounds;
mod encryption;
mod facets;
mod listing;
mod ownership;
mod processes;
mod requests;
mod scale;
mod snapshots;

use std::path::{Path, PathBuf};

use countersign_domain::{ControlDocument, Timestamp};
use countersign_register::{ControlColumn, ControlRow, ControlsQuery, ControlsRegister, RegisterKey, Snapshot};
use secrecy::SecretSlice;
use tempfile::TempDir;

/// A folder that goes with its test.
struct Place(TempDir);

impl Place {
    fn new() -> Self {
        Self(TempDir::new().unwrap())
    }

    fn file(&self) -> PathBuf {
        self.0.path().join("connection").join("controls.db")
    }

    fn register(&self) -> ControlsRegister {
        ControlsRegister::open(&self.file(), &key(7)).unwrap()
    }
}

fn key(byte: u8) -> RegisterKey {
    RegisterKey::parse(&SecretSlice::from(vec![byte; RegisterKey::LENGTH])).unwrap()
}

/// The file opened past the program, as a later version or a curious reader would.
fn opened_by_hand(path: &Path) -> rusqlite::Connection {
    let connection = rusqlite::Connection::open(path).unwrap();
    let pragma = format!("PRAGMA key = \"x'{}'\";", "07".repeat(RegisterKey::LENGTH));
    connection.execute_batch(&pragma).unwrap();
    connection
}

fn second(number: i64) -> Timestamp {
    Timestamp::from_second(1_750_000_000 + number).unwrap()
}

fn control(json: &serde_json::Value) -> ControlDocument {
    ControlDocument::from_json(&json.to_string()).unwrap()
}

fn sync(register: &ControlsRegister, documents: &[ControlDocument]) -> Snapshot {
    let mut writer = register.begin_snapshot(second(0)).unwrap();
    writer.write(documents).unwrap();
    writer.finish(second(60)).unwrap()
}

fn everything() -> ControlsQuery {
    ControlsQuery {
        search: String::new(),
        filters: Vec::new(),
        sort: ControlColumn::Identifier,
        descending: false,
        offset: 0,
        limit: 200,
    }
}

fn search(text: &str) -> ControlsQuery {
    let search = text.to_owned();
    ControlsQuery { search, ..everything() }
}

fn rows(register: &ControlsRegister, query: &ControlsQuery) -> Vec<ControlRow> {
    register.window(query).unwrap().rows
}

fn ids(register: &ControlsRegister, query: &ControlsQuery) -> Vec<String> {
    rows(register, query).into_iter().map(|row| row.id).collect()
}
