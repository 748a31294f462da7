//! Owns what the journeys that every kind makes share: which kinds there are for what, and one way to save and to call
//! each. Must not judge: the journeys beside it do.
//!
//! What a kind has to itself (its first sign-in, its pages, what it says of a wrong secret) is in that kind's own journeys,
//! and is not made again here.

mod crowd;
mod expiry;
mod forgotten;
mod locked;
mod offline;
mod rotated;

use countersign_app::App;
use countersign_app::page::{ConnectionCard, ConnectionDraft, RequestAnswer, RequestDraft};
use countersign_domain::{ConnectionKind, Failure, Service};

use crate::study::Study;

/// The kinds whose calls carry an access token that was bought for them.
const BUYING: [ConnectionKind; 4] = [
    ConnectionKind::HypothesisSignIn,
    ConnectionKind::HypothesisGrantToken,
    ConnectionKind::HyperproofClientCredentials,
    ConnectionKind::HyperproofAuthorizationCode,
];

/// Makes one journey for each of `kinds`, all at once; each has a desk and services of its own.
async fn each<Made>(kinds: &[ConnectionKind], journey: impl Fn(ConnectionKind) -> Made)
where
    Made: Future<Output = ()> + Send + 'static,
{
    let journeys: Vec<_> = kinds.iter().map(|kind| (kind, tokio::spawn(journey(*kind)))).collect();
    for (kind, made) in journeys {
        made.await.unwrap_or_else(|end| panic!("{kind:?}: {end}"));
    }
}

impl Study {
    /// A connection of `kind`, good and proven.
    async fn saved(&self, kind: ConnectionKind) -> ConnectionCard {
        self.saves(&self.services.drafted(kind)).await.unwrap()
    }

    /// Saves a draft in the way of its kind.
    async fn saves(&self, draft: &ConnectionDraft) -> Result<ConnectionCard, Failure> {
        if draft.kind.signs_in() {
            self.app.sign_in_save(draft, self.told()).await
        } else {
            self.app.save_connection(draft).await
        }
    }

    /// One request by hand, which carries the credential whatever the kind.
    async fn asks(&self, card: &ConnectionCard) -> Result<RequestAnswer, Failure> {
        asks(&self.app, card).await
    }

    /// How often a token was asked for, for connections of `kind`.
    fn purchases(&self, kind: ConnectionKind) -> usize {
        self.services.asked("POST", token_endpoint(kind))
    }
}

async fn asks(app: &App, card: &ConnectionCard) -> Result<RequestAnswer, Failure> {
    let path = match card.service {
        Service::Hypothesis => "/profile",
        Service::Hyperproof => "/users/me",
        Service::Practice => "/hyperproof/v1/users/me",
    };
    let request = RequestDraft {
        path: path.to_owned(),
        query: Vec::new(),
    };
    app.send_request(&card.id, &request).await
}

fn token_endpoint(kind: ConnectionKind) -> &'static str {
    match kind.service() {
        Service::Hypothesis => "/api/token",
        Service::Hyperproof => "/hyperproof/oauth/token",
        Service::Practice => panic!("its services run in the program and tell nobody what they were asked"),
    }
}
