//! Owns the stretch between the click and the person's coming back: port, browser, wait. Must not open the browser
//! before the port is held.

use std::sync::Arc;

use countersign_domain::{Binding, Connection, Failure};
use countersign_gateway::AuthorizationCode;
use countersign_services::sign_in::{
    Authorization, CallbackLimits, CallbackListener, LONGEST_WAIT, PendingSignIn, SignInError,
};
use tokio_util::sync::CancellationToken;

use super::Steps;
use crate::app::App;
use crate::bound_services::unsuited;
use crate::page::SignInStep;

impl App {
    /// The code that the person comes back with.
    pub(super) async fn came_back(
        &self,
        connection: &Connection,
        progress: &Steps,
        cancel: &CancellationToken,
    ) -> Result<AuthorizationCode, Failure> {
        let (sign_in, client_id) = connection
            .sign_in
            .as_ref()
            .zip(connection.client_id.as_ref())
            .ok_or_else(unsuited)?;
        let listener = CallbackListener::bind(sign_in.callback_port, CallbackLimits::default()).await;
        let listener = listener.map_err(SignInError::into_failure)?;
        let authorization = Authorization::begin(sign_in, client_id, connection.scopes.as_deref());
        let mut authorization = authorization.map_err(SignInError::into_failure)?;
        if let Binding::Addresses { token: Some(token), .. } = &connection.binding {
            authorization = authorization.redeemed_at(token);
        }
        let pending = Arc::new(PendingSignIn::new(authorization));
        let _under_way = self.0.sign_ins.begin(&connection.id, &pending);
        let host = sign_in.authorize.authority();
        progress.step(self.waiting(host, &pending));
        let stranger = || progress.step(SignInStep::StrangerCame);
        let code = listener.wait(Arc::clone(&pending), &stranger, cancel).await;
        Ok(AuthorizationCode {
            code: code.map_err(SignInError::into_failure)?,
            verifier: pending.authorization().verifier(),
        })
    }

    /// Opens the browser and says what is waited for.
    fn waiting(&self, host: String, pending: &PendingSignIn) -> SignInStep {
        let authorization = pending.authorization();
        let until = self.now().saturating_add(LONGEST_WAIT).unwrap_or(self.now());
        let opened = self.0.ports.browser.open(authorization.address());
        SignInStep::Waiting {
            host,
            redirect_uri: authorization.redirect_uri().to_owned(),
            until: until.to_string(),
            browser_opened: opened.is_ok(),
            authorize_address: authorization.address().to_owned(),
        }
    }
}
