//! Owns the tests of writes to Hypothesis whose answer is missing, broken or odd: never sent twice, never misjudged.

use countersign_domain::{AccountChange, Authority, ErrorCode, Failure, NewAccount, Userid, Username};
use countersign_gateway::Authentication;
use countersign_services::WriteError;
use countersign_services::hypothesis::{ACCEPT, Hypothesis};
use tokio_util::sync::CancellationToken;

use crate::support::{bound_impatiently, hypothesis_basic};
use crate::wire::{Reply, Wire};

const ACCOUNT: &str = r#"{"authority":"example.com","userid":"acct:jbloggs1@example.com","username":"jbloggs1","display_name":null,"email":"j@example.com"}"#;

fn client(wire: &Wire) -> Hypothesis {
    hypothesis_basic(&wire.base("/api"), "00000000-0000-1000-8000-000000000001", "s3cret:é")
}

fn new_account() -> NewAccount {
    NewAccount {
        authority: Authority::parse("example.com").unwrap(),
        username: Username::parse("jbloggs1").unwrap(),
        email: "j@example.com".to_owned(),
        display_name: None,
    }
}

async fn create_failing(reply: Reply) -> (WriteError, usize) {
    let wire = Wire::start([reply]).await;
    let error = client(&wire)
        .create_account(&new_account(), &CancellationToken::new())
        .await
        .unwrap_err();
    (error, wire.requests().len())
}

fn uncertain(error: WriteError) -> Failure {
    match error {
        WriteError::Uncertain(failure) => failure,
        WriteError::Refused(_) | WriteError::NotSent(_) => panic!("not uncertain: {error:?}"),
    }
}

#[tokio::test]
async fn a_write_without_a_usable_answer_is_uncertain_and_sent_once() {
    let page = "<html><title>504</title></html>";
    for (reply, code) in [
        (Reply::hang_up(), ErrorCode::Unreachable),
        (Reply::cut(&ACCOUNT[..40], ACCOUNT.len()), ErrorCode::Unreachable),
        (Reply::until_closed(&ACCOUNT[..40]), ErrorCode::AnswerUnreadable),
        (Reply::new(200, "text/html", page), ErrorCode::AnswerUnreadable),
        (Reply::json(200, "[]"), ErrorCode::AnswerUnreadable),
        (Reply::new(504, "text/html", page), ErrorCode::TimedOut),
        (Reply::json(500, "{}"), ErrorCode::ServerFailed),
        (
            Reply::json(409, r#"{"status":"failure","reason":"odd"}"#),
            ErrorCode::Refused,
        ),
    ] {
        let (error, sent) = create_failing(reply.clone()).await;
        assert_eq!(sent, 1, "{reply:?}");
        assert_eq!(uncertain(error).code, code, "{reply:?}");
    }
}

#[tokio::test]
async fn a_write_that_is_never_answered_is_uncertain_and_sent_once() {
    let wire = Wire::start([Reply::silence()]).await;
    let gateway = bound_impatiently(&wire.base("/api"), Authentication::Bearer, "token");
    let create = Hypothesis::new(gateway);
    let error = create
        .create_account(&new_account(), &CancellationToken::new())
        .await
        .unwrap_err();
    assert_eq!(uncertain(error).code, ErrorCode::TimedOut);
    assert_eq!(wire.requests().len(), 1);
}

#[tokio::test]
async fn a_write_stopped_after_it_left_is_uncertain() {
    let wire = Wire::start([Reply::silence()]).await;
    let cancel = CancellationToken::new();
    let client = client(&wire);
    let new = new_account();
    let (ended, ()) = tokio::join!(client.create_account(&new, &cancel), async {
        while wire.requests().is_empty() {
            tokio::task::yield_now().await;
        }
        cancel.cancel();
    });
    assert_eq!(uncertain(ended.unwrap_err()).code, ErrorCode::Cancelled);
}

#[tokio::test]
async fn what_never_left_is_certainly_not_done() {
    let wire = Wire::start([Reply::silence()]).await;
    let cancel = CancellationToken::new();
    cancel.cancel();
    let stopped = client(&wire).create_account(&new_account(), &cancel).await.unwrap_err();
    assert!(
        matches!(&stopped, WriteError::NotSent(failure) if failure.code == ErrorCode::Cancelled),
        "{stopped:?}"
    );
    let free = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .unwrap()
        .local_addr()
        .unwrap();
    let nobody = hypothesis_basic(
        &format!("http://{free}/api"),
        "00000000-0000-1000-8000-000000000001",
        "secret",
    );
    let error = nobody
        .create_account(&new_account(), &CancellationToken::new())
        .await
        .unwrap_err();
    assert!(
        matches!(&error, WriteError::NotSent(failure) if failure.code == ErrorCode::Unreachable),
        "{error:?}"
    );
}

#[tokio::test]
async fn a_create_sends_documented_fields_alone() {
    let wire = Wire::start([Reply::json(200, ACCOUNT)]).await;
    let account = client(&wire)
        .create_account(&new_account(), &CancellationToken::new())
        .await
        .unwrap();
    assert_eq!(account.userid.as_str(), "acct:jbloggs1@example.com");
    let request = &wire.requests()[0];
    assert_eq!(request.line(), "POST /api/users");
    assert_eq!(request.header("accept"), Some(ACCEPT));
    assert_eq!(
        request.body,
        r#"{"authority":"example.com","username":"jbloggs1","email":"j@example.com"}"#
    );
}

#[tokio::test]
async fn an_update_sends_only_what_changed_to_a_path_that_a_name_cannot_bend() {
    let wire = Wire::start([Reply::json(200, ACCOUNT)]).await;
    let change = AccountChange {
        email: None,
        display_name: Some(String::new()),
    };
    let cancel = CancellationToken::new();
    client(&wire)
        .update_account("joe\n/../x", &change, &cancel)
        .await
        .unwrap();
    let request = &wire.requests()[0];
    assert_eq!(request.line(), "PATCH /api/users/joe%0A%2F..%2Fx");
    assert_eq!(request.body, r#"{"display_name":""}"#);
    let outside = client(&wire).update_account("..", &change, &cancel).await.unwrap_err();
    assert!(matches!(outside, WriteError::NotSent(_)), "{outside:?}");
    assert_eq!(wire.requests().len(), 1);
}

#[tokio::test]
async fn the_probe_of_client_credentials_never_sends_another_body() {
    let refusal = r#"{"status":"failure","reason":"username: '.' is too short"}"#;
    let wire = Wire::start([Reply::json(400, refusal)]).await;
    let authority = Authority::parse("example.com").unwrap();
    client(&wire)
        .prove_client_credentials(&authority, &CancellationToken::new())
        .await
        .unwrap();
    let requests = wire.requests();
    assert_eq!(requests.len(), 1);
    assert_eq!(requests[0].line(), "POST /api/users");
    assert_eq!(requests[0].body, r#"{"authority":"example.com","username":"."}"#);
}

#[tokio::test]
async fn a_userid_is_one_segment_of_the_path() {
    let wire = Wire::start([Reply::json(200, ACCOUNT)]).await;
    let userid = Userid::new("joejoe\n", &Authority::parse("example.com").unwrap());
    let account = client(&wire).account(&userid, &CancellationToken::new()).await.unwrap();
    assert_eq!(account.unwrap().username, "jbloggs1");
    assert_eq!(wire.requests()[0].line(), "GET /api/users/acct:joejoe%0A@example.com");
}
