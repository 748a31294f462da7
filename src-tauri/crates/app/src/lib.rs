//! Use-cases, settings and the DTOs of the page.
//!
//! Owns: what a command does, the non-secret half of connections, the wiring of the floors below to each other.
//! Must not: import tauri, build a request, or hand a secret out.
#![deny(missing_docs)]

mod connections;
mod operations;
pub mod page;
pub mod ports;
mod settings;
