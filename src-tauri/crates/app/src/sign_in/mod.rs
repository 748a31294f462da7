//! Owns the use-cases of a person's sign-in in the browser: in, in again, the pasted address, out; and the looking at a
//! token. Must not keep a code, nor let the page choose what the browser opens.

mod pending;
mod renewal;
mod token;
mod under_way;

use std::sync::Arc;
use std::time::Duration;

use countersign_domain::{Connection, ConnectionId, CredentialPart, ErrorCode, Failure, SecretString};
use countersign_services::Proof;
use countersign_services::sign_in::SignInError;
use tokio_util::sync::CancellationToken;

use crate::app::{App, connection_id};
use crate::bound_services::unsuited;
use crate::connections::Checked;
use crate::page::{ConnectionCard, ConnectionDraft, SignInStep};
use crate::ports::Progress;

pub(crate) use pending::PendingSignIns;
pub(crate) use renewal::shown;

/// The operation's name: one sign-in at a time, since the browser comes back to one port.
const OPERATION: &str = "sign-in";
/// How long a token that is not wanted after all is tried to be revoked.
const REVOKED_WITHIN: Duration = Duration::from_secs(10);

type Steps = Arc<dyn Progress<SignInStep>>;

impl App {
    /// Saves a connection by having the person sign in. What fails leaves nothing behind; the form still holds what was
    /// typed. The operation's name is `sign-in`.
    ///
    /// # Errors
    /// `input-invalid` at a field, `callback-port-held` (the browser was not opened then), `sign-in-timed-out`,
    /// `sign-in-refused`, a failure of keychain, settings or token endpoint, or how the proof failed.
    pub async fn sign_in_save(&self, draft: &ConnectionDraft, progress: Steps) -> Result<ConnectionCard, Failure> {
        if !draft.kind.signs_in() {
            return Err(unsuited());
        }
        let Checked { connection, secrets } = self.checked_draft(draft)?;
        let running = self.0.operations.begin(OPERATION);
        self.0.settings.add(connection.clone(), draft.keeping())?;
        let signed_in = async {
            self.keep(&connection.id, secrets).await?;
            self.signed_in(&connection, &progress, &running.cancel).await
        };
        match signed_in.await {
            Ok(proof) => self.in_now(&connection.id, proof),
            Err(failure) => {
                self.take_back(&connection).await;
                Err(failure)
            }
        }
    }

    /// Has the person sign in again for a connection. What fails leaves the sign-in before as it was.
    ///
    /// # Errors
    /// As `sign_in_save`, and `connection-unknown`, `kind-unsuited`.
    pub async fn sign_in_again(&self, id: &str, progress: Steps) -> Result<ConnectionCard, Failure> {
        let id = connection_id(id)?;
        let connection = self.0.settings.ready(&id)?.connection;
        if !connection.kind.signs_in() {
            return Err(unsuited());
        }
        let running = self.0.operations.begin(OPERATION);
        let proof = self.signed_in(&connection, &progress, &running.cancel).await?;
        self.in_now(&id, proof)
    }

    /// Hands the address at which the browser ended to the sign-in under way.
    ///
    /// # Errors
    /// `input-invalid` at the callback's address; the sign-in goes on.
    pub fn sign_in_paste(&self, address: &SecretString) -> Result<(), Failure> {
        let pending = self.0.sign_ins.now().ok_or(SignInError::Over);
        pending
            .and_then(|pending| pending.paste(address))
            .map_err(SignInError::into_failure)
    }

    /// Opens the page of the sign-in under way in the browser once more.
    ///
    /// # Errors
    /// `browser-failed`, and `input-invalid` when no sign-in is under way.
    pub fn sign_in_open_again(&self) -> Result<(), Failure> {
        let pending = self.0.sign_ins.now().ok_or_else(|| SignInError::Over.into_failure())?;
        let opened = self.0.ports.browser.open(pending.authorization().address());
        opened.map_err(|failure| Failure::new(ErrorCode::BrowserFailed, failure.message))
    }

