//! Owns the calls of keyring-core that all systems share, and its errors that no system needs to read.
//! Must not keep the bytes that some of those errors carry.

use keyring_core::{Entry, Error, Result as EntryResult};
use secrecy::{ExposeSecret, SecretSlice};

use crate::error::{KeychainError, Source};

/// Reads what the system itself said.
pub(super) type Translate = fn(Source) -> KeychainError;

pub(super) fn get(entry: EntryResult<Entry>, translate: Translate) -> Result<Option<SecretSlice<u8>>, KeychainError> {
    match entry.and_then(|entry| entry.get_secret()) {
        Ok(bytes) => Ok(Some(SecretSlice::from(bytes))),
        Err(Error::NoEntry) => Ok(None),
        Err(error) => Err(told(error, translate)),
    }
}

pub(super) fn set(
    entry: EntryResult<Entry>,
    secret: &SecretSlice<u8>,
    translate: Translate,
) -> Result<(), KeychainError> {
    entry
        .and_then(|entry| entry.set_secret(secret.expose_secret()))
        .map_err(|error| told(error, translate))
}

pub(super) fn delete(entry: EntryResult<Entry>, translate: Translate) -> Result<(), KeychainError> {
    match entry.and_then(|entry| entry.delete_credential()) {
        Ok(()) | Err(Error::NoEntry) => Ok(()),
        Err(error) => Err(told(error, translate)),
    }
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "the list is open, and none of the others is ours to read"
)]
pub(super) fn told(error: Error, translate: Translate) -> KeychainError {
    match error {
        Error::PlatformFailure(source) | Error::NoStorageAccess(source) => translate(source),
        // These two carry what was read: it goes through a type that erases it, and no further.
        Error::BadEncoding(bytes) | Error::BadDataFormat(bytes, _) => {
            drop(SecretSlice::from(bytes));
            KeychainError::failed("the entry is not in the keychain's own format")
        }
        Error::Ambiguous(entries) => KeychainError::failed(format!("{} entries have this name", entries.len())),
        other => KeychainError::failed(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_inside_an_error_go_no_further() {
        let error = Error::BadDataFormat(b"canary".to_vec(), "canary".into());
        let shown = format!("{:?}", told(error, KeychainError::failed));
        assert!(!shown.contains("canary") && !shown.contains("99, 97, 110"), "{shown}");
    }

    #[test]
    fn only_a_missing_entry_reads_as_none() {
        assert!(matches!(get(Err(Error::NoEntry), KeychainError::failed), Ok(None)));
        for error in [
            Error::NoStorageAccess("locked".into()),
            Error::NoDefaultStore,
            Error::Ambiguous(Vec::new()),
        ] {
            assert!(get(Err(error), KeychainError::failed).is_err());
        }
    }
}
