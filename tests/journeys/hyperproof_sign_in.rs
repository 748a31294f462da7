//! A person's sign-in to Hyperproof: a confidential client, refresh with rotation, a secret that rotates.

use countersign_app::page::ConnectionState;
use countersign_domain::{Action, ErrorCode, SecretString, Service};

use super::browser::Does;
use super::desk::synced;
use super::study::{DAY, HOUR, Study, failure, signed_in};

fn bought(study: &Study) -> usize {
    study.services.asked("POST", "/hyperproof/oauth/token")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_signs_in_with_a_clients_secret_and_reads_controls() {
    let study = Study::new(Does::Allows).await;
    let draft = study.services.hyperproof_sign_in();
    let card = study.app.sign_in_save(&draft, study.told()).await.unwrap();
    assert_eq!(card.state, ConnectionState::Working);
    assert!(
        signed_in(&card) && card.sign_in.as_ref().unwrap().rests_until.is_none(),
        "no end is known"
    );
    assert!(study.desk.has_secret(Service::Hyperproof, &card.id).await);
    let first = study.desk.refresh_token(Service::Hyperproof, &card.id).await;
    assert_eq!(synced(&study.app, &card).await.unwrap(), 370);
    assert_eq!(bought(&study), 1);
    study.later(DAY);
    let tested = study.tested(&card).await;
    assert_eq!((tested.state, bought(&study)), (ConnectionState::Working, 2));
    let second = study.desk.refresh_token(Service::Hyperproof, &card.id).await;
    assert!(
        first.is_some() && second.is_some() && first != second,
        "refresh tokens rotate"
    );
    let may = |name: &str| tested.permissions.iter().find(|known| known.name == name).cloned();
    assert!(
        may("labels").is_some() && may("proof").is_some(),
        "{:?}",
        tested.permissions
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_denied_sign_in_is_told_and_leaves_nothing() {
    let study = Study::new(Does::Denies).await;
    let draft = study.services.hyperproof_sign_in();
    let failure = study.app.sign_in_save(&draft, study.told()).await.unwrap_err();
    assert_eq!(failure.code, ErrorCode::SignInRefused);
    assert_eq!(failure.server_words.as_deref(), Some("access_denied"));
    assert_eq!(study.app.connections(), []);
    assert!(!study.desk.settings_text().contains("pending"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_secret_leaves_nothing_and_a_rotated_one_is_replaced() {
    let study = Study::new(Does::Allows).await;
    let mut wrong = study.services.hyperproof_sign_in();
    wrong.secret = SecretString::from("wrong");
    let refused = study.app.sign_in_save(&wrong, study.told()).await.unwrap_err();
    assert_eq!(
        (refused.code, refused.action),
        (ErrorCode::CredentialRefused, Action::ReplaceSecret)
    );
    assert_eq!(study.app.connections(), []);
    let draft = study.services.hyperproof_sign_in();
    let card = study.app.sign_in_save(&draft, study.told()).await.unwrap();
    study.services.sandbox.rotate_hyperproof_secret("the-new-one");
    study.later(HOUR * 3);
    let rotated = failure(&study.tested(&card).await);
    assert_eq!(
        (rotated.code, rotated.action),
        (ErrorCode::CredentialRefused, Action::ReplaceSecret)
    );
    let new = SecretString::from("the-new-one");
    let replaced = study.app.replace_secret(&card.id, &new).await.unwrap();
    assert_eq!(
        replaced.state,
        ConnectionState::Working,
        "the sign-in outlived the rotation"
    );
}
