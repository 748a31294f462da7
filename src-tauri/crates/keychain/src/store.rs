//! Owns the seam between the worker thread and a system's keychain. Must not know threads, queues or time-outs.

mod entry;
#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "macos")]
mod macos;
#[cfg(target_os = "linux")]
mod unlocking;
#[cfg(windows)]
mod windows;

use secrecy::SecretSlice;

use crate::error::KeychainError;
use crate::name::EntryName;

#[cfg(target_os = "linux")]
pub(crate) use linux::{NAME, opener};
#[cfg(target_os = "macos")]
pub(crate) use macos::{NAME, opener};
#[cfg(windows)]
pub(crate) use windows::{NAME, opener};

/// A keychain whose calls block, used by one thread at a time. Implemented once a system, and by tests.
pub trait Store: Send {
    /// Reads an entry; `None` only where the keychain itself says that there is no such entry.
    ///
    /// # Errors
    /// Whatever keeps the keychain from answering.
    fn get(&mut self, name: &EntryName) -> Result<Option<SecretSlice<u8>>, KeychainError>;

    /// Creates or overwrites an entry. Need not read it back: the caller does.
    ///
    /// # Errors
    /// Whatever keeps the keychain from writing.
    fn set(&mut self, name: &EntryName, secret: &SecretSlice<u8>) -> Result<(), KeychainError>;

    /// Removes an entry; one that is not there is removed already.
    ///
    /// # Errors
    /// Whatever keeps the keychain from removing it.
    fn delete(&mut self, name: &EntryName) -> Result<(), KeychainError>;

    /// Succeeds where a call would find the keychain open. Asks the person nothing and writes nothing.
    ///
    /// # Errors
    /// What a call would meet.
    fn probe(&mut self) -> Result<(), KeychainError>;

    /// The most bytes it keeps in one entry, where that is little.
    fn longest(&self) -> Option<usize> {
        None
    }
}

/// Opens a store. Called on a worker thread, again after each failure that a new store may mend, and by two threads
/// at once where the first of them hangs.
pub type StoreOpener = Box<dyn Fn() -> Result<Box<dyn Store>, KeychainError> + Send + Sync>;
