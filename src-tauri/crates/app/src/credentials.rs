//! Owns where secrets are kept: the operating system's keychain, or memory for a connection of this run only.
//! Must not keep a secret of the keychain in memory, and must not hand one to anything but the gateway.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use countersign_domain::connection::Keeping;
use countersign_domain::{
    Clock, Connection, ConnectionId, CredentialPart, ErrorCode, ExposeSecret as _, Failure, SecretString, Service,
};
use countersign_gateway::{BoxFuture, CredentialError, CredentialStore};
use countersign_keychain::{Channel, EntryName, Keychain, KeychainError};
use secrecy::SecretSlice;

use crate::seal;
use crate::settings::Settings;

/// The secrets of all connections, by where each is kept.
pub(crate) struct Credentials {
    keychain: Keychain,
    channel: Channel,
    settings: Arc<Settings>,
    clock: Arc<dyn Clock>,
    this_run: Mutex<HashMap<(ConnectionId, CredentialPart), SecretString>>,
    /// Connections whose seal was made or found whole in this run.
    sealed: Mutex<HashSet<ConnectionId>>,
    register_keys: Mutex<HashMap<ConnectionId, SecretSlice<u8>>>,
}

impl Credentials {
    pub(crate) fn new(keychain: Keychain, channel: Channel, settings: Arc<Settings>, clock: Arc<dyn Clock>) -> Self {
        let (this_run, sealed, register_keys) = (Mutex::default(), Mutex::default(), Mutex::default());
        Self {
            keychain,
            channel,
            settings,
            clock,
            this_run,
            sealed,
            register_keys,
        }
    }

    /// Keeps one secret of a connection that the settings know already.
    pub(crate) async fn save(
        &self,
        id: &ConnectionId,
        part: CredentialPart,
        secret: SecretString,
    ) -> Result<(), Failure> {
        if self.settings.keeping(id) == Keeping::ThisRunOnly {
            lock(&self.this_run).insert((id.clone(), part), secret);
            return Ok(());
        }
        if !lock(&self.sealed).contains(id) {
            self.seal(id).await?;
        }
        let bytes = SecretSlice::from(secret.expose_secret().as_bytes().to_vec());
        self.keychain
            .set(&self.entry(id, part), &bytes)
            .await
            .map_err(|error| failure(&error))
    }

    /// Ties the secrets of `id` to where the settings say that they may go: when a person enters one, and when they choose
    /// another way there.
    pub(crate) async fn seal(&self, id: &ConnectionId) -> Result<(), Failure> {
        let Some(saved) = self
            .saved(id)
            .filter(|_| self.settings.keeping(id) != Keeping::ThisRunOnly)
        else {
            return Ok(());
        };
        let (name, seal) = (EntryName::seal(&self.channel, id), seal::of(&saved));
        self.keychain.set(&name, &seal).await.map_err(|error| failure(&error))?;
        lock(&self.sealed).insert(id.clone());
        Ok(())
    }

    /// Whether the settings still say what the secrets of `id` were saved for; a connection without a seal has none.
    ///
    /// # Errors
    /// `outside-binding` when they do not; a failure of the keychain.
    pub(crate) async fn is_sealed(&self, id: &ConnectionId) -> Result<bool, Failure> {
        if self.settings.keeping(id) == Keeping::ThisRunOnly || lock(&self.sealed).contains(id) {
            return Ok(true);
        }
        let kept = self.keychain.get(&EntryName::seal(&self.channel, id)).await;
        let (Some(kept), Some(saved)) = (kept.map_err(|error| failure(&error))?, self.saved(id)) else {
            return Ok(false);
        };
        if kept.expose_secret() != seal::of(&saved).expose_secret() {
            return Err(seal::broken());
        }
        lock(&self.sealed).insert(id.clone());
        Ok(true)
    }

    fn saved(&self, id: &ConnectionId) -> Option<Connection> {
        let all = self.settings.connections().into_iter();
        all.map(|saved| saved.connection)
            .find(|connection| connection.id == *id)
    }

    /// One secret of a connection.
    pub(crate) async fn secret(&self, id: &ConnectionId, part: CredentialPart) -> Result<SecretString, Failure> {
        self.read(id, part).await.map_err(|error| match error {
            CredentialError::Missing => missing(),
            CredentialError::Unavailable(failure) => failure,
        })
    }

    /// One secret of a connection, where it has one. Brings up the keychain's own prompt where that is locked.
    pub(crate) async fn kept(&self, id: &ConnectionId, part: CredentialPart) -> Result<Option<SecretString>, Failure> {
        match self.read(id, part).await {
            Ok(secret) => Ok(Some(secret)),
            Err(CredentialError::Missing) => Ok(None),
            Err(CredentialError::Unavailable(failure)) if failure.code == ErrorCode::CredentialMissing => Ok(None),
            Err(CredentialError::Unavailable(failure)) => Err(failure),
        }
    }

    /// Deletes one secret; what is not there is deleted already.
    pub(crate) async fn delete_part(&self, id: &ConnectionId, part: CredentialPart) -> Result<(), Failure> {
        lock(&self.this_run).remove(&(id.clone(), part));
        if self.settings.keeping(id) == Keeping::ThisRunOnly {
            return Ok(());
        }
        self.keychain
            .delete(&self.entry(id, part))
            .await
            .map_err(|error| failure(&error))
    }

