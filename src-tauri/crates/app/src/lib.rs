//! Use-cases, settings and the DTOs of the page.
//!
//! Owns: what a command does, the non-secret half of connections, the wiring of the floors below to each other.
//! Must not: import tauri, build a request, or hand a secret out.
#![deny(missing_docs)]

mod accounts;
mod activity;
mod activity_list;
mod annotations;
mod app;
mod bound_services;
mod certificates;
mod connections;
mod controls;
mod credentials;
mod doctor;
mod operations;
pub mod page;
pub mod ports;
mod practice;
mod preferences;
mod registers;
mod requests;
mod seal;
mod settings;
mod sign_in;
mod status;
mod text;

pub use app::{App, AppSettings};
pub use countersign_keychain::{Keychain, KeychainSettings};
