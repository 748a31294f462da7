//! A network that is gone meanwhile, for every kind: it is said, nothing is forgotten, and once it is back nothing has to be
//! entered again.

use countersign_app::page::{ConnectionCard, ConnectionState};
use countersign_domain::{Action, ConnectionKind, ErrorCode};
use countersign_sandbox::FaultKind;

use super::{BUYING, each, token_endpoint};
use crate::browser::Does;
use crate::line::Line;
use crate::study::{HOUR, Study, failure, signed_in};

/// All but Practice, whose services are in the program itself.
const KINDS: [ConnectionKind; 7] = [
    ConnectionKind::HypothesisAnonymous,
    ConnectionKind::HypothesisPersonalToken,
    ConnectionKind::HypothesisSignIn,
    ConnectionKind::HypothesisClientCredentials,
    ConnectionKind::HypothesisGrantToken,
    ConnectionKind::HyperproofClientCredentials,
    ConnectionKind::HyperproofAuthorizationCode,
];

impl Study {
    async fn is_told_that_nobody_answers(&self, card: &ConnectionCard) {
        let gone = failure(&self.tested(card).await);
        assert_eq!(
            (gone.code, gone.action, gone.retryable),
            (ErrorCode::Unreachable, Action::Retry, true),
            "{gone:?}"
        );
    }

    /// The card and what is kept for it are as they were.
    async fn keeps(&self, card: &ConnectionCard) {
        let listed = self.app.connections();
        assert_eq!((listed.len(), &listed[0].id), (1, &card.id));
        assert!(!card.kind.signs_in() || signed_in(&listed[0]));
        for part in card.kind.kept() {
            let kept = self.desk.part(card.service, &card.id, *part).await;
            assert!(kept.is_some(), "{part:?} is still in the keychain");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_network_gone_meanwhile_is_said_and_costs_nothing_but_the_wait() {
    each(&KINDS, |kind| async move {
        let mut study = Study::new(Does::Allows).await;
        let mut line = Line::to(&study.services.sandbox.hypothesis_server()).await;
        let draft = line.over(study.services.drafted(kind));
        let card = study.saves(&draft).await.unwrap();
        assert_eq!(card.state, ConnectionState::Working);
        line.cut().await;
        study.is_told_that_nobody_answers(&card).await;
        study.keeps(&card).await;
        line.mend().await;
        assert_eq!(study.tested(&card).await.state, ConnectionState::Working);
        // Once more, over tokens that end meanwhile and a program that ends meanwhile.
        line.cut().await;
        study.later(HOUR * 2);
        study.restart();
        study.is_told_that_nobody_answers(&card).await;
        study.keeps(&card).await;
        line.mend().await;
        assert_eq!(study.tested(&card).await.state, ConnectionState::Working);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_is_lost_on_its_way_is_asked_for_again_where_that_helps() {
    each(&BUYING, |kind| async move {
        let study = Study::new(Does::Allows).await;
        let card = study.saved(kind).await;
        study.later(HOUR * 2);
        study
            .services
            .provoke("POST", token_endpoint(kind), FaultKind::DropAfterWrite);
        if kind == ConnectionKind::HypothesisSignIn {
            // The service takes the refresh token of before for three minutes more, so it is sent once again.
            assert_eq!(study.tested(&card).await.state, ConnectionState::Working);
        } else if kind == ConnectionKind::HyperproofAuthorizationCode {
            // The service's refresh tokens are good once, and nobody has the new one.
            let ended = failure(&study.tested(&card).await);
            assert_eq!((ended.code, ended.action), (ErrorCode::SignedOut, Action::SignInAgain));
            let again = study.app.sign_in_again(&card.id, study.told()).await.unwrap();
            assert_eq!(again.state, ConnectionState::Working);
        } else {
            study.is_told_that_nobody_answers(&card).await;
            assert_eq!(study.tested(&card).await.state, ConnectionState::Working);
        }
        study.keeps(&card).await;
    })
    .await;
}
