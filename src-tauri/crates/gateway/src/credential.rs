//! Owns the credential of one connection's calls: where it comes from by kind, and the headers it becomes. Must not make
//! calls to the API, nor know a token endpoint's language.

use std::time::Duration;

use countersign_domain::{CorrelationId, CredentialPart, Timestamp};
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue};
use tokio_util::sync::CancellationToken;

use crate::bound::BoundGateway;
use crate::call::Call;
use crate::error::GatewayError;
use crate::header;
use crate::profile::Authentication;
use crate::secret_cell::{Fetched, Kept};
use crate::token::TokenRequest;

/// How long a stored secret that goes to the API itself is used before it is read from the store again.
const SECRET_HELD_FOR: Duration = Duration::from_secs(300);

impl BoundGateway {
    /// When the access token in memory ends; none without one.
    pub fn token_expiry(&self) -> Option<Timestamp> {
        self.renews().then(|| self.state.cell.expires()).flatten()
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

    /// The secret or access token that is good now; none for a connection that has none.
    pub(crate) async fn secret(&self, cancel: &CancellationToken) -> Result<Option<Kept>, GatewayError> {
        if self.state.profile.authentication == Authentication::Anonymous {
            return Ok(None);
        }
        let clock = &*self.shared.clock;
        let kept = self.state.cell.obtain(clock, cancel, self.fetch(cancel)).await?;
        Ok(Some(kept))
    }

    async fn fetch(&self, cancel: &CancellationToken) -> Result<Fetched, GatewayError> {
        let profile = &self.state.profile;
        let stored = tokio::select! {
            biased;
            () = cancel.cancelled() => return Err(GatewayError::Cancelled { sent: false }),
            stored = self.shared.credentials.load(&profile.id, CredentialPart::Secret) => stored?,
        };
        let Authentication::ClientCredentials {
            token_endpoint,
            client_id,
            scopes,
        } = &profile.authentication
        else {
            return Ok(Fetched {
                value: stored,
                lifetime: SECRET_HELD_FOR,
            });
        };
        let request = TokenRequest {
            endpoint: token_endpoint,
            client_id,
            secret: &stored,
            scopes: scopes.as_deref(),
        };
        let subject = self.subject(CorrelationId::random(), 1);
        request.send(&self.shared.transport, subject, cancel).await
    }
}
