//! No answer is waited for, or read, without end. The clock of these tests is paused: it jumps when all are idle.

use std::time::Duration;

use tokio::time::Instant;

use super::servers::{RawServer, Server, Then, json};
use super::world::{World, go};
use crate::{Authentication, Call, CallLimits, GatewayError, GatewaySettings, Phase};

async fn failure_of(reply: &'static [u8], then: Then, limits: CallLimits) -> GatewayError {
    let server = RawServer::start(reply, then).await;
    let bound = World::new().bound(&server.origin, Authentication::Anonymous);
    bound.send(Call::get("/").limits(limits), &go()).await.unwrap_err()
}

fn body_limit(bytes: u64) -> CallLimits {
    CallLimits {
        body: Some(bytes),
        ..CallLimits::default()
    }
}

#[tokio::test(start_paused = true)]
async fn a_server_that_never_answers_times_out_after_the_idle_time() {
    let start = Instant::now();
    let error = failure_of(b"", Then::Hold, CallLimits::default()).await;
    assert!(
        matches!(
            error,
            GatewayError::TimedOut {
                phase: Phase::Answer,
                ..
            }
        ),
        "{error}"
    );
    assert!(!error.is_certainly_not_done() && error.is_retryable());
    assert_eq!(start.elapsed().as_secs(), 60);
}

#[tokio::test(start_paused = true)]
async fn a_server_that_falls_silent_within_its_answer_times_out() {
    let reply = b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf";
    let limits = CallLimits {
        idle: Some(Duration::from_secs(7)),
        ..CallLimits::default()
    };
    let start = Instant::now();
    let error = failure_of(reply, Then::Hold, limits).await;
    assert!(
        matches!(error, GatewayError::TimedOut { phase: Phase::Body, .. }),
        "{error}"
    );
    assert_eq!(start.elapsed().as_secs(), 7);
}

#[tokio::test(start_paused = true)]
async fn the_whole_call_has_an_end_of_its_own() {
    let limits = CallLimits {
        total: Some(Duration::from_secs(3)),
        ..CallLimits::default()
    };
    let error = failure_of(b"HTTP/1.1 200 OK\r\n\r\n", Then::Hold, limits).await;
    assert!(
        matches!(
            error,
            GatewayError::TimedOut {
                phase: Phase::Total,
                ..
            }
        ),
        "{error}"
    );
}

#[tokio::test]
async fn an_announced_length_over_the_limit_is_refused_before_it_is_read() {
    let reply = b"HTTP/1.1 200 OK\r\ncontent-length: 33554433\r\n\r\n";
    let error = failure_of(reply, Then::Hold, CallLimits::default()).await;
    assert!(
        matches!(error, GatewayError::AnswerTooLarge { limit, .. } if limit == GatewaySettings::USUAL_BODY_LIMIT),
        "{error}"
    );
}

#[tokio::test]
async fn an_endless_body_without_a_length_is_cut_at_the_limit() {
    let reply = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
    let error = failure_of(reply, Then::Repeat, body_limit(100_000)).await;
    assert!(
        matches!(error, GatewayError::AnswerTooLarge { limit: 100_000, .. }),
        "{error}"
    );
}

#[tokio::test]
async fn a_body_of_exactly_the_limit_is_taken() {
    let server = Server::start(|_| json(200, "12345678")).await;
    let bound = World::new().bound(&server.origin, Authentication::Anonymous);
    let answer = bound.send(Call::get("/").limits(body_limit(8)), &go()).await.unwrap();
    assert_eq!(answer.body, "12345678");
    let error = bound
        .send(Call::get("/").limits(body_limit(7)), &go())
        .await
        .unwrap_err();
    assert!(
        matches!(error, GatewayError::AnswerTooLarge { limit: 7, .. }),
        "{error}"
    );
}

