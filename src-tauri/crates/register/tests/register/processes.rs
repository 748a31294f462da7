//! What other processes see and what one leaves behind that is killed: the test program starts itself again.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use countersign_register::{ControlsRegister, RegisterError};
use serde_json::json;

use crate::{Place, control, everything, ids, key, second, sync};

const ROLE: &str = "COUNTERSIGN_REGISTER_TEST_FILE";

/// The file to work on, in a process that a test started.
fn assigned() -> Option<PathBuf> {
    std::env::var_os(ROLE).map(PathBuf::from)
}

/// Starts this program again for one test alone, and waits until it says that it is where it should be.
fn start(test: &str, file: &Path) -> Child {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", test, "--nocapture", "--test-threads", "1"])
        .env(ROLE, file)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let there = lines.any(|line| line.unwrap().contains("there"));
    assert!(there, "the process {test} ended early");
    child
}

/// Says so and stays until the process is killed or its starter is gone.
fn stay() {
    let mut output = std::io::stdout().lock();
    writeln!(output, "\nthere").unwrap();
    output.flush().unwrap();
    std::io::stdin().read_line(&mut String::new()).unwrap();
}

#[test]
fn a_second_process_does_not_get_a_register_that_is_held() {
    if let Some(file) = assigned() {
        let _held = ControlsRegister::open(&file, &key(7)).unwrap();
        return stay();
    }
    let place = Place::new();
    let mut holder = start(
        "processes::a_second_process_does_not_get_a_register_that_is_held",
        &place.file(),
    );
    let refused = ControlsRegister::open(&place.file(), &key(7)).unwrap_err();
    assert!(matches!(refused, RegisterError::Held), "{refused:?}");
    holder.kill().unwrap();
    holder.wait().unwrap();
    assert!(
        ControlsRegister::open(&place.file(), &key(7)).is_ok(),
        "the lock dies with its holder"
    );
}

#[test]
fn a_sync_killed_half_way_leaves_the_snapshot_before() {
    if let Some(file) = assigned() {
        let register = ControlsRegister::open(&file, &key(7)).unwrap();
        let mut writer = register.begin_snapshot(second(100)).unwrap();
        // More than the page cache of a writer holds, so that a part of it is on the disk.
        let long = "unfinished ".repeat(100_000);
        for number in 0..50 {
            let document = json!({"id": format!("{number}"), "name": "new", "description": long});
            writer.write(&[control(&document)]).unwrap();
        }
        return stay();
    }
    let place = Place::new();
    let register = place.register();
    let kept = sync(&register, &[control(&json!({"id": "1", "name": "old"}))]);
    drop(register);
    let mut writer = start(
        "processes::a_sync_killed_half_way_leaves_the_snapshot_before",
        &place.file(),
    );
    writer.kill().unwrap();
    writer.wait().unwrap();

    let log = PathBuf::from(format!("{}-wal", place.file().display()));
    let spilt = std::fs::metadata(&log).unwrap().len();
    assert!(spilt > 0, "the killed process had begun to write to the disk");
    let before = std::fs::read(place.file()).unwrap();
    assert!(ControlsRegister::open(&place.file(), &key(8)).is_err());
    assert_eq!(
        std::fs::read(place.file()).unwrap(),
        before,
        "another key folds no log in"
    );
    assert_eq!(std::fs::metadata(&log).unwrap().len(), spilt, "nor drops it");

    let register = place.register();
    assert_eq!(register.latest_snapshot().unwrap(), Some(kept));
    assert_eq!(ids(&register, &everything()), ["1"]);
    let next = sync(&register, &[control(&json!({"id": "2"}))]);
    assert_eq!(
        (next.number, next.added, next.gone),
        (2, 1, 1),
        "and goes on from there"
    );
}
