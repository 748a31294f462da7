//! What can go wrong with a sign-in: the port, the person, the keychain, the network, the service.

use countersign_app::page::ConnectionState;
use countersign_domain::{Action, ErrorCode, Field};
use countersign_sandbox::FaultKind;

use super::browser::Does;
use super::desk::{Desk, until};
use super::lockable::Lockable;
use super::study::{HOUR, Study, failure, signed_in};

impl Study {
    fn has_nothing(&self) {
        assert_eq!(self.app.connections(), []);
        assert!(
            !self.desk.settings_text().contains("pending"),
            "no ghost: {}",
            self.desk.settings_text()
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_taken_port_is_said_before_the_browser_opens() {
    let study = Study::new(Does::Allows).await;
    let _squatter = tokio::net::TcpListener::bind(("::1", study.services.callback_port))
        .await
        .unwrap();
    let failure = study.signs_in().await.unwrap_err();
    assert_eq!(
        (failure.code, failure.field),
        (ErrorCode::CallbackPortHeld, Some(Field::CallbackPort))
    );
    assert_eq!(study.browser.opened(), [""; 0]);
    study.has_nothing();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stopped_sign_in_leaves_nothing_behind_and_can_be_begun_again() {
    let keychain = Lockable::default();
    let study = Study::at(Desk::with(keychain.keychain()), Does::Nothing).await;
    let (app, draft, told) = (study.app.clone(), study.services.sign_in(), study.told());
    let signing_in = tokio::spawn(async move { app.sign_in_save(&draft, told).await });
    study.waits().await;
    assert!(study.app.cancel_operation("sign-in"));
    assert_eq!(signing_in.await.unwrap().unwrap_err().code, ErrorCode::Cancelled);
    study.has_nothing();
    assert_eq!(keychain.kept(), 0);
    study.browser.does_from_now_on(Does::Allows);
    assert_eq!(study.signs_in().await.unwrap().state, ConnectionState::Working);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_sign_in_takes_the_place_of_the_first() {
    let study = Study::new(Does::Nothing).await;
    let (app, draft, told) = (study.app.clone(), study.services.sign_in(), study.told());
    let first = tokio::spawn(async move { app.sign_in_save(&draft, told).await });
    study.waits().await;
    study.browser.does_from_now_on(Does::Allows);
    let second = study.signs_in().await.unwrap();
    assert_eq!(first.await.unwrap().unwrap_err().code, ErrorCode::Cancelled);
    assert_eq!(second.state, ConnectionState::Working);
    assert_eq!(study.app.connections().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_locked_keychain_is_said_before_the_browser_opens() {
    let keychain = Lockable::default();
    let study = Study::at(Desk::with(keychain.keychain()), Does::Allows).await;
    keychain.lock(true);
    let failure = study.signs_in().await.unwrap_err();
    assert_eq!(
        (failure.code, failure.action),
        (ErrorCode::KeychainLocked, Action::UnlockKeychain)
    );
    assert_eq!(
        study.browser.opened(),
        [""; 0],
        "nobody signs in for a token that cannot be kept"
    );
    assert_eq!(study.app.connections(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_keychain_locked_meanwhile_loses_no_renewal() {
    let keychain = Lockable::default();
    let study = Study::at(Desk::with(keychain.keychain()), Does::Allows).await;
    let card = study.signs_in().await.unwrap();
    let kept = study.refresh_token(&card).await.unwrap();
    study.later(HOUR * 2);
    keychain.lock(true);
    let locked = study.tested(&card).await;
    assert_eq!(
        locked.state,
        ConnectionState::KeychainUnavailable,
        "the refresh token cannot be read"
    );
    keychain.lock(false);
    study
        .services
        .provoke("POST", "/api/token", FaultKind::Latency { milliseconds: 300 });
    let (app, id, before) = (study.app.clone(), card.id.clone(), study.bought());
    let testing = tokio::spawn(async move { app.test_connection(&id).await });
    until("the renewal is under way", || study.bought() > before).await;
    keychain.lock(true);
    let renewed = testing.await.unwrap().unwrap();
    assert_eq!(renewed.state, ConnectionState::Working);
    let why = renewed
        .not_kept
        .expect("the card says that the new token is in memory alone");
    assert_eq!(why.code, ErrorCode::KeychainLocked);
    keychain.lock(false);
    assert_eq!(study.tested(&card).await.not_kept, None, "tested again, it is kept");
    let now = study.refresh_token(&card).await.unwrap();
    assert_ne!(now, kept);
}

#[tokio::test(flavor = "multi_thread")]
async fn tokens_ended_by_the_service_are_found_out_although_it_never_says_401() {
    let study = Study::new(Does::Allows).await;
    let card = study.signs_in().await.unwrap();
    study.services.sandbox.end_hypothesis_tokens(false);
    let renewed = study.tested(&card).await;
    assert_eq!(
        (renewed.state, study.bought()),
        (ConnectionState::Working, 2),
        "renewed once"
    );
    study.services.sandbox.end_hypothesis_tokens(true);
    let ended = failure(&study.tested(&card).await);
    assert_eq!((ended.code, ended.action), (ErrorCode::SignedOut, Action::SignInAgain));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_network_gone_meanwhile_ends_no_sign_in() {
    let study = Study::new(Does::Allows).await;
    let card = study.signs_in().await.unwrap();
    study.later(HOUR * 2);
    for _ in 0..20 {
        study.services.provoke("POST", "/api/token", FaultKind::DropBefore);
    }
    let gone = failure(&study.tested(&card).await);
    assert!(gone.retryable, "{gone:?}");
    assert!(signed_in(&study.app.connections()[0]));
    study.services.sandbox.calm();
    assert_eq!(study.tested(&card).await.state, ConnectionState::Working);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_that_cannot_be_proven_is_revoked_and_leaves_nothing() {
    let study = Study::new(Does::Allows).await;
    for _ in 0..9 {
        study.services.provoke("GET", "/api/profile", FaultKind::Html);
    }
    let failure = study.signs_in().await.unwrap_err();
    assert_eq!(failure.code, ErrorCode::AnswerUnreadable);
    assert_eq!(
        study.services.asked("POST", "/oauth/revoke"),
        1,
        "no token is left at the service"
    );
    study.has_nothing();
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_in_again_in_vain_leaves_the_earlier_sign_in_as_it_was() {
    let study = Study::new(Does::Allows).await;
    let card = study.signs_in().await.unwrap();
    let kept = study.refresh_token(&card).await;
    for _ in 0..9 {
        study.services.provoke("GET", "/api/profile", FaultKind::Html);
    }
    let failure = study.app.sign_in_again(&card.id, study.told()).await.unwrap_err();
    assert_eq!(failure.code, ErrorCode::AnswerUnreadable);
    assert_eq!(
        study.refresh_token(&card).await,
        kept,
        "the earlier refresh token is back"
    );
    study.services.sandbox.calm();
    let works = study.tested(&card).await;
    assert!(works.state == ConnectionState::Working && signed_in(&works));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_redirect_uri_or_client_is_told_as_the_service_tells_it() {
    let study = Study::new(Does::Nothing).await;
    let mut draft = study.services.sign_in();
    draft.callback_port = Some(super::free_port::free_port());
    let (app, told) = (study.app.clone(), study.told());
    let signing_in = tokio::spawn(async move { app.sign_in_save(&draft, told).await });
    let (address, _) = study.waits().await;
    let page = url::Url::parse(&address).unwrap();
    let page = super::browser::visit("GET", &page, "", &mut std::collections::BTreeMap::new()).await;
    assert!(
        page.body.contains("Mismatching redirect URI."),
        "a page for the person, no callback"
    );
    study.app.cancel_operation("sign-in");
    assert_eq!(signing_in.await.unwrap().unwrap_err().code, ErrorCode::Cancelled);
}

#[tokio::test(flavor = "multi_thread")]
async fn forgetting_a_connection_ends_its_sign_in_and_leaves_no_token() {
    let keychain = Lockable::default();
    let study = Study::at(Desk::with(keychain.keychain()), Does::Allows).await;
    let card = study.signs_in().await.unwrap();
    study.browser.does_from_now_on(Does::Nothing);
    study.steps.lock().unwrap().clear();
    let (app, id, told) = (study.app.clone(), card.id.clone(), study.told());
    let again = tokio::spawn(async move { app.sign_in_again(&id, told).await });
    study.waits().await;
    study.app.forget_connection(&card.id).await.unwrap();
    assert_eq!(again.await.unwrap().unwrap_err().code, ErrorCode::Cancelled);
    assert_eq!((study.app.connections(), keychain.kept()), (vec![], 0));
}
