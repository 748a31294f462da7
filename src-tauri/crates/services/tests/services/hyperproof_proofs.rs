//! Owns the tests of Hyperproof's proof and refusals as they come over the wire.

use countersign_domain::ErrorCode;
use countersign_gateway::Authentication;
use countersign_services::hyperproof::Hyperproof;
use countersign_services::{PermissionState, Proof, ServiceError};
use tokio_util::sync::CancellationToken;

use crate::support::{bound_impatiently, hyperproof};
use crate::wire::{Reply, Wire};

const FORBIDDEN: &str = r#"{"statusCode":403,"message":"Forbidden"}"#;

async fn prove(wire: &Wire) -> Result<Proof, ServiceError> {
    hyperproof(&wire.base("/v1")).prove(&CancellationToken::new()).await
}

#[tokio::test]
async fn a_credential_without_the_user_scope_is_proven_by_the_controls() {
    let wire = Wire::start([Reply::json(403, FORBIDDEN), Reply::silent_after("[{\"id\":\"1\"},")]).await;
    let proof = prove(&wire).await.unwrap();
    assert_eq!(proof.identity, []);
    let permissions: Vec<_> = proof
        .permissions
        .iter()
        .map(|one| (one.name, one.state, one.status))
        .collect();
    let expected = [
        ("controls", PermissionState::Allowed, None),
        ("users", PermissionState::Refused, Some(403)),
    ];
    assert_eq!(permissions, expected, "the list was not waited for");
    assert_eq!(wire.requests()[0].line(), "GET /v1/users/me");
}

#[tokio::test]
async fn a_credential_that_may_do_neither_is_not_permitted() {
    let wire = Wire::start([Reply::json(403, FORBIDDEN)]).await;
    let failure = prove(&wire).await.unwrap_err().into_failure();
    assert_eq!(failure.code, ErrorCode::NotPermitted);
    assert!(failure.message.contains("probably control.read"), "{}", failure.message);
}

#[tokio::test]
async fn a_quota_is_no_reason_to_ask_for_more() {
    let quota = r#"{"statusCode":403,"message":"Out of bandwidth quota. Quota will be replenished in 45 seconds."}"#;
    let wire = Wire::start([Reply::json(403, quota)]).await;
    let failure = prove(&wire).await.unwrap_err().into_failure();
    assert_eq!(
        (failure.code, failure.wait_seconds),
        (ErrorCode::QuotaExceeded, Some(45))
    );
    assert_eq!(wire.requests().len(), 1);
}

#[tokio::test]
async fn each_refusal_is_told_apart() {
    let page = "<html><title>Blocked by the proxy</title></html>";
    for (reply, code, wait) in [
        (Reply::json(401, "{}"), ErrorCode::CredentialRefused, None),
        (
            Reply::with_headers(429, &[("Retry-After", "30")], ""),
            ErrorCode::RateLimited,
            Some(30),
        ),
        (
            Reply::json(429, r#"{"statusCode":429,"message":"Try again in 8 seconds."}"#),
            ErrorCode::RateLimited,
            Some(8),
        ),
        (
            Reply::with_headers(403, &[("Retry-After", "9"), ("Content-Type", "application/json")], "{}"),
            ErrorCode::QuotaExceeded,
            Some(9),
        ),
        (
            Reply::json(403, r#"{"message":"The API is not enabled for this organization"}"#),
            ErrorCode::AccessNotEnabled,
            None,
        ),
        (Reply::new(403, "text/html", page), ErrorCode::AnswerUnreadable, None),
        (Reply::new(200, "text/html", page), ErrorCode::AnswerUnreadable, None),
        (Reply::json(200, "{\"id\":\"u"), ErrorCode::AnswerUnreadable, None),
        (Reply::json(500, ""), ErrorCode::ServerFailed, None),
        (Reply::new(503, "text/html", page), ErrorCode::ServerFailed, None),
        (Reply::cut("{\"id\":", 100), ErrorCode::Unreachable, None),
        (
            Reply::with_headers(302, &[("Location", "https://sso.example/")], ""),
            ErrorCode::Redirected,
            None,
        ),
    ] {
        let wire = Wire::start([reply.clone()]).await;
        let failure = prove(&wire).await.unwrap_err().into_failure();
        assert_eq!(
            (failure.code, failure.wait_seconds),
            (code, wait),
            "{reply:?}: {failure:?}"
        );
    }
}

#[tokio::test]
async fn the_controls_refusal_is_told_as_the_proofs_is() {
    let refusal = r#"{"statusCode":403,"message":"Forbidden"}"#;
    let wire = Wire::start([Reply::json(403, refusal)]).await;
    let (sender, _receiver) = tokio::sync::mpsc::channel(1);
    let client = hyperproof(&wire.base("/v1"));
    let ended = client.controls(&CancellationToken::new(), sender, &|_, _| ()).await;
    let failure = ended.unwrap_err().into_failure();
    assert_eq!(failure.code, ErrorCode::NotPermitted);
    assert_eq!(
        failure.server_words.as_deref(),
        Some("Forbidden"),
        "the body of a refusal is read for its words"
    );
}

#[tokio::test]
async fn a_silent_server_is_not_waited_for_without_end() {
    let wire = Wire::start([Reply::silence()]).await;
    let gateway = bound_impatiently(&wire.base("/v1"), Authentication::Bearer, "an-access-token");
    let error = Hyperproof::new(gateway)
        .prove(&CancellationToken::new())
        .await
        .unwrap_err();
    assert_eq!(error.code(), ErrorCode::TimedOut);
}
