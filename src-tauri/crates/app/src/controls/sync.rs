//! Owns a sync: the service's stream on one side, the register's transaction on the other. Must not hold the whole
//! answer in memory, nor show a register that is only half of it.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use countersign_domain::{Clock, ConnectionId, ControlDocument, ErrorCode, Failure};
use countersign_register::Snapshot;
use countersign_services::ServiceError;
use countersign_services::hyperproof::ControlsRead;
use tokio::sync::{MutexGuard, mpsc, oneshot};
use tokio_util::sync::CancellationToken;

use super::snapshot_shown;
use crate::app::{App, connection_id};
use crate::connections::cancelled;
use crate::page::{SyncOutcome, SyncProgress};
use crate::ports::Progress;
use crate::registers::{self, Register, blocking};

/// Batches that wait for the register before the service is read on.
const WAITING_BATCHES: usize = 4;
/// The page is told at most ten times a second.
const BETWEEN_STEPS: Duration = Duration::from_millis(100);
/// Row counts at which services cut lists: the answer may not be all (hyperproof-api 2.1).
const COMMON_CAPS: [u32; 7] = [25, 50, 100, 200, 250, 500, 1_000];

impl App {
    /// Reads all controls into a new snapshot. The old one stays until the new one is complete; stopped or failed, it
    /// stays for good. The operation's name for `cancel_operation` is `sync:<connection>`.
    ///
    /// # Errors
    /// `connection-unknown`, `kind-unsuited`, `cancelled`, or a failure of keychain, service or register.
    pub async fn sync_controls(
        &self,
        id: &str,
        progress: Arc<dyn Progress<SyncProgress>>,
    ) -> Result<SyncOutcome, Failure> {
        let id = connection_id(id)?;
        self.reads_controls(&id)?;
        let register = self.0.registers.of(&id).await?;
        let running = self.0.operations.begin(format!("sync:{id}"));
        let synced = self.read_into(&id, &register, &progress, &running.cancel).await;
        let now = self.now();
        match &synced {
            Ok(outcome) => {
                self.0.observations.note_success(&id, now, "controls");
                let rows = u64::from(outcome.snapshot.rows);
                self.0.settings.update(&id, |saved| saved.register_rows = rows)?;
            }
            Err(failure) => self.0.observations.note_failure(&id, now, failure),
        }
        synced
    }

    async fn read_into(
        &self,
        id: &ConnectionId,
        register: &Arc<Register>,
        progress: &Arc<dyn Progress<SyncProgress>>,
        cancel: &CancellationToken,
    ) -> Result<SyncOutcome, Failure> {
        let connection = self.0.settings.ready(id)?.connection;
        let client = self.0.services.of(&connection).await?.hyperproof()?;
        let _alone = alone(register, cancel).await?;
        let (rows, batches) = mpsc::channel(WAITING_BATCHES);
        let (complete, completed) = oneshot::channel();
        let (register, clock) = (Arc::clone(register), Arc::clone(&self.0.ports.clock));
        let writing = tokio::spawn(blocking(move || written(&register, clock.as_ref(), batches, completed)));
        let steps = Steps::new(Arc::clone(progress));
        let read = client
            .controls(cancel, rows, &|rows, bytes| steps.step(rows, bytes))
            .await;
        // Dropping `complete` unsent makes the writer roll back.
        if read.is_ok() {
            let _told = complete.send(());
        } else {
            drop(complete);
        }
        let written = writing
            .await
            .unwrap_or_else(|_| Err(Failure::new(ErrorCode::Internal, "The sync broke off.")));
        outcome(read, written)
    }
}

/// Waits for the sync whose place this one takes: until it is rolled back it has the register's one writer.
async fn alone<'a>(register: &'a Register, cancel: &CancellationToken) -> Result<MutexGuard<'a, ()>, Failure> {
    tokio::select! {
        biased;
        () = cancel.cancelled() => Err(cancelled()),
        alone = register.syncing.lock() => Ok(alone),
    }
}

/// A register that failed is the cause; a stream that broke because the register did is only its echo.
fn outcome(
    read: Result<ControlsRead, ServiceError>,
    written: Result<Option<Snapshot>, Failure>,
) -> Result<SyncOutcome, Failure> {
    let snapshot = written?;
    let read = read.map_err(ServiceError::into_failure)?;
    let snapshot = snapshot.ok_or_else(|| Failure::new(ErrorCode::Internal, "The sync broke off."))?;
    Ok(SyncOutcome {
        snapshot: snapshot_shown(&snapshot),
        skipped: read.skipped,
        suspicious_count: COMMON_CAPS.contains(&read.rows),
    })
}

/// Writes batches until the channel ends, then finishes the snapshot if the reader said that it is all.
fn written(
    register: &Register,
    clock: &dyn Clock,
    mut batches: mpsc::Receiver<Vec<ControlDocument>>,
    completed: oneshot::Receiver<()>,
) -> Result<Option<Snapshot>, Failure> {
    let mut writer = register
        .controls
        .begin_snapshot(clock.now())
        .map_err(registers::failure)?;
    while let Some(batch) = batches.blocking_recv() {
        writer.write(&batch).map_err(registers::failure)?;
    }
    // The sender of rows is gone before the word is given, so the word is waited for.
    match completed.blocking_recv() {
        Ok(()) => writer.finish(clock.now()).map(Some).map_err(registers::failure),
        Err(_) => Ok(None),
    }
}

/// Thins the steps out to ten a second.
struct Steps {
    progress: Arc<dyn Progress<SyncProgress>>,
    last: Mutex<Option<Instant>>,
}

impl Steps {
    fn new(progress: Arc<dyn Progress<SyncProgress>>) -> Self {
        Self {
            progress,
            last: Mutex::new(None),
        }
    }

    fn step(&self, rows: u32, bytes: u64) {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if last.is_none_or(|at| at.elapsed() >= BETWEEN_STEPS) {
            *last = Some(Instant::now());
            self.progress.step(SyncProgress { rows, bytes });
        }
    }
}
