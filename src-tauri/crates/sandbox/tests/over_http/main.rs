//! The sandbox as its clients see it. Must not reach into the double: only HTTP, its control and its process.
#![expect(
    clippy::unwrap_used,
    clippy::unwrap_in_result,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test stops where it finds something else"
)]

mod hyperproof;
mod hyperproof_resources;
mod hyperproof_sign_in;
mod hypothesis;
mod oauth;
mod process;
mod provoked;
mod search;
mod support;
mod tls;
