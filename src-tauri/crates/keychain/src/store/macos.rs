//! Owns the way to the login keychain of macOS. Must not be the place where a prompt is waited for: the time-out of the
//! worker's callers is.

use std::sync::Arc;

use apple_native_keyring_store::keychain::Store as LoginKeychain;
use keyring_core::api::CredentialStoreApi;
use keyring_core::{Entry, Result as EntryResult};
use secrecy::SecretSlice;
use security_framework::base::Error as SecurityError;

use super::{Store, StoreOpener, entry};
use crate::error::{KeychainError, Lacking, Source};
use crate::name::EntryName;

/// What people know it as.
pub(crate) const NAME: &str = "Keychain";

// Result codes of SecBase.h and MacErrors.h.
const WRITE_PERMISSION: i32 = -61;
const USER_CANCELED: i32 = -128;
const NOT_AVAILABLE: i32 = -25291;
const READ_ONLY: i32 = -25292;
const AUTHENTICATION_FAILED: i32 = -25293;
const NO_SUCH_KEYCHAIN: i32 = -25294;
const INVALID_OWNER_EDIT: i32 = -25244;
const NO_DEFAULT_KEYCHAIN: i32 = -25307;
const INTERACTION_NOT_ALLOWED: i32 = -25308;

/// Opens it; no call to the system happens yet.
pub(crate) fn opener(_patience: std::time::Duration) -> StoreOpener {
    Box::new(|| {
        let keychain = LoginKeychain::new().map_err(KeychainError::failed)?;
        Ok(Box::new(MacStore(keychain)))
    })
}

struct MacStore(Arc<LoginKeychain>);

impl MacStore {
    fn entry(&self, name: &EntryName) -> EntryResult<Entry> {
        self.0.build(name.place(), name.holder(), None)
    }
}

impl Store for MacStore {
    fn get(&mut self, name: &EntryName) -> Result<Option<SecretSlice<u8>>, KeychainError> {
        entry::get(self.entry(name), translate)
    }

    fn set(&mut self, name: &EntryName, secret: &SecretSlice<u8>) -> Result<(), KeychainError> {
        entry::set(self.entry(name), secret, translate)
    }

    fn delete(&mut self, name: &EntryName) -> Result<(), KeychainError> {
        entry::delete(self.entry(name), translate)
    }

    /// Asks for an entry that is never there, which needs no permission and so no prompt. The system answers that from
    /// its index, so a keychain that was locked by hand may pass for open here and is found locked by the first `get`.
    fn probe(&mut self) -> Result<(), KeychainError> {
        entry::get(self.0.build("countersign/probe", "probe", None), translate).map(drop)
    }
}

fn translate(source: Source) -> KeychainError {
    let code = source.downcast_ref::<SecurityError>().map(|error| error.code());
    match code {
        Some(INTERACTION_NOT_ALLOWED) => KeychainError::Locked { source },
        Some(AUTHENTICATION_FAILED | USER_CANCELED | WRITE_PERMISSION | READ_ONLY | INVALID_OWNER_EDIT) => {
            KeychainError::Denied { source }
        }
        Some(NO_DEFAULT_KEYCHAIN | NO_SUCH_KEYCHAIN) => KeychainError::Absent {
            lacking: Lacking::DefaultKeyring,
            source,
        },
        Some(NOT_AVAILABLE) => KeychainError::Absent {
            lacking: Lacking::Service,
            source,
        },
        Some(_) | None => KeychainError::Failed { source },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(code: i32) -> KeychainError {
        translate(Box::new(SecurityError::from_code(code)))
    }

    #[test]
    fn locked_denied_and_absent_are_told_apart() {
        assert!(matches!(told(INTERACTION_NOT_ALLOWED), KeychainError::Locked { .. }));
        assert!(matches!(told(USER_CANCELED), KeychainError::Denied { .. }));
        assert!(matches!(told(NO_DEFAULT_KEYCHAIN), KeychainError::Absent { .. }));
        assert!(matches!(told(-50), KeychainError::Failed { .. }));
    }
}
