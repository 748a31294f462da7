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

mod desk;
mod ear;
mod faults;
mod journey;
mod places;
mod proof;
mod samples;
mod search;
mod searcher;
mod wire;
