//! A keychain that is locked meanwhile, for every kind that keeps something there: it is said, nothing is lost, and once it
//! is unlocked nothing has to be entered again. The browser sign-in's is in `sign_in_trouble`.

use countersign_app::page::{ConnectionCard, ConnectionState};
use countersign_domain::{Action, ConnectionKind, CredentialPart, ErrorCode};
use countersign_sandbox::FaultKind;

use super::{each, token_endpoint};
use crate::browser::Does;
use crate::desk::{Desk, until};
use crate::lockable::Lockable;
use crate::study::{HOUR, Study};

const KINDS: [ConnectionKind; 6] = [
    ConnectionKind::HypothesisPersonalToken,
    ConnectionKind::HypothesisClientCredentials,
    ConnectionKind::HypothesisGrantToken,
    ConnectionKind::HyperproofClientCredentials,
    ConnectionKind::HyperproofAuthorizationCode,
    ConnectionKind::Practice,
];

/// A connection of `kind` that works, over a keychain that can be locked.
async fn lockable(kind: ConnectionKind) -> (Lockable, Study, ConnectionCard) {
    let keychain = Lockable::default();
    let study = Study::at(Desk::with(keychain.keychain()), Does::Allows).await;
    let card = study.saved(kind).await;
    // The first request by hand makes the register and its key, so that from here on nothing is added to the keychain.
    assert_eq!(study.asks(&card).await.unwrap().status, 200);
    (keychain, study, card)
}

impl Study {
    async fn is_told_that_it_is_locked(&self, card: &ConnectionCard) {
        let locked = self.asks(card).await.unwrap_err();
        assert_eq!(
            (locked.code, locked.action),
            (ErrorCode::KeychainLocked, Action::UnlockKeychain)
        );
        let tested = self.tested(card).await;
        assert_eq!(tested.state, ConnectionState::KeychainUnavailable);
        assert_eq!(self.app.connections().len(), 1, "the card stays");
    }

    async fn works(&self, card: &ConnectionCard) {
        assert_eq!(self.asks(card).await.unwrap().status, 200);
        assert_eq!(self.tested(card).await.state, ConnectionState::Working);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_keychain_locked_meanwhile_is_said_and_loses_nothing() {
    each(&KINDS, |kind| async move {
        let (keychain, study, card) = lockable(kind).await;
        let kept = keychain.kept();
        keychain.lock(true);
        assert_eq!(
            study.asks(&card).await.unwrap().status,
            200,
            "what is still held in memory needs no keychain"
        );
        // Past the end of every access token, and of the five minutes for which a stored secret is held.
        study.later(HOUR * 2);
        let calls = study.services.sandbox.requests().len();
        study.is_told_that_it_is_locked(&card).await;
        assert_eq!(
            study.services.sandbox.requests().len(),
            calls,
            "nothing leaves without its credential"
        );
        keychain.lock(false);
        assert_eq!(keychain.kept(), kept, "nothing was lost");
        study.works(&card).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_that_starts_over_a_locked_keychain_works_once_it_is_unlocked() {
    each(&KINDS, |kind| async move {
        let (keychain, mut study, card) = lockable(kind).await;
        let kept = keychain.kept();
        keychain.lock(true);
        study.restart();
        study.app.reconcile().await;
        study.is_told_that_it_is_locked(&card).await;
        keychain.lock(false);
        assert_eq!(keychain.kept(), kept, "nothing was lost");
        study.works(&card).await;
    })
    .await;
}

/// Hyperproof's refresh tokens are good once: the one that a renewal brings is the only one there is.
#[tokio::test(flavor = "multi_thread")]
async fn a_keychain_locked_during_a_renewal_of_hyperproof_loses_no_refresh_token() {
    const KIND: ConnectionKind = ConnectionKind::HyperproofAuthorizationCode;
    let (keychain, mut study, card) = lockable(KIND).await;
    let refresh_token = async |study: &Study| {
        study
            .desk
            .part(card.service, &card.id, CredentialPart::RefreshToken)
            .await
    };
    let before = refresh_token(&study).await;
    study.later(HOUR * 2);
    let slow = FaultKind::Latency { milliseconds: 300 };
    study.services.provoke("POST", token_endpoint(KIND), slow);
    let (app, id, bought) = (study.app.clone(), card.id.clone(), study.purchases(KIND));
    let testing = tokio::spawn(async move { app.test_connection(&id).await });
    until("the renewal is under way", || study.purchases(KIND) > bought).await;
    keychain.lock(true);
    let renewed = testing.await.unwrap().unwrap();
    assert_eq!(renewed.state, ConnectionState::Working);
    let why = renewed
        .not_kept
        .expect("the card says that the token is in memory alone");
    assert_eq!(why.code, ErrorCode::KeychainLocked);
    keychain.lock(false);
    assert_eq!(refresh_token(&study).await, before, "what is kept is the one used up");
    assert_eq!(study.tested(&card).await.not_kept, None, "tested again, it is kept");
    study.restart();
    study.works(&card).await;
}
