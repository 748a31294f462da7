//! Owns the proof that a panic while a secret is held says nothing of it: whoever holds one prints a mark in its place,
//! and the program goes on. Must mark its panics, since others listen too.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use countersign_app::page::ConnectionDraft;
use countersign_app::ports::SystemClock;
use countersign_app::{Keychain, KeychainSettings};
use countersign_domain::{Clock, ConnectionKind, SecretString, Timestamp};
use countersign_gateway::AuthorizationCode;
use countersign_keychain::{EntryName, KeychainError, SecretSlice, Store};
use serde_json::json;
use tauri::ipc::InvokeBody;

use super::desk::Desk;
use super::ear;
use super::journey;
use super::places::Place;
use super::proof::leaks;
use super::search::Search;

const SECRET: &str = "pl4nted:held in a panic sécret+/=&\"\\🗝%";

/// A keychain that breaks while it holds what it is to keep.
struct Breaks;

impl Store for Breaks {
    fn get(&mut self, name: &EntryName) -> Result<Option<SecretSlice<u8>>, KeychainError> {
        panic!("{} at {name:?}", ear::PLANTED)
    }

    fn set(&mut self, name: &EntryName, secret: &SecretSlice<u8>) -> Result<(), KeychainError> {
        panic!("{} at {name:?} with {secret:?}", ear::PLANTED)
    }

    fn delete(&mut self, _: &EntryName) -> Result<(), KeychainError> {
        Ok(())
    }

    fn probe(&mut self) -> Result<(), KeychainError> {
        Ok(())
    }
}

/// A clock that breaks once it is told to.
#[derive(Debug, Default)]
struct BrokenClock(AtomicBool);

impl Clock for BrokenClock {
    fn now(&self) -> Timestamp {
        assert!(!self.0.load(Ordering::SeqCst), "{}: the clock", ear::PLANTED);
        SystemClock.now()
    }
}

fn search() -> Search {
    let known = [
        ("held", SECRET),
        ("the token", journey::TOKEN),
        ("the grant secret", journey::GRANT),
    ];
    Search::of(&known.map(|(name, secret)| (name, secret.as_bytes().to_vec())))
}

fn tell_nothing(heard: &[String]) {
    let places: Vec<_> = heard
        .iter()
        .map(|panic| Place::new("a panic", panic.as_str()))
        .collect();
    assert_eq!(leaks(&search(), &places), [""; 0]);
}

#[test]
fn whoever_holds_a_secret_prints_a_mark_when_it_panics() {
    let panics = ear::panics();
    let draft = json!({
        "kind": "hypothesisGrantToken", "label": "x", "region": null, "secret": SECRET,
        "network": { "proxy": "address", "proxyUsername": "jo", "proxyPassword": SECRET },
    });
    let draft: ConnectionDraft = serde_json::from_value(draft).unwrap();
    let code = AuthorizationCode {
        code: SecretString::from(SECRET),
        verifier: SecretString::from(SECRET),
    };
    let bytes = SecretSlice::from(SECRET.as_bytes().to_vec());
    for held in [format!("{draft:?}"), format!("{code:?}"), format!("{bytes:#?}")] {
        let broken = catch_unwind(AssertUnwindSafe(|| panic!("{} with {held}", ear::PLANTED)));
        assert!(broken.is_err());
    }
    let heard = panics.lock().unwrap().clone();
    let with = heard.iter().filter(|panic| panic.contains("with")).count();
    assert!(with >= 3, "they were heard: {heard:?}");
    tell_nothing(&heard);
}

#[test]
fn a_panic_that_quotes_a_secret_would_be_found() {
    let said = format!("called `Result::unwrap()` on an `Err` value: {SECRET:?}");
    assert!(!leaks(&search(), &[Place::new("a panic", said)]).is_empty());
}

#[test]
fn a_keychain_that_breaks_with_a_secret_in_hand_says_nothing_of_it_and_the_program_goes_on() {
    let (desk, panics) = (Desk::new(journey::credentials()), ear::panics());
    let opener = || Ok(Box::new(Breaks) as Box<dyn Store>);
    let page = desk.start(Keychain::with_store(KeychainSettings::default(), Box::new(opener)));
    let mut told = Vec::new();
    for kind in ConnectionKind::ALL.into_iter().filter(|kind| !kind.signs_in()) {
        let reply = page.call("connection_save", json!({ "draft": desk.draft(kind) }));
        told.push(format!("{:?}", reply.outcome));
        assert!(
            reply.outcome.is_ok() == (kind == ConnectionKind::HypothesisAnonymous),
            "{kind:?}"
        );
    }
    page.call("app_status", json!({})).ok();
    let heard = panics.lock().unwrap().clone();
    assert!(
        heard.iter().any(|panic| panic.contains("REDACTED")),
        "it broke with a secret in hand: {heard:?}"
    );
    told.extend(heard);
    tell_nothing(&told);
}

#[test]
fn a_clock_that_breaks_while_tokens_are_made_says_nothing_of_them() {
    let (desk, panics) = (Desk::new(journey::credentials()), ear::panics());
    let clock = Arc::new(BrokenClock::default());
    let page = desk.start_by(Arc::clone(&clock) as _, desk.keychain.clone());
    let save = |kind| {
        let card = page.call("connection_save", json!({ "draft": desk.draft(kind) }));
        card.ok()["id"].as_str().unwrap().to_owned()
    };
    let all = [
        ConnectionKind::HypothesisGrantToken,
        ConnectionKind::HypothesisPersonalToken,
    ]
    .map(save);
    clock.0.store(true, Ordering::SeqCst);
    for id in &all {
        // The call may end without a reply; what was said on the way is what matters.
        drop(page.begin("connection_test", InvokeBody::Json(json!({ "id": id }))));
    }
    ear::until(|| panics.lock().unwrap().iter().any(|panic| panic.contains("the clock")));
    clock.0.store(false, Ordering::SeqCst);
    for id in &all {
        assert_eq!(
            page.call("connection_test", json!({ "id": id })).ok()["state"]["is"],
            "working"
        );
    }
    let heard = panics.lock().unwrap().clone();
    tell_nothing(&heard);
}
