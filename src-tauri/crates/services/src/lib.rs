//! Typed clients of both services, one module a resource, over the gateway.
//!
//! Owns: what is asked of Hyperproof and Hypothesis, how their answers are read and how their refusals are told in our
//! words. Must not: know the keychain, the register or the page, open a connection past the gateway, send a write twice.
#![deny(missing_docs)]

mod error;
pub mod hyperproof;
pub mod hypothesis;
pub mod json_stream;
mod proof;
mod received;
pub mod requests;
pub mod sign_in;

pub use error::{AnswerFault, ServiceError, WriteError};
pub use proof::{IdentityLine, Permission, PermissionState, Proof};
