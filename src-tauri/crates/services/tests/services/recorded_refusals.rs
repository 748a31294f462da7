//! Owns the tests of every refusal recorded from a live server that a client of ours can provoke, against the double.

use countersign_domain::{AccountChange, Authority, ErrorCode, Failure, Field, Userid};
use countersign_services::WriteError;

use crate::hypothesis_over_sandbox::Room;
use crate::support::{hypothesis_basic, hypothesis_token};

const NOT_FOUND: &str =
    "Either the resource you requested doesn't exist, or you are not currently authorized to see it.";

fn refused(error: WriteError) -> Vec<Failure> {
    match error {
        WriteError::Refused(failures) => failures,
        WriteError::Uncertain(_) | WriteError::NotSent(_) => panic!("not refused: {error:?}"),
    }
}

fn not_sent(error: WriteError) -> Failure {
    match error {
        WriteError::NotSent(failure) => failure,
        WriteError::Uncertain(_) | WriteError::Refused(_) => panic!("perhaps sent: {error:?}"),
    }
}

fn shown(failures: &[Failure]) -> Vec<(ErrorCode, Option<Field>, &str)> {
    let words = |failure: &'_ Failure| failure.server_words.is_some();
    assert!(
        failures.iter().all(words),
        "the server's words stand beside ours: {failures:?}"
    );
    failures
        .iter()
        .map(|failure| {
            (
                failure.code,
                failure.field,
                failure.server_words.as_deref().unwrap_or_default(),
            )
        })
        .collect()
}

async fn create_refused(room: &Room, username: &str, email: &str, display_name: Option<&str>) -> Vec<Failure> {
    let mut new = room.new_account(username, email);
    new.display_name = display_name.map(str::to_owned);
    refused(room.client().create_account(&new, &room.cancel).await.unwrap_err())
}

#[tokio::test]
async fn conflicts_stand_beside_username_and_email() {
    let room = Room::new().await;
    let first = room.new_account("jbloggs1", "jbloggs1@example.com");
    room.client().create_account(&first, &room.cancel).await.unwrap();
    let exists = ErrorCode::AlreadyExists;
    assert_eq!(
        shown(&create_refused(&room, "J.Bloggs1", "other2@example.com", None).await),
        [(
            exists,
            Some(Field::Username),
            "user with username 'J.Bloggs1' already exists"
        )]
    );
    assert_eq!(
        shown(&create_refused(&room, "fresh1", "JBLOGGS1@example.com", None).await),
        [(
            exists,
            Some(Field::Email),
            "user with email address 'JBLOGGS1@example.com' already exists"
        )]
    );
    let both = create_refused(&room, "jbloggs1", "jbloggs1@example.com", None).await;
    let fields: Vec<_> = both.iter().map(|failure| failure.field).collect();
    assert_eq!(fields, [Some(Field::Email), Some(Field::Username)]);
}

#[tokio::test]
async fn broken_rules_stand_beside_their_fields() {
    let room = Room::new().await;
    let long_email = format!("{}@example.com", "a".repeat(89));
    let long_name = "d".repeat(31);
    assert_eq!(
        shown(&create_refused(&room, "mailbad1", "nonsense", None).await),
        [(
            ErrorCode::Refused,
            Some(Field::Email),
            "email: 'nonsense' is not a 'email'"
        )]
    );
    let words = format!("email: '{long_email}' is too long");
    assert_eq!(
        shown(&create_refused(&room, "mailbad3", &long_email, None).await),
        [(ErrorCode::Refused, Some(Field::Email), words.as_str())]
    );
    let words = format!("display_name: '{long_name}' is too long");
    assert_eq!(
        shown(&create_refused(&room, "dname31", "dn31@example.com", Some(&long_name)).await),
        [(ErrorCode::Refused, Some(Field::DisplayName), words.as_str())]
    );
    let several = create_refused(&room, "several1", "x, username: y", Some(&long_name)).await;
    let fields: Vec<_> = several.iter().map(|failure| failure.field).collect();
    assert_eq!(
        fields,
        [Some(Field::Email), Some(Field::DisplayName)],
        "a value forges no fault: {several:?}"
    );
    let exact = room.new_account("mailbad2", "@");
    room.client().create_account(&exact, &room.cancel).await.unwrap();
}

