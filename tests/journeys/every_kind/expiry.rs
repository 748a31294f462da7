//! Access tokens that end, in their time or before it, and sign-ins that are ended, where a kind's own journeys do not show
//! it: both kinds of Hyperproof.

use countersign_app::page::ConnectionState;
use countersign_domain::{Action, ConnectionKind, CredentialPart, ErrorCode};

use super::each;
use crate::browser::Does;
use crate::study::{HOUR, Study, failure, signed_in};

const KINDS: [ConnectionKind; 2] = [
    ConnectionKind::HyperproofClientCredentials,
    ConnectionKind::HyperproofAuthorizationCode,
];

#[tokio::test(flavor = "multi_thread")]
async fn an_access_token_of_hyperproof_is_bought_anew_once_its_hour_is_over() {
    each(&KINDS, |kind| async move {
        let study = Study::new(Does::Allows).await;
        let card = study.saved(kind).await;
        study.later(HOUR / 2);
        study.tested(&card).await;
        assert_eq!(study.purchases(kind), 1, "half an hour later the token is good");
        study.later(HOUR);
        let later = study.tested(&card).await;
        assert_eq!((later.state, study.purchases(kind)), (ConnectionState::Working, 2));
        assert!(card.access_token_expires.is_some());
        assert!(
            later.access_token_expires > card.access_token_expires,
            "the card says until when"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_hyperproof_ended_before_its_time_costs_one_more_and_no_failure() {
    each(&KINDS, |kind| async move {
        let study = Study::new(Does::Allows).await;
        let card = study.saved(kind).await;
        study.services.sandbox.end_hyperproof_tokens(false);
        assert_eq!(study.asks(&card).await.unwrap().status, 200);
        assert_eq!(study.purchases(kind), 2);
        assert_eq!(study.app.connections()[0].state, ConnectionState::Working);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_that_hyperproof_ended_is_said_and_made_again_on_the_same_card() {
    let study = Study::new(Does::Allows).await;
    let card = study.saved(ConnectionKind::HyperproofAuthorizationCode).await;
    study.services.sandbox.end_hyperproof_tokens(true);
    let ended = failure(&study.tested(&card).await);
    assert_eq!((ended.code, ended.action), (ErrorCode::SignedOut, Action::SignInAgain));
    let again = study.app.sign_in_again(&card.id, study.told()).await.unwrap();
    assert_eq!((again.state, &again.id), (ConnectionState::Working, &card.id));
    assert_eq!(study.app.connections().len(), 1, "the same connection");
}

/// There is no place to revoke at (hyperproof-api section 1), which the page says in words before anybody signs out.
#[tokio::test(flavor = "multi_thread")]
async fn signing_out_of_hyperproof_forgets_the_sign_in_here_and_asks_nothing_of_the_service() {
    const KIND: ConnectionKind = ConnectionKind::HyperproofAuthorizationCode;
    let study = Study::new(Does::Allows).await;
    let card = study.saved(KIND).await;
    let calls = study.services.sandbox.requests().len();
    let out = study.app.sign_out(&card.id).await.unwrap();
    assert!(!signed_in(&out) && out.access_token_expires.is_none());
    let said = failure(&out);
    assert_eq!((said.code, said.action), (ErrorCode::SignedOut, Action::SignInAgain));
    let kept = async |part| study.desk.part(card.service, &card.id, part).await.is_some();
    assert!(!kept(CredentialPart::RefreshToken).await);
    assert!(
        kept(CredentialPart::Secret).await,
        "the client's secret is no part of the sign-in"
    );
    assert_eq!(failure(&study.tested(&card).await).action, Action::SignInAgain);
    assert_eq!(
        study.services.sandbox.requests().len(),
        calls,
        "there is nothing to revoke at, and nothing left to renew with"
    );
    let again = study.app.sign_in_again(&card.id, study.told()).await.unwrap();
    assert!(signed_in(&again) && again.state == ConnectionState::Working);
}
