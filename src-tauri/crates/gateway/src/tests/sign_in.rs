//! How a sign-in begins and ends: the exchange of its code, and its revocation.

use countersign_domain::{Action, ErrorCode, Field};

use super::servers::{Seen, Server, json};
use super::world::{CLIENT_ID, REFRESH, SECRET, World, client_credentials, go, sign_in};
use crate::{AuthorizationCode, BoundGateway, Call, GatewayError};

const TOKENS: &str =
    r#"{"access_token":"5768-a1","expires_in":3600.0,"token_type":"Bearer","refresh_token":"4657-r1"}"#;

fn code(verifier: &str) -> AuthorizationCode {
    AuthorizationCode {
        code: "QPGrXVxq9xKlDpHHylu4".into(),
        verifier: verifier.into(),
    }
}

/// A server that answers token and revocation requests so, and everything else with 200.
async fn answering(status: u16, body: &'static str) -> Server {
    Server::start(move |seen: &Seen| match &*seen.target {
        "/oauth/token" | "/oauth/revoke" => json(status, body),
        _ => json(200, "{}"),
    })
    .await
}

fn bound(world: &World, server: &Server, confidential: bool) -> BoundGateway {
    world.bound(&format!("{}/api", server.origin), sign_in(&server.origin, confidential))
}

fn refresh(world: &World) -> Option<String> {
    world.store.refresh.lock().unwrap().clone()
}

#[tokio::test]
async fn a_code_brings_tokens_of_which_one_is_kept_and_the_other_is_used() {
    let server = answering(200, TOKENS).await;
    let world = World::new();
    let bound = bound(&world, &server, false);
    bound.redeem(code("ver~ifier"), &go()).await.unwrap();
    assert_eq!(refresh(&world).as_deref(), Some("4657-r1"));
    assert_eq!(bound.not_kept(), None);
    bound.send(Call::get("/profile"), &go()).await.unwrap();
    let seen = server.seen();
    assert_eq!(
        seen[0].body,
        format!(
            "grant_type=authorization_code&client_id={CLIENT_ID}&code=QPGrXVxq9xKlDpHHylu4&redirect_uri=http%3A%2F%2F127.0.0.1%3A47811%2Fcallback&code_verifier=ver%7Eifier"
        )
    );
    assert_eq!(seen[1].header("authorization"), Some("Bearer 5768-a1"));
    assert_eq!(seen.len(), 2, "no token was asked for again");
    assert!(bound.token_expiry().is_some());
}

#[tokio::test]
async fn a_confidential_client_sends_its_secret_in_the_form() {
    let server = answering(200, TOKENS).await;
    let world = World::new();
    bound(&world, &server, true).redeem(code(""), &go()).await.unwrap();
    let body = String::from_utf8(server.seen()[0].body.to_vec()).unwrap();
    assert!(body.contains(&format!("&client_secret={SECRET}&")), "{body}");
    assert!(!body.contains("code_verifier"), "{body}");
    assert_eq!(server.seen()[0].header("authorization"), None);
}

