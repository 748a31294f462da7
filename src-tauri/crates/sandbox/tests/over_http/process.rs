//! The sandbox as a process of its own: its one line, and how it ends.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, ExitStatus, Stdio};

use crate::support::{FORM, ask, basic, minting};
use countersign_sandbox::PracticeCredentials;
use serde_json::Value;

/// Ends with the test, however the test ends.
struct Process(Child);

impl Process {
    fn start(arguments: &[&str], input: Stdio) -> (Self, Value) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_countersign-sandbox"));
        command.args(arguments).stdin(input).stdout(Stdio::piped());
        let mut process = Self(command.spawn().unwrap());
        let mut line = String::new();
        BufReader::new(process.0.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        (process, serde_json::from_str(&line).unwrap())
    }

    /// Started to end with its input.
    fn on_a_pipe(arguments: &[&str]) -> (Self, Value) {
        Self::start(&[arguments, &["--until-input-ends"]].concat(), Stdio::piped())
    }

    /// Closes its input and waits for its end.
    fn without_input(mut self) -> ExitStatus {
        drop(self.0.stdin.take());
        self.0.wait().unwrap()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ended_already = self.0.kill();
        let _reaped_already = self.0.wait();
    }
}

#[test]
fn one_line_tells_everything_that_opens_it() {
    let (process, line) = Process::on_a_pipe(&["--port", "0", "--controls", "5", "--seed", "3", "--hostile-rows"]);
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
    assert!(process.without_input().success(), "it ends when its input closes");
}

#[test]
fn each_process_has_credentials_of_its_own() {
    let (_one, line) = Process::on_a_pipe(&["--controls", "5", "--seed", "3"]);
    let (_other, other) = Process::on_a_pipe(&["--controls", "5", "--seed", "3"]);
    let kept = ["hypothesis_redirect_uri", "authority"];
    let named = |name: &&String| name.ends_with("_id") || name.ends_with("_secret") || name.ends_with("_password");
    let own: Vec<_> = line.as_object().unwrap().keys().filter(named).collect();
    assert!(own.len() >= 9, "{own:?}");
    for name in own {
        assert_ne!(line[name], other[name], "{name}");
    }
    for name in kept {
        assert_eq!(line[name], other[name], "{name}");
    }
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
    let (process, line) = Process::on_a_pipe(&["--fixture", path.to_str().unwrap()]);
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
    assert!(process.without_input().success());
}

/// A shell's `&`, `nohup` and most runners give a process no input at all.
#[cfg(unix)]
#[test]
fn without_input_it_serves_until_a_signal_ends_it() {
    for signal in ["-TERM", "-INT"] {
        let (mut process, line) = Process::start(&["--controls", "5"], Stdio::null());
        let server = line["hypothesis_server"].as_str().unwrap();
        for asked in 0..100 {
            let answer = ask(&format!("{server}/api/"), "GET", &[], "");
            let status = answer.map(|answer| answer.status);
            assert_eq!(status, Some(200), "{signal}, request {asked}");
        }
        let mut kill = Command::new("kill");
        let told = kill.args([signal, &process.0.id().to_string()]).status().unwrap();
        assert!(told.success(), "{signal} was sent");
        assert!(process.0.wait().unwrap().success(), "{signal} ends it cleanly");
    }
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
