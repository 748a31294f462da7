//! Owns a desk with a browser and services to sign in to, on a clock that can be set forward. Must not judge.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use countersign_app::App;
use countersign_app::page::{ConnectionCard, ConnectionState, SignInStep};
use countersign_domain::{Failure, Service};

use super::browser::{Browser, Does};
use super::desk::{Desk, LaterClock, until};
use super::services::Services;

pub(super) const HOUR: Duration = Duration::from_secs(3_600);
pub(super) const DAY: Duration = Duration::from_secs(86_400);

/// A desk with a browser, and services to sign in to.
pub(super) struct Study {
    pub(super) desk: Desk,
    pub(super) services: Services,
    pub(super) clock: Arc<LaterClock>,
    pub(super) browser: Arc<Browser>,
    pub(super) app: App,
    pub(super) steps: Arc<Mutex<Vec<SignInStep>>>,
}

impl Study {
    pub(super) async fn new(does: Does) -> Self {
        Self::at(Desk::new(), does).await
    }

    pub(super) async fn at(desk: Desk, does: Does) -> Self {
        let services = Services::start().await;
        let clock = Arc::new(LaterClock::default());
        let browser = Browser::of(&services.credentials, does);
        let app = desk.start_on(&clock, Arc::clone(&browser) as _);
        Self {
            desk,
            services,
            clock,
            browser,
            app,
            steps: Arc::default(),
        }
    }

    pub(super) fn restart(&mut self) {
        self.app = self.desk.start_on(&self.clock, Arc::clone(&self.browser) as _);
    }

    pub(super) fn told(&self) -> Arc<dyn countersign_app::ports::Progress<SignInStep>> {
        let steps = Arc::clone(&self.steps);
        Arc::new(move |step| steps.lock().unwrap().push(step))
    }

    pub(super) async fn signs_in(&self) -> Result<ConnectionCard, Failure> {
        self.app.sign_in_save(&self.services.sign_in(), self.told()).await
    }

    pub(super) async fn tested(&self, card: &ConnectionCard) -> ConnectionCard {
        self.app.test_connection(&card.id).await.unwrap()
    }

    pub(super) fn later(&self, step: Duration) {
        self.services.later(&self.clock, step);
    }

    /// Requests for tokens so far.
    pub(super) fn bought(&self) -> usize {
        self.services.asked("POST", "/api/token")
    }

    pub(super) async fn refresh_token(&self, card: &ConnectionCard) -> Option<Vec<u8>> {
        self.desk.refresh_token(Service::Hypothesis, &card.id).await
    }

    pub(super) async fn waits(&self) -> (String, String) {
        let steps = Arc::clone(&self.steps);
        until("the browser is waited for", || !steps.lock().unwrap().is_empty()).await;
        match &self.steps.lock().unwrap()[0] {
            SignInStep::Waiting {
                authorize_address,
                redirect_uri,
                ..
            } => (authorize_address.clone(), redirect_uri.clone()),
            other @ (SignInStep::StrangerCame | SignInStep::Exchanging | SignInStep::Proving) => {
                panic!("not the wait: {other:?}")
            }
        }
    }
}

pub(super) fn failure(card: &ConnectionCard) -> Failure {
    match &card.state {
        ConnectionState::Failing { failure } => failure.clone(),
        other @ (ConnectionState::Working
        | ConnectionState::NotChecked
        | ConnectionState::KeychainUnavailable
        | ConnectionState::Stopped) => panic!("failing, not {other:?}"),
    }
}

pub(super) fn signed_in(card: &ConnectionCard) -> bool {
    card.sign_in.as_ref().unwrap().signed_in
}
