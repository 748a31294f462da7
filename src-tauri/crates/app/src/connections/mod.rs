//! Owns the use-cases of the Connections screen.
pub(crate) mod draft;
