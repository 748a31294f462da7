//! Owns the credential of one connection's calls: where it comes from by kind, and the headers it becomes. Must not make
//! calls to the API, nor know a token endpoint's language.

use std::time::Duration;

use countersign_domain::{BoundAddress, CorrelationId, CredentialPart, Timestamp};
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue};
use tokio_util::sync::CancellationToken;

use crate::assertion::Assertion;
use crate::bound::BoundGateway;
use crate::call::Call;
use crate::error::GatewayError;
use crate::form::Form;
use crate::header;
use crate::profile::Authentication;
use crate::rotation::Rotation;
use crate::secret_cell::{Fetched, Kept, SecretCell};
use crate::token::{Grant, TokenRequest};

/// How long a stored secret that goes to the API itself is used before it is read from the store again.
const SECRET_HELD_FOR: Duration = Duration::from_secs(300);
/// RFC 7523 section 2.1.
const JWT_BEARER: &str = "urn:ietf:params:oauth:grant-type:jwt-bearer";

/// What the calls of one connection share, whatever their pace and their way through the network.
#[derive(Default)]
pub(crate) struct Credential {
    pub(crate) cell: SecretCell,
    pub(crate) rotation: Rotation,
}

impl Credential {
    /// Drops every secret and token held.
    pub(crate) fn forget(&self) {
        self.cell.forget();
        self.rotation.forget();
    }
}

impl BoundGateway {
    /// When the access token in memory ends; none without one.
    pub fn token_expiry(&self) -> Option<Timestamp> {
        self.renews().then(|| self.state.credential.cell.expires()).flatten()
    }

    /// Whether calls carry an access token that another can take the place of.
    pub(crate) fn renews(&self) -> bool {
        match self.state.profile.authentication {
            Authentication::ClientCredentials { .. }
            | Authentication::SignIn { .. }
            | Authentication::GrantToken { .. } => true,
            Authentication::Anonymous | Authentication::Bearer | Authentication::Basic { .. } => false,
        }
    }

    /// What a call goes out with: form, body's form, and who it is.
    pub(crate) fn headers(&self, call: &Call, kept: Option<&Kept>) -> Result<HeaderMap, GatewayError> {
        let mut headers = HeaderMap::from_iter([(ACCEPT, HeaderValue::from_static(call.accept))]);
        if call.json.is_some() {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        }
        if let Some(kept) = kept {
            let value = match &self.state.profile.authentication {
                Authentication::Basic { client_id } => header::basic(client_id, &kept.value)?,
                Authentication::Anonymous
                | Authentication::Bearer
                | Authentication::ClientCredentials { .. }
                | Authentication::SignIn { .. }
                | Authentication::GrantToken { .. } => header::bearer(&kept.value)?,
            };
            headers.insert(AUTHORIZATION, value);
        }
        Ok(headers)
    }

    /// Forgets the access token in memory, so that the next call buys a new one. For services that answer a dead token as if
    /// nobody had asked (Hypothesis) instead of with 401.
    pub fn forget_access_token(&self) {
        if self.renews() {
            self.state.credential.cell.forget();
        }
    }

    /// The secret or access token that is good now; none for a connection that has none.
    pub(crate) async fn secret(&self, cancel: &CancellationToken) -> Result<Option<Kept>, GatewayError> {
        let (cell, clock) = (&self.state.credential.cell, &*self.shared.clock);
        let kept = match &self.state.profile.authentication {
            Authentication::Anonymous => return Ok(None),
            Authentication::SignIn { .. }
            | Authentication::ClientCredentials { .. }
            | Authentication::GrantToken { .. } => match cell.fresh(clock) {
                Some(kept) => kept,
                None => self.access_token(cancel).await?,
            },
            Authentication::Bearer | Authentication::Basic { .. } => {
                cell.obtain(clock, cancel, self.fetch(cancel)).await?
            }
        };
        Ok(Some(kept))
    }

    /// The stored secret, or what it buys.
    pub(crate) async fn fetch(&self, cancel: &CancellationToken) -> Result<Fetched, GatewayError> {
        let stored = self.stored(CredentialPart::Secret, cancel).await?;
        match &self.state.profile.authentication {
            Authentication::ClientCredentials {
                token_endpoint,
                client_id,
                scopes,
            } => {
                let form = Form::of_grant("client_credentials").with_client(client_id, Some(&stored));
                let scopes = scopes.as_deref().map(str::trim).filter(|scopes| !scopes.is_empty());
                let form = match scopes {
                    Some(scopes) => form.with("scope", scopes),
                    None => form,
                };
                self.bought((token_endpoint, Grant::ClientCredentials, form), cancel)
                    .await
            }
            Authentication::GrantToken {
                token_endpoint,
                client_id,
                userid,
            } => {
                let assertion = Assertion {
                    audience: token_endpoint,
                    issuer: client_id,
                    subject: userid,
                };
                let assertion = assertion.signed(&stored, self.shared.clock.now())?;
                // The refresh token that comes along is not used: another grant token is as good, and nothing is to be kept.
                let form = Form::of_grant(JWT_BEARER).with_secret("assertion", &assertion);
                self.bought((token_endpoint, Grant::Assertion, form), cancel).await
            }
            Authentication::Anonymous
            | Authentication::Bearer
            | Authentication::Basic { .. }
            | Authentication::SignIn { .. } => Ok(Fetched {
                value: stored,
                lifetime: SECRET_HELD_FOR,
            }),
        }
    }

    async fn bought(
        &self,
        (endpoint, grant, form): (&BoundAddress, Grant, Form<'_>),
        cancel: &CancellationToken,
    ) -> Result<Fetched, GatewayError> {
        let request = TokenRequest { endpoint, grant, form };
        let subject = self.subject(CorrelationId::random(), 1);
        let granted = request.send(&self.shared.transport, subject, cancel).await?;
        Ok(granted.access)
    }
}
