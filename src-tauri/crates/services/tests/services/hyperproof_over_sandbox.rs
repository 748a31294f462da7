//! Owns the tests of Hyperproof's client against the double: tokens minted, the whole list, hostile rows, faults.

use std::collections::{BTreeMap, HashSet};
use std::sync::Mutex;

use countersign_domain::{BoundAddress, ClientId, ControlDocument, ControlId, ErrorCode};
use countersign_gateway::Authentication;
use countersign_sandbox::{ControlsSource, Fault, FaultKind, Sandbox, SandboxSettings};
use countersign_services::ServiceError;
use countersign_services::hyperproof::{ControlsRead, Hyperproof, LARGEST_BATCH};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use crate::support::bound;

async fn sandbox(count: u32, hostile_rows: bool) -> (Sandbox, Hyperproof) {
    let settings = SandboxSettings {
        controls: ControlsSource::Generated { count, seed: 7 },
        hostile_rows,
        ..SandboxSettings::default()
    };
    let secret = settings.credentials.hyperproof_secret.clone();
    let client_id = settings.credentials.hyperproof_client_id.clone();
    let sandbox = Sandbox::start(settings).await.unwrap();
    let client = client(&sandbox, &client_id, &secret);
    (sandbox, client)
}

fn client(sandbox: &Sandbox, client_id: &str, secret: &str) -> Hyperproof {
    let authentication = Authentication::ClientCredentials {
        token_endpoint: BoundAddress::parse(&sandbox.hyperproof_token_endpoint()).unwrap(),
        client_id: ClientId::parse(client_id).unwrap(),
        scopes: None,
    };
    Hyperproof::new(bound(&sandbox.hyperproof_api(), authentication, secret))
}

async fn read(client: &Hyperproof) -> (Result<ControlsRead, ServiceError>, Vec<Vec<ControlDocument>>) {
    let (sender, mut receiver) = mpsc::channel(2);
    let client = client.clone();
    let reading = tokio::spawn(async move { client.controls(&CancellationToken::new(), sender, &|_, _| ()).await });
    let mut batches = Vec::new();
    while let Some(batch) = receiver.recv().await {
        batches.push(batch);
    }
    (reading.await.unwrap(), batches)
}

fn fault(path_prefix: &str, kind: FaultKind) -> Fault {
    Fault {
        path_prefix: path_prefix.to_owned(),
        method: None,
        times: 1,
        kind,
    }
}

fn status(status: u16, body: &str) -> FaultKind {
    FaultKind::Status {
        status,
        body: body.to_owned(),
        content_type: "application/json".to_owned(),
        headers: BTreeMap::new(),
    }
}

#[tokio::test]
async fn a_good_credential_says_whose_it_is() {
    let (_sandbox, client) = sandbox(5, false).await;
    let proof = client.prove(&CancellationToken::new()).await.unwrap();
    let names: Vec<_> = proof.identity.iter().map(|line| line.name).collect();
    assert_eq!(names, ["name", "email", "user-state", "time-zone"]);
    assert!(proof.identity[1].value.contains('@'));
}

