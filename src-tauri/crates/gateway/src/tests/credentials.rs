//! What goes out with a call: who it is, and nothing more.

use std::sync::atomic::Ordering;

use countersign_domain::ErrorCode;
use serde_json::json as value;

use super::servers::{Server, json};
use super::world::{SECRET, World, basic, go};
use crate::{Authentication, Call, segment};

#[tokio::test]
async fn basic_goes_out_as_rfc_7617_documents_it() {
    let server = Server::start(|_| json(200, "{}")).await;
    let world = World::new();
    let bound = world.bound(&format!("{}/api", server.origin), basic());
    bound
        .send(Call::post("/users").json(value!({"username": "."})), &go())
        .await
        .unwrap();
    let seen = server.seen();
    assert_eq!(
        seen[0].header("authorization"),
        Some(
            "Basic OTY2NTNmOGUtODBiZS0xMWU2LWIzMmItYzdiY2RlODY2MTNhOkUtaFJlVk11UnlaYnlyMUdpa2llRXc0SnNsYU02c0RwYjE4XzlWNTlQRnc="
        )
    );
    assert_eq!(
        (seen[0].method.as_str(), seen[0].target.as_str()),
        ("POST", "/api/users")
    );
    assert_eq!(seen[0].body, r#"{"username":"."}"#);
    assert_eq!(seen[0].header("content-type"), Some("application/json"));
}

#[tokio::test]
async fn a_call_carries_its_accept_its_query_and_no_wish_for_compression() {
    let server = Server::start(|_| json(200, "{}")).await;
    let bound = World::new().bound(&server.origin, Authentication::Bearer);
    let accept = "application/vnd.hypothesis.v2+json, application/json;q=0.5";
    let call = Call::get(format!("/users/{}", segment("acct:a/b@example.com")))
        .query("q", "a b&c")
        .accept(accept);
    bound.send(call, &go()).await.unwrap();
    let seen = &server.seen()[0];
    assert_eq!(seen.target, "/users/acct:a%2Fb@example.com?q=a+b%26c");
    assert_eq!(seen.header("accept"), Some(accept));
    assert_eq!(seen.header("user-agent"), Some("countersign/0 (test)"));
    assert_eq!(seen.header("authorization"), Some(&*format!("Bearer {SECRET}")));
    for absent in [
        "accept-encoding",
        "referer",
        "cookie",
        "hypothesis-application",
        "content-type",
    ] {
        assert_eq!(seen.header(absent), None, "{absent}");
    }
}

#[tokio::test]
async fn an_anonymous_call_carries_no_credential_and_asks_for_none() {
    let server = Server::start(|_| json(200, "{}")).await;
    let world = World::new();
    world
        .bound(&server.origin, Authentication::Anonymous)
        .send(Call::get("/"), &go())
        .await
        .unwrap();
    assert_eq!(server.seen()[0].header("authorization"), None);
    assert_eq!(world.store.loads.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn without_a_secret_nothing_is_sent() {
    let server = Server::start(|_| json(200, "{}")).await;
    let world = World::new();
    *world.store.secret.lock().unwrap() = None;
    let error = world
        .bound(&server.origin, basic())
        .send(Call::get("/"), &go())
        .await
        .unwrap_err();
    assert_eq!(error.code(), ErrorCode::CredentialMissing);
    assert!(error.is_certainly_not_done());
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn a_secret_that_would_add_a_header_is_not_sent() {
    let server = Server::start(|_| json(200, "{}")).await;
    let world = World::new();
    *world.store.secret.lock().unwrap() = Some("x\r\nX-Forwarded-User: admin".to_owned());
    let bound = world.bound(&server.origin, Authentication::Bearer);
    let error = bound.send(Call::get("/"), &go()).await.unwrap_err();
    assert_eq!(error.code(), ErrorCode::CredentialRefused);
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn a_stored_secret_is_read_once_and_again_after_it_was_forgotten() {
    let server = Server::start(|_| json(200, "{}")).await;
    let world = World::new();
    let bound = world.bound(&server.origin, Authentication::Bearer);
    for _ in 0..3 {
        bound.send(Call::get("/"), &go()).await.unwrap();
    }
    assert_eq!(world.store.loads.load(Ordering::SeqCst), 1);
    *world.store.secret.lock().unwrap() = Some("6879-new".to_owned());
    world.gateway.forget(&world.id);
    bound.send(Call::get("/"), &go()).await.unwrap();
    assert_eq!(server.seen()[3].header("authorization"), Some("Bearer 6879-new"));
}

#[tokio::test]
async fn a_refused_stored_secret_is_returned_as_401_and_read_again_for_the_next_call() {
    let server = Server::start(|_| json(401, "{}")).await;
    let world = World::new();
    let bound = world.bound(&server.origin, Authentication::Bearer);
    for _ in 0..2 {
        assert_eq!(bound.send(Call::get("/"), &go()).await.unwrap().status, 401);
    }
    assert_eq!((server.seen().len(), world.store.loads.load(Ordering::SeqCst)), (2, 2));
}
