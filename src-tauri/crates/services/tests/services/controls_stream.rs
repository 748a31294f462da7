//! Owns the tests of the controls list as it streams: broken, endless, stopped, wrapped.

use std::sync::Mutex;

use countersign_domain::{ControlDocument, ControlId, ErrorCode};
use countersign_services::hyperproof::{ControlsRead, LARGEST_BATCH};
use countersign_services::{AnswerFault, ServiceError};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use crate::support::hyperproof;
use crate::wire::{Reply, Wire};

/// Everything that reading the list of `wire` gave.
struct Gave {
    ended: Result<ControlsRead, ServiceError>,
    batches: Vec<Vec<ControlDocument>>,
}

async fn read(wire: &Wire) -> Gave {
    let (sender, mut receiver) = mpsc::channel(2);
    let client = hyperproof(&wire.base("/v1"));
    let reading = tokio::spawn(async move { client.controls(&CancellationToken::new(), sender, &|_, _| ()).await });
    let mut batches = Vec::new();
    while let Some(batch) = receiver.recv().await {
        batches.push(batch);
    }
    Gave {
        ended: reading.await.unwrap(),
        batches,
    }
}

fn rows(count: usize) -> String {
    let rows: Vec<String> = (0..count)
        .map(|number| format!("{{\"id\":\"c-{number}\",\"name\":\"é\"}}"))
        .collect();
    format!("[{}]", rows.join(","))
}

#[tokio::test]
async fn batches_hold_at_most_five_hundred_rows_in_their_order() {
    let wire = Wire::start([Reply::json(200, &rows(1_234))]).await;
    let gave = read(&wire).await;
    let read = gave.ended.unwrap();
    assert_eq!((read.rows, read.skipped), (1_234, 0));
    assert_eq!(read.bytes, rows(1_234).len() as u64);
    assert!(gave.batches.iter().all(|batch| batch.len() <= LARGEST_BATCH));
    let ids: Vec<String> = gave
        .batches
        .iter()
        .flatten()
        .map(|row| row.id.as_str().to_owned())
        .collect();
    let expected: Vec<String> = (0..1_234).map(|number| format!("c-{number}")).collect();
    assert_eq!(ids, expected);
}

#[tokio::test]
async fn elements_that_are_no_controls_are_counted_and_the_others_kept_verbatim() {
    let dotted = "{ \"id\":\"1\" ,\"updatedOn\":\"2025-07-06T15:00:00.00.5365Z\",\"health\":\"splendid\"}";
    let body =
        format!("[{dotted},{{\"name\":\"no id\"}},null,17,[],{{\"id\":{{}}}},{{\"id\":\"2\",\"x\":NaN}},\"text\"]");
    let wire = Wire::start([Reply::json(200, &body)]).await;
    let gave = read(&wire).await;
    let read = gave.ended.unwrap();
    let kept = &gave.batches[0][0];
    assert_eq!(kept.verbatim, dotted, "byte for byte");
    assert_eq!(kept.listed.updated_on.as_deref(), Some("2025-07-06T15:00:00.00.5365Z"));
    assert_eq!(kept.listed.health.as_deref(), Some("splendid"));
    assert_eq!(read.rows + read.skipped, 8, "every element is accounted for: {read:?}");
    assert!(read.skipped >= 6, "{read:?}");
}

#[tokio::test]
async fn a_list_that_breaks_off_is_never_a_short_list() {
    let whole = rows(100);
    let cut = &whole[..whole.len() - 28];
    let announced = Wire::start([Reply::cut(cut, whole.len())]).await;
    let error = read(&announced).await.ended.unwrap_err();
    assert_eq!(error.code(), ErrorCode::Unreachable, "{error:?}");
    let unannounced = Wire::start([Reply::until_closed(cut)]).await;
    let failure = read(&unannounced).await.ended.unwrap_err().into_failure();
    assert_eq!(failure.code, ErrorCode::AnswerUnreadable);
    assert!(failure.message.contains("broke off"), "{}", failure.message);
    let complete = Wire::start([Reply::until_closed(&whole)]).await;
    assert_eq!(
        read(&complete).await.ended.unwrap().rows,
        100,
        "the same without the cut is whole"
    );
}

#[tokio::test]
async fn an_answer_that_is_no_list_is_unreadable() {
    let page = "<!doctype html><title>Sign in</title>";
    for reply in [
        Reply::new(200, "text/html", page),
        Reply::json(200, page),
        Reply::json(200, ""),
        Reply::json(200, "{\"statusCode\":200}"),
        Reply::json(200, "null"),
        Reply::json(200, "[{\"id\":\"1\"} {\"id\":\"2\"}]"),
        Reply::json(200, "[1,{\"userid\":\"acct:a@b\"}]"),
    ] {
        let wire = Wire::start([reply.clone()]).await;
        let error = read(&wire).await.ended.unwrap_err();
        assert_eq!(error.code(), ErrorCode::AnswerUnreadable, "{reply:?}: {error:?}");
    }
}

