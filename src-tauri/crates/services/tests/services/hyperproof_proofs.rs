//! Owns the tests of Hyperproof's proof and refusals as they come over the wire.

use countersign_domain::{BoundAddress, ClientId, ErrorCode};
use countersign_gateway::Authentication;
use countersign_services::hyperproof::Hyperproof;
use countersign_services::{PermissionState, Proof, ServiceError};
use tokio_util::sync::CancellationToken;

use crate::support::{bound, bound_impatiently, hyperproof};
use crate::wire::{Reply, Wire};

const FORBIDDEN: &str = r#"{"statusCode":403,"message":"Forbidden"}"#;

async fn prove(wire: &Wire) -> Result<Proof, ServiceError> {
    hyperproof(&wire.base("/v1")).prove(&CancellationToken::new()).await
}

fn found(proof: &Proof) -> Vec<(&str, PermissionState, Option<u16>)> {
    let found = proof.permissions.iter();
    found.map(|one| (one.name, one.state, one.status)).collect()
}

fn asked(wire: &Wire) -> Vec<String> {
    wire.requests()
        .iter()
        .map(|request| request.line().to_owned())
        .collect()
}

#[tokio::test]
async fn a_credential_without_the_user_scope_is_proven_by_the_controls() {
    let wire = Wire::start([Reply::json(403, FORBIDDEN), Reply::silent_after("[{\"id\":\"1\"},")]).await;
    let proof = prove(&wire).await.unwrap();
    assert_eq!(proof.identity, []);
    let expected = [
        ("controls", PermissionState::Allowed, None),
        ("users", PermissionState::Refused, Some(403)),
    ];
    assert_eq!(found(&proof), expected, "the list was not waited for");
    assert_eq!(wire.requests()[0].line(), "GET /v1/users/me");
}

#[tokio::test]
async fn the_first_list_allowed_proves_a_credential_that_may_read_neither_users_nor_controls() {
    let refused = || Reply::json(403, FORBIDDEN);
    let hidden = Reply::json(404, "{}");
    let wire = Wire::start([refused(), refused(), hidden, Reply::json(200, "[]")]).await;
    let proof = prove(&wire).await.unwrap();
    let expected = [
        ("controls", PermissionState::Refused, Some(403)),
        ("user-list", PermissionState::Refused, Some(404)),
        ("labels", PermissionState::Allowed, None),
        ("users", PermissionState::Refused, Some(403)),
    ];
    assert_eq!(found(&proof), expected);
    assert_eq!(wire.requests().len(), 4, "nothing more is asked");
}

#[tokio::test]
async fn the_lists_of_the_typed_scopes_are_asked_first_and_as_little_as_the_api_allows() {
    let token = Reply::json(
        200,
        r#"{"access_token":"minted","token_type":"Bearer","expires_in":300}"#,
    );
    let refused = || Reply::json(403, FORBIDDEN);
    let page = Reply::json(200, r#"{"data":[],"nextToken":null}"#);
    let wire = Wire::start([token, refused(), refused(), page]).await;
    let gateway = bound(
        &wire.base("/v1"),
        Authentication::ClientCredentials {
            token_endpoint: BoundAddress::parse(&wire.base("/oauth/token")).unwrap(),
            client_id: ClientId::parse("0123456789abcdef0123456789abcdef").unwrap(),
            scopes: Some("label.update label.read,proof.read".to_owned()),
        },
        "a-secret",
    );
    Hyperproof::new(gateway).prove(&CancellationToken::new()).await.unwrap();
    let expected = [
        "POST /oauth/token",
        "GET /v1/users/me",
        "GET /v1/labels",
        "GET /v1/proof?limit=1",
    ];
    assert_eq!(asked(&wire), expected);
}

#[tokio::test]
async fn a_credential_that_may_read_nothing_is_not_permitted() {
    let wire = Wire::start([Reply::json(403, FORBIDDEN)]).await;
    let failure = prove(&wire).await.unwrap_err().into_failure();
    assert_eq!(failure.code, ErrorCode::NotPermitted);
    assert!(failure.message.contains("probably control.read"), "{}", failure.message);
    assert_eq!(wire.requests().len(), 16, "itself and each list, once");
}

#[tokio::test]
async fn what_is_no_refusal_of_the_list_ends_the_asking() {
    let quota = r#"{"statusCode":403,"message":"Out of bandwidth quota. Try again in 45 seconds."}"#;
    for (reply, code) in [
        (Reply::json(403, quota), ErrorCode::QuotaExceeded),
        (Reply::json(429, "{}"), ErrorCode::RateLimited),
        (Reply::json(401, "{}"), ErrorCode::CredentialRefused),
        (Reply::json(502, "{}"), ErrorCode::ServerFailed),
        (Reply::hang_up(), ErrorCode::Unreachable),
        (
            Reply::new(200, "text/plain", "<html>Sign in</html>"),
            ErrorCode::AnswerUnreadable,
        ),
    ] {
        let refused = || Reply::json(403, FORBIDDEN);
        let wire = Wire::start([refused(), refused(), reply, Reply::json(200, "[]")]).await;
        assert_eq!(prove(&wire).await.unwrap_err().code(), code);
        let lists = asked(&wire)
            .into_iter()
            .filter(|line| line.ends_with("/labels"))
            .count();
        assert_eq!(lists, 0, "{code:?}: the next list was asked for");
    }
}

#[tokio::test]
async fn a_list_that_wants_another_question_or_is_off_says_nothing_of_the_next() {
    for reply in [
        Reply::json(400, r#"{"statusCode":400,"message":"objectType is required"}"#),
        Reply::json(403, r#"{"message":"This API is not enabled for your organization"}"#),
        Reply::json(404, "{}"),
    ] {
        let refused = Reply::json(403, FORBIDDEN);
        let wire = Wire::start([refused, reply, Reply::json(200, "[]")]).await;
        let proof = prove(&wire).await.unwrap();
        let allowed = proof
            .permissions
            .iter()
            .filter(|permission| permission.state == PermissionState::Allowed);
        assert_eq!(allowed.count(), 1, "{:?}", proof.permissions);
    }
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
