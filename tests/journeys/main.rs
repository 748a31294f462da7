//! Owns the journeys of the use-cases over the sandbox, with a REAL keychain in a session of its own
//! (`tests/with-keyring`). Must never open the person's keychain: without that session every test stops.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails where it unwraps")]

mod accounts;
mod connections;
mod controls;
mod desk;
