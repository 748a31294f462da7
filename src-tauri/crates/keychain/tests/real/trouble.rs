//! Owns what holds where the keychain is locked, absent, without a keyring, or killed half-way. Each test has a session
//! of its own, which it may ruin.

use countersign_domain::ConnectionId;

use crate::errand;
use crate::guard;
use crate::session::WITH_KEYRING;

/// Runs the steps in a new private session.
fn alone(mode: &str, steps: &[&str]) -> Vec<String> {
    guard::pass();
    errand::send(&[WITH_KEYRING, mode], &ConnectionId::random(), steps)
}

fn assert_codes(answers: &[String], code: &str) {
    for answer in answers {
        assert!(
            answer.starts_with(&format!("{code}: ")),
            "{code} is expected: {answers:?}"
        );
    }
}

#[test]
fn a_locked_keychain_says_so_and_is_never_taken_for_an_empty_one() {
    let answers = alone("--locked", &["probe", "get", "set=x", "delete", "probe"]);
    assert_eq!([answers[0].as_str(), answers[4].as_str()], ["Locked", "Locked"]);
    assert_codes(&answers[1..4], "keychain-locked");
}

#[test]
fn a_keychain_that_is_locked_in_between_keeps_its_entry_out_of_reach() {
    let answers = alone("--", &["set=kept", "lock", "probe", "get", "set=other", "delete"]);
    assert_eq!(answers[2], "Locked");
    assert_codes(&answers[3..], "keychain-locked");
}

#[test]
fn without_a_keychain_service_the_advice_is_to_install_one() {
    let answers = alone("--absent", &["probe", "get", "set=x", "delete"]);
    assert_eq!(answers[0], "Absent");
    assert_codes(&answers[1..], "keychain-absent");
    assert!(answers[1].contains("install"), "{answers:?}");
}

#[test]
fn without_a_keyring_the_advice_is_to_create_one() {
    let answers = alone("--absent", &["start-empty", "probe", "get", "set=x"]);
    assert_eq!(answers[1], "Absent");
    assert_codes(&answers[2..], "keychain-absent");
    assert!(answers[2].contains("default keyring"), "{answers:?}");
}

#[test]
fn a_service_that_starts_later_is_found_by_the_next_call() {
    let answers = alone("--absent", &["probe", "restart", "probe", "set=x", "get"]);
    assert_eq!(answers, ["Absent", "restart", "Unlocked", "set", "found x"]);
}

#[test]
fn a_daemon_killed_half_way_is_an_error_and_not_a_missing_entry() {
    let answers = alone("--", &["set=kept", "kill", "get", "get", "set=other", "delete"]);
    assert_eq!(answers[0], "set");
    for answer in &answers[2..] {
        assert!(answer.starts_with("keychain-"), "{answers:?}");
    }
    assert_codes(&answers[3..], "keychain-absent");
}

#[test]
fn a_daemon_that_stands_still_hangs_neither_the_calls_nor_the_end_of_the_process() {
    let answers = alone("--", &["set=kept", "stop", "get", "get", "probe"]);
    assert_codes(&answers[2..4], "keychain-timed-out");
    assert_ne!(answers[2], answers[3], "the first call waited, the second was held");
    assert_eq!(answers[4], "Silent");
}

#[test]
fn a_daemon_that_comes_back_is_used_again_without_a_failed_call() {
    let answers = alone("--", &["set=kept", "kill", "restart", "get", "set=other", "get"]);
    assert_eq!(answers, ["set", "kill", "restart", "found kept", "set", "found other"]);
}

#[test]
fn a_daemon_that_comes_back_locked_is_locked() {
    let answers = alone("--", &["set=kept", "kill", "restart-locked", "get", "probe"]);
    assert_codes(&answers[3..4], "keychain-locked");
    assert_eq!(answers[4], "Locked");
}

#[test]
fn a_bus_that_is_not_the_scripts_own_is_refused_in_one_sentence() {
    guard::pass();
    let program = std::env::current_exe().unwrap();
    let refused = std::process::Command::new(program)
        .args(["--exact", "round_trip::an_open_keychain_is_seen_as_such"])
        .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/bus")
        .output()
        .unwrap();
    assert!(!refused.status.success(), "it must not run");
    let said = String::from_utf8_lossy(&refused.stdout).into_owned();
    assert!(said.contains("run it through tests/with-keyring"), "{said}");
}
