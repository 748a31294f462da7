//! Owns the exchange of a sign-in's code for tokens (RFC 6749 section 4.1.3, RFC 7636 section 4.5). Must not open a
//! browser, listen, or send a code twice.

use std::fmt;

use countersign_domain::{CorrelationId, CredentialPart, ExposeSecret, SecretString};
use tokio_util::sync::CancellationToken;

use crate::bound::BoundGateway;
use crate::error::GatewayError;
use crate::form::Form;
use crate::sign_in_client::SignInClient;
use crate::token::{Grant, TokenRequest};

/// What the browser brought back, with what proves that this program sent it there.
pub struct AuthorizationCode {
    /// `code` of the callback; good once, for ten minutes.
    pub code: SecretString,
    /// The verifier whose challenge went with the browser (RFC 7636); empty where none did.
    pub verifier: SecretString,
}

impl fmt::Debug for AuthorizationCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("AuthorizationCode")
    }
}

impl BoundGateway {
    /// Exchanges the code of a sign-in, keeps the refresh token it brings and holds its access token. If the store does not
    /// take the refresh token, the sign-in holds as long as the program runs, and `not_kept` says why.
    ///
    /// # Errors
    /// `NoSignIn` for another kind, `TokenRefused` (`Code`, `RedirectUri`, ..), `TokenUnreadable`, `TokenUnobtained`,
    /// `Credential` and `Cancelled`.
    pub async fn redeem(&self, code: AuthorizationCode, cancel: &CancellationToken) -> Result<(), GatewayError> {
        let client = SignInClient::of(&self.state.profile)?;
        let secret = self.client_secret(client, cancel).await?;
        let cell = &self.state.credential.cell;
        let _flight = cell.hold(cancel).await?;
        let request = request(client, secret.as_ref(), &code);
        let subject = self.subject(CorrelationId::random(), 1);
        let granted = request.send(&self.shared.transport, subject, cancel).await?;
        match granted.refresh {
            Some(token) => self.keep_refresh_token(token).await,
            None => self.drop_refresh_token().await?,
        }
        cell.put(&*self.shared.clock, granted.access);
        Ok(())
    }

    /// What an earlier sign-in left must not renew this one: it may be another person's.
    async fn drop_refresh_token(&self) -> Result<(), GatewayError> {
        self.state.credential.rotation.forget();
        let (id, part) = (&self.state.profile.id, CredentialPart::RefreshToken);
        Ok(self.shared.credentials.forget(id, part).await?)
    }
}

fn request<'a>(
    client: SignInClient<'a>,
    secret: Option<&'a SecretString>,
    code: &'a AuthorizationCode,
) -> TokenRequest<'a> {
    let confidential = secret.is_some();
    let form = Form::of_grant("authorization_code")
        .with_client(client.id, secret)
        .with_secret("code", &code.code)
        .with("redirect_uri", client.redirect_uri);
    let form = if code.verifier.expose_secret().is_empty() {
        form
    } else {
        form.with_secret("code_verifier", &code.verifier)
    };
    TokenRequest {
        endpoint: client.token_endpoint,
        grant: Grant::Code { confidential },
        form,
    }
}
