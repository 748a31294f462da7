//! Owns the buying of an access token: in a task of its own, once for all who wait for it. Must not know what it is bought
//! with, nor stop a renewal halfway.

use std::time::Duration;

use tokio::task::JoinError;
use tokio_util::sync::CancellationToken;

use crate::bound::BoundGateway;
use crate::error::GatewayError;
use crate::profile::Authentication;
use crate::secret_cell::{Fetched, Kept};

/// How long a purchase goes on once the one who began it was stopped. Others may wait for the same token, and would pay
/// for another; but a service that does not answer must not keep them all.
const PATIENCE: Duration = Duration::from_secs(5);

impl BoundGateway {
    /// A new access token, once for all who ask: one who is stopped stops waiting, not buying.
    ///
    /// # Errors
    /// `SignedOut`, `Credential`, `Cancelled`, and what a token request meets.
    pub(crate) async fn access_token(&self, cancel: &CancellationToken) -> Result<Kept, GatewayError> {
        let (bound, failures) = (self.clone(), self.state.credential.cell.failures());
        let stopped = cancel.clone();
        let purchase = tokio::spawn(async move {
            let (cell, clock) = (&bound.state.credential.cell, &*bound.shared.clock);
            cell.obtain_since(failures, clock, &stopped, bound.purchased(&stopped))
                .await
        });
        tokio::select! {
            biased;
            () = cancel.cancelled() => Err(GatewayError::Cancelled { sent: false }),
            outcome = purchase => outcome.unwrap_or_else(|end| Err(ended(end))),
        }
    }

    async fn purchased(&self, stopped: &CancellationToken) -> Result<Fetched, GatewayError> {
        if let Authentication::SignIn { .. } = &self.state.profile.authentication {
            return self.refreshed().await;
        }
        patiently(self.fetch(&CancellationToken::new()), stopped).await
    }
}

/// What `purchase` brings, unless it takes longer than `PATIENCE` after its buyer was stopped.
async fn patiently(
    purchase: impl Future<Output = Result<Fetched, GatewayError>>,
    stopped: &CancellationToken,
) -> Result<Fetched, GatewayError> {
    let given_up = async {
        stopped.cancelled().await;
        tokio::time::sleep(PATIENCE).await;
    };
    tokio::select! {
        biased;
        brought = purchase => brought,
        () = given_up => Err(GatewayError::Cancelled { sent: false }),
    }
}

fn ended(end: JoinError) -> GatewayError {
    match end.try_into_panic() {
        Ok(panic) => std::panic::resume_unwind(panic),
        Err(_) => GatewayError::Cancelled { sent: false },
    }
}

#[cfg(test)]
mod tests {
    use std::future::pending;

    use tokio::time::{Instant, sleep};

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_purchase_of_one_who_was_stopped_is_given_up_after_a_while() {
        let stopped = CancellationToken::new();
        let since = Instant::now();
        let stop = async {
            sleep(Duration::from_secs(60)).await;
            stopped.cancel();
        };
        let (brought, ()) = tokio::join!(patiently(pending(), &stopped), stop);
        assert!(matches!(brought, Err(GatewayError::Cancelled { sent: false })));
        assert_eq!(
            since.elapsed(),
            Duration::from_secs(60) + PATIENCE,
            "not before it was stopped"
        );
    }

    #[tokio::test(start_paused = true)]
    async fn what_comes_soon_after_is_taken() {
        let stopped = CancellationToken::new();
        stopped.cancel();
        let purchase = async {
            sleep(PATIENCE / 2).await;
            Err(GatewayError::UserUnfit)
        };
        let brought = patiently(purchase, &stopped).await;
        assert!(
            matches!(brought, Err(GatewayError::UserUnfit)),
            "what it brings, whatever that is"
        );
    }
}
