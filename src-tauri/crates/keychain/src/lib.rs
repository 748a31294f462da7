//! The operating system's keychain behind one worker thread.
//!
//! Owns: the names and bytes of secrets at rest, the time-outs around a keychain that may be locked, absent, slow,
//! denying or lying, and the errors that tell these apart. Must not: know a service, keep a secret in memory beyond a
//! call, fall back to a file, or treat an error as a missing entry.
//!
//! The stores of keyring-core block, so one thread of our own serves all calls in order; callers await an answer for at
//! most [`KeychainSettings::time_out`]. Nothing ever joins that thread: a keychain that hangs delays neither the caller
//! nor the end of the program.
#![deny(missing_docs)]

mod error;
mod keychain;
mod name;
mod store;
mod worker;

pub use error::{KeychainError, KeychainState, Lacking, Source};
pub use keychain::{Keychain, KeychainSettings};
pub use name::{Channel, ChannelFault, EntryName};
pub use secrecy::{ExposeSecret, SecretSlice};
pub use store::{Store, StoreOpener};