#[tokio::test]
async fn another_authority_is_refused_at_its_field() {
    let room = Room::new().await;
    let mut new = room.new_account("wrongauth", "w@example.com");
    new.authority = Authority::parse("other.org").unwrap();
    let failures = refused(room.client().create_account(&new, &room.cancel).await.unwrap_err());
    assert_eq!(
        shown(&failures),
        [(
            ErrorCode::Refused,
            Some(Field::Authority),
            "authority 'other.org' does not match client authority"
        )]
    );
}

#[tokio::test]
async fn refused_credentials_create_and_change_nothing() {
    let room = Room::new().await;
    let new = room.new_account("nocred1", "nc@example.com");
    let change = AccountChange {
        display_name: Some("x".to_owned()),
        ..AccountChange::default()
    };
    let credentials = &room.credentials;
    for client in [
        hypothesis_basic(&room.api(), &credentials.hypothesis_client_id, "wrong"),
        hypothesis_basic(&room.api(), "abc", &credentials.hypothesis_secret),
        hypothesis_token(&room.api(), &credentials.hypothesis_personal_token),
    ] {
        let failure = not_sent(client.create_account(&new, &room.cancel).await.unwrap_err());
        assert_eq!(
            (failure.code, failure.server_words.as_deref()),
            (ErrorCode::CredentialRefused, Some(NOT_FOUND))
        );
        let failure = not_sent(
            client
                .update_account("j.smith", &change, &room.cancel)
                .await
                .unwrap_err(),
        );
        assert_eq!(failure.code, ErrorCode::NotFound);
        let userid = Userid::new("j.smith", &room.authority);
        assert_eq!(
            client.account(&userid, &room.cancel).await.unwrap(),
            None,
            "the service answers both alike"
        );
    }
    assert_eq!(room.account("nocred1").await, None);
}

#[tokio::test]
async fn unknown_accounts_are_none_and_cannot_be_changed() {
    let room = Room::new().await;
    assert_eq!(room.account("ghost").await, None);
    let elsewhere = Userid::new("alice", &Authority::parse("localhost").unwrap());
    assert_eq!(room.client().account(&elsewhere, &room.cancel).await.unwrap(), None);
    for username in ["ghost1", "acct:j.smith@practice.example"] {
        let error = room
            .client()
            .update_account(username, &AccountChange::default(), &room.cancel)
            .await
            .unwrap_err();
        assert_eq!(not_sent(error).code, ErrorCode::NotFound, "{username}");
    }
}

#[tokio::test]
async fn a_userid_without_its_authority_is_refused_at_its_field() {
    let room = Room::new().await;
    let bare: Userid = serde_json::from_str("\"jbloggs1\"").unwrap();
    let failure = room
        .client()
        .account(&bare, &room.cancel)
        .await
        .unwrap_err()
        .into_failure();
    assert_eq!(
        (failure.code, failure.field),
        (ErrorCode::Refused, Some(Field::Username))
    );
    assert_eq!(failure.server_words.as_deref(), Some("User id 'jbloggs1' is not valid"));
}

#[tokio::test]
async fn an_update_breaks_the_same_rules_and_a_taken_address_stays_uncertain() {
    let room = Room::new().await;
    for (username, email) in [("jbloggs1", "jbloggs1@example.com"), ("jane.doe_9", "jane@example.com")] {
        room.client()
            .create_account(&room.new_account(username, email), &room.cancel)
            .await
            .unwrap();
    }
    let change = |email: Option<&str>, display_name: Option<String>| AccountChange {
        email: email.map(str::to_owned),
        display_name,
    };
    let client = room.client();
    let invalid = client
        .update_account("jbloggs1", &change(Some("nope"), None), &room.cancel)
        .await
        .unwrap_err();
    assert_eq!(
        shown(&refused(invalid)),
        [(ErrorCode::Refused, Some(Field::Email), "email: 'nope' is not a 'email'")]
    );
    let long = client
        .update_account("jbloggs1", &change(None, Some("d".repeat(31))), &room.cancel)
        .await
        .unwrap_err();
    assert_eq!(refused(long)[0].field, Some(Field::DisplayName));
    let taken = client
        .update_account("jbloggs1", &change(Some("JANE@example.com"), None), &room.cancel)
        .await;
    let Err(WriteError::Uncertain(failure)) = taken else {
        panic!("{taken:?}")
    };
    assert_eq!(
        (failure.code, failure.field),
        (ErrorCode::ServerFailed, Some(Field::Email))
    );
    assert_eq!(
        room.account("jbloggs1").await.unwrap().email.as_deref(),
        Some("jbloggs1@example.com")
    );
}
