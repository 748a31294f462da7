//! Owns what callers hear from a store that does not answer. Time is stopped and moved by hand once the store hangs.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use countersign_keychain::{Keychain, KeychainError, KeychainSettings, KeychainState, SecretSlice};
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::task::JoinHandle;
use tokio::time::{advance, pause, resume};

use crate::stores::{Bend, Gate, MemoryStore, Sign, SilentStore, name, secret, shown};

const SETTINGS: KeychainSettings = KeychainSettings {
    time_out: Duration::from_secs(300),
    hold: Duration::from_secs(600),
};
const AT_ONCE: Duration = Duration::from_millis(1);

type Read = JoinHandle<Result<Option<SecretSlice<u8>>, KeychainError>>;

/// A keychain whose first `silent` stores hang, what they tell, and the entries behind them all.
fn silent_at_first(silent: usize, gate: &Gate) -> (Keychain, UnboundedReceiver<Sign>, MemoryStore) {
    let memory = MemoryStore::new(Bend::Nothing);
    let (open_silent, seen) = SilentStore::opener(&memory, gate);
    let (opened, behind) = (AtomicUsize::new(0), memory.clone());
    let keychain = Keychain::with_store(
        SETTINGS,
        Box::new(move || {
            let number = opened.fetch_add(1, Ordering::Relaxed);
            Ok(if number < silent {
                open_silent()
            } else {
                Box::new(behind.clone())
            })
        }),
    );
    (keychain, seen, memory)
}

/// Reads an entry; comes back when the store hangs in it, with the time stopped.
async fn hang(keychain: &Keychain, seen: &mut UnboundedReceiver<Sign>) -> Read {
    let keychain = keychain.clone();
    let read = tokio::spawn(async move { keychain.get(&name()).await });
    assert_eq!(seen.recv().await, Some(Sign::Hanging));
    pause();
    read
}

async fn time_out(read: Read) {
    advance(SETTINGS.time_out + AT_ONCE).await;
    let outcome = read.await.unwrap();
    assert!(matches!(outcome, Err(KeychainError::TimedOut)), "{outcome:?}");
}

async fn end_hold() {
    advance(SETTINGS.hold + AT_ONCE).await;
    resume();
}

#[tokio::test]
async fn a_silent_keychain_times_out_and_is_then_left_alone() {
    let gate = Gate::default();
    let (keychain, mut seen, memory) = silent_at_first(1, &gate);
    let read = hang(&keychain, &mut seen).await;
    time_out(read).await;
    assert!(matches!(keychain.get(&name()).await, Err(KeychainError::Held)));
    assert!(matches!(
        keychain.set(&name(), &secret("new")).await,
        Err(KeychainError::Held)
    ));
    assert!(matches!(keychain.delete(&name()).await, Err(KeychainError::Held)));
    assert_eq!(keychain.probe().await, KeychainState::Silent);
    assert!(memory.entries.lock().unwrap().is_empty(), "a held call does nothing");
    gate.open();
}

#[tokio::test]
async fn after_the_hold_another_thread_serves_while_the_first_still_hangs() {
    let gate = Gate::default();
    let (keychain, mut seen, _memory) = silent_at_first(1, &gate);
    let read = hang(&keychain, &mut seen).await;
    time_out(read).await;
    end_hold().await;
    let name = name();
    keychain.set(&name, &secret("kept")).await.unwrap();
    assert_eq!(shown(keychain.get(&name).await.unwrap()).as_deref(), Some("kept"));
    assert!(seen.try_recv().is_err(), "the first store hangs on");
    gate.open();
}

#[tokio::test]
async fn three_hanging_threads_are_enough() {
    let gate = Gate::default();
    let (keychain, mut seen, _memory) = silent_at_first(3, &gate);
    for _ in 0..3 {
        let read = hang(&keychain, &mut seen).await;
        time_out(read).await;
        end_hold().await;
    }
    assert!(
        matches!(keychain.get(&name()).await, Err(KeychainError::Held)),
        "no fourth thread is started"
    );
    gate.open();
    for _ in 0..3 {
        assert_eq!(seen.recv().await, Some(Sign::Ended));
    }
    // The threads have dropped their stores and are about to end.
    while matches!(keychain.get(&name()).await, Err(KeychainError::Held)) {
        tokio::task::yield_now().await;
    }
    assert_eq!(
        keychain.probe().await,
        KeychainState::Unlocked,
        "room is made by the threads that came back"
    );
}

#[tokio::test]
async fn a_call_that_was_given_up_in_the_queue_never_happens() {
    let gate = Gate::default();
    let (keychain, mut seen, memory) = silent_at_first(1, &gate);
    let read = hang(&keychain, &mut seen).await;
    let queued = keychain.clone();
    let write = tokio::spawn(async move { queued.set(&name(), &secret("late")).await });
    tokio::task::yield_now().await;
    time_out(read).await;
    let outcome = write.await.unwrap();
    assert!(matches!(outcome, Err(KeychainError::TimedOut)), "{outcome:?}");
    gate.open();
    assert_eq!(seen.recv().await, Some(Sign::Ended));
    assert!(
        memory.entries.lock().unwrap().is_empty(),
        "the write that was reported as failed stays undone"
    );
}

#[tokio::test]
async fn a_caller_that_goes_away_leaves_the_thread_to_the_others() {
    let gate = Gate::default();
    let (keychain, mut seen, _memory) = silent_at_first(1, &gate);
    let read = hang(&keychain, &mut seen).await;
    read.abort();
    resume();
    gate.open();
    assert_eq!(keychain.probe().await, KeychainState::Unlocked);
}

#[tokio::test]
async fn dropping_the_last_handle_waits_for_nothing() {
    let gate = Gate::default();
    let (keychain, mut seen, _memory) = silent_at_first(1, &gate);
    let read = hang(&keychain, &mut seen).await;
    read.abort();
    assert!(read.await.is_err_and(|ended| ended.is_cancelled()));
    drop(keychain);
    assert!(seen.try_recv().is_err(), "the store hangs on, and nobody waited for it");
    gate.open();
    assert_eq!(seen.recv().await, Some(Sign::Ended), "once it answers, its thread ends");
}
