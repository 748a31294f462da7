//! Owns the attacks of the threat model (SECURITY.md): each test tries one, begins with the row's name, and says with
//! `seen` what it saw. Must not use any door but those the program has: its use-cases, its gateway, its commands.
//!
//! `cargo xtask attacks` runs them, and the rows that other tests prove, and prints one line a row.
#![cfg(target_os = "linux")]
#![expect(
    clippy::unwrap_used,
    clippy::unwrap_in_result,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails where it unwraps"
)]

mod answers;
mod binding;
#[expect(dead_code, reason = "the journeys ask more of it")]
#[path = "../journeys/browser.rs"]
mod browser;
mod callback_port;
mod desk;
mod door;
mod headers;
mod log;
mod page;
mod process;
mod proxy;
mod redirects;
mod sign_in;
mod squid;
mod tls;
mod tokens;

/// Says what a test saw, for the row's line.
#[expect(clippy::print_stdout, reason = "the task that runs these tests reads it there")]
fn seen(row: &str, what: &str) {
    println!("seen {row}: {what}");
}
