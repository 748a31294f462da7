//! Replays recorded exchanges against the sandbox and counts the agreements.
//!
//! Owns: the reading of recordings, the carrying of values from answers into later requests, the comparison.
//! Must not: know what any endpoint means, or be looser than it says (`--strict-report` lists what was masked).

mod assertion;
mod carried;
mod comparison;
mod exchange;
mod order;
mod page;
mod recording;
mod replay;
mod report;

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use countersign_sandbox::{Fault, Fixture, Sandbox, SandboxSettings};

pub use exchange::{Answer, exchange};
pub use report::{Difference, FileReport};

use recording::Recording;
use replay::Replay;

/// What to replay.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Holds `fixture.json` and the recordings.
    pub directory: PathBuf,
    /// Only files whose names begin with one of these; all when empty.
    pub prefixes: Vec<String>,
    /// Faults that the sandbox is given before the file itself is replayed: proof that a fault is seen.
    pub planted: Vec<Fault>,
}

impl Plan {
    /// Everything in `directory`.
    pub fn of(directory: &Path) -> Self {
        Self {
            directory: directory.to_owned(),
            prefixes: Vec::new(),
            planted: Vec::new(),
        }
    }

    /// The same, for the files with that prefix.
    #[must_use]
    pub fn only(mut self, prefix: &str) -> Self {
        self.prefixes.push(prefix.to_owned());
        self
    }

    fn takes(&self, file: &str) -> bool {
        self.prefixes.is_empty() || self.prefixes.iter().any(|prefix| file.starts_with(prefix))
    }
}

/// Replays each file on a sandbox of its own, after the files it needs.
///
/// # Errors
/// When the directory holds no fixture or a file that is no recording, or a sandbox does not start.
pub async fn run(plan: &Plan) -> anyhow::Result<Vec<FileReport>> {
    let path = plan.directory.join("fixture.json");
    let fixture = Fixture::read(&path)?;
    let fixture_text = std::fs::read_to_string(&path)?;
    let recordings = Recording::all(&plan.directory)?;
    let mut reports = Vec::new();
    for recording in recordings.iter().filter(|recording| plan.takes(&recording.file)) {
        let report = replayed(plan, &fixture, &fixture_text, &recordings, recording);
        reports.push(report.await.with_context(|| recording.file.clone())?);
    }
    anyhow::ensure!(
        !reports.is_empty(),
        "{} holds no recording of that name",
        plan.directory.display()
    );
    Ok(reports)
}

async fn replayed(
    plan: &Plan,
    fixture: &Fixture,
    fixture_text: &str,
    recordings: &[Recording],
    recording: &Recording,
) -> anyhow::Result<FileReport> {
    let sandbox = Sandbox::start(SandboxSettings {
        fixture: Some(fixture.clone()),
        ..SandboxSettings::default()
    })
    .await?;
    let mut replay = Replay::new(&sandbox, fixture, fixture_text);
    for number in order::before(recording.number(), &fixture.needs)? {
        for needed in recordings.iter().filter(|other| other.number() == number) {
            replay.file(needed).await?;
        }
    }
    for fault in &plan.planted {
        sandbox.provoke(fault.clone());
    }
    let report = replay.file(recording).await?;
    sandbox.stop().await;
    Ok(report)
}
