//! Owns what another process does with the keychain for a test: this very program, started again with steps to take.
//! Must not judge the answers: who sent the errand does.

use std::process::{Command, Output};
use std::time::Duration;

use countersign_domain::{ConnectionId, Service};
use countersign_keychain::{EntryName, ExposeSecret, Keychain, KeychainError, KeychainSettings, SecretSlice};

use crate::guard;

const CONNECTION: &str = "COUNTERSIGN_TEST_CONNECTION";
const STEPS: &str = "COUNTERSIGN_TEST_STEPS";
const ANSWER: &str = "ANSWER ";

/// The name that the steps of an errand are about.
pub(crate) fn subject(id: &ConnectionId) -> EntryName {
    EntryName::credential(&guard::channel(), Service::Hypothesis, id)
}

/// Runs `steps` (`set=TEXT`, `get`, `delete`, `probe`; on Linux also those of `session`) in a new process under
/// `wrapper`, and gives one answer a step.
pub(crate) fn send(wrapper: &[&str], id: &ConnectionId, steps: &[&str]) -> Vec<String> {
    let program = std::env::current_exe().unwrap();
    let mut line: Vec<&str> = wrapper.to_vec();
    line.push(program.to_str().unwrap());
    let output = Command::new(line[0])
        .args(&line[1..])
        .args([
            "--exact",
            "errand::a_process_started_for_an_errand_answers_each_step",
            "--nocapture",
        ])
        .env(CONNECTION, id.as_str())
        .env(STEPS, steps.join(" "))
        .output()
        .unwrap();
    let answers = answers(&output);
    assert_eq!(answers.len(), steps.len(), "an answer to each step: {output:?}");
    answers
}

fn answers(output: &Output) -> Vec<String> {
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    printed
        .lines()
        .filter_map(|line| line.trim_end().strip_prefix(ANSWER))
        .map(str::to_owned)
        .collect()
}

#[tokio::test]
async fn a_process_started_for_an_errand_answers_each_step() {
    guard::pass();
    let id = std::env::var(CONNECTION).map_or_else(|_| ConnectionId::random(), |id| ConnectionId::parse(&id).unwrap());
    let steps = std::env::var(STEPS).unwrap_or_else(|_| "get".to_owned());
    let mut errand = Errand::new(subject(&id));
    for step in steps.split_whitespace() {
        let answer = errand.take(step).await;
        assert!(!answer.is_empty(), "{step} has an answer");
        println!("\n{ANSWER}{answer}");
    }
}

struct Errand {
    keychain: Keychain,
    name: EntryName,
    #[cfg(target_os = "linux")]
    session: crate::session::Session,
}

impl Errand {
    fn new(name: EntryName) -> Self {
        Self {
            keychain: Keychain::start(KeychainSettings {
                time_out: Duration::from_secs(60),
                hold: Duration::from_secs(1),
            }),
            name,
            #[cfg(target_os = "linux")]
            session: crate::session::Session::default(),
        }
    }

    async fn take(&mut self, step: &str) -> String {
        if let Some(text) = step.strip_prefix("set=") {
            let secret = SecretSlice::from(text.as_bytes().to_vec());
            return told(self.keychain.set(&self.name, &secret).await, |()| "set".to_owned());
        }
        match step {
            "get" => told(self.keychain.get(&self.name).await, found),
            "delete" => told(self.keychain.delete(&self.name).await, |()| "deleted".to_owned()),
            "probe" => format!("{:?}", self.keychain.probe().await),
            _ => self.other(step),
        }
    }

    #[cfg(target_os = "linux")]
    fn other(&mut self, step: &str) -> String {
        if step == "stop" {
            // A stopped daemon never answers, however short or long it is waited for.
            let settings = KeychainSettings {
                time_out: Duration::from_millis(50),
                hold: Duration::from_secs(3_600),
            };
            self.keychain = Keychain::start(settings);
        }
        self.session.take(step)
    }

    #[cfg(not(target_os = "linux"))]
    #[expect(clippy::unused_self, reason = "the same call on Linux uses its session")]
    fn other(&mut self, step: &str) -> String {
        panic!("no such step: {step}")
    }
}

fn found(entry: Option<SecretSlice<u8>>) -> String {
    entry.map_or_else(
        || "nothing".to_owned(),
        |bytes| format!("found {}", String::from_utf8_lossy(bytes.expose_secret())),
    )
}

fn told<Answer>(outcome: Result<Answer, KeychainError>, say: impl FnOnce(Answer) -> String) -> String {
    outcome.map_or_else(|error| format!("{}: {error}", error.code()), say)
}
