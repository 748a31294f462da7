//! Owns what a profile says of the client that signs people in, and the reading of what the credential store keeps for it.
//! Must not send anything.

use countersign_domain::{BoundAddress, ClientId, CredentialPart, SecretString};
use tokio_util::sync::CancellationToken;

use crate::bound::BoundGateway;
use crate::error::GatewayError;
use crate::ports::CredentialError;
use crate::profile::{Authentication, ConnectionProfile};

/// The client of a connection that people sign in to.
#[derive(Clone, Copy)]
pub(crate) struct SignInClient<'a> {
    pub(crate) token_endpoint: &'a BoundAddress,
    pub(crate) revocation_endpoint: Option<&'a BoundAddress>,
    pub(crate) id: &'a ClientId,
    pub(crate) confidential: bool,
    pub(crate) redirect_uri: &'a str,
}

impl<'a> SignInClient<'a> {
    /// The client of `profile`.
    ///
    /// # Errors
    /// `NoSignIn` for a connection of another kind.
    pub(crate) fn of(profile: &'a ConnectionProfile) -> Result<Self, GatewayError> {
        let Authentication::SignIn {
            token_endpoint,
            revocation_endpoint,
            client_id,
            confidential,
            redirect_uri,
        } = &profile.authentication
        else {
            return Err(GatewayError::NoSignIn);
        };
        Ok(Self {
            token_endpoint,
            revocation_endpoint: revocation_endpoint.as_ref(),
            id: client_id,
            confidential: *confidential,
            redirect_uri,
        })
    }
}

impl BoundGateway {
    /// One secret of this connection from the store.
    ///
    /// # Errors
    /// `Credential`, or `Cancelled`.
    pub(crate) async fn stored(
        &self,
        part: CredentialPart,
        cancel: &CancellationToken,
    ) -> Result<SecretString, GatewayError> {
        tokio::select! {
            biased;
            () = cancel.cancelled() => Err(GatewayError::Cancelled { sent: false }),
            stored = self.shared.credentials.load(&self.state.profile.id, part) => Ok(stored?),
        }
    }

    /// The refresh token from the store; none where there is none.
    ///
    /// # Errors
    /// As `stored`.
    pub(crate) async fn stored_refresh_token(
        &self,
        cancel: &CancellationToken,
    ) -> Result<Option<SecretString>, GatewayError> {
        match self.stored(CredentialPart::RefreshToken, cancel).await {
            Ok(token) => Ok(Some(token)),
            Err(GatewayError::Credential(CredentialError::Missing)) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The client's secret; none for a public client.
    ///
    /// # Errors
    /// As `stored`.
    pub(crate) async fn client_secret(
        &self,
        client: SignInClient<'_>,
        cancel: &CancellationToken,
    ) -> Result<Option<SecretString>, GatewayError> {
        if !client.confidential {
            return Ok(None);
        }
        self.stored(CredentialPart::Secret, cancel).await.map(Some)
    }
}
