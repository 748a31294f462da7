//! Owns a keychain that gives what it has and takes nothing, and quotes what it does not take. Must not write.

use countersign_app::{Keychain, KeychainSettings};
use countersign_keychain::{EntryName, ExposeSecret as _, KeychainError, SecretSlice, Store};
use tauri::async_runtime::block_on;

struct Reluctant(Keychain);

/// A keychain that reads what `behind` has.
pub(crate) fn keychain(behind: &Keychain) -> Keychain {
    let behind = behind.clone();
    let opener = move || Ok(Box::new(Reluctant(behind.clone())) as Box<dyn Store>);
    Keychain::with_store(KeychainSettings::default(), Box::new(opener))
}

impl Store for Reluctant {
    fn get(&mut self, name: &EntryName) -> Result<Option<SecretSlice<u8>>, KeychainError> {
        block_on(self.0.get(name))
    }

    fn set(&mut self, _: &EntryName, secret: &SecretSlice<u8>) -> Result<(), KeychainError> {
        let quoted = String::from_utf8_lossy(secret.expose_secret()).into_owned();
        let source = format!("may not write {quoted}").into();
        Err(KeychainError::Denied { source })
    }

    fn delete(&mut self, _: &EntryName) -> Result<(), KeychainError> {
        Ok(())
    }

    fn probe(&mut self) -> Result<(), KeychainError> {
        Ok(())
    }
}
