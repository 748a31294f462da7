//! Nothing on the disk can be read without the key, and nothing is touched that cannot be read.

use std::fs;
use std::path::Path;

use countersign_domain::{Account, Authority, Userid};
use countersign_register::{ControlsRegister, Ledger, RegisterError};
use serde_json::json;

use crate::{Place, control, key, second, sync};

const PLANTED: &str = "planted-Ünmistakable-4711";

fn files_with(folder: &Path, text: &str) -> Vec<String> {
    let needle = text.as_bytes();
    let holds = |bytes: &[u8]| bytes.windows(needle.len()).any(|window| window == needle);
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        // Windows refuses to read the bytes that another handle has locked; the lock files are empty.
        if !path.to_string_lossy().ends_with(".lock") && holds(&fs::read(&path).unwrap_or_default()) {
            found.push(path.display().to_string());
        }
    }
    found
}

#[test]
fn no_file_holds_a_word_of_what_was_written() {
    let place = Place::new();
    let register = place.register();
    let folder = place.file().parent().unwrap().to_owned();
    let ledger_path = folder.join("ledger.db");
    let ledger = Ledger::open(&ledger_path, &key(7)).unwrap();
    let account = Account {
        userid: Userid::new(PLANTED, &Authority::parse("example.com").unwrap()),
        username: PLANTED.to_owned(),
        authority: "example.com".to_owned(),
        email: None,
        display_name: Some(PLANTED.to_owned()),
    };
    ledger.record_account(&account, second(1)).unwrap();
    sync(
        &register,
        &[control(&json!({"id": "1", "name": PLANTED, "notes": PLANTED}))],
    );
    let log = fs::metadata(format!("{}-wal", place.file().display())).unwrap();
    assert!(log.len() > 0, "what was written stands in the log as well");

    let plant = folder.join("plant.txt");
    fs::write(&plant, format!("... {PLANTED} ...")).unwrap();
    for text in [PLANTED, "CREATE TABLE", "SQLite format 3"] {
        let expected = usize::from(text == PLANTED);
        assert_eq!(
            files_with(&folder, text).len(),
            expected,
            "{text} while open, beside the plant"
        );
    }
    drop((register, ledger));
    for text in [PLANTED, "CREATE TABLE", "SQLite format 3"] {
        let expected = usize::from(text == PLANTED);
        assert_eq!(
            files_with(&folder, text).len(),
            expected,
            "{text} when closed, beside the plant"
        );
    }
}

#[test]
fn another_key_opens_nothing_changes_nothing_and_is_not_told() {
    let place = Place::new();
    sync(&place.register(), &[control(&json!({"id": "1"}))]);
    let before = fs::read(place.file()).unwrap();
    let refused = ControlsRegister::open(&place.file(), &key(8)).unwrap_err();
    assert!(matches!(refused, RegisterError::Damaged { .. }), "{refused:?}");
    let told = format!("{refused:?} {refused} {:?}", refused.code());
    assert!(!told.contains("0808") && !told.contains("PRAGMA"), "{told}");
    assert_eq!(fs::read(place.file()).unwrap(), before);
    assert_eq!(place.register().row_count().unwrap(), 1, "the right key still opens it");
}

#[test]
fn what_is_no_register_is_refused_and_left_as_it_is() {
    let garbage = b"this is not a database".repeat(400);
    for bytes in [Vec::new(), vec![0; 8192], b"short".to_vec(), garbage] {
        let place = Place::new();
        drop(place.register());
        fs::write(place.file(), &bytes).unwrap();
        let refused = ControlsRegister::open(&place.file(), &key(7)).unwrap_err();
        assert!(matches!(refused, RegisterError::Damaged { .. }), "{refused:?}");
        assert_eq!(fs::read(place.file()).unwrap(), bytes, "{} bytes", bytes.len());
    }
}

#[test]
fn a_plain_database_is_not_taken_for_a_register() {
    let place = Place::new();
    drop(place.register());
    fs::remove_file(place.file()).unwrap();
    let plain = rusqlite::Connection::open(place.file()).unwrap();
    plain.execute_batch("CREATE TABLE control (id TEXT);").unwrap();
    drop(plain);
    let refused = ControlsRegister::open(&place.file(), &key(7)).unwrap_err();
    assert!(matches!(refused, RegisterError::Damaged { .. }), "{refused:?}");
}

#[test]
fn a_damaged_page_is_said_and_not_read_past() {
    let place = Place::new();
    let register = place.register();
    let documents: Vec<_> = (0..200)
        .map(|number| control(&json!({"id": number.to_string(), "name": "x".repeat(3_000)})))
        .collect();
    sync(&register, &documents);
    drop(register);
    let mut bytes = fs::read(place.file()).unwrap();
    for byte in bytes.iter_mut().skip(4096).step_by(4096) {
        *byte ^= 1;
    }
    fs::write(place.file(), &bytes).unwrap();
    let asked =
        ControlsRegister::open(&place.file(), &key(7)).and_then(|register| register.window(&crate::everything()));
    assert!(matches!(asked, Err(RegisterError::Damaged { .. })), "{asked:?}");
    assert_eq!(fs::read(place.file()).unwrap(), bytes);
}

#[test]
fn a_ledger_is_no_controls_file() {
    let place = Place::new();
    drop(Ledger::open(&place.file(), &key(7)).unwrap());
    let refused = ControlsRegister::open(&place.file(), &key(7)).unwrap_err();
    assert!(matches!(refused, RegisterError::Damaged { .. }), "{refused:?}");
    assert!(Ledger::open(&place.file(), &key(7)).is_ok());
}

#[cfg(unix)]
#[test]
fn files_are_for_their_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::new();
    let register = place.register();
    sync(&register, &[control(&json!({"id": "1"}))]);
    let folder = place.file().parent().unwrap().to_owned();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&folder), 0o700);
    let files: Vec<_> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    assert!(files.len() >= 4, "the file, its log, its index and its lock: {files:?}");
    for file in files {
        assert_eq!(mode(&file), 0o600, "{}", file.display());
    }
    drop(register);
    fs::set_permissions(place.file(), fs::Permissions::from_mode(0o644)).unwrap();
    drop(place.register());
    assert_eq!(mode(&place.file()), 0o600, "rights given away are taken back");
}
