//! Owns the proof that a secret goes inward and never comes out: known secrets are planted, a whole journey is walked
//! through the real commands, and every reply, file, log line, register row, panic and command line is searched.
//! What a person typed into a box for a name or a username is data and may be shown to them again; what they typed into
//! the form of a connection is neither repeated nor kept before the services accepted it.
#![cfg(target_os = "linux")]
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test fails where it unwraps"
)]

mod answers;
#[expect(dead_code, reason = "the journeys let the browser do more")]
#[path = "../journeys/browser.rs"]
mod browser;
mod careless;
mod codes;
mod computer;
mod corporate;
mod desk;
mod drafts;
mod ear;
mod faults;
#[path = "../journeys/free_port.rs"]
mod free_port;
mod journey;
mod page;
mod panics;
mod person;
mod places;
mod proof;
mod refusals;
mod reluctant;
mod requests;
mod samples;
mod search;
mod searcher;
mod sign_ins;
mod wire;
