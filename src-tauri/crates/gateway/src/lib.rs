//! Outbound HTTP with credentials attached.
