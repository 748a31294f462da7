//! The real program at a desk of its own, driven as a person would: window, keyboard, keychain, services.
//!
//! Owns: the journeys. Must not look inside: what a test knows, a person could see.
#![cfg(target_os = "linux")]
#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "what the desk cannot do stops its test, and says so"
)]
#![expect(dead_code, reason = "the pictures use more of the desk than the journeys do")]

mod acts;
mod asked_to_wait;
mod hostile_words;
mod keyboard;
mod keychain_locked;
mod look;
mod nist_register;
#[expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "shared with the search of the commands, where a test fails as it unwraps"
)]
mod planted_secrets;
mod practice;
mod register;
mod sign_in;
mod single_instance;
mod support;
mod typed_connections;
mod unanswered_write;