#[tokio::test]
async fn a_sign_in_without_a_refresh_token_leaves_no_older_one_behind() {
    let server = answering(200, r#"{"access_token":"5768-a1"}"#).await;
    let world = World::new();
    bound(&world, &server, false).redeem(code(""), &go()).await.unwrap();
    assert_eq!(refresh(&world), None, "it may have been another person's");
}

#[tokio::test]
async fn a_refused_code_keeps_what_was_there_and_says_why() {
    for (status, body, expected, field) in [
        (
            400,
            r#"{"status":"failure","reason":"{\"error\": \"invalid_grant\"}"}"#,
            ErrorCode::SignInRefused,
            None,
        ),
        (
            400,
            r#"{"status":"failure","reason":"{\"error\": \"invalid_request\", \"error_description\": \"Mismatching redirect URI.\"}"}"#,
            ErrorCode::Refused,
            Some(Field::CallbackPort),
        ),
        (
            401,
            r#"{"status":"failure","reason":"{\"error\": \"invalid_client\"}"}"#,
            ErrorCode::Refused,
            Some(Field::ClientId),
        ),
    ] {
        let server = answering(status, body).await;
        let world = World::new();
        let error = bound(&world, &server, false)
            .redeem(code("v"), &go())
            .await
            .unwrap_err();
        let failure = error.into_failure();
        assert_eq!((failure.code, failure.field), (expected, field), "{body}");
        assert_eq!(refresh(&world).as_deref(), Some(REFRESH));
        assert_eq!(server.seen().len(), 1, "a code is sent once");
    }
}

#[tokio::test]
async fn a_code_that_the_keychain_does_not_keep_signs_in_for_this_run() {
    let server = answering(200, TOKENS).await;
    let world = World::new();
    world.store.locked.store(true, std::sync::atomic::Ordering::SeqCst);
    let bound = bound(&world, &server, false);
    bound.redeem(code("v"), &go()).await.unwrap();
    assert_eq!(bound.not_kept().unwrap().code, ErrorCode::KeychainLocked);
    world.store.locked.store(false, std::sync::atomic::Ordering::SeqCst);
    assert_eq!(bound.keep_again().await, None);
    assert_eq!((refresh(&world).as_deref(), bound.not_kept()), (Some("4657-r1"), None));
}

#[tokio::test]
async fn a_sign_out_names_the_refresh_token_and_the_client() {
    let server = answering(200, "{}").await;
    let world = World::new();
    bound(&world, &server, false).revoke(&go()).await.unwrap();
    assert_eq!(server.seen()[0].target, "/oauth/revoke");
    assert_eq!(
        server.seen()[0].body,
        format!("token={REFRESH}&token_type_hint=refresh_token&client_id={CLIENT_ID}")
    );
    assert_eq!(
        refresh(&world).as_deref(),
        Some(REFRESH),
        "what is kept is the caller's to forget"
    );
}

#[tokio::test]
async fn a_failed_sign_out_forgets_the_access_token_all_the_same() {
    let server = Server::start(|seen: &Seen| match &*seen.target {
        "/oauth/token" => json(200, TOKENS),
        "/oauth/revoke" => json(503, r#"{"status":"failure","reason":"down"}"#),
        _ => json(200, "{}"),
    })
    .await;
    let world = World::new();
    let bound = bound(&world, &server, false);
    bound.redeem(code("v"), &go()).await.unwrap();
    let error = bound.revoke(&go()).await.unwrap_err();
    assert_eq!((error.code(), bound.token_expiry()), (ErrorCode::ServerFailed, None));
    let failure = error.into_failure();
    assert_eq!(failure.server_words.as_deref(), Some("down"));
}

#[tokio::test]
async fn nothing_is_revoked_where_there_is_nothing_to_revoke() {
    let server = answering(200, "{}").await;
    let world = World::new();
    *world.store.refresh.lock().unwrap() = None;
    bound(&world, &server, false).revoke(&go()).await.unwrap();
    let endpoint = format!("{}/oauth/token", server.origin);
    let other = world.bound(&server.origin, client_credentials(&endpoint));
    other.revoke(&go()).await.unwrap();
    assert!(server.seen().is_empty());
    assert!(matches!(
        other.redeem(code("v"), &go()).await,
        Err(GatewayError::NoSignIn)
    ));
}

#[tokio::test]
async fn without_a_refresh_token_one_is_signed_out_and_nothing_is_sent() {
    let server = answering(200, TOKENS).await;
    let world = World::new();
    *world.store.refresh.lock().unwrap() = None;
    let error = bound(&world, &server, false)
        .send(Call::get("/profile"), &go())
        .await
        .unwrap_err();
    assert!(error.is_certainly_not_done() && server.seen().is_empty());
    let failure = error.into_failure();
    assert_eq!(
        (failure.code, failure.action),
        (ErrorCode::SignedOut, Action::SignInAgain)
    );
}
