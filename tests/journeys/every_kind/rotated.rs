//! A secret that is rotated at the service, for the kinds whose own journeys do not show it: it is refused and said, another
//! wrong one changes nothing, and the new one puts it right for good.

use countersign_app::page::{ConnectionCard, ConnectionState};
use countersign_domain::{Action, ConnectionKind, ErrorCode, Failure, SecretString, Service};
use countersign_sandbox::FaultKind;

use super::{each, token_endpoint};
use crate::browser::Does;
use crate::desk::until;
use crate::study::{HOUR, Study, failure};

const KINDS: [ConnectionKind; 3] = [
    ConnectionKind::HypothesisPersonalToken,
    ConnectionKind::HypothesisClientCredentials,
    ConnectionKind::HyperproofClientCredentials,
];

const NEW: &str = "6879-the-new-one";

impl Study {
    /// From now on the service takes `NEW` alone.
    fn rotate(&self, kind: ConnectionKind) {
        let sandbox = &self.services.sandbox;
        if kind == ConnectionKind::HypothesisPersonalToken {
            sandbox.replace_hypothesis_personal_token(NEW);
        } else if kind.service() == Service::Hypothesis {
            sandbox.rotate_hypothesis_secrets(NEW);
        } else {
            sandbox.rotate_hyperproof_secret(NEW);
        }
    }

    async fn replaces(&self, card: &ConnectionCard, secret: &str) -> Result<ConnectionCard, Failure> {
        self.app.replace_secret(&card.id, &SecretString::from(secret)).await
    }
}

fn is_refused(failure: &Failure) {
    assert_eq!(
        (failure.code, failure.action),
        (ErrorCode::CredentialRefused, Action::ReplaceSecret)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rotated_secret_is_refused_until_the_new_one_is_entered() {
    each(&KINDS, |kind| async move {
        let mut study = Study::new(Does::HasNone).await;
        let card = study.saved(kind).await;
        study.rotate(kind);
        // An access token that the old secret bought is good to its end.
        study.later(HOUR * 2);
        is_refused(&failure(&study.tested(&card).await));
        is_refused(&study.replaces(&card, "6879-another-wrong-one").await.unwrap_err());
        is_refused(&failure(&study.tested(&card).await));
        let replaced = study.replaces(&card, NEW).await.unwrap();
        assert_eq!((replaced.state, &replaced.id), (ConnectionState::Working, &card.id));
        study.restart();
        assert_eq!(
            study.tested(&card).await.state,
            ConnectionState::Working,
            "the new one is what the keychain has"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_was_bought_before_a_rotation_is_used_to_its_end() {
    const KIND: ConnectionKind = ConnectionKind::HyperproofClientCredentials;
    let study = Study::new(Does::HasNone).await;
    let card = study.saved(KIND).await;
    study.rotate(KIND);
    study.later(HOUR / 2);
    assert_eq!(study.tested(&card).await.state, ConnectionState::Working);
    assert_eq!(study.purchases(KIND), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_old_secrets_refusal_is_not_taken_for_the_new_ones() {
    const KIND: ConnectionKind = ConnectionKind::HyperproofClientCredentials;
    let study = Study::new(Does::HasNone).await;
    let card = study.saved(KIND).await;
    study.rotate(KIND);
    study.later(HOUR * 2);
    let slow = FaultKind::Latency { milliseconds: 1_000 };
    study.services.provoke("POST", token_endpoint(KIND), slow);
    let (app, id, before) = (study.app.clone(), card.id.clone(), study.purchases(KIND));
    let testing = tokio::spawn(async move { app.test_connection(&id).await });
    until("the old secret is on its way", || study.purchases(KIND) > before).await;
    let replaced = study.replaces(&card, NEW).await.unwrap();
    assert_eq!(replaced.state, ConnectionState::Working);
    testing.await.unwrap().unwrap();
    assert_eq!(study.tested(&card).await.state, ConnectionState::Working);
}
