//! Owns what a sandbox is started with. Must not read files or the environment.

use std::path::PathBuf;

use crate::clock::ClockStart;
use crate::credentials::PracticeCredentials;
#[cfg(feature = "faults")]
use crate::{fixture::Fixture, provoke::Limiter, tls::Tls};

/// Where the controls come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ControlsSource {
    /// Made up; the same for the same seed. `count` is what the plain list answers (active, no scopes, no teams).
    Generated {
        /// How many rows the plain list has.
        count: u32,
        /// Chooses the data.
        seed: u64,
    },
    /// A JSON array of control objects, answered as they stand.
    File(PathBuf),
}

/// What a sandbox is started with. Construct with `..SandboxSettings::default()` or `practice`: which fields there are
/// depends on the feature `faults`.
#[derive(Debug, Clone)]
pub struct SandboxSettings {
    /// Port on 127.0.0.1; 0 for a free one.
    pub port: u16,
    /// The controls register.
    pub controls: ControlsSource,
    /// What opens it.
    pub credentials: PracticeCredentials,
    /// Where accounts and preferences are kept between runs; `None`: nowhere.
    pub data_file: Option<PathBuf>,
    /// Where its clock starts.
    pub clock: ClockStart,
    /// Adds rows that a careless reader trips over (HTML, marks of direction, 64 kB texts, wrong types, no id).
    #[cfg(feature = "faults")]
    pub hostile_rows: bool,
    /// Whether Hypothesis limits the rate of requests.
    #[cfg(feature = "faults")]
    pub limiter: Limiter,
    /// Waited before each answer of either service.
    #[cfg(feature = "faults")]
    pub latency: std::time::Duration,
    /// The state of the Hypothesis double in place of the practice one.
    #[cfg(feature = "faults")]
    pub fixture: Option<Fixture>,
    /// The scopes that Hyperproof's client was given; `None` for all.
    #[cfg(feature = "faults")]
    pub hyperproof_scopes: Option<Vec<String>>,
    /// Speaks TLS with a certificate of a CA made for this run; `None` for plain HTTP.
    #[cfg(feature = "faults")]
    pub tls: Option<Tls>,
    /// Port of the control listener on 127.0.0.1; 0 for a free one, `None` for no listener.
    #[cfg(feature = "faults")]
    pub control_port: Option<u16>,
}

impl SandboxSettings {
    /// What the program ships: both services for practice, accounts kept in `data_file`.
    pub fn practice(credentials: PracticeCredentials, data_file: Option<PathBuf>) -> Self {
        Self {
            port: 0,
            controls: ControlsSource::Generated { count: 370, seed: 1 },
            credentials,
            data_file,
            clock: ClockStart::System,
            #[cfg(feature = "faults")]
            hostile_rows: false,
            #[cfg(feature = "faults")]
            limiter: Limiter::Off,
            #[cfg(feature = "faults")]
            latency: std::time::Duration::ZERO,
            #[cfg(feature = "faults")]
            fixture: None,
            #[cfg(feature = "faults")]
            hyperproof_scopes: None,
            #[cfg(feature = "faults")]
            tls: None,
            #[cfg(feature = "faults")]
            control_port: None,
        }
    }
}

impl Default for SandboxSettings {
    /// Practice with new credentials and nothing kept.
    fn default() -> Self {
        Self::practice(PracticeCredentials::random(), None)
    }
}
