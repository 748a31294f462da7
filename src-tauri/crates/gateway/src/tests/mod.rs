//! Tests of the whole crate over loopback servers.
