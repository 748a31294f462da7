//! Owns a keychain that gives what it has and takes nothing, and quotes what it does not take. Must not write.

use countersign_app::{Keychain, KeychainSettings};
use countersign_keychain::{EntryName, ExposeSecret as _, KeychainError, SecretSlice, Store};
use tauri::async_runtime::block_on;

/// How it says no to the secret that it quotes.
type Refuses = fn(String) -> KeychainError;

struct Reluctant(Keychain, Refuses);

/// A keychain that reads what `behind` has.
pub(crate) fn keychain(behind: &Keychain, refuses: Refuses) -> Keychain {
    let behind = behind.clone();
    let opener = move || Ok(Box::new(Reluctant(behind.clone(), refuses)) as Box<dyn Store>);
    Keychain::with_store(KeychainSettings::default(), Box::new(opener))
}

impl Store for Reluctant {
    fn get(&mut self, name: &EntryName) -> Result<Option<SecretSlice<u8>>, KeychainError> {
        block_on(self.0.get(name))
    }

    fn set(&mut self, _: &EntryName, secret: &SecretSlice<u8>) -> Result<(), KeychainError> {
        let quoted = String::from_utf8_lossy(secret.expose_secret()).into_owned();
        Err((self.1)(quoted))
    }

    fn delete(&mut self, _: &EntryName) -> Result<(), KeychainError> {
        Ok(())
    }

    fn probe(&mut self) -> Result<(), KeychainError> {
        Ok(())
    }
}
