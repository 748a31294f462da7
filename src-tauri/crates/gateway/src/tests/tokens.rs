//! How access tokens are asked for and what their endpoint may answer.

use std::sync::atomic::{AtomicUsize, Ordering};

use countersign_domain::{Action, ErrorCode, Field};

use super::servers::{Seen, Server, json};
use super::world::{CLIENT_ID, SECRET, World, client_credentials, go};
use crate::{Answer, BoundGateway, Call, GatewayError};

async fn asked(status: u16, body: &'static str) -> (Result<Answer, GatewayError>, Server) {
    let server = Server::start(move |seen: &Seen| match &*seen.target {
        "/oauth/token" => json(status, body),
        _ => json(200, "{}"),
    })
    .await;
    let outcome = bound(&World::new(), &server).send(Call::get("/users/me"), &go()).await;
    (outcome, server)
}

fn bound(world: &World, server: &Server) -> BoundGateway {
    let endpoint = format!("{}/oauth/token", server.origin);
    world.bound(&format!("{}/v1", server.origin), client_credentials(&endpoint))
}

#[tokio::test]
async fn the_secret_goes_to_the_token_endpoint_as_a_form_and_the_token_to_the_api() {
    let (outcome, server) = asked(
        200,
        r#"{"access_token":"tok.en","token_type":"bearer","expires_in":3600.0}"#,
    )
    .await;
    outcome.unwrap();
    let seen = server.seen();
    assert_eq!(
        (seen[0].method.as_str(), seen[0].target.as_str()),
        ("POST", "/oauth/token")
    );
    assert_eq!(
        seen[0].header("content-type"),
        Some("application/x-www-form-urlencoded")
    );
    assert_eq!(seen[0].header("authorization"), None);
    assert_eq!(
        seen[0].body,
        format!("grant_type=client_credentials&client_id={CLIENT_ID}&client_secret={SECRET}")
    );
    assert_eq!(
        (seen[1].target.as_str(), seen[1].header("authorization")),
        ("/v1/users/me", Some("Bearer tok.en"))
    );
    assert_eq!(seen.len(), 2);
}

#[tokio::test]
async fn success_without_a_usable_token_makes_no_call() {
    for body in [
        "",
        "<html>Sign in</html>",
        "{}",
        "[]",
        r#"{"access_token":""}"#,
        r#"{"access_token":7}"#,
        r#"{"access_token":"a\r\nb"}"#,
        r#"{"access_token":"tok"#,
    ] {
        let (outcome, server) = asked(200, body).await;
        let error = outcome.unwrap_err();
        assert!(matches!(error, GatewayError::TokenUnreadable { .. }), "{body}: {error}");
        assert_eq!(server.seen().len(), 1, "{body}");
    }
}

#[tokio::test]
async fn a_refusal_is_told_apart_by_what_it_says() {
    for (status, body, code, field) in [
        (
            400,
            r#"{"error":"invalid_client"}"#,
            ErrorCode::CredentialRefused,
            Some(Field::Secret),
        ),
        (401, "", ErrorCode::CredentialRefused, Some(Field::Secret)),
        (
            400,
            r#"{"error":"invalid_scope"}"#,
            ErrorCode::Refused,
            Some(Field::Scopes),
        ),
        (
            403,
            r#"{"message":"API access is not enabled for this organization"}"#,
            ErrorCode::AccessNotEnabled,
            None,
        ),
        (
            403,
            r#"{"statusCode":403,"message":"quota exceeded"}"#,
            ErrorCode::QuotaExceeded,
            None,
        ),
        (
            429,
            r#"{"statusCode":429,"message":"try again in 12 seconds"}"#,
            ErrorCode::RateLimited,
            None,
        ),
        (503, "<html><title>Down</title>", ErrorCode::ServerFailed, None),
        (404, "<html>", ErrorCode::Refused, Some(Field::TokenAddress)),
    ] {
        let (outcome, server) = asked(status, body).await;
        let error = outcome.unwrap_err();
        assert!(error.is_certainly_not_done());
        assert_eq!(server.seen().len(), 1, "the call itself was not made");
        let failure = error.into_failure();
        assert_eq!((failure.code, failure.field), (code, field), "{status} {body}");
    }
}

#[tokio::test]
async fn a_refusal_without_a_reason_names_api_access_as_one() {
    for (status, body, named) in [
        (401, "", true),
        (403, r#"{"statusCode":403,"message":"Forbidden"}"#, true),
        (401, r#"{"error":"invalid_client"}"#, false),
    ] {
        let (outcome, _server) = asked(status, body).await;
        let failure = outcome.unwrap_err().into_failure();
        let said = failure
            .message
            .contains("or API access is not enabled for the organisation");
        assert_eq!((failure.code, said), (ErrorCode::CredentialRefused, named), "{body}");
    }
}

#[tokio::test]
async fn a_limited_token_endpoint_names_the_wait() {
    let (outcome, _server) = asked(429, r#"{"statusCode":429,"message":"try again in 12 seconds"}"#).await;
    let failure = outcome.unwrap_err().into_failure();
    assert_eq!(
        (failure.wait_seconds, failure.action, failure.retryable),
        (Some(12), Action::Wait, true)
    );
    assert_eq!(failure.server_words.as_deref(), Some("try again in 12 seconds"));
}

#[tokio::test]
async fn an_endless_token_answer_is_not_read_to_its_end() {
    let server = Server::start(|_| " ".repeat(300_000)).await;
    let error = bound(&World::new(), &server)
        .send(Call::get("/"), &go())
        .await
        .unwrap_err();
    assert_eq!(error.code(), ErrorCode::AnswerTooLarge);
    assert!(matches!(error, GatewayError::TokenUnobtained(_)));
}

#[tokio::test(start_paused = true)]
async fn a_token_endpoint_that_fails_in_passing_is_asked_again_even_for_a_write() {
    for (status, requests) in [(502, 3), (503, 3), (504, 3), (500, 1), (401, 1)] {
        let asked = AtomicUsize::new(0);
        let server = Server::start(move |seen: &Seen| match &*seen.target {
            "/oauth/token" if asked.fetch_add(1, Ordering::SeqCst) < 2 => json(status, "{}"),
            "/oauth/token" => json(200, r#"{"access_token":"tok.en","expires_in":3600}"#),
            _ => json(200, "{}"),
        })
        .await;
        let outcome = bound(&World::persistent(4), &server)
            .send(Call::post("/x"), &go())
            .await;
        let minted = server
            .seen()
            .iter()
            .filter(|seen| seen.target == "/oauth/token")
            .count();
        assert_eq!((minted, outcome.is_ok()), (requests, requests == 3), "{status}");
    }
}
