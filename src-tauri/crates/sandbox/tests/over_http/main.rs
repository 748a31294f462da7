//! The sandbox as its clients see it. Must not reach into the double: only HTTP, its control and its process.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test stops where it finds something else"
)]

mod hyperproof;
mod hypothesis;
mod oauth;
mod process;
mod provoked;
mod support;
