//! Owns the proof that no behaviour of a store hangs, misleads or outlives its caller. Touches no real keychain: every
//! store here is a double behind the crate's own seam.

#[cfg(test)]
mod answers;
#[cfg(test)]
mod silence;
#[cfg(test)]
mod stores;
