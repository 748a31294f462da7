//! Owns the whole state of one sandbox. Must not know HTTP.

use std::sync::{Arc, Mutex, PoisonError};

use crate::clock::SandboxClock;
use crate::data_file::{DataFile, Kept};
use crate::error::SandboxError;
use crate::hyperproof::{Hyperproof, Register};
use crate::hypothesis::{self, Directory, Groups, Hypothesis};
#[cfg(feature = "faults")]
use crate::provoke::Provocation;
use crate::settings::SandboxSettings;

pub(crate) struct World {
    pub(crate) clock: SandboxClock,
    pub(crate) register: Arc<Register>,
    pub(crate) hyperproof: Mutex<Hyperproof>,
    pub(crate) hypothesis: Mutex<Hypothesis>,
    data_file: Option<DataFile>,
    #[cfg(feature = "faults")]
    pub(crate) provocation: Provocation,
    #[cfg(feature = "faults")]
    settings: SandboxSettings,
}

impl World {
    pub(crate) fn new(settings: &SandboxSettings) -> Result<Self, SandboxError> {
        let clock = SandboxClock::new(start_of(settings));
        let data_file = settings.data_file.clone().map(DataFile::new);
        let mut hypothesis = hypothesis(settings, &clock);
        if let Some(kept) = data_file.as_ref().map(DataFile::read).transpose()?.flatten() {
            hypothesis.directory = Directory::of(kept.users);
            hypothesis.groups = Groups::of(kept.groups);
        }
        Ok(Self {
            register: Arc::new(Register::open(settings)?),
            hyperproof: Mutex::new(hyperproof(settings)),
            hypothesis: Mutex::new(hypothesis),
            data_file,
            #[cfg(feature = "faults")]
            provocation: Provocation::new(settings),
            #[cfg(feature = "faults")]
            settings: settings.clone(),
            clock,
        })
    }

    /// Has the accounts written soon; changes that come meanwhile go with them.
    pub(crate) fn keep(&self) {
        if let Some(file) = &self.data_file {
            file.ask();
        }
    }

    /// Waits until the accounts are to be written; for ever where they are kept nowhere.
    pub(crate) async fn keep_was_asked(&self) {
        match &self.data_file {
            Some(file) => file.asked().await,
            None => std::future::pending().await,
        }
    }

    /// Writes the accounts now. What cannot be written is logged: practice goes on without it.
    pub(crate) fn write(&self) {
        let Some(file) = &self.data_file else { return };
        let kept = {
            let state = self.hypothesis.lock().unwrap_or_else(PoisonError::into_inner);
            Kept::new(state.directory.users().to_vec(), state.groups.all().to_vec())
        };
        if let Err(fault) = file.write(&kept) {
            tracing::warn!(%fault, "practice accounts could not be kept");
        }
    }

    /// Back to the state it started from; the clock too.
    #[cfg(feature = "faults")]
    pub(crate) fn reset(&self) {
        self.clock.set(start_of(&self.settings));
        *self.hypothesis.lock().unwrap_or_else(PoisonError::into_inner) = hypothesis(&self.settings, &self.clock);
        *self.hyperproof.lock().unwrap_or_else(PoisonError::into_inner) = hyperproof(&self.settings);
        self.register.reset();
        self.provocation.reset();
        self.keep();
    }
}

fn hyperproof(settings: &SandboxSettings) -> Hyperproof {
    #[cfg(feature = "faults")]
    let scopes = settings.hyperproof_scopes.as_deref();
    #[cfg(not(feature = "faults"))]
    let scopes = None;
    Hyperproof::new(&settings.credentials, scopes)
}

#[cfg(feature = "faults")]
fn start_of(settings: &SandboxSettings) -> crate::clock::ClockStart {
    let recorded = settings.fixture.as_ref().and_then(|fixture| fixture.clock);
    recorded.map_or(settings.clock, crate::clock::ClockStart::At)
}

#[cfg(not(feature = "faults"))]
fn start_of(settings: &SandboxSettings) -> crate::clock::ClockStart {
    settings.clock
}

fn hypothesis(settings: &SandboxSettings, clock: &SandboxClock) -> Hypothesis {
    #[cfg(feature = "faults")]
    if let Some(fixture) = &settings.fixture {
        return fixture.state(clock.now());
    }
    hypothesis::practice(&settings.credentials, clock.now())
}
