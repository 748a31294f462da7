//! Owns the tests of both clients over real HTTP on loopback. Must not reach beyond loopback, nor open a keychain.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "helpers of tests fail by panicking"
)]

mod bad_input;
mod callback;
mod callback_port;
mod controls_stream;
mod hyperproof_over_sandbox;
mod hyperproof_proofs;
mod hypothesis_over_sandbox;
mod permissions;
mod recorded_refusals;
mod renewal_over_sandbox;
mod support;
mod wire;
mod writes;
