//! Owns the calls the rest of the program makes, their time-out and the hold after one. Must not block its caller.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use secrecy::{ExposeSecret, SecretSlice};
use tokio::sync::oneshot;
use tokio::time::{Instant, timeout};

use crate::error::{KeychainError, KeychainState};
use crate::name::EntryName;
use crate::store::{self, Store, StoreOpener};
use crate::worker::{Job, Worker};

/// Threads left hanging before no further one is started: each holds a connection and a stack.
const MOST_ABANDONED: usize = 3;

/// How long a keychain is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeychainSettings {
    /// The most a caller waits for an answer, time in the queue included.
    pub time_out: Duration,
    /// How long calls fail at once after a time-out.
    pub hold: Duration,
}

impl Default for KeychainSettings {
    fn default() -> Self {
        Self {
            time_out: Duration::from_secs(5),
            hold: Duration::from_secs(10),
        }
    }
}

/// A handle to the keychain. Clones share one worker thread; dropping the last one waits for nothing.
#[derive(Clone)]
pub struct Keychain {
    shared: Arc<Shared>,
}

struct Shared {
    settings: KeychainSettings,
    opener: Arc<StoreOpener>,
    front: Mutex<Front>,
}

/// Who serves now, and who was left behind.
#[derive(Default)]
struct Front {
    worker: Option<Worker>,
    /// Counts the workers, so that a late time-out does not abandon the successor of the one it waited for.
    generation: u64,
    abandoned: Vec<JoinHandle<()>>,
    held_until: Option<Instant>,
}

impl Keychain {
    /// A handle to this system's keychain. Nothing is opened yet, and a failed opening is tried again by the next call.
    pub fn start(settings: KeychainSettings) -> Self {
        // Half of the time-out for a person's answer to a prompt leaves half for the call itself.
        Self::with_store(settings, store::opener(settings.time_out / 2))
    }

    /// The same over another store, for tests.
    pub fn with_store(settings: KeychainSettings, opener: StoreOpener) -> Self {
        let front = Mutex::new(Front::default());
        Self {
            shared: Arc::new(Shared {
                settings,
                opener: Arc::new(opener),
                front,
            }),
        }
    }

    /// Reads an entry; `None` only where the keychain says that there is no such entry.
    ///
    /// # Errors
    /// Any `KeychainError` but `TooLong` and `WrongBack`. None of them means that the entry is gone.
    pub async fn get(&self, name: &EntryName) -> Result<Option<SecretSlice<u8>>, KeychainError> {
        let name = name.clone();
        self.call(move |store| store.get(&name)).await
    }

    /// Creates or overwrites an entry, then reads it back and compares.
    ///
    /// # Errors
    /// Any `KeychainError`. Only `TooLong` and `Held` say that nothing was written.
    pub async fn set(&self, name: &EntryName, secret: &SecretSlice<u8>) -> Result<(), KeychainError> {
        let (name, secret) = (name.clone(), secret.clone());
        self.call(move |store| write_and_read_back(store, &name, &secret)).await
    }

    /// Removes an entry; one that is not there is removed already.
    ///
    /// # Errors
    /// Any `KeychainError` but `TooLong` and `WrongBack`.
    pub async fn delete(&self, name: &EntryName) -> Result<(), KeychainError> {
        let name = name.clone();
        self.call(move |store| store.delete(&name)).await
    }

    /// Finds out what a call would meet. Asks the person nothing and writes nothing.
    pub async fn probe(&self) -> KeychainState {
        self.call(|store| store.probe()).await.into()
    }

    /// What people know this system's keychain as: "Secret Service", "Keychain" or "Credential Manager".
    pub fn store_name(&self) -> &'static str {
        store::NAME
    }

    async fn call<Answer, Work>(&self, work: Work) -> Result<Answer, KeychainError>
    where
        Answer: Send + 'static,
        Work: Fn(&mut dyn Store) -> Result<Answer, KeychainError> + Send + 'static,
    {
        let (answer, answered) = oneshot::channel();
        let generation = self.submit(Box::new(move |desk| {
            // Whoever gave up must not see the call happen later: only one that is already under way may.
            if !answer.is_closed() {
                let _ = answer.send(desk.serve(&work));
            }
        }))?;
        match timeout(self.shared.settings.time_out, answered).await {
            Ok(Ok(outcome)) => outcome,
            Ok(Err(ended)) => {
                // The store panicked. Its thread may still be unwinding: the next call must not queue there.
                self.front().retire(generation);
                Err(KeychainError::failed(ended))
            }
            Err(_) => {
                self.abandon(generation);
                Err(KeychainError::TimedOut)
            }
        }
    }

    /// Queues a job and gives the generation of the worker that took it.
    fn submit(&self, job: Job) -> Result<u64, KeychainError> {
        let mut front = self.front();
        front.pass_hold()?;
        let Some(job) = front.offer(job) else {
            return Ok(front.generation);
        };
        front.make_room()?;
        let worker = Worker::start(Arc::clone(&self.shared.opener))?;
        worker
            .take(job)
            .map_err(|_| KeychainError::failed("the keychain's thread ended at once"))?;
        front.worker = Some(worker);
        front.generation += 1;
        Ok(front.generation)
    }

    fn abandon(&self, generation: u64) {
        let mut front = self.front();
        if let Some(worker) = front.retire(generation) {
            tracing::warn!(
                store = store::NAME,
                "the keychain did not answer in time; it is left alone for a while"
            );
            front.abandoned.push(worker.abandon());
            front.held_until = Some(Instant::now() + self.shared.settings.hold);
        }
    }

    fn front(&self) -> MutexGuard<'_, Front> {
        self.shared.front.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Front {
    fn pass_hold(&mut self) -> Result<(), KeychainError> {
        if self.held_until.is_some_and(|until| Instant::now() < until) {
            return Err(KeychainError::Held);
        }
        self.held_until = None;
        Ok(())
    }

    /// Gives the job to the present worker; gives it back where there is none or its thread has ended.
    fn offer(&mut self, job: Job) -> Option<Job> {
        let Some(worker) = &self.worker else {
            return Some(job);
        };
        let refused = worker.take(job).err();
        if refused.is_some() {
            self.worker = None;
        }
        refused
    }

    /// Takes the worker of this generation out of service, if it still serves.
    fn retire(&mut self, generation: u64) -> Option<Worker> {
        if self.generation == generation {
            self.worker.take()
        } else {
            None
        }
    }

    fn make_room(&mut self) -> Result<(), KeychainError> {
        self.abandoned.retain(|thread| !thread.is_finished());
        if self.abandoned.len() < MOST_ABANDONED {
            Ok(())
        } else {
            Err(KeychainError::Held)
        }
    }
}

impl fmt::Debug for Keychain {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let settings = &self.shared.settings;
        formatter
            .debug_struct("Keychain")
            .field("settings", settings)
            .finish_non_exhaustive()
    }
}

fn write_and_read_back(store: &mut dyn Store, name: &EntryName, secret: &SecretSlice<u8>) -> Result<(), KeychainError> {
    let length = secret.expose_secret().len();
    if let Some(limit) = store.longest().filter(|limit| length > *limit) {
        return Err(KeychainError::TooLong { limit, length });
    }
    store.set(name, secret)?;
    let kept = store.get(name)?;
    let same = kept.is_some_and(|kept| kept.expose_secret() == secret.expose_secret());
    if same { Ok(()) } else { Err(KeychainError::WrongBack) }
}