    /// Deletes every secret and the register's key; what is not there is deleted already.
    pub(crate) async fn delete(&self, id: &ConnectionId) -> Result<(), Failure> {
        for part in [
            CredentialPart::Secret,
            CredentialPart::RefreshToken,
            CredentialPart::ProxyPassword,
        ] {
            self.delete_part(id, part).await?;
        }
        lock(&self.register_keys).remove(id);
        lock(&self.sealed).remove(id);
        if self.settings.keeping(id) == Keeping::ThisRunOnly {
            return Ok(());
        }
        for entry in [
            EntryName::register_key(&self.channel, id),
            EntryName::seal(&self.channel, id),
        ] {
            self.keychain.delete(&entry).await.map_err(|error| failure(&error))?;
        }
        Ok(())
    }

    /// The key of the connection's register; `None` where none was made yet.
    pub(crate) async fn register_key(&self, id: &ConnectionId) -> Result<Option<SecretSlice<u8>>, Failure> {
        if self.settings.keeping(id) == Keeping::ThisRunOnly {
            return Ok(lock(&self.register_keys).get(id).cloned());
        }
        self.keychain
            .get(&EntryName::register_key(&self.channel, id))
            .await
            .map_err(|error| failure(&error))
    }

    /// Keeps a new key for the connection's register.
    pub(crate) async fn save_register_key(&self, id: &ConnectionId, key: &SecretSlice<u8>) -> Result<(), Failure> {
        if self.settings.keeping(id) == Keeping::ThisRunOnly {
            lock(&self.register_keys).insert(id.clone(), key.clone());
            return Ok(());
        }
        self.keychain
            .set(&EntryName::register_key(&self.channel, id), key)
            .await
            .map_err(|error| failure(&error))
    }

    /// Notes when a sign-in was renewed, from which its end is reckoned. A note that cannot be written loses no token.
    fn renewed(&self, id: &ConnectionId, part: CredentialPart) {
        if part != CredentialPart::RefreshToken {
            return;
        }
        let now = self.clock.now();
        let noted = self.settings.update(id, |saved| saved.connection.renewed = Some(now));
        if noted.is_err() {
            tracing::warn!(connection = %id, "when the sign-in was renewed could not be written down");
        }
    }

    fn entry(&self, id: &ConnectionId, part: CredentialPart) -> EntryName {
        let service = self
            .saved(id)
            .map_or(Service::Hypothesis, |connection| connection.kind.service());
        EntryName::part(&self.channel, service, id, part)
    }

    async fn read(&self, id: &ConnectionId, part: CredentialPart) -> Result<SecretString, CredentialError> {
        if self.settings.keeping(id) == Keeping::ThisRunOnly {
            let kept = lock(&self.this_run).get(&(id.clone(), part)).cloned();
            return kept.ok_or(CredentialError::Missing);
        }
        let read = self.keychain.get(&self.entry(id, part)).await;
        let bytes = read
            .map_err(|error| CredentialError::Unavailable(failure(&error)))?
            .ok_or(CredentialError::Missing)?;
        let sealed = self.is_sealed(id).await.map_err(CredentialError::Unavailable)?;
        if !sealed {
            return Err(CredentialError::Unavailable(seal::broken()));
        }
        let text = std::str::from_utf8(bytes.expose_secret()).map_err(|_| CredentialError::Unavailable(foreign()))?;
        Ok(SecretString::from(text))
    }
}

impl CredentialStore for Credentials {
    fn load<'a>(
        &'a self,
        id: &'a ConnectionId,
        part: CredentialPart,
    ) -> BoxFuture<'a, Result<SecretString, CredentialError>> {
        Box::pin(self.read(id, part))
    }

    fn replace<'a>(
        &'a self,
        id: &'a ConnectionId,
        part: CredentialPart,
        secret: SecretString,
    ) -> BoxFuture<'a, Result<(), CredentialError>> {
        Box::pin(async move {
            let saved = self.save(id, part, secret).await;
            saved.map_err(CredentialError::Unavailable)?;
            self.renewed(id, part);
            Ok(())
        })
    }

    fn forget<'a>(&'a self, id: &'a ConnectionId, part: CredentialPart) -> BoxFuture<'a, Result<(), CredentialError>> {
        Box::pin(async move { self.delete_part(id, part).await.map_err(CredentialError::Unavailable) })
    }
}

fn failure(error: &KeychainError) -> Failure {
    error.to_failure()
}

fn missing() -> Failure {
    let words = "The keychain has no secret for this connection. Enter the secret again.";
    Failure::new(ErrorCode::CredentialMissing, words)
}

fn foreign() -> Failure {
    let words = "The keychain's entry was not written by this program. Enter the secret again.";
    Failure::new(ErrorCode::CredentialMissing, words)
}

fn lock<Kept>(map: &Mutex<Kept>) -> MutexGuard<'_, Kept> {
    map.lock().unwrap_or_else(PoisonError::into_inner)
}
