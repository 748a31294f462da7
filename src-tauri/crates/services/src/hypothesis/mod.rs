//! Owns the client of a Hypothesis server's API (`<server>/api`): whose token this is, and the accounts of an authority.
//! Must not send anything but documented fields (an unknown one may set a column), nor send a write twice.
//!
//! Source: hypothesis-api (h 24395ca4), sections 0, 1, 3 and 4, and requests recorded from a live server.

mod annotations;
mod permissions;
mod profile;
mod reason;
pub(crate) mod refusal;
mod users;
mod write;

pub use annotations::{Annotation, AnnotationsAsked, AnnotationsFound};
use countersign_gateway::BoundGateway;

/// With this, errors are JSON too: the versioned type alone gives them as text or HTML (hypothesis-api 0.6).
pub const ACCEPT: &str = "application/vnd.hypothesis.v2+json, application/json;q=0.5";

/// Hypothesis, called with one connection's credential. The bound address ends with `/api`.
#[derive(Clone)]
pub struct Hypothesis {
    gateway: BoundGateway,
}

impl std::fmt::Debug for Hypothesis {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Hypothesis").finish_non_exhaustive()
    }
}

impl Hypothesis {
    /// A client over `gateway`.
    pub fn new(gateway: BoundGateway) -> Self {
        Self { gateway }
    }
}
