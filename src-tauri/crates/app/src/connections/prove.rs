//! Owns the proof that a connection works: the call of the design's table for its kind, which never changes anything.
//! Must not write a card or a secret.

use countersign_domain::{Connection, ConnectionKind, Failure};
use countersign_services::{Proof, ServiceError};
use tokio_util::sync::CancellationToken;

use crate::app::{App, connection_id};
use crate::bound_services::unsuited;
use crate::page::ConnectionCard;

impl App {
    /// Proves a connection and notes what was found; the card says it, refused or not.
    ///
    /// # Errors
    /// `connection-unknown`. A refusal is no error here: it is the card's state.
    pub async fn test_connection(&self, id: &str) -> Result<ConnectionCard, Failure> {
        let id = connection_id(id)?;
        let saved = self.0.settings.ready(&id)?;
        let running = self.0.operations.begin(format!("test:{id}"));
        let proven = self.prove(&saved.connection, &running.cancel).await;
        self.0.observations.note(&id, self.now(), &proven);
        Ok(self.card(&self.0.settings.ready(&id)?))
    }

    /// Makes the call that proves `connection`.
    pub(crate) async fn prove(&self, connection: &Connection, cancel: &CancellationToken) -> Result<Proof, Failure> {
        let bound = self.0.services.of(connection).await?;
        let proven = match connection.kind {
            ConnectionKind::HypothesisPersonalToken
            | ConnectionKind::HypothesisSignIn
            | ConnectionKind::HypothesisGrantToken => bound.hypothesis()?.prove_personal_token(cancel).await,
            ConnectionKind::HypothesisAnonymous => return Err(unsuited()),
            ConnectionKind::HypothesisClientCredentials => {
                let (client, authority) = bound.authority()?;
                client.prove_client_credentials(&authority, cancel).await
            }
            ConnectionKind::HyperproofClientCredentials | ConnectionKind::HyperproofAuthorizationCode => {
                bound.hyperproof()?.prove(cancel).await
            }
            ConnectionKind::Practice => {
                let (client, authority) = bound.authority()?;
                let accounts = client.prove_client_credentials(&authority, cancel).await;
                let accounts = accounts.map_err(ServiceError::into_failure)?;
                bound
                    .hyperproof()?
                    .prove(cancel)
                    .await
                    .map(|controls| both(controls, accounts))
            }
        };
        proven.map_err(ServiceError::into_failure)
    }
}

fn both(mut first: Proof, second: Proof) -> Proof {
    first.identity.extend(second.identity);
    first.permissions.extend(second.permissions);
    first
}
