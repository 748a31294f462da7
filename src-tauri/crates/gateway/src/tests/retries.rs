//! What is made again, what is not, and that waiting has an end.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use countersign_domain::ErrorCode;
use http::{Method, Response};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::servers::{RawServer, Seen, Server, Then, json};
use super::world::{World, basic, go};
use crate::{Authentication, Call, GatewayError};

/// Answers with these statuses in turn, then with 200.
fn in_turn(statuses: &'static [u16]) -> impl Fn(&Seen) -> Response<String> + Send + Sync {
    let asked = AtomicUsize::new(0);
    move |_| {
        let status = statuses.get(asked.fetch_add(1, Ordering::SeqCst)).copied();
        Response::builder()
            .status(status.unwrap_or(200))
            .body("{}".to_owned())
            .unwrap()
    }
}

#[tokio::test]
async fn a_read_that_fails_in_passing_is_made_again_and_each_attempt_is_recorded() {
    let server = Server::start(in_turn(&[503, 429, 502])).await;
    let world = World::persistent(4);
    let answer = world
        .bound(&server.origin, basic())
        .send(Call::get("/x"), &go())
        .await
        .unwrap();
    assert_eq!(answer.status, 200);
    let calls = world.calls.all();
    let told: Vec<_> = calls.iter().map(|call| (call.outcome, call.attempt)).collect();
    assert_eq!(told, [(Ok(503), 1), (Ok(429), 2), (Ok(502), 3), (Ok(200), 4)]);
    assert!(calls.iter().all(|call| call.correlation == answer.correlation));
}

#[tokio::test]
async fn attempts_have_an_end_and_the_last_answer_stands() {
    let server = Server::start(in_turn(&[503; 20])).await;
    let world = World::persistent(4);
    let answer = world
        .bound(&server.origin, basic())
        .send(Call::get("/x"), &go())
        .await
        .unwrap();
    assert_eq!((answer.status, server.seen().len()), (503, 4));
}

#[tokio::test]
async fn a_write_is_made_again_after_429_and_after_nothing_else() {
    for (statuses, call, attempts) in [
        (&[429, 429][..], Call::post("/x"), 3),
        (&[503][..], Call::post("/x"), 1),
        (&[503][..], Call::new(Method::DELETE, "/x"), 1),
        (&[503][..], Call::put("/filter"), 1),
        (&[503][..], Call::put("/filter").repeatable(), 2),
        (&[500][..], Call::get("/x"), 1),
        (&[404][..], Call::get("/x"), 1),
    ] {
        let server = Server::start(in_turn(statuses)).await;
        let world = World::persistent(4);
        let told = format!("{} {statuses:?}", call.method);
        world.bound(&server.origin, basic()).send(call, &go()).await.unwrap();
        assert_eq!(server.seen().len(), attempts, "{told}");
    }
}

#[tokio::test]
async fn a_connection_that_breaks_before_an_answer_is_tried_again_for_a_read_alone() {
    for (call, attempts) in [(Call::get("/x"), 4), (Call::post("/x"), 1)] {
        let server = RawServer::start(b"", Then::Close).await;
        let world = World::persistent(4);
        let error = world
            .bound(&server.origin, basic())
            .send(call, &go())
            .await
            .unwrap_err();
        assert!(matches!(error, GatewayError::BrokenOff { .. }), "{error:?}");
        assert_eq!(server.heads.lock().unwrap().len(), attempts);
    }
}

