//! Replays recorded exchanges against the sandbox.
fn main() {}
