//! Owns the tests of Hypothesis' client against the double: proofs, and accounts written and read back.

use countersign_domain::{Account, AccountChange, Authority, ErrorCode, Field, NewAccount, Userid, Username};
use countersign_sandbox::{Fault, FaultKind, Limiter, PracticeCredentials, Sandbox, SandboxSettings};
use countersign_services::hypothesis::Hypothesis;
use countersign_services::{PermissionState, WriteError};
use tokio_util::sync::CancellationToken;

use crate::support::{hypothesis_basic, hypothesis_token};

/// A running double, what opens it, and its authority.
pub(crate) struct Room {
    pub(crate) sandbox: Sandbox,
    pub(crate) credentials: PracticeCredentials,
    pub(crate) authority: Authority,
    pub(crate) cancel: CancellationToken,
}

impl Room {
    pub(crate) async fn new() -> Self {
        Self::with(SandboxSettings::default()).await
    }

    async fn with(settings: SandboxSettings) -> Self {
        let credentials = settings.credentials.clone();
        Self {
            sandbox: Sandbox::start(settings).await.unwrap(),
            authority: Authority::parse(&credentials.authority).unwrap(),
            credentials,
            cancel: CancellationToken::new(),
        }
    }

    pub(crate) fn api(&self) -> String {
        format!("{}/api", self.sandbox.hypothesis_server())
    }

    pub(crate) fn client(&self) -> Hypothesis {
        let credentials = &self.credentials;
        hypothesis_basic(
            &self.api(),
            &credentials.hypothesis_client_id,
            &credentials.hypothesis_secret,
        )
    }

    pub(crate) fn new_account(&self, username: &str, email: &str) -> NewAccount {
        NewAccount {
            authority: self.authority.clone(),
            username: Username::parse(username).unwrap(),
            email: email.to_owned(),
            display_name: None,
        }
    }

    pub(crate) async fn account(&self, username: &str) -> Option<Account> {
        let userid = Userid::new(username, &self.authority);
        self.client().account(&userid, &self.cancel).await.unwrap()
    }

    fn provoke(&self, method: &str, kind: FaultKind) {
        self.sandbox.provoke(Fault {
            path_prefix: "/api/users".to_owned(),
            method: Some(method.to_owned()),
            times: 1,
            kind,
        });
    }

    /// Requests of one method that reached the double.
    fn sent(&self, method: &str) -> usize {
        self.sandbox
            .requests()
            .iter()
            .filter(|request| request.method == method)
            .count()
    }
}

#[tokio::test]
async fn a_personal_token_is_proven_by_its_user_alone() {
    let room = Room::new().await;
    let good = hypothesis_token(&room.api(), &room.credentials.hypothesis_personal_token);
    let proof = good.prove_personal_token(&room.cancel).await.unwrap();
    assert_eq!(proof.identity[0].name, "userid");
    assert!(proof.identity[0].value.starts_with("acct:"));
    assert_eq!(proof.permissions[0].state, PermissionState::Allowed);
    for bad in ["6879-nope", "x"] {
        let error = hypothesis_token(&room.api(), bad)
            .prove_personal_token(&room.cancel)
            .await
            .unwrap_err();
        assert_eq!(error.code(), ErrorCode::CredentialRefused, "a 200 is no proof");
    }
}

#[tokio::test]
async fn client_credentials_are_proven_without_writing() {
    let room = Room::new().await;
    let proof = room
        .client()
        .prove_client_credentials(&room.authority, &room.cancel)
        .await
        .unwrap();
    assert_eq!(proof.permissions[0].name, "accounts");
    assert_eq!(proof.identity, [], "the server does not say who a client is");
    assert_eq!(room.account(".a").await, None);
    let id = room.credentials.hypothesis_client_id.as_str();
    let secret = room.credentials.hypothesis_secret.as_str();
    for (id, secret) in [
        (id, "wrong"),
        ("abc", secret),
        ("00000000-0000-1000-8000-00000000dead", secret),
    ] {
        let client = hypothesis_basic(&room.api(), id, secret);
        let failure = client
            .prove_client_credentials(&room.authority, &room.cancel)
            .await
            .unwrap_err()
            .into_failure();
        assert_eq!(
            (failure.code, failure.field),
            (ErrorCode::CredentialRefused, Some(Field::Secret)),
            "{id}"
        );
    }
}

#[tokio::test]
async fn an_account_is_created_read_and_changed() {
    let room = Room::new().await;
    let client = room.client();
    let mut new = room.new_account("jbloggs1", "jbloggs1@example.com");
    new.display_name = Some("Joe 'J' Bloggs, \"Esq\" 🗝".to_owned());
    let created = client.create_account(&new, &room.cancel).await.unwrap();
    assert_eq!(created.display_name, new.display_name);
    assert_eq!(
        room.account("J.BLOGGS1").await.as_ref(),
        Some(&created),
        "found without case and periods"
    );
    let change = AccountChange {
        email: Some("joe@example.com".to_owned()),
        display_name: Some(String::new()),
    };
    let changed = client.update_account("J.Bloggs1", &change, &room.cancel).await.unwrap();
    assert_eq!(
        (changed.email.as_deref(), changed.display_name.as_deref()),
        (Some("joe@example.com"), Some(""))
    );
    let unchanged = client
        .update_account("jbloggs1", &AccountChange::default(), &room.cancel)
        .await
        .unwrap();
    assert_eq!(unchanged, changed);
}

#[tokio::test]
async fn after_an_answer_that_was_lost_reading_back_tells_the_truth() {
    let room = Room::new().await;
    let client = room.client();
    for (username, kind, done) in [
        ("lost_answer", FaultKind::DropAfterWrite, true),
        ("cut_answer", FaultKind::CutBody, true),
        ("never_came", FaultKind::DropBefore, false),
        ("page_came", FaultKind::Html, false),
    ] {
        let before = room.sent("POST");
        room.provoke("POST", kind.clone());
        let new = room.new_account(username, &format!("{username}@example.com"));
        let error = client.create_account(&new, &room.cancel).await.unwrap_err();
        assert!(matches!(error, WriteError::Uncertain(_)), "{kind:?}: {error:?}");
        assert_eq!(room.account(username).await.is_some(), done, "{kind:?}");
        assert_eq!(room.sent("POST") - before, 1, "sent once: {kind:?}");
    }
}

#[tokio::test]
async fn the_limiter_is_a_wait_and_nothing_was_done() {
    let room = Room::with(SandboxSettings {
        limiter: Limiter::Scaled {
            per_second: 0.001,
            burst: 1,
        },
        ..SandboxSettings::default()
    })
    .await;
    let client = room.client();
    let mut limited = None;
    for number in 0..4 {
        let new = room.new_account(&format!("quick_{number}"), &format!("q{number}@example.com"));
        limited = client.create_account(&new, &room.cancel).await.err().or(limited);
    }
    let Some(WriteError::NotSent(failure)) = limited else {
        panic!("{limited:?}")
    };
    assert_eq!(failure.code, ErrorCode::RateLimited);
    assert_eq!(failure.server_words.as_deref(), Some("Request rate limit exceeded"));
}
