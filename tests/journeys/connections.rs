//! Saving, proving, replacing and forgetting, with everything that can go wrong between.

use countersign_app::page::{AccountCreateRequest, ConnectionDraft, ConnectionState, CreateOutcome, KeychainState};
use countersign_app::{Keychain, KeychainSettings};
use countersign_domain::{Action, ConnectionKind, ErrorCode, Field, SecretString, Service};
use countersign_keychain::{KeychainError, SecretSlice};

use super::desk::{Desk, query, synced};
use super::services::{Services, draft};

#[tokio::test(flavor = "multi_thread")]
async fn practice_works_and_is_found_again_after_a_restart() {
    let desk = Desk::new();
    let card = {
        let app = desk.start();
        let card = app.save_connection(&draft(ConnectionKind::Practice)).await.unwrap();
        assert_eq!(card.state, ConnectionState::Working);
        assert_eq!(synced(&app, &card).await.unwrap(), 370);
        card
    };
    let app = desk.start();
    let found = app.connections();
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].id.as_str(), found[0].register_rows), (card.id.as_str(), 370));
    assert_eq!(
        found[0].state,
        ConnectionState::Stopped,
        "nothing runs before it is asked for"
    );
    assert_eq!(
        app.controls_window(&card.id, query("")).await.unwrap().total,
        370,
        "the register is there at once"
    );
    assert_eq!(
        synced(&app, &found[0]).await.unwrap(),
        370,
        "and its secret still opens the services"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn every_kind_is_saved_and_says_who_the_server_says_it_is() {
    let (desk, services) = (Desk::new(), Services::start().await);
    let app = desk.start();
    for (draft, service) in [
        (services.hyperproof(), Service::Hyperproof),
        (services.hypothesis(), Service::Hypothesis),
        (services.personal_token(), Service::Hypothesis),
    ] {
        let card = app.save_connection(&draft).await.unwrap();
        assert_eq!(card.state, ConnectionState::Working, "{:?}", card.kind);
        assert!(card.plain_http, "loopback is shown as such");
        // Hypothesis tells a client nothing of who it is.
        let tells = card.kind != ConnectionKind::HypothesisClientCredentials;
        assert_eq!(!card.identity.is_empty(), tells, "{:?}", card.kind);
        assert!(!card.permissions.is_empty(), "{:?}", card.kind);
        assert!(desk.has_secret(service, &card.id).await);
    }
    assert_eq!(app.connections().len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_secret_leaves_nothing_behind() {
    let (desk, services) = (Desk::new(), Services::start().await);
    let app = desk.start();
    for good in [services.hyperproof(), services.hypothesis(), services.personal_token()] {
        let wrong = ConnectionDraft {
            secret: SecretString::from("6879-wrong"),
            ..good
        };
        let failure = app.save_connection(&wrong).await.unwrap_err();
        assert_eq!(
            (failure.code, failure.action),
            (ErrorCode::CredentialRefused, Action::ReplaceSecret)
        );
        assert!(!failure.message.contains("6879-wrong"));
    }
    assert_eq!(app.connections(), []);
    assert!(
        !desk.settings_text().contains("pending"),
        "no ghost: {}",
        desk.settings_text()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn another_authority_than_the_clients_is_said_at_the_first_real_call() {
    let (desk, services) = (Desk::new(), Services::start().await);
    let app = desk.start();
    // The server looks at the username before the authority, so the probe cannot tell.
    let wrong = ConnectionDraft {
        authority: "other.example".into(),
        ..services.hypothesis()
    };
    let card = app.save_connection(&wrong).await.unwrap();
    let (username, email) = ("jbloggs1".to_owned(), "jbloggs1@other.example".to_owned());
    let new = AccountCreateRequest {
        username,
        email,
        display_name: String::new(),
    };
    let outcome = app.create_account(&card.id, &new).await.unwrap();
    let CreateOutcome::Refused { failures } = outcome else {
        panic!("refused, not {outcome:?}")
    };
    assert_eq!(failures[0].field, Some(Field::Authority), "{failures:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_crash_between_keychain_and_settings_leaves_neither_orphan_nor_ghost() {
    let desk = Desk::new();
    let app = desk.start();
    let card = app.save_connection(&draft(ConnectionKind::Practice)).await.unwrap();
    drop(app);
    let half = desk.settings_text().replace("\"ready\"", "\"pending\"");
    std::fs::write(desk.path("settings").join("settings.json"), half).unwrap();
    let app = desk.start();
    assert_eq!(app.connections(), [], "a half-saved connection is never shown");
    assert!(
        desk.has_secret(Service::Practice, &card.id).await,
        "its secret is still there before the clean-up"
    );
    app.reconcile().await;
    assert!(!desk.has_secret(Service::Practice, &card.id).await);
    assert!(!desk.settings_text().contains(&card.id));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forgotten_connection_is_gone_from_keychain_disk_and_list() {
    let desk = Desk::new();
    let app = desk.start();
    let card = app.save_connection(&draft(ConnectionKind::Practice)).await.unwrap();
    synced(&app, &card).await.unwrap();
    assert!(desk.path("registers").join(&card.id).exists());
    app.forget_connection(&card.id).await.unwrap();
    assert_eq!(app.connections(), []);
    assert!(!desk.has_secret(Service::Practice, &card.id).await);
    let left: Vec<_> = std::fs::read_dir(desk.path("registers")).unwrap().collect();
    assert!(left.is_empty(), "no file of it is left: {left:?}");
    assert_eq!(
        app.test_connection(&card.id).await.unwrap_err().code,
        ErrorCode::ConnectionUnknown
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_replacement_that_is_refused_puts_the_old_secret_back() {
    let (desk, services) = (Desk::new(), Services::start().await);
    let app = desk.start();
    let card = app.save_connection(&services.hypothesis()).await.unwrap();
    let failure = app
        .replace_secret(&card.id, &SecretString::from("wrong"))
        .await
        .unwrap_err();
    assert_eq!(failure.code, ErrorCode::CredentialRefused);
    assert_eq!(
        app.test_connection(&card.id).await.unwrap().state,
        ConnectionState::Working
    );
    let good = SecretString::from(services.credentials.hypothesis_secret.as_str());
    assert_eq!(
        app.replace_secret(&card.id, &good).await.unwrap().state,
        ConnectionState::Working
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_keychain_a_connection_is_offered_for_this_run_only() {
    let (desk, services) = (Desk::new(), Services::start().await);
    let opener = || Err(KeychainError::Held);
    let app = desk.start_with(Keychain::with_store(KeychainSettings::default(), Box::new(opener)));
    let failure = app.save_connection(&services.hyperproof()).await.unwrap_err();
    assert!(failure.code.as_str().starts_with("keychain-"), "{failure}");
    assert_ne!(app.probe_keychain().await.state, KeychainState::Unlocked);
    let here = ConnectionDraft {
        this_run_only: true,
        ..services.hyperproof()
    };
    let card = app.save_connection(&here).await.unwrap();
    assert_eq!(synced(&app, &card).await.unwrap(), 370);
    assert!(!desk.settings_text().contains(&card.id), "nothing of it is on disk");
    drop(app);
    assert_eq!(desk.start().connections(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_secret_deleted_by_others_is_asked_for_again() {
    let (desk, services) = (Desk::new(), Services::start().await);
    let card = desk.start().save_connection(&services.hypothesis()).await.unwrap();
    desk.keychain
        .delete(&desk.entry(Service::Hypothesis, &card.id))
        .await
        .unwrap();
    let app = desk.start();
    let ConnectionState::Failing { failure } = app.test_connection(&card.id).await.unwrap().state else {
        panic!("the card says what is missing")
    };
    assert_eq!(
        (failure.code, failure.action),
        (ErrorCode::CredentialMissing, Action::ReplaceSecret)
    );
    assert_eq!(
        app.connections().len(),
        1,
        "a missing secret is no reason to forget the card"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_foreign_entry_in_the_keychain_is_not_sent_anywhere() {
    let (desk, services) = (Desk::new(), Services::start().await);
    let card = desk.start().save_connection(&services.hypothesis()).await.unwrap();
    let foreign = SecretSlice::from(vec![0xff, 0xfe]);
    desk.keychain
        .set(&desk.entry(Service::Hypothesis, &card.id), &foreign)
        .await
        .unwrap();
    let before = services.sandbox.requests().len();
    desk.start().test_connection(&card.id).await.unwrap();
    assert_eq!(services.sandbox.requests().len(), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_start_calls_nobody() {
    let (desk, services) = (Desk::new(), Services::start().await);
    desk.start().save_connection(&services.hyperproof()).await.unwrap();
    let before = services.sandbox.requests().len();
    let app = desk.start();
    app.reconcile().await;
    let _status = (app.status(), app.probe_keychain().await, app.connections());
    assert_eq!(
        services.sandbox.requests().len(),
        before,
        "no network call that the person did not cause"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn calls_are_written_down_without_secrets() {
    let (desk, services) = (Desk::new(), Services::start().await);
    let app = desk.start();
    let card = app.save_connection(&services.hyperproof()).await.unwrap();
    let calls = app.recent_calls(&card.id, 50).await.unwrap();
    let paths: Vec<_> = calls
        .iter()
        .map(|call| (call.method.as_str(), call.path.as_str(), call.status))
        .collect();
    let expected = [
        ("GET", "/hyperproof/v1/users/me", Some(200)),
        ("POST", "/hyperproof/oauth/token", Some(200)),
    ];
    assert_eq!(paths, expected, "newest first");
    let again = desk_restart_calls(&desk, app, &card.id).await;
    assert_eq!(again, calls, "the ledger keeps them");
}

async fn desk_restart_calls(desk: &Desk, app: countersign_app::App, id: &str) -> Vec<countersign_app::page::CallShown> {
    drop(app);
    desk.start().recent_calls(id, 50).await.unwrap()
}
