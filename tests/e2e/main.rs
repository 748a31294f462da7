//! The real program at a desk of its own, driven as a person would: window, keyboard, keychain, services.
//!
//! Owns: the journeys. Must not look inside: what a test knows, a person could see.
#![cfg(target_os = "linux")]

mod acts;
mod keyboard;
mod keychain_locked;
mod nist_register;
mod practice;
mod register;
mod single_instance;
mod support;
mod typed_connections;
mod unanswered_write;
