//! Owns the proof that a connection works: the call of the design's table for its kind, which never changes anything.
//! Must not write a card or a secret.

use countersign_domain::{Connection, ConnectionKind, ErrorCode, Failure};
use countersign_gateway::GatewayError;
use countersign_services::{Proof, ServiceError};
use tokio_util::sync::CancellationToken;

use crate::app::{App, connection_id};
use crate::bound_services::Bound;
use crate::page::ConnectionCard;

/// Why a proof failed.
#[derive(Debug)]
pub(crate) struct Unproven {
    pub(crate) failure: Failure,
    /// Whether there was no access token to be had, so that the service itself was not asked.
    pub(crate) is_tokenless: bool,
}

impl App {
    /// Proves a connection, asks what it may read, and notes what was found; the card says it, refused or not. The
    /// operation's name is `test:<connection>`.
    ///
    /// # Errors
    /// `connection-unknown`. A refusal is no error here: it is the card's state.
    pub async fn test_connection(&self, id: &str) -> Result<ConnectionCard, Failure> {
        let id = connection_id(id)?;
        let saved = self.0.settings.ready(&id)?;
        let running = self.0.operations.begin(format!("test:{id}"));
        self.keep_again(&saved.connection).await;
        let mut proven = self.prove(&saved.connection, &running.cancel).await;
        if let Ok(proof) = proven {
            proven = self.with_permissions(&saved.connection, proof, &running.cancel).await;
        }
        self.0.observations.note(&id, self.now(), &proven);
        Ok(self.card(&self.0.settings.ready(&id)?))
    }

    /// Makes the call that proves `connection`.
    pub(crate) async fn prove(&self, connection: &Connection, cancel: &CancellationToken) -> Result<Proof, Failure> {
        let proven = self.proven(connection, cancel).await;
        proven.map_err(|unproven| unproven.failure)
    }

    /// The same, telling a refused token from a refused call.
    pub(crate) async fn proven(&self, connection: &Connection, cancel: &CancellationToken) -> Result<Proof, Unproven> {
        let bound = self.0.services.of(connection).await?;
        let proven = match connection.kind {
            ConnectionKind::HypothesisPersonalToken => bound.hypothesis()?.prove_personal_token(cancel).await,
            ConnectionKind::HypothesisSignIn | ConnectionKind::HypothesisGrantToken => {
                return self.prove_person(connection, &bound, cancel).await;
            }
            ConnectionKind::HypothesisAnonymous => bound.hypothesis()?.prove_anonymous(cancel).await,
            ConnectionKind::HypothesisClientCredentials => {
                let (client, authority) = bound.authority()?;
                client.prove_client_credentials(&authority, cancel).await
            }
            ConnectionKind::HyperproofClientCredentials | ConnectionKind::HyperproofAuthorizationCode => {
                bound.hyperproof()?.prove(cancel).await
            }
            ConnectionKind::Practice => {
                let (client, authority) = bound.authority()?;
                let accounts = client.prove_client_credentials(&authority, cancel).await?;
                bound
                    .hyperproof()?
                    .prove(cancel)
                    .await
                    .map(|controls| both(controls, accounts))
            }
        };
        Ok(proven?)
    }

    /// A refresh token that the keychain refused is offered to it once more: the keychain may be open now.
    pub(super) async fn keep_again(&self, connection: &Connection) {
        let Some(bound) = self.0.services.known(&connection.id) else {
            return;
        };
        if let Ok(gateway) = bound.gateway() {
            let _on_the_card = gateway.keep_again().await;
        }
    }

    /// Says what a failed call was really about: Hypothesis answers a dead credential with the same 404 as a missing
    /// object (hypothesis-api 0.1), so the credential is asked about before the object is blamed.
    pub(crate) async fn blamed(
        &self,
        connection: &Connection,
        failure: Failure,
        cancel: &CancellationToken,
    ) -> Failure {
        if failure.code != ErrorCode::NotFound {
            return failure;
        }
        match self.prove(connection, cancel).await {
            Err(dead) if matches!(dead.code, ErrorCode::CredentialRefused | ErrorCode::SignedOut) => dead,
            Ok(_) | Err(_) => failure,
        }
    }

    /// A dead access token reads as nobody's, never as 401: one new token, and then the answer counts.
    async fn prove_person(
        &self,
        connection: &Connection,
        bound: &Bound,
        cancel: &CancellationToken,
    ) -> Result<Proof, Unproven> {
        let first = bound.hypothesis()?.prove_personal_token(cancel).await;
        let nobodys = |outcome: &Result<Proof, ServiceError>| matches!(outcome, Err(ServiceError::Refused { failure, .. }) if failure.code == ErrorCode::CredentialRefused);
        if !nobodys(&first) {
            return Ok(first?);
        }
        bound.gateway()?.forget_access_token();
        let second = bound.hypothesis()?.prove_personal_token(cancel).await;
        if nobodys(&second) && connection.kind.signs_in() {
            return Err(signed_out().into());
        }
        Ok(second?)
    }

    async fn with_permissions(
        &self,
        connection: &Connection,
        proof: Proof,
        cancel: &CancellationToken,
    ) -> Result<Proof, Failure> {
        let bound = self.0.services.of(connection).await?;
        let found = match connection.kind {
            ConnectionKind::HypothesisPersonalToken
            | ConnectionKind::HypothesisSignIn
            | ConnectionKind::HypothesisGrantToken => bound.hypothesis()?.permissions(false, cancel).await,
            ConnectionKind::HypothesisAnonymous => bound.hypothesis()?.permissions(true, cancel).await,
            // Reads by client credentials are answered as to anybody, so there is nothing to find out.
            ConnectionKind::HypothesisClientCredentials => Vec::new(),
            ConnectionKind::HyperproofClientCredentials
            | ConnectionKind::HyperproofAuthorizationCode
            | ConnectionKind::Practice => bound.hyperproof()?.permissions(cancel).await,
        };
        Ok(proof.with_permissions(found))
    }
}

impl From<Failure> for Unproven {
    fn from(failure: Failure) -> Self {
        Self {
            failure,
            is_tokenless: false,
        }
    }
}

impl From<ServiceError> for Unproven {
    fn from(error: ServiceError) -> Self {
        let is_tokenless = matches!(
            &error,
            ServiceError::Gateway(
                GatewayError::TokenRefused { .. }
                    | GatewayError::TokenUnreadable { .. }
                    | GatewayError::TokenUnobtained(_)
            )
        );
        Self {
            failure: error.into_failure(),
            is_tokenless,
        }
    }
}

fn both(mut first: Proof, second: Proof) -> Proof {
    first.identity.extend(second.identity);
    first.permissions.extend(second.permissions);
    first
}

fn signed_out() -> Failure {
    let words = "Hypothesis does not know this sign-in any more, and its access tokens are nobody's. Sign in again.";
    Failure::new(ErrorCode::SignedOut, words)
}
