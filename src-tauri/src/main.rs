//! The entry point of the desktop program.
fn main() {}
