//! Owns a person's sign-in in their own browser (RFC 8252): the address of the page, the listener that the browser comes
//! back to, and what it brings. Must not open the browser, exchange a code, or show a page of a service itself.
//!
//! Source: RFC 6749 section 4.1, RFC 7636, RFC 8252 sections 7.3 and 8, RFC 9207, hypothesis-api section 2.

mod authorization;
mod callback;
mod fault;
mod pending;
mod returned;

pub use authorization::Authorization;
pub use callback::{CallbackLimits, CallbackListener, LONGEST_WAIT};
pub use fault::{PortHolder, SignInError};
pub use pending::PendingSignIn;
pub use returned::Returned;
