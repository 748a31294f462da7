//! Owns the proof that no answer to a write is taken for more, or for less, than it says.

use super::*;

const ACCOUNT: &str = r#"{"authority":"example.com","userid":"acct:jbloggs1@example.com","username":"jbloggs1",
                         "display_name":null,"email":"j@example.com"}"#;
const NOT_FOUND: &str = r#"{"status":"failure","reason":"Either the resource you requested doesn't exist, or you are not currently authorized to see it."}"#;
const PROBLEM: &str = r#"{"status":"failure","reason":"Hypothesis had a problem while handling this request."}"#;
const PAGE: &str = "<html><title>502</title></html>";

fn outcome_of(status: u16, content_type: &str, body: &str, write: Write) -> Result<Account, WriteError> {
    let received = Received {
        status,
        content_type: Some(content_type),
        retry_after_seconds: None,
        body: body.as_bytes(),
    };
    let sent = Sent {
        email: Some("taken@example.com"),
        ..Sent::default()
    };
    outcome(&received, write, &sent)
}

fn json(status: u16, body: &str) -> WriteError {
    outcome_of(status, "application/json", body, Write::Create).unwrap_err()
}

#[test]
fn an_account_is_read_with_what_the_server_left_out() {
    let account = outcome_of(200, "application/json", ACCOUNT, Write::Create).unwrap();
    assert_eq!((account.username.as_str(), account.display_name), ("jbloggs1", None));
    let bare = r#"{"authority":"a","userid":"acct:b@a","username":"b"}"#;
    assert_eq!(
        outcome_of(201, "application/json", bare, Write::Create).unwrap().email,
        None
    );
}

#[test]
fn what_may_follow_a_done_write_is_uncertain() {
    for (status, content_type, body) in [
        (200, "text/html", PAGE),
        (200, "application/json", "{\"userid\":\"acct:a@b\""),
        (200, "application/json", "{}"),
        (204, "application/json", ""),
        (408, "text/plain", ""),
        (
            409,
            "application/json",
            r#"{"status":"failure","reason":"something else"}"#,
        ),
        (409, "text/html", PAGE),
        (500, "application/json", PROBLEM),
        (502, "text/html", PAGE),
        (504, "text/html", ""),
    ] {
        let error = outcome_of(status, content_type, body, Write::Create).unwrap_err();
        assert!(
            matches!(error, WriteError::Uncertain(_)),
            "{status} {content_type} {body}: {error:?}"
        );
    }
}

#[test]
fn what_was_turned_away_is_certainly_not_done() {
    for (status, content_type, body, code) in [
        (404, "application/json", NOT_FOUND, ErrorCode::CredentialRefused),
        (404, "text/html", PAGE, ErrorCode::AnswerUnreadable),
        (400, "text/html", PAGE, ErrorCode::AnswerUnreadable),
        (429, "application/octet-stream", "{}", ErrorCode::RateLimited),
        (406, "application/json", "{}", ErrorCode::Refused),
    ] {
        let error = outcome_of(status, content_type, body, Write::Create).unwrap_err();
        let WriteError::NotSent(failure) = error else {
            panic!("{status} {body}: {error:?}")
        };
        assert_eq!(failure.code, code, "{status} {body}");
    }
}

#[test]
fn an_update_of_nobody_is_not_found() {
    let error = outcome_of(404, "application/json", NOT_FOUND, Write::Update).unwrap_err();
    assert!(matches!(error, WriteError::NotSent(failure) if failure.code == ErrorCode::NotFound));
}

#[test]
fn a_500_to_a_new_address_points_at_the_address_and_stays_uncertain() {
    let error = outcome_of(500, "application/json", PROBLEM, Write::Update).unwrap_err();
    let WriteError::Uncertain(failure) = error else {
        panic!("{error:?}")
    };
    assert_eq!(
        (failure.field, failure.code),
        (Some(Field::Email), ErrorCode::ServerFailed)
    );
    assert!(
        failure.message.contains("probably"),
        "a guess is called one: {}",
        failure.message
    );
    let WriteError::Uncertain(bad_gateway) = outcome_of(502, "text/html", PAGE, Write::Update).unwrap_err() else {
        panic!("502 is uncertain")
    };
    assert_eq!(
        bad_gateway.field, None,
        "a gateway's failure says nothing of the address"
    );
}

#[test]
fn a_validation_is_a_refusal_in_json_and_in_plain_text() {
    let WriteError::Refused(failures) = json(400, r#"{"status":"failure","reason":"email: 'x' is not a 'email'"}"#)
    else {
        panic!("400 is a refusal")
    };
    assert_eq!(failures[0].field, Some(Field::Email));
    let plain = outcome_of(
        409,
        "text/plain; charset=UTF-8",
        "user with username 'x' already exists",
        Write::Create,
    );
    let Err(WriteError::Refused(failures)) = plain else {
        panic!("{plain:?}")
    };
    assert_eq!(failures[0].code, ErrorCode::AlreadyExists);
}
