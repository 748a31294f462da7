//! Owns the way to the Credential Manager of Windows. Must not be used from more than one thread at a time: the system
//! promises no order across threads.

use std::collections::HashMap;
use std::sync::Arc;

use keyring_core::api::CredentialStoreApi;
use keyring_core::{Entry, Result as EntryResult};
use secrecy::SecretSlice;
use windows_native_keyring_store::Store as CredentialManager;

use super::{Store, StoreOpener, entry};
use crate::error::{KeychainError, Lacking, Source};
use crate::name::EntryName;

/// What people know it as.
pub(crate) const NAME: &str = "Credential Manager";

/// `CRED_MAX_CREDENTIAL_BLOB_SIZE` of `wincred.h`: 5 * 512 bytes.
const LONGEST_SECRET: usize = 2_560;

/// Never written: a probe asks for it, and hears that it is not there.
const NEVER_THERE: &str = "countersign/probe";

// Codes of winerror.h. The store keeps its error type private, so they are read from its text.
const ACCESS_DENIED: &str = "Windows error code 5";
const SERVICE_DISABLED: &str = "Windows error code 1058";
const SERVICE_NOT_ACTIVE: &str = "Windows error code 1062";
const SERVER_UNAVAILABLE: &str = "Windows error code 1722";
const NO_LOGON_SESSION: &str = "Windows ERROR_NO_SUCH_LOGON_SESSION";

/// Opens it; no call to the system happens yet.
pub(crate) fn opener(_patience: std::time::Duration) -> StoreOpener {
    Box::new(|| {
        let manager = CredentialManager::new().map_err(KeychainError::failed)?;
        Ok(Box::new(WindowsStore(manager)))
    })
}

struct WindowsStore(Arc<CredentialManager>);

impl WindowsStore {
    /// `Local` instead of the store's `Enterprise`: a secret does not roam to other computers of a domain.
    fn entry(&self, target: &str) -> EntryResult<Entry> {
        let modifiers = HashMap::from([("target", target), ("persistence", "Local")]);
        self.0.build("countersign", target, Some(&modifiers))
    }
}

impl Store for WindowsStore {
    fn get(&mut self, name: &EntryName) -> Result<Option<SecretSlice<u8>>, KeychainError> {
        entry::get(self.entry(name.as_str()), translate)
    }

    fn set(&mut self, name: &EntryName, secret: &SecretSlice<u8>) -> Result<(), KeychainError> {
        entry::set(self.entry(name.as_str()), secret, translate)
    }

    fn delete(&mut self, name: &EntryName) -> Result<(), KeychainError> {
        entry::delete(self.entry(name.as_str()), translate)
    }

    fn probe(&mut self) -> Result<(), KeychainError> {
        entry::get(self.entry(NEVER_THERE), translate).map(drop)
    }

    fn longest(&self) -> Option<usize> {
        Some(LONGEST_SECRET)
    }
}

fn translate(source: Source) -> KeychainError {
    match source.to_string().as_str() {
        ACCESS_DENIED => KeychainError::Denied { source },
        SERVICE_DISABLED | SERVICE_NOT_ACTIVE | SERVER_UNAVAILABLE | NO_LOGON_SESSION => KeychainError::Absent {
            lacking: Lacking::Service,
            source,
        },
        _ => KeychainError::Failed { source },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_and_a_missing_service_are_told_apart() {
        assert!(matches!(translate(ACCESS_DENIED.into()), KeychainError::Denied { .. }));
        assert!(matches!(
            translate(NO_LOGON_SESSION.into()),
            KeychainError::Absent { .. }
        ));
        assert!(matches!(
            translate("Windows error code 87".into()),
            KeychainError::Failed { .. }
        ));
    }
}