#[tokio::test]
async fn a_body_that_breaks_off_is_not_asked_for_again() {
    let server = RawServer::start(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf", Then::Close).await;
    let world = World::persistent(4);
    let error = world
        .bound(&server.origin, basic())
        .send(Call::get("/x"), &go())
        .await
        .unwrap_err();
    assert!(matches!(error, GatewayError::BrokenOff { .. }));
    assert_eq!(server.heads.lock().unwrap().len(), 1);
}

/// The status, its `Retry-After`, its body.
fn waiting(status: u16, header: Option<&'static str>, body: &'static str) -> impl Fn(&Seen) -> Response<String> {
    move |_| {
        let mut builder = Response::builder().status(status);
        if let Some(value) = header {
            builder = builder.header("retry-after", value);
        }
        builder.body(body.to_owned()).unwrap()
    }
}

#[tokio::test(start_paused = true)]
async fn a_wait_that_does_not_fit_is_given_back_at_once_with_its_seconds() {
    let quota = r#"{"statusCode":403,"message":"Out of bandwidth quota. Try again in 90 seconds."}"#;
    for (status, header, body, seconds) in [
        (429, Some("3600"), "", 3_600),
        (429, Some("1000000000"), "", 1_000_000_000),
        (429, None, "Rate limit is exceeded. Try again in 75 seconds.", 75),
        (403, None, quota, 90),
        (503, Some("120"), "", 120),
    ] {
        let server = Server::start(waiting(status, header, body)).await;
        let (world, start) = (World::persistent(4), Instant::now());
        let bound = world.bound(&server.origin, basic());
        let answer = bound.send(Call::get("/x"), &go()).await.unwrap();
        assert_eq!((answer.status, answer.retry_after_seconds), (status, Some(seconds)));
        assert_eq!(answer.body, body, "the words are still there");
        assert_eq!(server.seen().len(), 1);
        assert!(start.elapsed() < Duration::from_secs(1), "{:?}", start.elapsed());
    }
}

#[tokio::test(start_paused = true)]
async fn a_wait_that_the_service_names_is_kept_to() {
    let server = Server::start(waiting(429, Some("7"), "")).await;
    let (world, start) = (World::persistent(4), Instant::now());
    let bound = world.bound(&server.origin, basic());
    let answer = bound.send(Call::get("/x"), &go()).await.unwrap();
    assert_eq!((answer.status, server.seen().len()), (429, 4));
    assert_eq!(start.elapsed().as_secs(), 21, "three waits of seven seconds");
    assert_eq!(world.calls.waits(), [Duration::from_secs(7); 3], "each is told of");
}

#[tokio::test(start_paused = true)]
async fn a_used_up_quota_is_a_wait_for_every_call_of_the_credential() {
    let quota = r#"{"statusCode":403,"message":"Out of call volume quota. Try again in 20 seconds."}"#;
    let asked = AtomicUsize::new(0);
    let server = Server::start(move |_| match asked.fetch_add(1, Ordering::SeqCst) {
        0 => json(403, quota),
        _ => json(200, "{}"),
    })
    .await;
    let (world, start) = (World::persistent(4), Instant::now());
    let bound = world.bound(&server.origin, basic());
    let write = bound.send(Call::post("/write"), &go()).await.unwrap();
    assert_eq!((write.status, write.retry_after_seconds), (403, Some(20)));
    assert!(
        start.elapsed() < Duration::from_secs(1),
        "a write is given back at once"
    );
    let read = bound.send(Call::get("/read"), &go()).await.unwrap();
    assert_eq!(
        (read.status, start.elapsed().as_secs()),
        (200, 20),
        "the next call waits"
    );
    assert!(bound.rate().is_none(), "a quota says nothing of a rate");
}

#[tokio::test(start_paused = true)]
async fn a_wait_of_most_of_a_minute_holds_every_call_of_the_credential() {
    let asked = AtomicUsize::new(0);
    let (first, later) = (waiting(429, Some("45"), ""), waiting(200, None, "{}"));
    let server = Server::start(move |seen: &Seen| match asked.fetch_add(1, Ordering::SeqCst) {
        0 => first(seen),
        _ => later(seen),
    })
    .await;
    let (world, start) = (World::persistent(4), Instant::now());
    let bound = world.bound(&server.origin, basic());
    let second = async {
        while server.seen().is_empty() {
            tokio::task::yield_now().await;
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
        let answer = bound.send(Call::get("/other"), &go()).await.unwrap();
        (answer.status, start.elapsed().as_secs())
    };
    let cancel = go();
    let (told, other) = tokio::join!(bound.send(Call::get("/x"), &cancel), second);
    assert_eq!(told.unwrap().status, 200);
    assert_eq!(other, (200, 45), "the other did not go meanwhile");
    assert_eq!(server.seen().len(), 3, "nobody was refused again");
}

#[tokio::test(start_paused = true)]
async fn a_wait_can_be_stopped() {
    let server = Server::start(waiting(429, Some("30"), "")).await;
    let (world, stop) = (World::persistent(4), CancellationToken::new());
    let bound = world.bound(&server.origin, basic());
    let call = bound.send(Call::get("/x"), &stop);
    let stopping = async {
        while server.seen().is_empty() {
            tokio::task::yield_now().await;
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
        stop.cancel();
    };
    let (outcome, ()) = tokio::join!(call, stopping);
    assert!(matches!(outcome, Err(GatewayError::Cancelled { sent: false })));
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn a_link_of_the_service_is_followed_below_its_own_address_alone() {
    let server = Server::start(in_turn(&[])).await;
    let world = World::new();
    let bound = world.bound(&format!("{}/api", server.origin), Authentication::Anonymous);
    let host = server.origin.replace("http://", "");
    for link in [
        "http://169.254.169.254/api/latest".to_owned(),
        "file:///etc/passwd".to_owned(),
        "//evil.example/api/x".to_owned(),
        format!("https://{host}/api/x"),
        format!("http://name@{host}/api/x"),
        format!("{}/admin", server.origin),
        format!("{}/api/../admin", server.origin),
        format!("{}/api/%2e%2e/admin", server.origin),
        format!("{}/apix", server.origin),
        "\\\\evil.example/x".to_owned(),
        "javascript:alert(1)".to_owned(),
        "x".repeat(10_000),
    ] {
        let refused = bound.linked(&link);
        assert!(matches!(refused, Err(GatewayError::OutsideBinding { .. })), "{link}");
    }
    let calls = world.calls.all();
    assert!(calls.len() == 12 && calls.iter().all(|call| call.outcome == Err(ErrorCode::OutsideBinding)));
    assert!(calls.iter().all(|call| !call.path.contains("name@")));
    for link in [
        format!("{}/api/x?page=2&q=a%20b", server.origin),
        "/api/x?page=2&q=a+b".to_owned(),
    ] {
        bound.send(bound.linked(&link).unwrap(), &go()).await.unwrap();
    }
    let targets: Vec<String> = server.seen().into_iter().map(|seen| seen.target).collect();
    assert_eq!(targets, ["/api/x?page=2&q=a+b", "/api/x?page=2&q=a+b"]);
}
