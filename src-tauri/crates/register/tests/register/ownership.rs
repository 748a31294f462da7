//! One holder at a time, and files that a newer program wrote or that lie half gone.

use std::fs;

use countersign_register::{ControlsRegister, Ledger, RegisterError, remove_files};
use serde_json::json;

use crate::{Place, control, key, opened_by_hand, sync};

#[test]
fn a_register_is_held_by_one_at_a_time() {
    let place = Place::new();
    let register = place.register();
    let refused = ControlsRegister::open(&place.file(), &key(7)).unwrap_err();
    assert!(matches!(refused, RegisterError::Held), "{refused:?}");
    drop(register);
    assert!(ControlsRegister::open(&place.file(), &key(7)).is_ok());
}

#[test]
fn a_register_can_be_used_from_any_thread() {
    fn shared<T: Send + Sync>() {}
    shared::<ControlsRegister>();
    shared::<Ledger>();
}

#[test]
fn a_file_of_a_newer_program_is_refused_and_left_as_it_is() {
    let place = Place::new();
    drop(place.register());
    let newer = opened_by_hand(&place.file());
    newer.execute_batch("PRAGMA user_version = 99;").unwrap();
    newer.close().unwrap();
    let before = fs::read(place.file()).unwrap();
    let refused = ControlsRegister::open(&place.file(), &key(7)).unwrap_err();
    assert!(
        matches!(refused, RegisterError::Newer { found: 99, known: 1 }),
        "{refused:?}"
    );
    let failure = refused.into_failure();
    assert!(!failure.retryable, "doing it again does not help: {failure}");
    assert_eq!(fs::read(place.file()).unwrap(), before);
}

#[test]
fn a_half_made_file_of_a_program_that_died_is_made_again() {
    let place = Place::new();
    drop(place.register());
    fs::remove_file(place.file()).unwrap();
    let unfinished = format!("{}.new", place.file().display());
    fs::write(&unfinished, b"half").unwrap();
    assert_eq!(place.register().row_count().unwrap(), 0);
    assert!(!fs::exists(&unfinished).unwrap());
}

#[test]
fn a_lost_ledger_with_a_log_left_is_not_made_anew_silently() {
    let place = Place::new();
    drop(Ledger::open(&place.file(), &key(7)).unwrap());
    fs::remove_file(place.file()).unwrap();
    let log = format!("{}-wal", place.file().display());
    fs::write(&log, b"what was not yet folded in").unwrap();
    let refused = Ledger::open(&place.file(), &key(7)).unwrap_err();
    assert!(matches!(refused, RegisterError::Damaged { .. }), "{refused:?}");
    assert!(fs::exists(&log).unwrap(), "what is left of it stays");
}

#[test]
fn forgetting_removes_every_file_but_not_a_neighbours() {
    let place = Place::new();
    let register = place.register();
    sync(&register, &[control(&json!({"id": "1"}))]);
    let neighbour = place.file().with_file_name("controls.dbx");
    fs::write(&neighbour, b"mine").unwrap();
    fs::write(format!("{}.before-2", place.file().display()), b"copy").unwrap();
    assert!(matches!(remove_files(&place.file()), Err(RegisterError::Held)));
    drop(register);
    remove_files(&place.file()).unwrap();
    let left: Vec<_> = fs::read_dir(place.file().parent().unwrap())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    assert_eq!(left, [neighbour]);
    remove_files(&place.file().join("nowhere").join("x.db")).unwrap();
}
