//! Owns what callers hear from stores that answer, rightly or wrongly.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use countersign_domain::ErrorCode;
use countersign_keychain::{Keychain, KeychainError, KeychainSettings, KeychainState, Lacking};

use crate::stores::{Bend, MemoryStore, name, secret, shown};

#[tokio::test]
async fn what_was_set_is_read_overwritten_and_deleted() {
    let (keychain, name) = (MemoryStore::new(Bend::Nothing).keychain(), name());
    assert!(keychain.get(&name).await.unwrap().is_none(), "nothing is there yet");
    keychain.set(&name, &secret("first")).await.unwrap();
    keychain.set(&name, &secret("second")).await.unwrap();
    assert_eq!(shown(keychain.get(&name).await.unwrap()).as_deref(), Some("second"));
    keychain.delete(&name).await.unwrap();
    assert!(keychain.get(&name).await.unwrap().is_none(), "it was deleted");
    assert_eq!(keychain.probe().await, KeychainState::Unlocked);
}

#[tokio::test]
async fn a_store_that_keeps_something_else_is_caught_at_once() {
    for lie in [Bend::WritesSomethingElse, Bend::WritesNothing] {
        let written = MemoryStore::new(lie).keychain().set(&name(), &secret("right")).await;
        assert!(matches!(written, Err(KeychainError::WrongBack)), "{lie:?}: {written:?}");
    }
}

#[tokio::test]
async fn a_refusal_is_never_a_missing_entry() {
    let store = MemoryStore::new(Bend::Nothing);
    let (keychain, name) = (store.keychain(), name());
    keychain.set(&name, &secret("kept")).await.unwrap();
    store.bend(Bend::Denies);
    for refused in [
        keychain.get(&name).await.map(drop),
        keychain.set(&name, &secret("new")).await,
        keychain.delete(&name).await,
    ] {
        assert_eq!(refused.unwrap_err().code(), ErrorCode::KeychainDenied);
    }
    assert_eq!(keychain.probe().await, KeychainState::Failing);
    store.bend(Bend::Nothing);
    assert_eq!(
        shown(keychain.get(&name).await.unwrap()).as_deref(),
        Some("kept"),
        "a refusal changes nothing"
    );
}

#[tokio::test]
async fn a_secret_over_the_limit_of_the_store_is_never_handed_to_it() {
    let mut store = MemoryStore::new(Bend::Nothing);
    store.longest = Some(4);
    let (keychain, name) = (store.keychain(), name());
    let refused = keychain.set(&name, &secret("12345")).await;
    assert!(
        matches!(refused, Err(KeychainError::TooLong { limit: 4, length: 5 })),
        "{refused:?}"
    );
    assert!(store.entries.lock().unwrap().is_empty(), "nothing was written");
    keychain.set(&name, &secret("1234")).await.unwrap();
}

#[tokio::test]
async fn an_opening_that_failed_is_tried_again_by_the_next_call() {
    let store = MemoryStore::new(Bend::Nothing);
    let tries = AtomicUsize::new(0);
    let keychain = Keychain::with_store(
        KeychainSettings::default(),
        Box::new(move || match tries.fetch_add(1, Ordering::Relaxed) {
            0 => Err(KeychainError::Absent {
                lacking: Lacking::Service,
                source: "not started".into(),
            }),
            _ => Ok(Box::new(store.clone())),
        }),
    );
    assert_eq!(keychain.probe().await, KeychainState::Absent);
    assert_eq!(
        keychain.probe().await,
        KeychainState::Unlocked,
        "the service was started in between"
    );
}

#[tokio::test]
async fn a_service_that_was_restarted_is_opened_anew_within_the_call() {
    let (store, opened) = (MemoryStore::new(Bend::Nothing), Arc::new(AtomicUsize::new(0)));
    let (opens, count) = (store.clone(), Arc::clone(&opened));
    let keychain = Keychain::with_store(
        KeychainSettings::default(),
        Box::new(move || {
            // A store that is opened finds the service in order; only one opened before the restart does not.
            count.fetch_add(1, Ordering::Relaxed);
            opens.bend(Bend::Nothing);
            Ok(Box::new(opens.clone()))
        }),
    );
    let name = name();
    keychain.set(&name, &secret("kept")).await.unwrap();
    store.bend(Bend::Fails);
    assert_eq!(shown(keychain.get(&name).await.unwrap()).as_deref(), Some("kept"));
    assert_eq!(
        opened.load(Ordering::Relaxed),
        2,
        "one opening before the restart, one after"
    );
}

#[tokio::test]
async fn a_new_store_that_fails_is_not_asked_twice() {
    let (store, opened) = (MemoryStore::new(Bend::Fails), Arc::new(AtomicUsize::new(0)));
    let count = Arc::clone(&opened);
    let keychain = Keychain::with_store(
        KeychainSettings::default(),
        Box::new(move || {
            count.fetch_add(1, Ordering::Relaxed);
            Ok(Box::new(store.clone()))
        }),
    );
    assert_eq!(
        keychain.get(&name()).await.unwrap_err().code(),
        ErrorCode::KeychainFailed
    );
    assert_eq!(opened.load(Ordering::Relaxed), 1);
}

#[tokio::test]
async fn a_store_that_panics_fails_one_call_and_no_more() {
    let store = MemoryStore::new(Bend::Panics);
    let keychain = store.keychain();
    assert_eq!(
        keychain.get(&name()).await.unwrap_err().code(),
        ErrorCode::KeychainFailed
    );
    store.bend(Bend::Nothing);
    assert!(
        keychain.get(&name()).await.unwrap().is_none(),
        "a new thread serves the next call"
    );
}

#[tokio::test]
async fn no_error_shows_the_secret_it_was_about() {
    for bend in [
        Bend::Denies,
        Bend::Fails,
        Bend::Panics,
        Bend::WritesNothing,
        Bend::WritesSomethingElse,
    ] {
        let keychain = MemoryStore::new(bend).keychain();
        let error = keychain.set(&name(), &secret("canary")).await.unwrap_err();
        let seen = format!("{error:?} {error} {keychain:?} {:?}", error.to_failure());
        assert!(!seen.contains("canary") && !seen.contains("99, 97, 110"), "{seen}");
    }
}