#[tokio::test]
async fn a_cut_body_never_reads_as_a_whole_one() {
    for reply in [
        b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n[1,2]".as_slice(),
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n[1,2]\r\n",
        b"",
        b"HTTP/1.1 200 OK\r\nconte",
    ] {
        let error = failure_of(reply, Then::Close, CallLimits::default()).await;
        assert!(matches!(error, GatewayError::BrokenOff { .. }), "{error:?}");
        assert!(!error.is_certainly_not_done());
    }
    let server = RawServer::start(b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n[1,2]", Then::Close).await;
    let bound = World::new().bound(&server.origin, Authentication::Anonymous);
    let mut stream = bound.stream(Call::get("/"), &go()).await.unwrap();
    assert_eq!(stream.next().await.unwrap().unwrap(), "[1,2]");
    for _ in 0..2 {
        assert!(
            matches!(stream.next().await, Err(GatewayError::BrokenOff { .. })),
            "the same error again"
        );
    }
}

#[tokio::test]
async fn a_credential_repeated_in_a_body_read_part_by_part_is_marked_and_its_bytes_are_counted() {
    let reply = concat!(
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n",
        "14\r\n[{\"a\":\"E-hReVMuRyZby\r\n",
        "20\r\nr1GikieEw4JslaM6sDpb18_9V59PFw\"}\r\n",
        "1\r\n]\r\n0\r\n\r\n"
    );
    let server = RawServer::start(reply.as_bytes(), Then::Close).await;
    let world = World::new();
    let bound = world.bound(&server.origin, Authentication::Bearer);
    let mut stream = bound.stream(Call::get("/"), &go()).await.unwrap();
    let mut body = Vec::new();
    while let Some(part) = stream.next().await.unwrap() {
        assert!(!part.is_empty(), "no part without bytes");
        body.extend_from_slice(&part);
    }
    assert_eq!(String::from_utf8(body).unwrap(), r#"[{"a":"[redacted]"}]"#);
    assert_eq!(world.calls.all()[0].bytes, 53);
}

#[tokio::test]
async fn what_is_not_http_is_said_as_such() {
    let error = failure_of(b"SSH-2.0-OpenSSH_9.2\r\n", Then::Hold, CallLimits::default()).await;
    assert!(matches!(error, GatewayError::AnswerUnreadable { .. }), "{error:?}");
}

#[tokio::test]
async fn a_compressed_body_is_left_as_it_came() {
    let reply = b"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 4\r\n\r\nbomb";
    let server = RawServer::start(reply, Then::Close).await;
    let bound = World::new().bound(&server.origin, Authentication::Anonymous);
    assert_eq!(bound.send(Call::get("/"), &go()).await.unwrap().body, "bomb");
}

#[tokio::test]
async fn a_call_is_stopped_before_it_leaves_while_it_waits_and_while_it_reads() {
    let server = RawServer::start(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf", Then::Hold).await;
    let bound = World::new().bound(&server.origin, Authentication::Anonymous);
    let before = go();
    before.cancel();
    let error = bound.send(Call::get("/"), &before).await.unwrap_err();
    assert!(matches!(error, GatewayError::Cancelled { sent: false }) && error.is_certainly_not_done());
    assert!(server.heads.lock().unwrap().is_empty(), "nothing left");

    let reading = go();
    let mut stream = bound.stream(Call::get("/"), &reading).await.unwrap();
    assert_eq!(stream.next().await.unwrap().unwrap(), "half");
    reading.cancel();
    assert!(matches!(
        stream.next().await,
        Err(GatewayError::Cancelled { sent: true })
    ));

    let silent = RawServer::start(b"", Then::Hold).await;
    let bound = World::new().bound(&silent.origin, Authentication::Anonymous);
    let waiting = go();
    let stop = async {
        while silent.heads.lock().unwrap().is_empty() {
            tokio::task::yield_now().await;
        }
        waiting.cancel();
    };
    let (outcome, ()) = tokio::join!(bound.send(Call::get("/"), &waiting), stop);
    assert!(matches!(outcome, Err(GatewayError::Cancelled { sent: true })));
}
