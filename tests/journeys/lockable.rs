//! Owns a keychain in memory that can be locked between two calls. Must not stand for the real one where that will do.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use countersign_app::{Keychain, KeychainSettings};
use countersign_keychain::{EntryName, ExposeSecret as _, KeychainError, SecretSlice, Store};

/// A keychain with a lock.
#[derive(Clone, Default)]
pub(crate) struct Lockable {
    entries: Arc<Mutex<HashMap<String, Vec<u8>>>>,
    locked: Arc<AtomicBool>,
}

impl Lockable {
    pub(crate) fn keychain(&self) -> Keychain {
        let store = self.clone();
        let opener = move || Ok(Box::new(store.clone()) as Box<dyn Store>);
        Keychain::with_store(KeychainSettings::default(), Box::new(opener))
    }

    pub(crate) fn lock(&self, locked: bool) {
        self.locked.store(locked, Ordering::SeqCst);
    }

    /// How many entries there are.
    pub(crate) fn kept(&self) -> usize {
        self.entries.lock().unwrap().len()
    }

    fn open(&self) -> Result<(), KeychainError> {
        if self.locked.load(Ordering::SeqCst) {
            let source = "locked by the test".into();
            return Err(KeychainError::Locked { source });
        }
        Ok(())
    }
}

impl Store for Lockable {
    fn get(&mut self, name: &EntryName) -> Result<Option<SecretSlice<u8>>, KeychainError> {
        self.open()?;
        let entries = self.entries.lock().unwrap();
        Ok(entries.get(name.as_str()).cloned().map(SecretSlice::from))
    }

    fn set(&mut self, name: &EntryName, secret: &SecretSlice<u8>) -> Result<(), KeychainError> {
        self.open()?;
        let (name, secret) = (name.as_str().to_owned(), secret.expose_secret().to_vec());
        self.entries.lock().unwrap().insert(name, secret);
        Ok(())
    }

    fn delete(&mut self, name: &EntryName) -> Result<(), KeychainError> {
        self.open()?;
        self.entries.lock().unwrap().remove(name.as_str());
        Ok(())
    }

    fn probe(&mut self) -> Result<(), KeychainError> {
        self.open()
    }
}
