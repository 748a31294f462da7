//! Owns the floors of the house: who may know whom, held from `cargo metadata` and the sources.
//! Must not be loosened to let a change pass: the change is in the wrong room.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails where it unwraps"
)]

mod manifest;
mod sources;

/// The floors from the ground up. An arrow points down only, and rooms of one floor never know each other.
const FLOORS: [&[&str]; 5] = [
    &["domain"],
    &["gateway", "register", "keychain", "tabular"],
    &["services", "provisioning"],
    &["app"],
    &["countersign"],
];

fn floor(room: &str) -> Option<usize> {
    FLOORS.iter().position(|rooms| rooms.contains(&room))
}
