//! Owns the doubles: a store in memory whose every call can be bent, and one that hangs until it is let go.
//! Must not test anything itself.

use std::collections::HashMap;
use std::sync::{Arc, Condvar, Mutex, MutexGuard};

use countersign_domain::{ConnectionId, Service};
use countersign_keychain::{
    Channel, EntryName, ExposeSecret, Keychain, KeychainError, KeychainSettings, SecretSlice, Store,
};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

pub(crate) type Entries = Arc<Mutex<HashMap<String, Vec<u8>>>>;

/// What goes wrong with the next calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bend {
    Nothing,
    Denies,
    Fails,
    Panics,
    WritesSomethingElse,
    WritesNothing,
}

/// A store in memory; every copy opened by one opener shares its entries.
#[derive(Clone)]
pub(crate) struct MemoryStore {
    pub(crate) entries: Entries,
    pub(crate) bend: Arc<Mutex<Bend>>,
    pub(crate) longest: Option<usize>,
}

impl MemoryStore {
    pub(crate) fn new(bend: Bend) -> Self {
        Self {
            entries: Entries::default(),
            bend: Arc::new(Mutex::new(bend)),
            longest: None,
        }
    }

    pub(crate) fn bend(&self, bend: Bend) {
        *hold(&self.bend) = bend;
    }

    pub(crate) fn keychain(&self) -> Keychain {
        let store = self.clone();
        Keychain::with_store(
            KeychainSettings::default(),
            Box::new(move || Ok(Box::new(store.clone()))),
        )
    }

    fn behave(&self) -> Result<Bend, KeychainError> {
        let bend = *hold(&self.bend);
        match bend {
            Bend::Denies => Err(KeychainError::Denied {
                source: "not for you".into(),
            }),
            Bend::Fails => Err(KeychainError::Failed {
                source: "no such session".into(),
            }),
            Bend::Panics => panic!("the store of this test panics"),
            Bend::Nothing | Bend::WritesSomethingElse | Bend::WritesNothing => Ok(bend),
        }
    }
}

impl Store for MemoryStore {
    fn get(&mut self, name: &EntryName) -> Result<Option<SecretSlice<u8>>, KeychainError> {
        self.behave()?;
        let entries = hold(&self.entries);
        Ok(entries.get(name.as_str()).cloned().map(SecretSlice::from))
    }

    fn set(&mut self, name: &EntryName, secret: &SecretSlice<u8>) -> Result<(), KeychainError> {
        let bytes = match self.behave()? {
            Bend::WritesNothing => return Ok(()),
            Bend::WritesSomethingElse => b"something else".to_vec(),
            Bend::Nothing | Bend::Denies | Bend::Fails | Bend::Panics => secret.expose_secret().to_vec(),
        };
        hold(&self.entries).insert(name.as_str().to_owned(), bytes);
        Ok(())
    }

    fn delete(&mut self, name: &EntryName) -> Result<(), KeychainError> {
        self.behave()?;
        hold(&self.entries).remove(name.as_str());
        Ok(())
    }

    fn probe(&mut self) -> Result<(), KeychainError> {
        self.behave().map(drop)
    }

    fn longest(&self) -> Option<usize> {
        self.longest
    }
}

/// Keeps every `get` of a [`SilentStore`] hanging until it is opened.
#[derive(Clone, Default)]
pub(crate) struct Gate(Arc<(Mutex<bool>, Condvar)>);

impl Gate {
    pub(crate) fn open(&self) {
        *hold(&self.0.0) = true;
        self.0.1.notify_all();
    }

    fn pass(&self) {
        let shut = hold(&self.0.0);
        drop(self.0.1.wait_while(shut, |open| !*open).unwrap());
    }
}

/// What a [`SilentStore`] tells the test.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Sign {
    Hanging,
    Ended,
}

/// Hangs in `get` before it answers; all else it does at once.
pub(crate) struct SilentStore {
    inner: MemoryStore,
    gate: Gate,
    signs: UnboundedSender<Sign>,
}

impl SilentStore {
    pub(crate) fn opener(
        inner: &MemoryStore,
        gate: &Gate,
    ) -> (impl Fn() -> Box<dyn Store> + use<>, UnboundedReceiver<Sign>) {
        let (signs, seen) = unbounded_channel();
        let (inner, gate) = (inner.clone(), gate.clone());
        let open = move || -> Box<dyn Store> {
            Box::new(Self {
                inner: inner.clone(),
                gate: gate.clone(),
                signs: signs.clone(),
            })
        };
        (open, seen)
    }
}

impl Store for SilentStore {
    fn get(&mut self, name: &EntryName) -> Result<Option<SecretSlice<u8>>, KeychainError> {
        self.signs.send(Sign::Hanging).ok();
        self.gate.pass();
        self.inner.get(name)
    }

    fn set(&mut self, name: &EntryName, secret: &SecretSlice<u8>) -> Result<(), KeychainError> {
        self.inner.set(name, secret)
    }

    fn delete(&mut self, name: &EntryName) -> Result<(), KeychainError> {
        self.inner.delete(name)
    }

    fn probe(&mut self) -> Result<(), KeychainError> {
        self.inner.probe()
    }
}

impl Drop for SilentStore {
    fn drop(&mut self) {
        self.signs.send(Sign::Ended).ok();
    }
}

fn hold<Held>(mutex: &Mutex<Held>) -> MutexGuard<'_, Held> {
    mutex.lock().unwrap()
}

pub(crate) fn name() -> EntryName {
    EntryName::credential(
        &Channel::parse("test").unwrap(),
        Service::Practice,
        &ConnectionId::random(),
    )
}

pub(crate) fn secret(text: &str) -> SecretSlice<u8> {
    SecretSlice::from(text.as_bytes().to_vec())
}

pub(crate) fn shown(secret: Option<SecretSlice<u8>>) -> Option<String> {
    secret.map(|bytes| String::from_utf8_lossy(bytes.expose_secret()).into_owned())
}