#[tokio::test]
async fn a_wrong_secret_and_an_unknown_client_are_refused() {
    let settings = SandboxSettings::default();
    let known = settings.credentials.hyperproof_client_id.clone();
    let sandbox = Sandbox::start(settings).await.unwrap();
    for client_id in [&*known, "nobody"] {
        let error = client(&sandbox, client_id, "wrong")
            .prove(&CancellationToken::new())
            .await
            .unwrap_err();
        assert_eq!(error.code(), ErrorCode::CredentialRefused, "{error:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_thousand_rows_stream_without_loss() {
    let (_sandbox, client) = sandbox(10_000, false).await;
    let (ended, batches) = read(&client).await;
    let read = ended.unwrap();
    assert_eq!((read.rows, read.skipped), (10_000, 0));
    assert!(batches.iter().all(|batch| batch.len() <= LARGEST_BATCH));
    let rows: Vec<&ControlDocument> = batches.iter().flatten().collect();
    let ids: HashSet<&ControlId> = rows.iter().map(|row| &row.id).collect();
    assert_eq!(ids.len(), 10_000);
    let text: u64 = rows.iter().map(|row| row.verbatim.len() as u64).sum();
    assert!(text < read.bytes, "the bytes told are those of the answer");
}

#[tokio::test]
async fn hostile_rows_are_kept_raw_and_what_is_no_control_is_counted() {
    let (_sandbox, client) = sandbox(20, true).await;
    let (ended, batches) = read(&client).await;
    let read = ended.unwrap();
    let rows: Vec<&ControlDocument> = batches.iter().flatten().collect();
    assert_eq!(read.skipped, 3, "no id, a number, null");
    assert!(read.rows > 20, "{read:?}");
    let hostile = rows.iter().find(|row| row.verbatim.contains("onerror")).unwrap();
    assert!(
        hostile.listed.name.as_deref().unwrap().contains("<script>"),
        "kept as it came"
    );
    let dated = rows
        .iter()
        .find(|row| row.listed.updated_on.as_deref() == Some("2026-13-45T99:99:99Z"));
    assert!(dated.is_some(), "a date that is none costs no row");
}

#[tokio::test]
async fn one_control_reads_as_in_the_list_and_an_unknown_one_is_not_found() {
    let (_sandbox, client) = sandbox(5, false).await;
    let (_, batches) = read(&client).await;
    let listed = &batches[0][0];
    let cancel = CancellationToken::new();
    let control = client.control(&listed.id, &cancel).await.unwrap();
    assert_eq!((&control.id, &control.listed.name), (&listed.id, &listed.listed.name));
    let unknown = ControlId::parse("no/such?control").unwrap();
    assert_eq!(
        client.control(&unknown, &cancel).await.unwrap_err().code(),
        ErrorCode::NotFound
    );
}

#[tokio::test]
async fn a_stop_midway_leaves_the_next_reading_whole() {
    let (_sandbox, client) = sandbox(3_000, false).await;
    let cancel = CancellationToken::new();
    let (sender, _receiver) = mpsc::channel(100);
    let told = Mutex::new(0);
    let stop = |rows, _| {
        *told.lock().unwrap() = rows;
        cancel.cancel();
    };
    let ended = client.controls(&cancel, sender, &stop).await;
    assert_eq!(ended.unwrap_err().code(), ErrorCode::Cancelled);
    assert!(*told.lock().unwrap() < 3_000, "it was stopped at the first part");
    assert_eq!(read(&client).await.0.unwrap().rows, 3_000);
}

#[tokio::test]
async fn provoked_faults_are_told_apart_and_pass() {
    let (sandbox, client) = sandbox(2_000, false).await;
    let quota = r#"{"statusCode":403,"message":"Bandwidth quota exceeded. Try again in 90 seconds."}"#;
    for (kind, code) in [
        (FaultKind::CutBody, ErrorCode::Unreachable),
        (FaultKind::Html, ErrorCode::AnswerUnreadable),
        (FaultKind::DropBefore, ErrorCode::Unreachable),
        (status(403, quota), ErrorCode::QuotaExceeded),
        (
            status(403, r#"{"statusCode":403,"message":"Forbidden"}"#),
            ErrorCode::NotPermitted,
        ),
        (status(500, ""), ErrorCode::ServerFailed),
        (status(200, "[{\"id\":\"1\"},"), ErrorCode::AnswerUnreadable),
        (
            FaultKind::Redirect {
                to: "https://elsewhere.example/".to_owned(),
            },
            ErrorCode::Redirected,
        ),
    ] {
        sandbox.provoke(fault("/hyperproof/v1/controls", kind.clone()));
        let (ended, _) = read(&client).await;
        assert_eq!(ended.unwrap_err().code(), code, "{kind:?}");
    }
    assert_eq!(read(&client).await.0.unwrap().rows, 2_000, "nothing stays behind");
}
