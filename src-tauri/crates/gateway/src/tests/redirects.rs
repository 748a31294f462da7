//! A redirect is an error that names an origin, and nothing follows it.

use countersign_domain::ErrorCode;
use http::Response;

use super::servers::{Server, json};
use super::world::{REFRESH, World, basic, client_credentials, go, grant_token, sign_in};
use crate::{Authentication, AuthorizationCode, Call, GatewayError};

fn pointing(status: u16, target: String) -> impl Fn(&super::servers::Seen) -> Response<String> {
    move |_| {
        let builder = Response::builder().status(status).header("location", &target);
        builder.body("a body".to_owned()).unwrap()
    }
}

#[tokio::test]
async fn an_api_redirect_reaches_nobody_and_names_its_origin_only() {
    let evil = Server::start(|_| json(200, "{}")).await;
    for status in [300, 301, 302, 303, 304, 307, 308] {
        let target = format!("{}/steal?token=x#y", evil.origin);
        let server = Server::start(pointing(status, target)).await;
        let bound = World::new().bound(&server.origin, basic());
        let error = bound
            .send(Call::post("/users").json("x".into()), &go())
            .await
            .unwrap_err();
        let GatewayError::Redirected { to, .. } = &error else {
            panic!("{status}: {error}")
        };
        assert_eq!(to.as_ref(), Some(&evil.origin), "{status}");
        let failure = error.into_failure();
        assert!(
            failure.message.contains(&evil.origin) && !failure.message.contains("steal"),
            "{failure}"
        );
        assert_eq!(server.seen().len(), 1, "not even to itself");
    }
    assert!(evil.seen().is_empty());
}

#[tokio::test]
async fn a_target_that_is_no_origin_is_named_by_its_scheme_or_not_at_all() {
    for (target, named) in [
        ("file:///etc/passwd", Some("file:")),
        ("https://user:word@evil.example/", Some("https://evil.example")),
        ("http://[", None),
    ] {
        let server = Server::start(pointing(302, target.to_owned())).await;
        let bound = World::new().bound(&server.origin, Authentication::Anonymous);
        match bound.send(Call::get("/"), &go()).await {
            Err(GatewayError::Redirected { to, .. }) => assert_eq!(to.as_deref(), named, "{target}"),
            other => panic!("{target}: {other:?}"),
        }
    }
}

/// Row A1 of the attack list, for every kind of token request.
#[tokio::test]
async fn a_token_endpoint_that_answers_307_does_not_pass_the_secret_on() {
    let evil = Server::start(|_| json(200, r#"{"access_token":"stolen","refresh_token":"stolen"}"#)).await;
    let kinds: [fn(&str) -> Authentication; 3] = [
        |origin| client_credentials(&format!("{origin}/oauth/token")),
        |origin| sign_in(origin, true),
        |origin| grant_token(&format!("{origin}/oauth/token"), "acct:jo@example.com"),
    ];
    for (status, kind) in [307, 308, 302].into_iter().zip(kinds) {
        let token = Server::start(pointing(status, format!("{}/oauth/token", evil.origin))).await;
        let api = Server::start(|_| json(200, "{}")).await;
        let bound = World::new().bound(&api.origin, kind(&token.origin));
        let error = bound.send(Call::get("/users/me"), &go()).await.unwrap_err();
        assert_eq!(error.code(), ErrorCode::Redirected);
        assert!(error.is_certainly_not_done());
        assert!(evil.seen().is_empty() && api.seen().is_empty());
        assert_eq!(token.seen().len(), 1);
    }
}

#[tokio::test]
async fn neither_code_nor_refresh_token_follows_a_redirect() {
    let evil = Server::start(|_| json(200, r#"{"access_token":"stolen","refresh_token":"stolen"}"#)).await;
    let server = Server::start(pointing(307, format!("{}/x", evil.origin))).await;
    let world = World::new();
    let bound = world.bound(&server.origin, sign_in(&server.origin, false));
    let code = AuthorizationCode {
        code: "QPGrXVxq9xKlDpHHylu4".into(),
        verifier: "verifier".into(),
    };
    let redeemed = bound.redeem(code, &go()).await.unwrap_err();
    let revoked = bound.revoke(&go()).await.unwrap_err();
    assert_eq!(
        (redeemed.code(), revoked.code()),
        (ErrorCode::Redirected, ErrorCode::Redirected)
    );
    assert!(evil.seen().is_empty());
    assert_eq!(server.seen().len(), 2);
    assert_eq!(world.store.refresh.lock().unwrap().as_deref(), Some(REFRESH));
}
