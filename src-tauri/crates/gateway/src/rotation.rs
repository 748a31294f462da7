//! Owns the place of the refresh token: the credential store, or memory while the store does not take it. Must not send
//! one, nor let a renewal bring back what was forgotten.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use countersign_domain::{CredentialPart, ExposeSecret, Failure, SecretString};
use tokio_util::sync::CancellationToken;

use crate::bound::BoundGateway;
use crate::error::GatewayError;

/// A refresh token that is newer than the one in the store, where the store did not take it.
#[derive(Default)]
pub(crate) struct Rotation {
    unkept: Mutex<Option<Arc<Unkept>>>,
}

struct Unkept {
    token: SecretString,
    failure: Failure,
}

/// The refresh token in use.
pub(crate) enum Current {
    /// Only in memory.
    Unkept(SecretString),
    /// From the store.
    Stored(SecretString),
}

impl Current {
    pub(crate) fn token(&self) -> &SecretString {
        match self {
            Self::Unkept(token) | Self::Stored(token) => token,
        }
    }
}

impl Rotation {
    /// Drops what is held in memory alone.
    pub(crate) fn forget(&self) {
        *self.slot() = None;
    }

    fn unkept(&self) -> Option<Arc<Unkept>> {
        self.slot().clone()
    }

    fn slot(&self) -> MutexGuard<'_, Option<Arc<Unkept>>> {
        self.unkept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl BoundGateway {
    /// Why the refresh token in use is in memory alone, so that the sign-in ends with the program; none while it is kept.
    pub fn not_kept(&self) -> Option<Failure> {
        let unkept = self.state.credential.rotation.unkept()?;
        Some(unkept.failure.clone())
    }

    /// Tries once more to keep a refresh token that is in memory alone: after the keychain was unlocked. Says as `not_kept`
    /// how it stands then.
    pub async fn keep_again(&self) -> Option<Failure> {
        let unkept = self.state.credential.rotation.unkept()?;
        self.keep_refresh_token(unkept.token.clone()).await;
        self.not_kept()
    }

    /// The refresh token in use; none where nobody is signed in.
    ///
    /// # Errors
    /// `Credential`, or `Cancelled`.
    pub(crate) async fn refresh_token(&self, cancel: &CancellationToken) -> Result<Option<Current>, GatewayError> {
        if let Some(unkept) = self.state.credential.rotation.unkept() {
            return Ok(Some(Current::Unkept(unkept.token.clone())));
        }
        Ok(self.stored_refresh_token(cancel).await?.map(Current::Stored))
    }

    /// The stored refresh token in the place of `refused`, where it is another: a second program renewed it meanwhile, or
    /// the one in memory is outdated.
    pub(crate) async fn other_refresh_token(&self, refused: &Current, cancel: &CancellationToken) -> Option<Current> {
        if let Current::Unkept(_) = refused {
            self.state.credential.rotation.forget();
        }
        let stored = self.stored_refresh_token(cancel).await.ok().flatten()?;
        (!is_same(&stored, refused.token())).then_some(Current::Stored(stored))
    }

    /// Keeps what a renewal by `used` brought. If what was used is not in the store any more, the connection was forgotten
    /// meanwhile, and nothing is kept of it.
    pub(crate) async fn keep_rotated(&self, used: Current, brought: Option<SecretString>, cancel: &CancellationToken) {
        match (used, brought) {
            (Current::Stored(_), None) => {}
            (Current::Stored(old), Some(new)) => {
                let forgotten = matches!(self.stored_refresh_token(cancel).await, Ok(None));
                if !forgotten && !is_same(&old, &new) {
                    self.keep_refresh_token(new).await;
                }
            }
            (Current::Unkept(old), brought) => self.keep_refresh_token(brought.unwrap_or(old)).await,
        }
    }

    /// Puts `token` in the place of the stored one, or in memory if the store refuses.
    pub(crate) async fn keep_refresh_token(&self, token: SecretString) {
        let (id, part) = (&self.state.profile.id, CredentialPart::RefreshToken);
        let outcome = self.shared.credentials.replace(id, part, token.clone()).await;
        let unkept = outcome.err().map(|error| {
            let failure = GatewayError::from(error).into_failure();
            Arc::new(Unkept { token, failure })
        });
        *self.state.credential.rotation.slot() = unkept;
    }
}

fn is_same(one: &SecretString, other: &SecretString) -> bool {
    one.expose_secret() == other.expose_secret()
}
