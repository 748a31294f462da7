//! Outbound HTTP with credentials attached: the only door of this program to the network.
//!
//! Owns: HTTP clients, TLS and proxy choice, redirects, time-outs, size limits, credential headers, access tokens (in
//! memory only), pacing, the record of each call. Must not: know a service's resources, open the keychain or a file,
//! or let a URL, header, body or secret into an error or a log line.
#![deny(missing_docs)]

mod answer;
mod attempt;
mod bound;
mod call;
mod classification;
mod credential;
mod echo;
mod error;
mod gateway;
mod header;
mod pacing;
mod ports;
mod profile;
mod refusal;
mod secret_cell;
mod settings;
mod token;
mod transport;
mod wording;

#[cfg(test)]
mod tests;

pub use answer::{Answer, AnswerStream};
pub use bound::BoundGateway;
pub use call::{Call, CallLimits, segment};
pub use error::{GatewayError, Phase, TlsFault, TokenRefusal, UnreachableCause};
pub use futures_util::future::BoxFuture;
pub use gateway::Gateway;
pub use ports::{ActivitySink, CallRecord, CredentialError, CredentialStore};
pub use profile::{Authentication, ConnectionProfile, Pacing, Rate};
pub use settings::{GatewaySettings, Timeouts};
