//! The desk of a test person: a display, a session with a keychain, the real program in its window, and services beside.
//!
//! Owns: what a journey needs to act and to look as a person does. Must not reach into the program: everything goes
//! through the window, the keyboard, processes and files.

mod browser;
mod desk;
mod display;
mod finding;
mod input;
mod processes;
mod programs;
mod sandbox;
mod session;
mod wait;
mod window;

pub(crate) use browser::Browser;
pub(crate) use desk::{Desk, Furniture};
pub(crate) use sandbox::Sandbox;
pub(crate) use session::KeychainAtStart;
pub(crate) use wait::until;
pub(crate) use window::Window;
