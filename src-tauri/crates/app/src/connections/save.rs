//! Owns the saving of a credential: card pending, secret into the keychain, proof, card ready. Killed at any point, the
//! next start finds a pending card and removes it with its secret: neither orphan nor ghost.

use countersign_domain::connection::Keeping;
use countersign_domain::{Connection, CredentialPart, Failure, SecretString, Stage};
use countersign_services::Proof;

use super::{cancelled, draft};
use crate::app::{App, connection_id};
use crate::page::{ConnectionCard, ConnectionDraft};
use crate::practice;

impl App {
    /// Saves and proves a connection. What fails leaves nothing behind; the form still holds what was typed.
    ///
    /// # Errors
    /// `input-invalid` at a field, a failure of keychain or settings, or how the proof failed.
    pub async fn save_connection(&self, draft: &ConnectionDraft) -> Result<ConnectionCard, Failure> {
        let checked = draft::checked(draft, practice::new_secret()?, self.now())?;
        let keeping = if draft.this_run_only {
            Keeping::ThisRunOnly
        } else {
            Keeping::Keychain
        };
        let id = checked.connection.id.clone();
        self.0.settings.add(checked.connection.clone(), keeping)?;
        match self.keep_and_prove(&checked.connection, checked.secret).await {
            Ok(proof) => {
                self.0
                    .settings
                    .update(&id, |saved| saved.connection.stage = Stage::Ready)?;
                self.0.observations.note(&id, self.now(), &Ok(proof));
                Ok(self.card(&self.0.settings.ready(&id)?))
            }
            Err(failure) => {
                self.take_back(&checked.connection).await;
                Err(failure)
            }
        }
    }

    /// Gives a connection another secret, bound as the one before. The old one is put back when the new one fails.
    ///
    /// # Errors
    /// As `save_connection`, and `connection-unknown`.
    pub async fn replace_secret(&self, id: &str, typed: &SecretString) -> Result<ConnectionCard, Failure> {
        let id = connection_id(id)?;
        let connection = self.0.settings.ready(&id)?.connection;
        let secret = draft::checked_secret_for(connection.kind, typed)?;
        let earlier = self.0.credentials.secret(&id, CredentialPart::Secret).await.ok();
        self.0.services.drop_bound(&id);
        match self.keep_and_prove(&connection, secret).await {
            Ok(proof) => {
                let now = self.now();
                self.0
                    .settings
                    .update(&id, |saved| saved.connection.secret_saved = now)?;
                self.0.observations.note(&id, now, &Ok(proof));
                Ok(self.card(&self.0.settings.ready(&id)?))
            }
            Err(failure) => {
                self.put_back(&connection, earlier).await;
                Err(failure)
            }
        }
    }

    async fn keep_and_prove(&self, connection: &Connection, secret: SecretString) -> Result<Proof, Failure> {
        let running = self.0.operations.begin("save");
        self.0
            .credentials
            .save(&connection.id, CredentialPart::Secret, secret)
            .await?;
        if running.cancel.is_cancelled() {
            return Err(cancelled());
        }
        self.prove(connection, &running.cancel).await
    }

    /// A secret that cannot be deleted now keeps its card pending: the next start tries again.
    async fn take_back(&self, connection: &Connection) {
        let id = &connection.id;
        self.0.services.drop_bound(id);
        self.0.activity.forget(id);
        let practice = self.0.practice.forget(id).await;
        let deleted = self.0.credentials.delete(id).await;
        if deleted.is_err() || practice.is_err() || self.0.settings.remove(id).is_err() {
            tracing::warn!(connection = %id, "a connection that was not saved is removed at the next start");
        }
    }

    async fn put_back(&self, connection: &Connection, earlier: Option<SecretString>) {
        self.0.services.drop_bound(&connection.id);
        let Some(earlier) = earlier else { return };
        if self
            .0
            .credentials
            .save(&connection.id, CredentialPart::Secret, earlier)
            .await
            .is_err()
        {
            tracing::warn!(connection = %connection.id, "the earlier secret could not be put back");
        }
    }
}
