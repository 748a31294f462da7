//! Draws every screen.
#![cfg(target_os = "linux")]
