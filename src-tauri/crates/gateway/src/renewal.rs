//! Owns the renewal of a sign-in (RFC 6749 section 6). Must not give an access token away before the refresh token that
//! came with it is kept, nor stop halfway: the service has put the new one in the old one's place by then.

use countersign_domain::{CorrelationId, SecretString};
use tokio_util::sync::CancellationToken;

use crate::bound::BoundGateway;
use crate::error::GatewayError;
use crate::fault::Phase;
use crate::form::Form;
use crate::secret_cell::Fetched;
use crate::sign_in_client::SignInClient;
use crate::token::{Grant, Granted, TokenRequest};

impl BoundGateway {
    /// A new access token, bought with the refresh token. It cannot be stopped.
    ///
    /// # Errors
    /// `SignedOut`, `Credential`, and what a token request meets.
    pub(crate) async fn refreshed(&self) -> Result<Fetched, GatewayError> {
        let never = &CancellationToken::new();
        let client = SignInClient::of(&self.state.profile)?;
        let secret = self.client_secret(client, never).await?;
        let Some(mut used) = self.refresh_token(never).await? else {
            return Err(GatewayError::SignedOut {
                host: client.token_endpoint.authority(),
                words: String::new(),
                secret_doubted: false,
            });
        };
        let mut granted = self.refresh(client, secret.as_ref(), used.token()).await;
        if let Err(GatewayError::SignedOut { .. }) = granted
            && let Some(other) = self.other_refresh_token(&used, never).await
        {
            used = other;
            granted = self.refresh(client, secret.as_ref(), used.token()).await;
        }
        let Granted { access, refresh } = granted?;
        self.keep_rotated(used, refresh, never).await;
        Ok(access)
    }

    /// A lost answer may have turned the token over; Hypothesis takes the old one for three minutes more, so it is sent
    /// once again (h/services/oauth).
    async fn refresh(
        &self,
        client: SignInClient<'_>,
        secret: Option<&SecretString>,
        token: &SecretString,
    ) -> Result<Granted, GatewayError> {
        let confidential = secret.is_some();
        let form = Form::of_grant("refresh_token")
            .with_secret("refresh_token", token)
            .with_client(client.id, secret);
        let request = TokenRequest {
            endpoint: client.token_endpoint,
            grant: Grant::Refresh { confidential },
            form: if confidential {
                form.with("redirect_uri", client.redirect_uri)
            } else {
                form
            },
        };
        let (transport, never) = (&self.shared.transport, CancellationToken::new());
        let correlation = CorrelationId::random();
        let subject = |attempt| self.subject(correlation, attempt);
        let granted = request.send(transport, subject(1), &never).await;
        match granted {
            Err(error) if is_lost(&error) => request.send(transport, subject(2), &never).await,
            Ok(_) | Err(_) => granted,
        }
    }
}

/// Whether the endpoint may have answered without the answer coming through: what stands before it says 502 or 504 then.
fn is_lost(error: &GatewayError) -> bool {
    if let GatewayError::TokenRefused { status: 502 | 504, .. } = error {
        return true;
    }
    let GatewayError::TokenUnobtained(inner) = error else {
        return false;
    };
    if let GatewayError::TimedOut { phase, .. } = &**inner {
        return *phase != Phase::Connect;
    }
    matches!(**inner, GatewayError::BrokenOff { .. })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token_refusal::TokenRefusal;

    #[test]
    fn an_answer_is_lost_only_where_the_request_had_left() {
        let timed_out = |phase| {
            let host = "h".to_owned();
            GatewayError::TokenUnobtained(Box::new(GatewayError::TimedOut { host, phase }))
        };
        assert!(!is_lost(&timed_out(Phase::Connect)));
        for phase in [Phase::Answer, Phase::Body, Phase::Total] {
            assert!(is_lost(&timed_out(phase)), "{phase:?}");
        }
        assert!(!is_lost(&GatewayError::TokenUnreadable { host: "h".into() }));
        for (status, lost) in [(502, true), (503, false), (504, true), (500, false)] {
            let refused = GatewayError::TokenRefused {
                host: "h".into(),
                status,
                refusal: TokenRefusal::ServerFailed,
                words: String::new(),
                wait_seconds: None,
            };
            assert_eq!(is_lost(&refused), lost, "{status}");
        }
    }
}
