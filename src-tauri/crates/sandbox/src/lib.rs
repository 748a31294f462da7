//! Both services, embedded on loopback: what a newcomer practises on, and what tests and benches run against.
//!
//! Owns: an HTTP double of Hyperproof under `/hyperproof` and of Hypothesis at the root, its state and its clock.
//! Must not: listen on anything but 127.0.0.1, call out, know the other crates of the program (a double that shared
//! their rules would prove nothing), or carry provoked faults without the feature `faults`.
//!
//! A new resource is one module under `hyperproof` or `hypothesis` with a `routes()` of its own, merged in `mod.rs`.

mod clock;
mod credentials;
mod data_file;
mod error;
#[cfg(feature = "faults")]
mod fixture;
mod html;
mod hyperproof;
mod hypothesis;
#[cfg(feature = "faults")]
mod provoke;
mod python;
mod random;
mod server;
mod settings;
#[cfg(feature = "faults")]
mod tls;
mod world;

pub use clock::ClockStart;
pub use credentials::PracticeCredentials;
pub use error::SandboxError;
#[cfg(feature = "faults")]
pub use fixture::{Fixture, FixtureClient, FixtureUser};
#[cfg(feature = "faults")]
pub use provoke::{Fault, FaultKind, Limiter, RequestEntry};
pub use server::Sandbox;
pub use settings::{ControlsSource, SandboxSettings};
#[cfg(feature = "faults")]
pub use tls::Tls;
