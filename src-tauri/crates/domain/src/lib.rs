//! Names and rules of Countersign, without any I/O.
//!
//! Owns: identifiers, connections and their binding, credential shapes, controls, accounts, failures, redaction, the
//! ports every floor shares (`Clock`). Must not: open a file, a socket or the keychain, or know another crate here.
#![deny(missing_docs)]

pub mod account;
pub mod account_rules;
pub mod address;
pub mod clock;
pub mod connection;
pub mod control;
pub mod credential;
pub mod date;
pub mod failure;
pub mod identifier;
pub mod json_web_token;
pub mod named_wait;
pub mod network;
pub mod redaction;
pub mod region;
pub mod sign_in;

pub use account::{Account, AccountChange, Authority, NewAccount, Userid, Username};
pub use address::{AddressFault, BoundAddress};
pub use clock::{Clock, FixedClock};
pub use connection::{Binding, Connection, ConnectionKind, Label, Service, Stage};
pub use control::{ControlDocument, ControlId};
pub use credential::{ClientId, CredentialFault, CredentialPart, CredentialShape};
pub use failure::{Action, ErrorCode, Failure, Field};
pub use identifier::{ConnectionId, CorrelationId, IdentifierFault};
pub use jiff::Timestamp;
pub use json_web_token::{DecodedToken, TokenFault, decode_token};
pub use named_wait::{named_wait_seconds, speaks_of_quota};
pub use network::{CertificateAuthority, Network, Pace, ProxyAddress, ProxyChoice};
pub use region::Region;
pub use secrecy::{ExposeSecret, SecretString};
pub use sign_in::SignIn;
