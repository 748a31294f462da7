//! The sandbox as a process of its own: its one line, and how it ends.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use crate::support::{FORM, ask, basic, minting};
use countersign_sandbox::PracticeCredentials;
use serde_json::Value;

fn start(arguments: &[&str]) -> (Child, Value) {
    let mut process = Command::new(env!("CARGO_BIN_EXE_countersign-sandbox"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(process.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    (process, serde_json::from_str(&line).unwrap())
}

#[test]
fn one_line_tells_everything_that_opens_it() {
    let (mut process, line) = start(&["--port", "0", "--controls", "5", "--seed", "3", "--hostile-rows"]);
    let credentials: PracticeCredentials = serde_json::from_value(line.clone()).unwrap();
    let at = |name: &str| line[name].as_str().unwrap().to_owned();
    let minted = ask(
        &at("hyperproof_token_endpoint"),
        "POST",
        &[FORM],
        &minting(&credentials),
    )
    .unwrap();
    let bearer = format!("Bearer {}", minted.json()["access_token"].as_str().unwrap());
    let url = format!("{}/controls", at("hyperproof_api"));
    assert_eq!(ask(&url, "GET", &[("Authorization", &bearer)], "").unwrap().status, 200);
    let url = format!(
        "{}/api/users/acct:j.smith@{}",
        at("hypothesis_server"),
        credentials.authority
    );
    assert_eq!(
        ask(&url, "GET", &[("Authorization", &basic(&credentials))], "")
            .unwrap()
            .status,
        200
    );
    let requests = ask(&format!("{}/requests", at("control")), "GET", &[], "")
        .unwrap()
        .json();
    assert_eq!(requests.as_array().unwrap().len(), 3);
    drop(process.stdin.take());
    assert!(process.wait().unwrap().success(), "it ends when its input closes");
}

#[test]
fn a_fixture_brings_its_own_clients() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("fixture.json");
    let fixture = r#"{"base_url": "http://127.0.0.1:1", "clock": "2026-11-21T20:46:00Z", "authority": "localhost",
        "users": [{"username": "alice", "authority": "example.com"}], "personal_tokens": {},
        "clients": [{"id": "c1", "name": "n", "authority": "example.com", "grant_type": "client_credentials",
                     "secret": "fixture-secret"}]}"#;
    std::fs::write(&path, fixture).unwrap();
    let (mut process, line) = start(&["--fixture", path.to_str().unwrap()]);
    let credentials: PracticeCredentials = serde_json::from_value(line.clone()).unwrap();
    assert_eq!(credentials.authority, "example.com");
    let url = format!(
        "{}/api/users/acct:alice@example.com",
        line["hypothesis_server"].as_str().unwrap()
    );
    assert_eq!(
        ask(&url, "GET", &[("Authorization", &basic(&credentials))], "")
            .unwrap()
            .status,
        200
    );
    drop(process.stdin.take());
    assert!(process.wait().unwrap().success());
}

#[test]
fn a_wrong_argument_is_refused_before_anything_starts() {
    let wrong = Command::new(env!("CARGO_BIN_EXE_countersign-sandbox"))
        .args(["--limiter", "fast"])
        .output()
        .unwrap();
    assert!(!wrong.status.success() && wrong.stdout.is_empty());
    assert!(String::from_utf8_lossy(&wrong.stderr).contains("neither off, h nor RATE:BURST"));
}
