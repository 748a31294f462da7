//! Outbound HTTP with credentials attached: the only door of this program to the network.
//!
//! Owns: HTTP clients, TLS and proxy choice, redirects, time-outs, size limits, credential headers, access tokens (in
//! memory only), pacing, the record of each call. Must not: know a service's resources, open the keychain or a file,
//! or let a URL, header, body or secret into an error or a log line.
#![deny(missing_docs)]

mod answer;
mod assertion;
mod attempt;
mod bound;
mod call;
mod classification;
mod clients;
mod credential;
mod doctor;
mod echo;
mod error;
mod fault;
mod form;
mod gateway;
mod header;
mod link;
mod meaning;
mod pace_model;
mod pacing;
mod ports;
mod profile;
mod purchase;
mod redeem;
mod refusal;
mod renewal;
mod retry;
mod revocation;
mod rotation;
mod route;
mod secret_cell;
mod settings;
mod sign_in_client;
mod system;
mod token;
mod token_refusal;
mod token_wording;
mod transport;
mod trust;
mod wording;

#[cfg(test)]
mod tests;

pub use answer::{Answer, AnswerStream};
pub use bound::BoundGateway;
pub use call::{Call, CallLimits, segment};
pub use doctor::{Examination, Layer, LayerFinding, LayerState, OnLayer};
pub use error::{Cause, GatewayError};
pub use fault::{Phase, ProxyTrouble, TlsFault, UnreachableCause};
pub use futures_util::future::BoxFuture;
pub use gateway::Gateway;
pub use ports::{ActivitySink, CallRecord, CredentialError, CredentialStore, DesktopProxies};
pub use profile::{Authentication, ConnectionProfile, Pacing, Rate};
pub use redeem::AuthorizationCode;
pub use settings::{GatewaySettings, RetryLimits, Timeouts};
pub use system::SilentDesktop;
pub use token_refusal::TokenRefusal;
