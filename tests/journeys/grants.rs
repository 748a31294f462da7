//! The kinds beside the sign-in: nobody's connection, and tokens granted for an account; pace and way of any kind.

use countersign_app::page::{AccountUpdateRequest, ConnectionState, CreateOutcome, NetworkDraft, ProxyKind};
use countersign_domain::{Action, ErrorCode, Field, SecretString, Service};

use super::browser::Does;
use super::study::{HOUR, Study, failure};

#[tokio::test(flavor = "multi_thread")]
async fn an_anonymous_connection_keeps_nothing_and_reads_what_everybody_may() {
    let study = Study::new(Does::HasNone).await;
    let card = study.app.save_connection(&study.services.anonymous()).await.unwrap();
    assert_eq!((card.state.clone(), card.identity.len()), (ConnectionState::Working, 0));
    assert!(!study.desk.has_secret(Service::Hypothesis, &card.id).await);
    let names: Vec<_> = study
        .tested(&card)
        .await
        .permissions
        .into_iter()
        .map(|known| known.name)
        .collect();
    assert_eq!(names, ["index", "groups"]);
    let mut elsewhere = study.services.anonymous();
    elsewhere.api_address = format!("{}/elsewhere", study.services.sandbox.hypothesis_server());
    let failure = study.app.save_connection(&elsewhere).await.unwrap_err();
    assert_eq!(failure.code, ErrorCode::AnswerUnreadable, "{failure:?}");
    let replaced = study
        .app
        .replace_secret(&card.id, &SecretString::from("x"))
        .await
        .unwrap_err();
    assert_eq!(replaced.code, ErrorCode::KindUnsuited);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_grant_token_stands_for_its_account_and_is_minted_anew() {
    let study = Study::new(Does::HasNone).await;
    let card = study.app.save_connection(&study.services.grant_token()).await.unwrap();
    assert_eq!(card.state, ConnectionState::Working);
    assert_eq!(card.userid.as_deref(), Some("acct:amina_okafor@practice.example"));
    assert!(card.access_token_expires.is_some());
    study.later(HOUR * 2);
    assert_eq!(study.tested(&card).await.state, ConnectionState::Working);
    assert_eq!(study.bought(), 2);
    study.services.sandbox.end_hypothesis_tokens(true);
    assert_eq!(
        study.tested(&card).await.state,
        ConnectionState::Working,
        "another one is bought"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_grant_tokens_wrong_secret_or_account_is_told_apart() {
    let study = Study::new(Does::HasNone).await;
    let mut wrong = study.services.grant_token();
    wrong.secret = SecretString::from("wrong");
    let refused = study.app.save_connection(&wrong).await.unwrap_err();
    assert_eq!(
        (refused.code, refused.action),
        (ErrorCode::CredentialRefused, Action::ReplaceSecret)
    );
    let mut nobody = study.services.grant_token();
    nobody.userid = "acct:nobody@practice.example".into();
    let refused = study.app.save_connection(&nobody).await.unwrap_err();
    assert_ne!(refused.action, Action::ReplaceSecret, "the secret is good: {refused:?}");
    assert_eq!(study.app.connections(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_grant_tokens_rotated_secret_is_replaced() {
    let study = Study::new(Does::HasNone).await;
    let card = study.app.save_connection(&study.services.grant_token()).await.unwrap();
    study.services.sandbox.rotate_hypothesis_secrets("the-new-one");
    study.later(HOUR * 24 * 8);
    let rotated = failure(&study.tested(&card).await);
    assert_eq!(
        (rotated.code, rotated.action),
        (ErrorCode::CredentialRefused, Action::ReplaceSecret)
    );
    let replaced = study
        .app
        .replace_secret(&card.id, &SecretString::from("the-new-one"))
        .await;
    assert_eq!(replaced.unwrap().state, ConnectionState::Working);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dead_credential_is_blamed_before_the_account() {
    let study = Study::new(Does::HasNone).await;
    let draft = study.services.hypothesis();
    let card = study.app.save_connection(&draft).await.unwrap();
    let change = AccountUpdateRequest {
        userid: "acct:amina_okafor@practice.example".into(),
        email: None,
        display_name: Some("A. Okafor".into()),
    };
    let mut missing = AccountUpdateRequest { ..change.clone() };
    missing.userid = "acct:nobody.here@practice.example".into();
    let outcome = study.app.update_account(&card.id, &missing).await.unwrap();
    assert!(
        matches!(&outcome, CreateOutcome::NotDone { failure } if failure.code == ErrorCode::NotFound),
        "{outcome:?}"
    );
    study.services.sandbox.rotate_hypothesis_secrets("the-new-one");
    let outcome = study.app.update_account(&card.id, &change).await.unwrap();
    let CreateOutcome::NotDone { failure } = outcome else {
        panic!("not done, not {outcome:?}")
    };
    assert_eq!(
        (failure.code, failure.action),
        (ErrorCode::CredentialRefused, Action::ReplaceSecret)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pace_is_chosen_and_given_back() {
    let study = Study::new(Does::HasNone).await;
    let card = study.app.save_connection(&study.services.anonymous()).await.unwrap();
    let known = (card.rate_per_second, card.burst, card.rate_chosen);
    assert!(known.0.is_some() && !known.2, "{known:?}");
    let chosen = study.app.set_rate(&card.id, Some(2.5), Some(7)).unwrap();
    assert_eq!(
        (chosen.rate_per_second, chosen.burst, chosen.rate_chosen),
        (Some(2.5), Some(7), true)
    );
    let refused = study.app.set_rate(&card.id, Some(0.0), Some(7)).unwrap_err();
    assert_eq!(refused.field, Some(Field::PerSecond));
    let back = study.app.set_rate(&card.id, None, None).unwrap();
    assert!(!back.rate_chosen && back.rate_per_second == Some(4.0), "{back:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn another_way_through_the_network_is_proven_and_keeps_the_sign_in() {
    let study = Study::new(Does::Allows).await;
    let card = study.signs_in().await.unwrap();
    let proxy = |kind| NetworkDraft {
        proxy: kind,
        proxy_address: "proxy.invalid:3128".into(),
        proxy_username: "jo".into(),
        proxy_password: SecretString::from("a proxy's password"),
        certificate: None,
    };
    // Loopback never goes through a proxy, so the connection works as before.
    let behind = study
        .app
        .set_network(&card.id, &proxy(ProxyKind::Address))
        .await
        .unwrap();
    assert_eq!(behind.state, ConnectionState::Working);
    assert_eq!(
        behind.network.proxy_address.as_deref(),
        Some("http://proxy.invalid:3128")
    );
    assert_eq!(study.bought(), 1, "the access token is still good");
    assert!(!study.desk.settings_text().contains("a proxy's password"));
    let direct = study
        .app
        .set_network(&card.id, &proxy(ProxyKind::Direct))
        .await
        .unwrap();
    assert_eq!(
        (direct.network.proxy, direct.network.proxy_username),
        (ProxyKind::Direct, None)
    );
    let mut nonsense = proxy(ProxyKind::Address);
    nonsense.proxy_address = "http://jo:pw@proxy.invalid:1".into();
    let refused = study.app.set_network(&card.id, &nonsense).await.unwrap_err();
    assert_eq!(refused.field, Some(Field::ProxyAddress));
}
