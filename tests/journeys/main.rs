//! Owns the journeys of the use-cases over the sandbox, with a REAL keychain in a session of its own
//! (`tests/with-keyring`). Must never open the person's keychain: without that session every test stops.
#![expect(
    clippy::unwrap_used,
    clippy::unwrap_in_result,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails where it unwraps"
)]

mod accounts;
mod activity;
mod annotations;
mod browser;
mod connections;
mod controls;
mod desk;
mod doctor;
mod every_kind;
mod free_port;
mod grants;
mod hyperproof_sign_in;
mod line;
mod lockable;
mod preferences;
mod requests;
mod services;
mod sign_in;
mod sign_in_trouble;
mod study;
