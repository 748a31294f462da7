//! Owns the way to the Secret Service of a Linux desktop. Must not wait for a person's answer to a prompt, and must not
//! take what a locked collection hides for a missing entry.
//!
//! The store of keyring-core prompts and waits inside a call where something is locked, and finds nothing where a locked
//! collection shows nothing. So a second connection looks first: only an open default collection is asked.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use keyring_core::api::CredentialStoreApi;
use keyring_core::{Entry, Result as EntryResult};
use secrecy::SecretSlice;
use secret_service::blocking::{Item, SecretService};
use secret_service::{EncryptionType, Error as ServiceError};
use zbus::DBusError;
use zbus_secret_service_keyring_store::Store as SecretServiceEntries;

use super::unlocking::Unlocking;
use super::{Store, StoreOpener, entry};
use crate::error::{KeychainError, Lacking, Source};
use crate::name::EntryName;

/// What people know it as.
pub(crate) const NAME: &str = "Secret Service";

/// Connects to the service; where it is locked, each call waits `patience` for the person's answer to its prompt.
pub(crate) fn opener(patience: Duration) -> StoreOpener {
    let unlocking = Unlocking::default();
    Box::new(move || {
        Ok(Box::new(LinuxStore {
            entries: SecretServiceEntries::new().map_err(|error| entry::told(error, translate))?,
            watched: connect().map_err(read)?,
            unlocking: unlocking.clone(),
            patience,
        }))
    })
}

struct LinuxStore {
    entries: Arc<SecretServiceEntries>,
    watched: SecretService<'static>,
    unlocking: Unlocking,
    patience: Duration,
}

impl LinuxStore {
    fn entry(&self, name: &EntryName) -> EntryResult<Entry> {
        let label = HashMap::from([("label", name.as_str())]);
        self.entries.build(name.place(), name.holder(), Some(&label))
    }

    fn open_for(&self, name: &EntryName) -> Result<(), KeychainError> {
        if !is_locked(&self.watched, name).map_err(read)? {
            return Ok(());
        }
        let name = name.clone();
        self.unlocking.ask(self.patience, move || unlock(&name).map_err(read))
    }
}

impl Store for LinuxStore {
    fn get(&mut self, name: &EntryName) -> Result<Option<SecretSlice<u8>>, KeychainError> {
        self.open_for(name)?;
        entry::get(self.entry(name), translate)
    }

    fn set(&mut self, name: &EntryName, secret: &SecretSlice<u8>) -> Result<(), KeychainError> {
        self.open_for(name)?;
        entry::set(self.entry(name), secret, translate)
    }

    fn delete(&mut self, name: &EntryName) -> Result<(), KeychainError> {
        self.open_for(name)?;
        entry::delete(self.entry(name), translate)
    }

    fn probe(&mut self) -> Result<(), KeychainError> {
        let collection = self.watched.get_default_collection().map_err(read)?;
        collection.ensure_unlocked().map_err(read)
    }
}

/// A connection that no secret passes: it looks at locks and opens them.
fn connect() -> Result<SecretService<'static>, ServiceError> {
    SecretService::connect(EncryptionType::Plain)
}

/// Some services lock single entries; they are found by the attributes that the store of keyring-core gives them.
fn attributes(name: &EntryName) -> HashMap<&str, &str> {
    HashMap::from([("service", name.place()), ("username", name.holder())])
}

fn is_locked(service: &SecretService<'_>, name: &EntryName) -> Result<bool, ServiceError> {
    if service.get_default_collection()?.is_locked()? {
        return Ok(true);
    }
    Ok(!service.search_items(attributes(name))?.locked.is_empty())
}

