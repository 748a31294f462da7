//! What is recorded of calls, how they are paced, and what their answers carry.

use std::time::Duration;

use countersign_domain::ErrorCode;
use http::Response;
use tokio::time::Instant;

use super::servers::{RawServer, Server, Then, json};
use super::world::{World, go};
use crate::{Authentication, Call, Pacing};

#[tokio::test]
async fn a_call_is_recorded_once_without_its_query() {
    let server = Server::start(|_| json(409, "12345")).await;
    let world = World::new();
    let bound = world.bound(&format!("{}/api", server.origin), Authentication::Bearer);
    let answer = bound
        .send(Call::get("/users").query("email", "jo@example.com"), &go())
        .await
        .unwrap();
    let calls = world.calls.all();
    assert_eq!(calls.len(), 1);
    assert_eq!(
        (calls[0].method.as_str(), calls[0].path.as_str()),
        ("GET", "/api/users")
    );
    assert_eq!((calls[0].outcome, calls[0].bytes, calls[0].attempt), (Ok(409), 5, 1));
    assert_eq!(
        (&calls[0].connection, calls[0].correlation),
        (&world.id, answer.correlation)
    );
}

#[tokio::test]
async fn an_answer_left_unread_was_answered_and_a_cut_one_was_not() {
    let server = Server::start(|_| json(200, "[]")).await;
    let world = World::new();
    drop(
        world
            .bound(&server.origin, Authentication::Anonymous)
            .stream(Call::get("/a"), &go())
            .await
            .unwrap(),
    );
    assert_eq!(world.calls.all()[0].outcome, Ok(200));

    let raw = RawServer::start(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf", Then::Close).await;
    let bound = world.bound(&raw.origin, Authentication::Anonymous);
    bound.send(Call::get("/b"), &go()).await.unwrap_err();
    let cut = &world.calls.all()[1];
    assert_eq!((cut.outcome, cut.bytes), (Err(ErrorCode::Unreachable), 4));
}

#[tokio::test]
async fn a_call_dropped_before_its_answer_was_cancelled() {
    let silent = RawServer::start(b"", Then::Hold).await;
    let world = World::new();
    let bound = world.bound(&silent.origin, Authentication::Anonymous);
    let cancel = go();
    tokio::select! {
        _ = bound.send(Call::get("/"), &cancel) => panic!("it never answers"),
        () = async {
            while silent.heads.lock().unwrap().is_empty() {
                tokio::task::yield_now().await;
            }
        } => {}
    }
    assert_eq!(world.calls.all()[0].outcome, Err(ErrorCode::Cancelled));
}

#[tokio::test]
async fn retry_after_is_read_as_seconds_or_as_a_date() {
    for (header, seconds) in [
        ("120", Some(120)),
        ("Thu, 01 Jan 1970 00:01:30 GMT", Some(90)),
        ("Wed, 31 Dec 1969 00:00:00 GMT", Some(0)),
        ("99999999999999", Some(u32::MAX)),
        ("-5", None),
        ("soon", None),
        ("", None),
    ] {
        let server = Server::start(move |_: &_| {
            Response::builder()
                .status(429)
                .header("retry-after", header)
                .body(String::new())
                .unwrap()
        })
        .await;
        let bound = World::new().bound(&server.origin, Authentication::Anonymous);
        let answer = bound.send(Call::get("/"), &go()).await.unwrap();
        assert_eq!((answer.status, answer.retry_after_seconds), (429, seconds), "{header}");
    }
}

#[tokio::test(start_paused = true)]
async fn calls_keep_to_the_rate_of_their_connection_across_clones() {
    let server = Server::start(|_| json(200, "{}")).await;
    let pacing = Pacing {
        per_second: 4.0,
        burst: 4,
    };
    let world = World::new();
    let bound = world.paced(&server.origin, Authentication::Anonymous, Some(pacing));
    assert_eq!(bound.rate(), Some(pacing));
    let start = Instant::now();
    for _ in 0..12 {
        let again = world.paced(&server.origin, Authentication::Anonymous, Some(pacing));
        again.send(Call::get("/"), &go()).await.unwrap();
    }
    assert_eq!(server.seen().len(), 12);
    let passed = start.elapsed();
    assert!(
        passed >= Duration::from_millis(2_240) && passed < Duration::from_millis(2_350),
        "three at once, one in reserve: {passed:?}"
    );
}
