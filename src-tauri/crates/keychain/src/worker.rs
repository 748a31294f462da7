//! Owns the thread that talks to the store, and the store opened on it. Must not know time-outs: who waits does.

use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread::{self, JoinHandle};

use crate::error::KeychainError;
use crate::store::{Store, StoreOpener};

/// One call, with the way its answer goes back.
pub(crate) type Job = Box<dyn FnOnce(&mut Desk) + Send>;

/// A running thread and its queue. Dropping it ends the thread after the jobs that were queued, and waits for nothing.
pub(crate) struct Worker {
    jobs: Sender<Job>,
    thread: JoinHandle<()>,
}

impl Worker {
    /// Starts a thread; the store opens with the first job.
    pub(crate) fn start(opener: Arc<StoreOpener>) -> Result<Self, KeychainError> {
        let (jobs, queue) = mpsc::channel();
        let thread = thread::Builder::new()
            .name("keychain".to_owned())
            .spawn(move || work_off(&queue, &mut Desk { opener, store: None }))
            .map_err(KeychainError::failed)?;
        Ok(Self { jobs, thread })
    }

    /// Queues a job, or gives it back where the thread has ended.
    pub(crate) fn take(&self, job: Job) -> Result<(), Job> {
        self.jobs.send(job).map_err(|refused| refused.0)
    }

    /// Closes the queue and leaves the thread to whatever it hangs in.
    pub(crate) fn abandon(self) -> JoinHandle<()> {
        self.thread
    }
}

fn work_off(queue: &Receiver<Job>, desk: &mut Desk) {
    while let Ok(job) = queue.recv() {
        job(desk);
    }
}

/// The store of one worker, opened when it is needed and opened again when it may have gone stale.
pub(crate) struct Desk {
    opener: Arc<StoreOpener>,
    store: Option<Box<dyn Store>>,
}

impl Desk {
    /// Does `work`, and does it once more on a new store where an older one failed: its service may have been
    /// restarted. Every call of a store may be repeated.
    pub(crate) fn serve<Answer>(
        &mut self,
        work: &dyn Fn(&mut dyn Store) -> Result<Answer, KeychainError>,
    ) -> Result<Answer, KeychainError> {
        let reused = self.store.is_some();
        match self.attempt(work) {
            Err(error) if reused && error.may_be_stale() => self.attempt(work),
            outcome => outcome,
        }
    }

    fn attempt<Answer>(
        &mut self,
        work: &dyn Fn(&mut dyn Store) -> Result<Answer, KeychainError>,
    ) -> Result<Answer, KeychainError> {
        let mut store = match self.store.take() {
            Some(store) => store,
            None => (self.opener)()?,
        };
        let outcome = work(store.as_mut());
        if !outcome.as_ref().is_err_and(KeychainError::may_be_stale) {
            self.store = Some(store);
        }
        outcome
    }
}
