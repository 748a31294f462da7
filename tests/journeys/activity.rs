//! The record of calls: what was called and how it ended, over all connections, after the program ends too.

use countersign_domain::{ConnectionKind, ErrorCode};
use countersign_sandbox::FaultKind;

use super::desk::{Desk, until};
use super::services::{Services, draft};

#[tokio::test(flavor = "multi_thread")]
async fn the_calls_of_all_connections_stand_in_one_list_newest_first() {
    let (desk, services) = (Desk::new(), Services::start().await);
    let app = desk.start();
    assert_eq!(app.activity(None, 100).await.unwrap(), []);
    let hyperproof = app.save_connection(&services.hyperproof()).await.unwrap();
    let hypothesis = app.save_connection(&services.personal_token()).await.unwrap();
    let practice = app.save_connection(&draft(ConnectionKind::Practice)).await.unwrap();
    app.test_connection(&hyperproof.id).await.unwrap();
    let all = app.activity(None, 100).await.unwrap();
    for card in [&hyperproof, &hypothesis, &practice] {
        assert!(all.iter().any(|call| call.connection == card.id), "{:?}", card.kind);
    }
    assert!(all.is_sorted_by(|one, other| one.at >= other.at));
    assert_eq!(
        all.first().map(|call| call.connection.as_str()),
        Some(hyperproof.id.as_str())
    );
    assert_eq!(app.activity(None, 2).await.unwrap(), all.get(..2).unwrap());
    let one = app.activity(Some(&hypothesis.id), 100).await.unwrap();
    assert!(!one.is_empty() && one.iter().all(|call| call.connection == hypothesis.id));

    drop(app);
    let kept = desk.start().activity(None, 100).await.unwrap();
    assert_eq!(kept.len(), all.len(), "the record outlives the program");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_is_told_by_path_status_and_time_and_never_by_what_it_carried() {
    let (desk, services) = (Desk::new(), Services::start().await);
    let app = desk.start();
    let card = app.save_connection(&services.hyperproof()).await.unwrap();
    services.provoke("GET", "/hyperproof/v1/users/me", FaultKind::DropBefore);
    app.test_connection(&card.id).await.unwrap();
    let calls = app.activity(Some(&card.id), 100).await.unwrap();
    let token = calls.iter().find(|call| call.method == "POST").unwrap();
    assert!(token.status == Some(200) && token.bytes > 0 && !token.correlation.is_empty());
    let cut = calls.iter().find(|call| call.code.is_some()).unwrap();
    assert_eq!(
        (cut.status, cut.code.as_deref()),
        (None, Some(ErrorCode::Unreachable.as_str()))
    );
    let text = serde_json::to_string(&calls).unwrap();
    let credentials = &services.credentials;
    assert!(
        !text.contains(&credentials.hyperproof_secret) && !text.contains("grant_type"),
        "{text}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_use_and_the_last_refusal_are_told_after_a_restart_too() {
    let (desk, services) = (Desk::new(), Services::start().await);
    let app = desk.start();
    let card = app.save_connection(&services.hyperproof()).await.unwrap();
    assert!(card.last_use.is_some() && card.last_refusal.is_none(), "{card:?}");
    let refusal = FaultKind::json(403, r#"{"message":"API access is not enabled"}"#);
    services.provoke("GET", "/hyperproof/v1/users/me", refusal);
    app.test_connection(&card.id).await.unwrap();
    let told = app.connections().remove(0).last_refusal.unwrap();
    assert_eq!((told.status, told.method.as_str()), (Some(403), "GET"));
    until("the refusal is remembered", || {
        desk.settings_text().contains("\"lastRefusal\"")
    })
    .await;

    drop(app);
    // Nobody opens a register or the keychain: the list of connections tells it at once.
    let again = desk.start().connections().remove(0);
    assert_eq!(again.last_refusal, Some(told));
    assert!(again.last_use.is_some_and(|used| used >= card.last_use.unwrap()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_that_the_person_stops_is_no_refusal() {
    let (desk, services) = (Desk::new(), Services::start().await);
    let app = desk.start();
    let card = app.save_connection(&services.personal_token()).await.unwrap();
    let before = services.asked("GET", "/api/profile");
    services.provoke("GET", "/api/profile", FaultKind::Hang);
    let (testing, id) = (app.clone(), card.id.clone());
    let test = tokio::spawn(async move { testing.test_connection(&id).await });
    until("the call is under way", || {
        services.asked("GET", "/api/profile") > before
    })
    .await;
    assert!(app.cancel_operation(&format!("test:{}", card.id)));
    test.await.unwrap().unwrap();
    let calls = app.activity(Some(&card.id), 10).await.unwrap();
    assert_eq!(
        calls[0].code.as_deref(),
        Some(ErrorCode::Cancelled.as_str()),
        "it is told"
    );
    assert_eq!(app.connections().remove(0).last_refusal, None, "but not as a refusal");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_settings_remember_a_refusal_without_naming_the_account() {
    let (desk, services) = (Desk::new(), Services::start().await);
    let app = desk.start();
    let card = app.save_connection(&services.hypothesis()).await.unwrap();
    app.look_up_account(&card.id, "somebody.unheard").await.unwrap();
    until("the refusal is remembered", || {
        desk.settings_text().contains("\"lastRefusal\"")
    })
    .await;
    assert!(!desk.settings_text().contains("unheard"), "{}", desk.settings_text());
    let told = app.connections().remove(0).last_refusal.unwrap();
    assert!(told.path.contains("unheard"), "this run's is told in full: {told:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forgotten_connection_leaves_no_calls() {
    let (desk, services) = (Desk::new(), Services::start().await);
    let app = desk.start();
    let card = app.save_connection(&services.personal_token()).await.unwrap();
    app.forget_connection(&card.id).await.unwrap();
    assert_eq!(app.activity(None, 100).await.unwrap(), []);
    let failure = app.activity(Some(&card.id), 100).await.unwrap_err();
    assert_eq!(failure.code, ErrorCode::ConnectionUnknown);
}
