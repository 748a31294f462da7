//! How a sign-in is renewed: the turning over of its refresh token, and what survives when something fails meanwhile.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::response::Response;
use countersign_domain::{Action, ErrorCode};
use futures_util::stream;

use super::servers::{Seen, Server, json};
use super::world::{CLIENT_ID, REFRESH, SECRET, Store, World, go, sign_in};
use crate::{BoundGateway, Call};

const TOKEN: &str = "/oauth/token";

/// What the token endpoint makes of one request.
#[derive(Clone, Copy)]
enum Answers {
    /// A new pair.
    Pair,
    /// An access token, the refresh token stays.
    Access,
    /// It turns the token over, and its answer is cut.
    Cut,
    /// As Hypothesis says it.
    InvalidGrant,
}

/// Answers the n-th token request as told, the later ones as the last, and notes at each call what is kept by then.
async fn service(answers: &'static [Answers], store: Arc<Store>) -> (Server, Arc<Mutex<Vec<Option<String>>>>) {
    let (asked, kept) = (AtomicU32::new(0), Arc::new(Mutex::new(Vec::new())));
    let noted = kept.clone();
    let server = Server::start(move |seen: &Seen| {
        if seen.target != TOKEN {
            noted.lock().unwrap().push(store.refresh.lock().unwrap().clone());
            return json(200, "{}");
        }
        let number = asked.fetch_add(1, Ordering::SeqCst) as usize;
        let pair = format!(r#"{{"access_token":"a{number}","expires_in":3600.0,"refresh_token":"4657-r{number}"}}"#);
        match answers[number.min(answers.len() - 1)] {
            Answers::Pair => Response::new(Body::from(pair)),
            Answers::Access => Response::new(Body::from(format!(r#"{{"access_token":"a{number}","expires_in":60}}"#))),
            Answers::Cut => {
                let parts = [Ok(Bytes::from("{")), Err(std::io::ErrorKind::ConnectionReset)];
                Response::new(Body::from_stream(stream::iter(
                    parts.map(|part| part.map_err(std::io::Error::from)),
                )))
            }
            Answers::InvalidGrant => json(400, r#"{"status":"failure","reason":"{\"error\": \"invalid_grant\"}"}"#),
        }
    })
    .await;
    (server, kept)
}

fn bound(world: &World, server: &Server) -> BoundGateway {
    world.bound(&format!("{}/api", server.origin), sign_in(&server.origin, false))
}

/// The refresh token of each token request, in order.
fn sent(server: &Server) -> Vec<String> {
    let form = |seen: &Seen| -> Option<String> {
        let (_, value) = url::form_urlencoded::parse(&seen.body).find(|(name, _)| name == "refresh_token")?;
        Some(value.into_owned())
    };
    server.seen().iter().filter_map(form).collect()
}

fn refresh(world: &World) -> Option<String> {
    world.store.refresh.lock().unwrap().clone()
}

#[tokio::test]
async fn a_rotated_refresh_token_is_kept_before_its_access_token_is_used() {
    let world = World::new();
    let (server, kept) = service(&[Answers::Pair], world.store.clone()).await;
    let bound = bound(&world, &server);
    for _ in 0..2 {
        bound.send(Call::get("/profile"), &go()).await.unwrap();
        world.clock.advance(Duration::from_secs(3_600));
    }
    let kept = kept.lock().unwrap().clone();
    assert_eq!(kept, [Some("4657-r0".to_owned()), Some("4657-r1".to_owned())]);
    assert_eq!(sent(&server), [REFRESH, "4657-r0"]);
    let seen = server.seen();
    assert_eq!(
        seen[0].body,
        format!("grant_type=refresh_token&refresh_token={REFRESH}&client_id={CLIENT_ID}")
    );
    assert_eq!(seen[1].header("authorization"), Some("Bearer a0"));
}

#[tokio::test]
async fn a_confidential_client_renews_with_its_secret_and_redirect_uri() {
    let world = World::new();
    let (server, _) = service(&[Answers::Pair], world.store.clone()).await;
    let bound = world.bound(&server.origin, sign_in(&server.origin, true));
    bound.send(Call::get("/profile"), &go()).await.unwrap();
    assert_eq!(
        server.seen()[0].body,
        format!(
            "grant_type=refresh_token&refresh_token={REFRESH}&client_id={CLIENT_ID}&client_secret={SECRET}&redirect_uri=http%3A%2F%2F127.0.0.1%3A47811%2Fcallback"
        )
    );
}

#[tokio::test]
async fn an_answer_without_a_new_refresh_token_keeps_the_old_one() {
    let world = World::new();
    let (server, _) = service(&[Answers::Access], world.store.clone()).await;
    let bound = bound(&world, &server);
    for _ in 0..2 {
        bound.send(Call::get("/profile"), &go()).await.unwrap();
        world.clock.advance(Duration::from_secs(60));
    }
    assert_eq!(sent(&server), [REFRESH, REFRESH]);
    assert_eq!(world.store.replaces.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn when_the_keychain_refuses_the_pair_lives_in_memory_until_it_can_be_kept() {
    let world = World::new();
    let (server, _) = service(&[Answers::Pair], world.store.clone()).await;
    let bound = bound(&world, &server);
    world.store.locked.store(true, Ordering::SeqCst);
    bound.send(Call::get("/profile"), &go()).await.unwrap();
    assert_eq!(bound.not_kept().unwrap().code, ErrorCode::KeychainLocked);
    assert_eq!(refresh(&world).as_deref(), Some(REFRESH));

    world.store.locked.store(false, Ordering::SeqCst);
    world.clock.advance(Duration::from_secs(3_600));
    bound.send(Call::get("/profile"), &go()).await.unwrap();
    assert_eq!(sent(&server), [REFRESH, "4657-r0"], "the newer one, from memory");
    assert_eq!((bound.not_kept(), refresh(&world).as_deref()), (None, Some("4657-r1")));
}

#[tokio::test]
async fn after_a_lost_answer_the_old_refresh_token_is_sent_once_more() {
    let world = World::new();
    let (server, _) = service(&[Answers::Cut, Answers::Pair], world.store.clone()).await;
    let answer = bound(&world, &server).send(Call::get("/profile"), &go()).await.unwrap();
    assert_eq!(answer.status, 200);
    assert_eq!(sent(&server), [REFRESH, REFRESH]);
    assert_eq!(refresh(&world).as_deref(), Some("4657-r1"));
    let attempts: Vec<_> = world.calls.all().iter().map(|call| call.attempt).collect();
    assert_eq!(attempts, [1, 2, 1]);
}

#[tokio::test]
async fn two_lost_answers_end_the_renewal_but_not_the_sign_in() {
    let world = World::new();
    let (server, _) = service(&[Answers::Cut, Answers::Cut, Answers::Pair], world.store.clone()).await;
    let bound = bound(&world, &server);
    let error = bound.send(Call::get("/profile"), &go()).await.unwrap_err();
    assert!(error.is_certainly_not_done() && error.is_retryable(), "{error}");
    bound.send(Call::get("/profile"), &go()).await.unwrap();
    assert_eq!(sent(&server), [REFRESH; 3], "the grace of three minutes is used");
}

#[tokio::test]
async fn a_refused_refresh_token_ends_the_sign_in() {
    let world = World::new();
    let (server, _) = service(&[Answers::InvalidGrant], world.store.clone()).await;
    let error = bound(&world, &server)
        .send(Call::get("/profile"), &go())
        .await
        .unwrap_err();
    assert!(error.is_certainly_not_done());
    let failure = error.into_failure();
    assert_eq!(
        (failure.code, failure.action),
        (ErrorCode::SignedOut, Action::SignInAgain)
    );
    assert_eq!(sent(&server), [REFRESH], "it is not sent again");
}

#[tokio::test]
async fn a_refresh_token_that_a_second_program_renewed_is_read_again() {
    let world = World::new();
    let (server, _) = service(
        &[Answers::Pair, Answers::InvalidGrant, Answers::Pair],
        world.store.clone(),
    )
    .await;
    let bound = bound(&world, &server);
    world.store.locked.store(true, Ordering::SeqCst);
    bound.send(Call::get("/profile"), &go()).await.unwrap();
    world.store.locked.store(false, Ordering::SeqCst);
    *world.store.refresh.lock().unwrap() = Some("4657-of-another-program".to_owned());
    world.clock.advance(Duration::from_secs(3_600));
    bound.send(Call::get("/profile"), &go()).await.unwrap();
    assert_eq!(sent(&server), [REFRESH, "4657-r0", "4657-of-another-program"]);
    assert_eq!((bound.not_kept(), refresh(&world).as_deref()), (None, Some("4657-r2")));
}

#[tokio::test]
async fn a_bare_400_to_a_confidential_client_reads_the_store_again_as_well() {
    let world = World::new();
    let (store, asked) = (world.store.clone(), AtomicU32::new(0));
    let server = Server::start(move |seen: &Seen| {
        if seen.target != TOKEN {
            return json(200, "{}");
        }
        if asked.fetch_add(1, Ordering::SeqCst) == 0 {
            *store.refresh.lock().unwrap() = Some("of-another-program".to_owned());
            return json(400, r#"{"statusCode":400,"message":"Bad Request"}"#);
        }
        json(200, r#"{"access_token":"a","refresh_token":"newer"}"#)
    })
    .await;
    let bound = world.bound(&server.origin, sign_in(&server.origin, true));
    bound.send(Call::get("/x"), &go()).await.unwrap();
    assert_eq!(sent(&server), [REFRESH, "of-another-program"]);
    assert_eq!(refresh(&world).as_deref(), Some("newer"));
}

#[tokio::test]
async fn a_renewal_that_is_refused_without_a_word_asks_for_a_sign_in_and_names_the_secret() {
    let world = World::new();
    let server = Server::start(|_| json(401, "")).await;
    let bound = world.bound(&server.origin, sign_in(&server.origin, true));
    let failure = bound.send(Call::get("/x"), &go()).await.unwrap_err().into_failure();
    assert_eq!(
        (failure.code, failure.action),
        (ErrorCode::SignedOut, Action::SignInAgain)
    );
    assert!(
        failure
            .message
            .ends_with("Sign in again. If that is refused too, the client's secret is wrong or has expired."),
        "{}",
        failure.message
    );
}

#[tokio::test]
async fn who_is_cancelled_stops_waiting_and_the_renewal_goes_on() {
    let world = World::new();
    let (server, _) = service(&[Answers::Pair], world.store.clone()).await;
    let bound = bound(&world, &server);
    let cancel = go();
    let stopped = bound.send(Call::get("/profile"), &cancel);
    let stop = async {
        while server.count(TOKEN) == 0 {
            tokio::task::yield_now().await;
        }
        cancel.cancel();
    };
    let (stopped, ()) = tokio::join!(stopped, stop);
    assert_eq!(stopped.unwrap_err().code(), ErrorCode::Cancelled);
    bound.send(Call::get("/profile"), &go()).await.unwrap();
    assert_eq!(server.count(TOKEN), 1, "the one renewal served the next call");
    assert_eq!(refresh(&world).as_deref(), Some("4657-r0"));
}

#[tokio::test]
async fn a_renewal_does_not_bring_back_what_was_forgotten_meanwhile() {
    let world = World::new();
    let store = world.store.clone();
    let forgetting = Server::start(move |seen: &Seen| {
        if seen.target == TOKEN {
            *store.refresh.lock().unwrap() = None;
        }
        json(200, r#"{"access_token":"a","refresh_token":"4657-ghost"}"#)
    })
    .await;
    bound(&world, &forgetting)
        .send(Call::get("/profile"), &go())
        .await
        .unwrap();
    assert_eq!(
        (refresh(&world), world.store.replaces.load(Ordering::SeqCst)),
        (None, 0)
    );
}
