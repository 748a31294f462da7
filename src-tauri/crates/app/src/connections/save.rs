//! Owns the saving of a credential: card pending, secrets into the keychain, proof, card ready. Killed at any point, the
//! next start finds a pending card and removes it with its secrets: neither orphan nor ghost.

use countersign_domain::{Connection, ConnectionId, CredentialPart, ErrorCode, Failure, SecretString, Stage};
use countersign_services::Proof;

use super::draft::{Checked, Given};
use super::{cancelled, draft};
use crate::app::{App, connection_id};
use crate::bound_services::unsuited;
use crate::page::{ConnectionCard, ConnectionDraft};
use crate::practice;

impl App {
    /// Saves and proves a connection of a kind that does not sign in. What fails leaves nothing behind; the form still
    /// holds what was typed. The operation's name is `save`.
    ///
    /// # Errors
    /// `input-invalid` at a field, `kind-unsuited`, a failure of keychain or settings, or how the proof failed.
    pub async fn save_connection(&self, draft: &ConnectionDraft) -> Result<ConnectionCard, Failure> {
        if draft.kind.signs_in() {
            return Err(unsuited());
        }
        let Checked { connection, secrets } = self.checked_draft(draft)?;
        self.0.settings.add(connection.clone(), draft.keeping())?;
        match self.keep_and_prove(&connection, secrets).await {
            Ok(proof) => self.ready(&connection.id, proof),
            Err(failure) => {
                self.take_back(&connection).await;
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
        if !connection.kind.kept().contains(&CredentialPart::Secret) {
            return Err(unsuited());
        }
        let secret = draft::checked_secret_for(connection.kind, typed)?;
        let earlier = self.0.credentials.secret(&id, CredentialPart::Secret).await;
        self.keep_again(&connection).await;
        self.0.services.drop_bound(&id);
        let secrets = vec![(CredentialPart::Secret, secret)];
        match self.keep_and_prove(&connection, secrets).await {
            Ok(proof) => {
                let now = self.now();
                self.0
                    .settings
                    .update(&id, |saved| saved.connection.secret_saved = now)?;
                self.ready(&id, proof)
            }
            Err(failure) => {
                self.put_back(&connection, earlier).await;
                Err(failure)
            }
        }
    }

    /// What the form holds, checked.
    pub(crate) fn checked_draft(&self, draft: &ConnectionDraft) -> Result<Checked, Failure> {
        let given = Given {
            practice: practice::new_secret()?,
            now: self.now(),
            certificate: &|handle| self.certificate(handle),
        };
        draft::checked(draft, given)
    }

    /// Puts the secrets of a connection that the settings know where they are kept.
    pub(crate) async fn keep(
        &self,
        id: &ConnectionId,
        secrets: Vec<(CredentialPart, SecretString)>,
    ) -> Result<(), Failure> {
        for (part, secret) in secrets {
            self.0.credentials.save(id, part, secret).await?;
        }
        Ok(())
    }

    /// Calls a proven connection ready.
    pub(crate) fn ready(&self, id: &ConnectionId, proof: Proof) -> Result<ConnectionCard, Failure> {
        self.0
            .settings
            .update(id, |saved| saved.connection.stage = Stage::Ready)?;
        self.0.observations.note(id, self.now(), &Ok(proof));
        Ok(self.card(&self.0.settings.ready(id)?))
    }

    async fn keep_and_prove(
        &self,
        connection: &Connection,
        secrets: Vec<(CredentialPart, SecretString)>,
    ) -> Result<Proof, Failure> {
        let running = self.0.operations.begin("save");
        self.keep(&connection.id, secrets).await?;
        if running.cancel.is_cancelled() {
            return Err(cancelled());
        }
        self.prove(connection, &running.cancel).await
    }

    /// A secret that cannot be deleted now keeps its card pending: the next start tries again.
    pub(crate) async fn take_back(&self, connection: &Connection) {
        let id = &connection.id;
        self.0.services.drop_bound(id);
        self.0.activity.forget(id);
        let practice = self.0.practice.forget(id).await;
        let deleted = self.0.credentials.delete(id).await;
        if deleted.is_err() || practice.is_err() || self.0.settings.remove(id).is_err() {
            tracing::warn!(connection = %id, "a connection that was not saved is removed at the next start");
        }
    }

    /// The secret as it was; where there was none, the failed one goes.
    async fn put_back(&self, connection: &Connection, earlier: Result<SecretString, Failure>) {
        let id = &connection.id;
        self.0.services.drop_bound(id);
        if self.0.settings.ready(id).is_err() {
            return;
        }
        let put_back = match earlier {
            Ok(earlier) => self.0.credentials.save(id, CredentialPart::Secret, earlier).await,
            Err(failure) if failure.code == ErrorCode::CredentialMissing => {
                self.0.credentials.delete_part(id, CredentialPart::Secret).await
            }
            Err(_) => return,
        };
        if put_back.is_err() {
            tracing::warn!(connection = %connection.id, "the earlier secret could not be put back");
        }
    }
}
