//! Owns the running of the tests behind the rows, and the reading of what they print.
//!
//! It must not judge a row.

use std::collections::BTreeMap;
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, bail};

use super::rows::{Attack, Proof};
use crate::command::{cargo, command};
use crate::folders;

/// Tests of the window itself, which are built with another feature and need a display.
const OF_THE_WINDOW: [&str; 3] = [
    "a_secret_typed_into_the_window_stays_nowhere_in_it",
    "words_of_a_service_are_read_and_do_nothing",
    "a_page_that_was_taken_over_reaches_nothing",
];

/// What each test came to, and what it said it saw.
#[derive(Default)]
pub(super) struct Outcomes {
    /// By the test's path; whether it passed.
    tests: BTreeMap<String, bool>,
    seen: BTreeMap<String, String>,
}

impl Outcomes {
    /// Reads what libtest prints, with the output of tests that passed (`--show-output`).
    pub(super) fn read(text: &str) -> Self {
        let mut outcomes = Self::default();
        for line in text.lines() {
            if let Some((name, outcome)) = line.strip_prefix("test ").and_then(|line| line.split_once(" ... ")) {
                // A test of the same name elsewhere counts as well: all of them must pass.
                let passed = outcomes.tests.entry(name.to_owned()).or_insert(true);
                *passed &= outcome.trim() == "ok";
            } else if let Some((row, words)) = line.strip_prefix("seen ").and_then(|line| line.split_once(": ")) {
                outcomes.seen.insert(row.to_owned(), words.to_owned());
            }
        }
        outcomes
    }

    /// Whether every test of that name passed; `None` when none ran.
    pub(super) fn of(&self, name: &str) -> Option<bool> {
        let mut found = self.tests.iter().filter(|(path, _)| last(path) == name).peekable();
        found.peek()?;
        Some(found.all(|(_, passed)| *passed))
    }

    /// The tests whose name begins so.
    pub(super) fn beginning_with(&self, prefix: &str) -> Vec<(&str, bool)> {
        let all = self.tests.iter().map(|(path, passed)| (last(path), *passed));
        all.filter(|(name, _)| name.starts_with(prefix)).collect()
    }

    /// What the row's tests said they saw.
    pub(super) fn said(&self, row: &str) -> Option<String> {
        self.seen.get(row).cloned()
    }

    fn merge(&mut self, other: Self) {
        self.tests.extend(other.tests);
        self.seen.extend(other.seen);
    }
}

fn last(path: &str) -> &str {
    path.rsplit("::").next().unwrap_or(path)
}

/// Runs the tests behind the rows: those of the workspace at once, those of the window apart.
///
/// # Errors
/// When cargo cannot be started or the tests cannot be built. A test that fails is no error here.
pub(super) fn outcomes(attacks: &[&Attack]) -> Result<Outcomes> {
    let mut names: Vec<String> = Vec::new();
    for attack in attacks {
        if let Proof::Tests(others) = attack.proof {
            names.push(attack.prefix());
            names.extend(others.iter().map(|name| (*name).to_owned()));
        }
    }
    names.sort();
    names.dedup();
    let (window, others): (Vec<String>, Vec<String>) = names
        .into_iter()
        .partition(|name| OF_THE_WINDOW.contains(&name.as_str()));
    let mut outcomes = Outcomes::default();
    if !others.is_empty() {
        let options = [
            "test",
            "--workspace",
            "--lib",
            "--bins",
            "--tests",
            "--no-fail-fast",
            "--",
        ];
        outcomes.merge(run(&options, &others)?);
    }
    if !window.is_empty() {
        let options = ["test", "--workspace", "--features", "automation", "--test", "e2e", "--"];
        outcomes.merge(run(&options, &window)?);
    }
    Ok(outcomes)
}

fn run(options: &[&str], names: &[String]) -> Result<Outcomes> {
    let mut test = cargo(options);
    test.arg("--show-output").args(names);
    let mut wrapped = with_keyring(test);
    let running = wrapped.stdout(Stdio::piped()).spawn();
    let output = running
        .and_then(Child::wait_with_output)
        .context("the tests cannot be started")?;
    let outcomes = Outcomes::read(&String::from_utf8_lossy(&output.stdout));
    if outcomes.tests.is_empty() {
        bail!("no test ran ({}): what cargo said stands above", output.status);
    }
    Ok(outcomes)
}

/// In a session bus of their own, with a keychain that is unlocked: no test opens the person's.
fn with_keyring(test: Command) -> Command {
    if !cfg!(target_os = "linux") {
        return test;
    }
    let mut wrapped = command(folders::root().join("tests/with-keyring"));
    wrapped.arg(test.get_program()).args(test.get_args());
    wrapped
}
