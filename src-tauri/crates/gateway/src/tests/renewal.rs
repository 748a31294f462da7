//! When access tokens are asked for again, and that all callers share one request.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use axum::response::Response;
use countersign_domain::{ErrorCode, ProxyChoice, Timestamp};

use super::servers::{Seen, Server, json};
use super::world::{World, client_credentials, go, grant_token, sign_in};
use crate::{Authentication, BoundGateway, Call, Pacing};

const TOKEN: &str = "/oauth/token";

/// Whose calls carry an access token that is bought at the service of that origin.
const KINDS: [fn(&str) -> Authentication; 3] = [
    |origin| client_credentials(&format!("{origin}{TOKEN}")),
    |origin| sign_in(origin, true),
    |origin| grant_token(&format!("{origin}{TOKEN}"), "acct:jo@example.com"),
];

/// Mints `t1`, `t2`, ...; accepts those of at least `good`.
async fn minting(good: Arc<AtomicU32>) -> Server {
    let minted = AtomicU32::new(0);
    Server::start(move |seen: &Seen| {
        if seen.target == TOKEN {
            let number = minted.fetch_add(1, Ordering::SeqCst) + 1;
            let body =
                format!(r#"{{"access_token":"t{number}","expires_in":"3600","refresh_token":"4657-r{number}"}}"#);
            return Response::new(body.into());
        }
        let token = seen.header("authorization").unwrap().trim_start_matches("Bearer t");
        let accepted = token.parse::<u32>().unwrap() >= good.load(Ordering::SeqCst);
        json(if accepted { 200 } else { 401 }, "{}")
    })
    .await
}

fn bound(world: &World, server: &Server) -> BoundGateway {
    world.bound(
        &format!("{}/v1", server.origin),
        client_credentials(&format!("{}{TOKEN}", server.origin)),
    )
}

async fn fifty(bound: &BoundGateway) -> Vec<u16> {
    let calls: Vec<_> = (0..50)
        .map(|_| {
            let bound = bound.clone();
            tokio::spawn(async move { bound.send(Call::get("/x"), &go()).await.unwrap().status })
        })
        .collect();
    let mut statuses = Vec::new();
    for call in calls {
        statuses.push(call.await.unwrap());
    }
    statuses
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn fifty_callers_at_once_cause_one_token_request_whatever_the_kind() {
    for kind in KINDS {
        let good = Arc::new(AtomicU32::new(1));
        let server = minting(good.clone()).await;
        let world = World::new();
        let bound = world.bound(&format!("{}/v1", server.origin), kind(&server.origin));
        assert_eq!(fifty(&bound).await, [200; 50]);
        assert_eq!(server.count(TOKEN), 1);

        good.store(2, Ordering::SeqCst);
        assert_eq!(fifty(&bound).await, [200; 50], "the token was revoked meanwhile");
        assert_eq!(server.count(TOKEN), 2, "one more for all fifty");

        world.clock.advance(Duration::from_secs(3_555));
        assert_eq!(fifty(&bound).await, [200; 50]);
        assert_eq!(server.count(TOKEN), 3, "one more for all fifty");
    }
}

#[tokio::test]
async fn one_who_is_stopped_leaves_the_token_to_the_others_whatever_the_kind() {
    for kind in KINDS {
        let server = minting(Arc::new(AtomicU32::new(1))).await;
        let world = World::new();
        let bound = world.bound(&format!("{}/v1", server.origin), kind(&server.origin));
        let cancel = go();
        let stop = async {
            while server.count(TOKEN) == 0 {
                tokio::task::yield_now().await;
            }
            cancel.cancel();
        };
        let (stopped, ()) = tokio::join!(bound.send(Call::get("/x"), &cancel), stop);
        assert_eq!(stopped.unwrap_err().code(), ErrorCode::Cancelled);
        assert_eq!(bound.send(Call::get("/x"), &go()).await.unwrap().status, 200);
        assert_eq!(server.count(TOKEN), 1, "what the first began serves the next");
    }
}

#[tokio::test]
async fn another_pace_or_network_of_the_same_connection_needs_no_new_token() {
    let server = minting(Arc::new(AtomicU32::new(1))).await;
    let world = World::new();
    bound(&world, &server).send(Call::get("/x"), &go()).await.unwrap();
    let pacing = Pacing {
        per_second: 50.0,
        burst: 5,
    };
    let mut profile = bound(&world, &server).profile().clone();
    profile.pacing = Some(pacing);
    profile.network.proxy = ProxyChoice::Direct;
    let other = world.gateway.bind(profile);
    other.send(Call::get("/x"), &go()).await.unwrap();
    assert_eq!((server.count(TOKEN), other.rate()), (1, Some(pacing)));
    other.forget_access_token();
    bound(&world, &server).send(Call::get("/x"), &go()).await.unwrap();
    assert_eq!(server.count(TOKEN), 2, "forgotten for both");
}

#[tokio::test]
async fn a_token_is_renewed_45_seconds_before_it_ends() {
    let server = minting(Arc::new(AtomicU32::new(1))).await;
    let world = World::new();
    let bound = bound(&world, &server);
    assert_eq!(bound.token_expiry(), None);
    for (step, requests) in [(0, 1), (3_554, 1), (1, 2)] {
        world.clock.advance(Duration::from_secs(step));
        bound.send(Call::get("/x"), &go()).await.unwrap();
        assert_eq!(server.count(TOKEN), requests, "{step} seconds later");
    }
    assert_eq!(
        bound.token_expiry(),
        Some(Timestamp::from_second(3_555 + 3_600).unwrap())
    );
}

#[tokio::test]
async fn a_401_buys_one_new_token_and_is_then_returned() {
    let server = minting(Arc::new(AtomicU32::new(1_000))).await;
    let world = World::new();
    let answer = bound(&world, &server)
        .send(Call::post("/x").json("body".into()), &go())
        .await
        .unwrap();
    assert_eq!(answer.status, 401);
    let (paths, attempts): (Vec<_>, Vec<_>) = world
        .calls
        .all()
        .into_iter()
        .map(|call| (call.path, call.attempt))
        .unzip();
    assert_eq!(paths, [TOKEN, "/v1/x", TOKEN, "/v1/x"]);
    assert_eq!(attempts, [1, 1, 1, 2]);
    let bodies: Vec<_> = server
        .seen()
        .into_iter()
        .filter(|seen| seen.target == "/v1/x")
        .map(|seen| seen.body)
        .collect();
    assert_eq!(bodies, ["\"body\"", "\"body\""], "the same call again");
}

#[tokio::test]
async fn a_403_buys_nothing() {
    let server = Server::start(|seen: &Seen| match &*seen.target {
        TOKEN => json(200, r#"{"access_token":"t"}"#),
        _ => json(403, "{}"),
    })
    .await;
    let answer = bound(&World::new(), &server)
        .send(Call::get("/x"), &go())
        .await
        .unwrap();
    assert_eq!((answer.status, server.count(TOKEN)), (403, 1));
}

#[tokio::test]
async fn forgetting_drops_the_token_of_every_clone() {
    let server = minting(Arc::new(AtomicU32::new(1))).await;
    let world = World::new();
    let bound = bound(&world, &server);
    bound.send(Call::get("/x"), &go()).await.unwrap();
    world.gateway.forget(&world.id);
    assert_eq!(bound.clone().token_expiry(), None);
    bound.send(Call::get("/x"), &go()).await.unwrap();
    assert_eq!(server.count(TOKEN), 2);
}
