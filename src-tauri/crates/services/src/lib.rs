//! Typed clients of both services.
