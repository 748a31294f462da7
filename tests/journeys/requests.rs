//! Requests made by hand: what is documented is sent with the credential, everything else stays here; the answer is shown
//! without the credential, remembered, and can be made again by curl.

use std::process::Command;

use countersign_app::App;
use countersign_app::page::{ConnectionCard, ConnectionDraft, ConnectionState, QueryPair, RequestAnswer, RequestDraft};
use countersign_domain::{ConnectionKind, ErrorCode, Failure, Field};
use countersign_sandbox::FaultKind;
use serde_json::Value;

use super::desk::{Desk, until};
use super::services::{Services, draft};

struct Office {
    desk: Desk,
    services: Services,
    app: App,
}

async fn office() -> Office {
    let (desk, services) = (Desk::new(), Services::start().await);
    let app = desk.start();
    Office { desk, services, app }
}

fn request(path: &str, query: &[(&str, &str)]) -> RequestDraft {
    let pair = |(name, value): &(&str, &str)| QueryPair {
        name: (*name).to_owned(),
        value: (*value).to_owned(),
    };
    RequestDraft {
        path: path.to_owned(),
        query: query.iter().map(pair).collect(),
    }
}

impl Office {
    async fn saved(&self, draft: &ConnectionDraft) -> ConnectionCard {
        self.app.save_connection(draft).await.unwrap()
    }

    async fn sent(&self, card: &ConnectionCard, path: &str) -> Result<RequestAnswer, Failure> {
        self.app.send_request(&card.id, &request(path, &[])).await
    }

