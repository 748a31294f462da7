//! Owns the ports through which the desktop reaches the use-cases and the use-cases reach the desktop.
//! Must not implement any of them for a real desktop: the shell does.

use std::path::PathBuf;
use std::sync::Arc;

use countersign_domain::{Clock, Failure};
pub use countersign_gateway::{BoxFuture, DesktopProxies, SilentDesktop};
use jiff::Timestamp;

use crate::page::WaitShown;

/// Shows an address in the person's own browser.
pub trait OpenInBrowser: Send + Sync {
    /// Opens `url`, which comes from a binding or a pending sign-in, never from data.
    ///
    /// # Errors
    /// A `Failure` when no browser could be started.
    fn open(&self, url: &str) -> Result<(), Failure>;
}

/// Files that the person chooses. The page never names a path: the desktop shows its dialog and answers with one.
pub trait Files: Send + Sync {
    /// Asks for a file to read; `None` when the person thought better of it.
    fn choose_to_read(&self, purpose: &str) -> Option<PathBuf>;
    /// Asks for a file to write, `suggestion` being its name.
    fn choose_to_write(&self, purpose: &str, suggestion: &str) -> Option<PathBuf>;
}

/// Takes the steps of long work; called at most ten times a second by the use-cases.
pub trait Progress<Step>: Send + Sync {
    /// One step. Must not block.
    fn step(&self, step: Step);
}

impl<Step, Function: Fn(Step) + Send + Sync> Progress<Step> for Function {
    fn step(&self, step: Step) {
        self(step);
    }
}

/// Where the program's own files lie. All are made on first use, readable by the person alone.
#[derive(Debug, Clone)]
pub struct Folders {
    /// Settings: the non-secret half of connections.
    pub settings: PathBuf,
    /// The encrypted registers and the practice services' data.
    pub data: PathBuf,
}

/// The system's clock: the one place that reads it.
#[derive(Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the implementation of the Clock port")]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// What the desktop lends the use-cases.
#[derive(Clone)]
pub struct Ports {
    /// The time of day.
    pub clock: Arc<dyn Clock>,
    /// The person's browser.
    pub browser: Arc<dyn OpenInBrowser>,
    /// The person's files.
    pub files: Arc<dyn Files>,
    /// The proxies that the desktop names.
    pub proxies: Arc<dyn DesktopProxies>,
    /// Who is told that a call waits because its service asked for it.
    pub waits: Arc<dyn Progress<WaitShown>>,
}
