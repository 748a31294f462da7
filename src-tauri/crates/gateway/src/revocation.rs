//! Owns the end of a sign-in at the service (RFC 7009). Must not remove anything from the credential store: whether the
//! sign-in is forgotten here too is the caller's to say.

use countersign_domain::CorrelationId;
use tokio_util::sync::CancellationToken;

use crate::bound::BoundGateway;
use crate::error::GatewayError;
use crate::form::Form;
use crate::refusal;
use crate::sign_in_client::SignInClient;

impl BoundGateway {
    /// Forgets the access token, whatever comes of the rest, and tells the service to take back the refresh token with all
    /// that it bought, where there are a token and a place to say so. The client's id always goes along: without it
    /// Hypothesis answers 401 to a token that has ended already.
    ///
    /// # Errors
    /// `NotRevoked`, `Credential`, `Cancelled`, or what kept the answer away.
    pub async fn revoke(&self, cancel: &CancellationToken) -> Result<(), GatewayError> {
        let credential = &self.state.credential;
        credential.cell.forget();
        let Ok(client) = SignInClient::of(&self.state.profile) else {
            return Ok(());
        };
        let Some(endpoint) = client.revocation_endpoint else {
            return Ok(());
        };
        let _flight = credential.cell.hold(cancel).await?;
        let Some(current) = self.refresh_token(cancel).await? else {
            return Ok(());
        };
        let secret = self.client_secret(client, cancel).await?;
        let form = Form::default()
            .with_secret("token", current.token())
            .with("token_type_hint", "refresh_token")
            .with_client(client.id, secret.as_ref());
        let subject = self.subject(CorrelationId::random(), 1);
        let answer = form.post(endpoint, &self.shared.transport, subject, cancel).await?;
        if !(200..300).contains(&answer.status) {
            return Err(refusal::not_revoked(&answer, endpoint.authority(), form.secrets()));
        }
        credential.rotation.forget();
        Ok(())
    }
}
