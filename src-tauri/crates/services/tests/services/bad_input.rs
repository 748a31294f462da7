//! Owns the tests of what people paste and what servers answer in error: a clear failure, nothing lost, no panic.

use countersign_domain::{Authority, ErrorCode, Failure, Field, NewAccount, Userid, Username};
use countersign_services::WriteError;
use tokio_util::sync::CancellationToken;

use crate::support::{hypothesis_basic, hypothesis_token};
use crate::wire::{Reply, Wire};

const ANONYMOUS: &str = r#"{"userid":null,"authority":"localhost","groups":[],"features":{},"preferences":{}}"#;

async fn token_refused(token: &str, reply: Reply) -> (Failure, usize) {
    let wire = Wire::start([reply]).await;
    let client = hypothesis_token(&wire.base("/api"), token);
    let error = client
        .prove_personal_token(&CancellationToken::new())
        .await
        .unwrap_err();
    (error.into_failure(), wire.requests().len())
}

#[tokio::test]
async fn malformed_tokens_are_refused_and_never_told() {
    for (token, sent) in [
        ("6879-nope", 1),
        ("6879-with\nnewline", 0),
        ("6879-🗝", 0),
        ("6879-nul\0", 0),
    ] {
        let (failure, requests) = token_refused(token, Reply::json(200, ANONYMOUS)).await;
        assert_eq!(
            (failure.code, requests),
            (ErrorCode::CredentialRefused, sent),
            "{failure:?}"
        );
        assert!(
            !format!("{failure:?}").contains(token),
            "the token is not in the failure"
        );
    }
}

#[tokio::test]
async fn a_token_echoed_by_the_server_is_redacted() {
    let echo = r#"{"status":"failure","reason":"bad token 6879-secretsecret"}"#;
    let (failure, _) = token_refused("6879-secretsecret", Reply::json(400, echo)).await;
    assert_eq!(failure.server_words.as_deref(), Some("bad token [redacted]"));
}

#[tokio::test]
async fn secrets_with_emoji_and_colons_travel_whole() {
    let refusal = r#"{"status":"failure","reason":"username: '.' is too short"}"#;
    let wire = Wire::start([Reply::json(400, refusal)]).await;
    let client = hypothesis_basic(&wire.base("/api"), "client", "a:b 🗝");
    let authority = Authority::parse("example.com").unwrap();
    client
        .prove_client_credentials(&authority, &CancellationToken::new())
        .await
        .unwrap();
    assert_eq!(
        wire.requests()[0].header("authorization"),
        Some("Basic Y2xpZW50OmE6YiDwn5ed")
    );
}

#[tokio::test]
async fn answers_of_another_kind_are_unreadable_wherever_they_come() {
    let page = "<html><title>Sign in</title></html>";
    for reply in [
        Reply::new(200, "text/html", page),
        Reply::json(200, page),
        Reply::json(200, "{\"userid\":\"acct:a@b\""),
        Reply::json(200, "{\"userid\":17,\"authority\":\"x\"}"),
        Reply::json(200, "{}"),
        Reply::json(200, ""),
        Reply::new(404, "text/html", page),
        Reply::json(404, r#"{"detail":"Not Found"}"#),
    ] {
        let (failure, _) = token_refused("6879-token", reply.clone()).await;
        assert_eq!(
            (failure.code, failure.field),
            (ErrorCode::AnswerUnreadable, Some(Field::ApiAddress)),
            "{reply:?}"
        );
        let wire = Wire::start([reply.clone()]).await;
        let client = hypothesis_basic(&wire.base("/api"), "client", "secret");
        let userid = Userid::new("ghost", &Authority::parse("example.com").unwrap());
        let error = client.account(&userid, &CancellationToken::new()).await.unwrap_err();
        assert_eq!(
            error.code(),
            ErrorCode::AnswerUnreadable,
            "never 'no such account': {reply:?}"
        );
    }
}

#[tokio::test]
async fn missing_and_unknown_fields_of_an_account_do_not_matter() {
    let body = r#"{"authority":"a","userid":"acct:b@a","username":"b","colour":{"x":[1]},"groups":null}"#;
    let wire = Wire::start([Reply::json(200, body)]).await;
    let client = hypothesis_basic(&wire.base("/api"), "client", "secret");
    let userid = Userid::new("b", &Authority::parse("a").unwrap());
    let account = client
        .account(&userid, &CancellationToken::new())
        .await
        .unwrap()
        .unwrap();
    assert_eq!((account.email, account.display_name), (None, None));
}

#[tokio::test]
async fn ten_megabytes_pasted_come_back_as_a_short_failure_at_their_field() {
    let email = "'a, username: b' ".repeat(600_000);
    let reason = format!("email: \"{email}\" is too long");
    let body = serde_json::json!({ "status": "failure", "reason": reason }).to_string();
    let wire = Wire::start([Reply::json(400, &body)]).await;
    let client = hypothesis_basic(&wire.base("/api"), "client", "secret");
    let new = NewAccount {
        authority: Authority::parse("example.com").unwrap(),
        username: Username::parse("jbloggs1").unwrap(),
        email: "short@example.com".to_owned(),
        display_name: None,
    };
    let error = client
        .create_account(&new, &CancellationToken::new())
        .await
        .unwrap_err();
    let WriteError::Refused(failures) = error else {
        panic!("{error:?}")
    };
    let failure = failures
        .iter()
        .find(|failure| failure.field == Some(Field::Email))
        .unwrap();
    assert!(failure.server_words.as_ref().unwrap().chars().count() <= 500);
}