    /// Revokes the sign-in at the service, where it has a place for that, and forgets the refresh token. When the
    /// service cannot be reached, nothing is forgotten: a token that still works would be left there.
    ///
    /// # Errors
    /// `connection-unknown`, `kind-unsuited`, a failure of the service or the keychain.
    pub async fn sign_out(&self, id: &str) -> Result<ConnectionCard, Failure> {
        let id = connection_id(id)?;
        let connection = self.0.settings.ready(&id)?.connection;
        if !connection.kind.signs_in() {
            return Err(unsuited());
        }
        let running = self.0.operations.begin(format!("sign-out:{id}"));
        let bound = self.0.services.of(&connection).await?;
        match bound.gateway()?.revoke(&running.cancel).await {
            Ok(()) => {}
            Err(error) if is_out_already(error.code()) => {}
            Err(error) => return Err(error.into_failure()),
        }
        self.0
            .credentials
            .delete_part(&id, CredentialPart::RefreshToken)
            .await?;
        self.0.services.drop_bound(&id);
        self.0.settings.update(&id, |saved| saved.connection.renewed = None)?;
        let out = Failure::new(
            ErrorCode::SignedOut,
            "Signed out. Sign in again to use this connection.",
        );
        self.0.observations.note(&id, self.now(), &Err(out));
        Ok(self.card(&self.0.settings.ready(&id)?))
    }

    /// Notes a sign-in that was proven.
    fn in_now(&self, id: &ConnectionId, proof: Proof) -> Result<ConnectionCard, Failure> {
        let now = self.now();
        self.0.settings.update(id, |saved| {
            saved.connection.secret_saved = now;
            saved.connection.renewed = Some(now);
        })?;
        self.ready(id, proof)
    }

    /// Waits for the person, exchanges the code, proves. On a failure the refresh token of before is put back.
    async fn signed_in(
        &self,
        connection: &Connection,
        progress: &Steps,
        cancel: &CancellationToken,
    ) -> Result<Proof, Failure> {
        let id = &connection.id;
        // The keychain is asked before the browser opens: nobody signs in for a token that cannot be kept.
        let earlier = self.0.credentials.kept(id, CredentialPart::RefreshToken).await?;
        let code = self.came_back(connection, progress, cancel).await?;
        progress.step(SignInStep::Exchanging);
        let gateway = self.0.services.of(connection).await?.gateway()?.clone();
        if let Err(error) = gateway.redeem(code, cancel).await {
            self.back_to(connection, earlier).await;
            return Err(error.into_failure());
        }
        progress.step(SignInStep::Proving);
        let proven = self.prove(connection, cancel).await;
        if proven.is_err() {
            let unasked = CancellationToken::new();
            let _best_effort = tokio::time::timeout(REVOKED_WITHIN, gateway.revoke(&unasked)).await;
            self.back_to(connection, earlier).await;
        }
        proven
    }

    /// The refresh token as it was before a sign-in that failed.
    async fn back_to(&self, connection: &Connection, earlier: Option<SecretString>) {
        let id = &connection.id;
        self.0.services.drop_bound(id);
        let still_there = self.0.settings.ready(id).is_ok();
        let Some(earlier) = earlier.filter(|_| still_there) else {
            let _next_start = self.0.credentials.delete_part(id, CredentialPart::RefreshToken).await;
            return;
        };
        let kept = self.0.credentials.save(id, CredentialPart::RefreshToken, earlier).await;
        let renewed = connection.renewed;
        let noted = self.0.settings.update(id, |saved| saved.connection.renewed = renewed);
        if kept.is_err() || noted.is_err() {
            tracing::warn!(connection = %id, "the earlier sign-in could not be put back");
        }
    }
}

/// Nothing is left to revoke.
fn is_out_already(code: ErrorCode) -> bool {
    matches!(code, ErrorCode::SignedOut | ErrorCode::CredentialMissing)
}