    async fn paths(&self, card: &ConnectionCard) -> Vec<String> {
        let documented = self.app.documented_requests(&card.id).await.unwrap();
        documented.into_iter().map(|one| one.path).collect()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_service_documents_is_offered_and_answered() {
    let office = office().await;
    let hyperproof = office.saved(&office.services.hyperproof()).await;
    let hypothesis = office.saved(&office.services.personal_token()).await;
    let paths = office.paths(&hyperproof).await;
    assert!(paths.contains(&"/controls/{controlId}".to_owned()), "{paths:?}");
    let paths = office.paths(&hypothesis).await;
    assert!(paths.contains(&"/groups/{id}/members".to_owned()), "{paths:?}");

    let answer = office.sent(&hypothesis, "/profile").await.unwrap();
    let profile: Value = serde_json::from_str(&answer.text).unwrap();
    assert_eq!((answer.status, answer.is_json, answer.authenticated), (200, true, true));
    assert!(profile["userid"].is_string(), "the credential went along");
    let filtered = request("/controls", &[("status", "archived")]);
    let archived = office.app.send_request(&hyperproof.id, &filtered).await.unwrap();
    let all = office.sent(&hyperproof, "/controls").await.unwrap();
    assert!(archived.bytes < all.bytes, "the query went along");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_documented_never_leaves() {
    let office = office().await;
    let card = office.saved(&office.services.personal_token()).await;
    let _index_read = office.paths(&card).await;
    let before = office.services.sandbox.requests().len();
    for path in [
        "",
        "profile",
        "/nothing",
        "/profile/../users/x",
        "/groups/%2e%2e/members",
        "//evil.example/profile",
        "https://evil.example/api/profile",
        "/profile?authority=x",
        "/users/{userid}",
        "/groups/x/members/y/z",
        "/oauth/revoke",
    ] {
        let failure = office.sent(&card, path).await.unwrap_err();
        assert_eq!(
            (failure.code, failure.field),
            (ErrorCode::InputInvalid, Some(Field::Path)),
            "{path}"
        );
    }
    let nameless = request("/profile", &[("", "x")]);
    let failure = office.app.send_request(&card.id, &nameless).await.unwrap_err();
    assert_eq!(failure.field, Some(Field::Query));
    assert_eq!(office.services.sandbox.requests().len(), before, "nothing was sent");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_is_an_answer_with_a_meaning() {
    let office = office().await;
    let card = office.saved(&office.services.hyperproof()).await;
    let forbidden = FaultKind::json(403, r#"{"statusCode":403,"message":"no"}"#);
    office.services.provoke("GET", "/hyperproof/v1/risks", forbidden);
    let answer = office.sent(&card, "/risks").await.unwrap();
    let failure = answer.failure.unwrap();
    assert_eq!((answer.status, failure.code), (403, ErrorCode::NotPermitted));
    assert!(
        failure.message.contains("risk.read"),
        "the scope is guessed: {}",
        failure.message
    );
    let still = office.app.connections().remove(0).state;
    assert_eq!(
        still,
        ConnectionState::Working,
        "one missing scope is not a broken connection"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_repeats_the_credential_is_shown_without_it() {
    let office = office().await;
    let card = office.saved(&office.services.personal_token()).await;
    let token = &office.services.credentials.hypothesis_personal_token;
    office.services.provoke(
        "GET",
        "/api/profile",
        FaultKind::json(200, &format!(r#"{{"you sent":"{token}"}}"#)),
    );
    let answer = office.sent(&card, "/profile").await.unwrap();
    assert!(
        answer.text.contains("you sent") && !answer.text.contains(token.as_str()),
        "{}",
        answer.text
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_would_break_a_reader_is_bounded() {
    let office = office().await;
    let card = office.saved(&office.services.personal_token()).await;
    let deep = "[".repeat(1_000_000);
    office
        .services
        .provoke("GET", "/api/profile", FaultKind::json(200, &deep));
    let answer = office.sent(&card, "/profile").await.unwrap();
    assert!(!answer.is_json && !answer.cut);
    let long = format!("\"{}\"", "x".repeat(2 * 1024 * 1024));
    office
        .services
        .provoke("GET", "/api/profile", FaultKind::json(200, &long));
    let answer = office.sent(&card, "/profile").await.unwrap();
    assert!(answer.cut && answer.text.len() == 1024 * 1024 && answer.bytes == 2 * 1024 * 1024 + 2);
    let endless = "x".repeat(9 * 1024 * 1024);
    office
        .services
        .provoke("GET", "/api/profile", FaultKind::json(200, &endless));
    let failure = office.sent(&card, "/profile").await.unwrap_err();
    assert_eq!(failure.code, ErrorCode::AnswerTooLarge);
}

#[tokio::test(flavor = "multi_thread")]
async fn requests_are_remembered_and_survive_the_program() {
    let office = office().await;
    let card = office.saved(&office.services.personal_token()).await;
    let asked = request("/search", &[("limit", "1"), ("any", "é & 'x'")]);
    office.app.send_request(&card.id, &asked).await.unwrap();
    office.services.provoke(
        "GET",
        "/api/profile",
        FaultKind::Redirect {
            to: "http://127.0.0.2/".into(),
        },
    );
    office.sent(&card, "/profile").await.unwrap_err();
    let Office { desk, app, .. } = office;
    drop(app);
    let history = desk.start().request_history(&card.id).await.unwrap();
    let remembered: Vec<_> = history.into_iter().map(|one| (one.request, one.status)).collect();
    assert_eq!(remembered, [(request("/profile", &[]), None), (asked, Some(200))]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_can_be_stopped() {
    let office = office().await;
    let card = office.saved(&office.services.personal_token()).await;
    office.services.provoke("GET", "/api/profile", FaultKind::Hang);
    let (app, id) = (office.app.clone(), card.id.clone());
    let sent = tokio::spawn(async move { app.send_request(&id, &request("/profile", &[])).await });
    let proofs = office.services.asked("GET", "/api/profile");
    until("the request is on its way", || {
        office.services.asked("GET", "/api/profile") > proofs - 1
    })
    .await;
    until("it is stopped", || {
        office.app.cancel_operation(&format!("request:{}", card.id))
    })
    .await;
    assert_eq!(sent.await.unwrap().unwrap_err().code, ErrorCode::Cancelled);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_command_for_curl_runs_as_it_is_and_never_holds_the_secret() {
    let office = office().await;
    let credentials = office.services.credentials.clone();
    for (draft, path, secret) in [
        (
            office.services.hyperproof(),
            "/users/me",
            credentials.hyperproof_secret.as_str(),
        ),
        (
            office.services.personal_token(),
            "/profile",
            credentials.hypothesis_personal_token.as_str(),
        ),
        (
            office.services.hypothesis(),
            "/profile",
            credentials.hypothesis_secret.as_str(),
        ),
        (
            office.services.grant_token(),
            "/profile",
            credentials.hypothesis_grant_secret.as_str(),
        ),
        (office.services.anonymous(), "/links", ""),
    ] {
        let card = office.saved(&draft).await;
        let command = office.app.request_as_curl(&card.id, &request(path, &[])).await.unwrap();
        assert!(secret.is_empty() || !command.contains(secret), "{:?}", draft.kind);
        let ran = run(&command, Some(secret));
        let answer = office.sent(&card, path).await.unwrap();
        assert_eq!(ran, Some(answer.text), "{:?}: {command}", draft.kind);
        if !secret.is_empty() {
            assert_eq!(
                run(&command, None),
                None,
                "{:?}: without the variable it ends at once",
                draft.kind
            );
        }
    }
}

/// What the command prints; none when it fails.
fn run(command: &str, secret: Option<&str>) -> Option<String> {
    let mut shell = Command::new("sh");
    shell.args(["-c", command]).env_remove("COUNTERSIGN_SECRET");
    shell.envs(secret.map(|secret| ("COUNTERSIGN_SECRET", secret)));
    let ended = shell.output().unwrap();
    ended.status.success().then(|| String::from_utf8(ended.stdout).unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn practice_takes_requests_to_both_services() {
    let office = office().await;
    let card = office.saved(&draft(ConnectionKind::Practice)).await;
    let paths = office.paths(&card).await;
    assert!(
        paths.contains(&"/hyperproof/v1/controls".to_owned()) && paths.contains(&"/api/search".to_owned()),
        "{paths:?}"
    );
    assert_eq!(office.sent(&card, "/hyperproof/v1/users/me").await.unwrap().status, 200);
    assert_eq!(office.sent(&card, "/api/search").await.unwrap().status, 200);
    let failure = office.sent(&card, "/controls").await.unwrap_err();
    assert_eq!(
        failure.field,
        Some(Field::Path),
        "which service is meant is never guessed"
    );
}