#[tokio::test]
async fn a_wrapped_list_is_read_to_its_last_part() {
    let wire = Wire::start([
        Reply::json(200, r#"{"data":[{"id":"1"}],"nextToken":"part two&more"}"#),
        Reply::json(200, r#"{"data":[{"id":"2"}],"nextToken":null}"#),
    ])
    .await;
    let gave = read(&wire).await;
    assert_eq!(gave.ended.unwrap().rows, 2);
    let lines: Vec<String> = wire
        .requests()
        .iter()
        .map(|request| request.line().to_owned())
        .collect();
    assert_eq!(
        lines,
        ["GET /v1/controls", "GET /v1/controls?nextToken=part+two%26more"]
    );
}

#[tokio::test]
async fn a_list_that_names_the_same_part_again_is_given_up() {
    let wire = Wire::start([Reply::json(200, r#"{"data":[{"id":"1"}],"nextToken":"again"}"#)]).await;
    let error = read(&wire).await.ended.unwrap_err();
    let endless = matches!(
        &error,
        ServiceError::Unreadable {
            fault: AnswerFault::Endless,
            ..
        }
    );
    assert!(endless, "{error:?}");
    assert_eq!(wire.requests().len(), 2);
}

#[tokio::test]
async fn a_stop_midway_ends_the_reading() {
    let begun = rows(600);
    let wire = Wire::start([Reply::silent_after(&begun[..begun.len() - 1])]).await;
    let cancel = CancellationToken::new();
    let (sender, mut receiver) = mpsc::channel(2);
    let client = hyperproof(&wire.base("/v1"));
    let seen = Mutex::new((0, 0));
    let stop = |rows, bytes| {
        *seen.lock().unwrap() = (rows, bytes);
        if rows == 600 {
            cancel.cancel();
        }
    };
    let ended = client.controls(&cancel, sender, &stop).await;
    assert_eq!(ended.unwrap_err().code(), ErrorCode::Cancelled);
    assert_eq!(
        *seen.lock().unwrap(),
        (600, begun.len() as u64 - 1),
        "progress told rows and bytes"
    );
    assert_eq!(
        receiver.recv().await.unwrap().len(),
        500,
        "what came before was handed on"
    );
    assert!(receiver.recv().await.is_none());
}

#[tokio::test]
async fn a_stop_is_heard_while_nobody_takes_the_rows() {
    let wire = Wire::start([Reply::json(200, &rows(5_000))]).await;
    let cancel = CancellationToken::new();
    let (sender, mut receiver) = mpsc::channel(1);
    let client = hyperproof(&wire.base("/v1"));
    let stopping = cancel.clone();
    let reading = tokio::spawn(async move { client.controls(&stopping, sender, &|_, _| ()).await });
    assert_eq!(receiver.recv().await.unwrap().len(), 500);
    cancel.cancel();
    assert_eq!(reading.await.unwrap().unwrap_err().code(), ErrorCode::Cancelled);
}

#[tokio::test]
async fn a_closed_receiver_ends_the_reading() {
    let wire = Wire::start([Reply::json(200, &rows(600))]).await;
    let (sender, receiver) = mpsc::channel(1);
    drop(receiver);
    let client = hyperproof(&wire.base("/v1"));
    let ended = client.controls(&CancellationToken::new(), sender, &|_, _| ()).await;
    assert!(matches!(ended, Err(ServiceError::Stopped)), "{ended:?}");
}

#[tokio::test]
async fn the_id_of_one_control_cannot_change_the_path() {
    let wire = Wire::start([Reply::json(200, "\u{feff} {\"id\":\"a/b\"}\n")]).await;
    let client = hyperproof(&wire.base("/v1"));
    let cancel = CancellationToken::new();
    let control = client
        .control(&ControlId::parse("../a/b?c#é").unwrap(), &cancel)
        .await
        .unwrap();
    assert_eq!(control.verbatim, "{\"id\":\"a/b\"}");
    assert_eq!(wire.requests()[0].line(), "GET /v1/controls/..%2Fa%2Fb%3Fc%23%C3%A9");
    let outside = client
        .control(&ControlId::parse("..").unwrap(), &cancel)
        .await
        .unwrap_err();
    assert_eq!((outside.code(), wire.requests().len()), (ErrorCode::OutsideBinding, 1));
}