/// Prompts and waits for the answer: for a thread that nobody waits for.
fn unlock(name: &EntryName) -> Result<(), ServiceError> {
    let service = connect()?;
    let collection = service.get_default_collection()?;
    if collection.is_locked()? {
        collection.unlock()?;
    }
    let found = service.search_items(attributes(name))?;
    if found.locked.is_empty() {
        return Ok(());
    }
    service.unlock_all(&found.locked.iter().collect::<Vec<&Item<'_>>>())
}

fn translate(source: Source) -> KeychainError {
    match source.downcast::<ServiceError>() {
        Ok(error) => read(*error),
        Err(source) => KeychainError::Failed { source },
    }
}

fn read(error: ServiceError) -> KeychainError {
    let bus = bus_error_name(&error).unwrap_or_default();
    let no_connection = matches!(
        &error,
        ServiceError::Unavailable
            | ServiceError::Zbus(zbus::Error::Connection(..) | zbus::Error::InputOutput(_) | zbus::Error::Address(_))
    );
    if no_connection || is_absence(&bus) {
        return KeychainError::Absent {
            lacking: Lacking::Service,
            source: error.into(),
        };
    }
    if matches!(&error, ServiceError::NoResult) {
        return KeychainError::Absent {
            lacking: Lacking::DefaultKeyring,
            source: error.into(),
        };
    }
    let locked = matches!(
        &error,
        ServiceError::Locked | ServiceError::Prompt | ServiceError::PromptDisconnected
    );
    if locked || bus == "org.freedesktop.Secret.Error.IsLocked" {
        return KeychainError::Locked { source: error.into() };
    }
    match bus.as_str() {
        "org.freedesktop.DBus.Error.AccessDenied" | "org.freedesktop.DBus.Error.AuthFailed" => {
            KeychainError::Denied { source: error.into() }
        }
        _ => KeychainError::Failed { source: error.into() },
    }
}

/// Nobody owns the name of the service, and the bus cannot start anyone who would.
fn is_absence(bus_error: &str) -> bool {
    matches!(
        bus_error,
        "org.freedesktop.DBus.Error.ServiceUnknown" | "org.freedesktop.DBus.Error.NameHasNoOwner"
    ) || bus_error.starts_with("org.freedesktop.DBus.Error.Spawn.")
}

fn bus_error_name(error: &ServiceError) -> Option<String> {
    if let ServiceError::ZbusFdo(error) = error {
        return Some(standard_error_name(error));
    }
    if let ServiceError::Zbus(error) = error {
        return message_error_name(error);
    }
    None
}

fn message_error_name(error: &zbus::Error) -> Option<String> {
    if let zbus::Error::MethodError(name, _, _) = error {
        return Some(name.to_string());
    }
    if let zbus::Error::FDO(error) = error {
        return Some(standard_error_name(error));
    }
    None
}

fn standard_error_name(error: &zbus::fdo::Error) -> String {
    if let zbus::fdo::Error::ZBus(inner) = error
        && let Some(name) = message_error_name(inner)
    {
        return name;
    }
    error.name().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use zbus::fdo;

    #[test]
    fn what_the_service_and_the_bus_say_leads_to_different_advice() {
        let unknown = ServiceError::ZbusFdo(fdo::Error::ServiceUnknown("no such name".to_owned()));
        assert!(matches!(
            read(unknown),
            KeychainError::Absent {
                lacking: Lacking::Service,
                ..
            }
        ));
        let nothing = read(ServiceError::NoResult);
        assert!(matches!(
            nothing,
            KeychainError::Absent {
                lacking: Lacking::DefaultKeyring,
                ..
            }
        ));
        assert!(matches!(read(ServiceError::Prompt), KeychainError::Locked { .. }));
        let denied = zbus::Error::FDO(Box::new(fdo::Error::AccessDenied("no".to_owned())));
        assert!(matches!(
            translate(Box::new(ServiceError::Zbus(denied))),
            KeychainError::Denied { .. }
        ));
        let silent = ServiceError::ZbusFdo(fdo::Error::NoReply("gone".to_owned()));
        assert!(matches!(read(silent), KeychainError::Failed { .. }));
    }
}
