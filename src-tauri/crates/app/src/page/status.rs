//! Owns what the page knows of the program itself.

use serde::Serialize;
use ts_rs::TS;

use super::{ConnectionCard, Preferences};

/// Whether secrets can be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum KeychainState {
    /// Not asked yet in this run: what the first paint shows while the answer is on its way.
    Asking,
    /// Secrets can be read and written.
    Unlocked,
    /// There, but locked.
    Locked,
    /// No keychain service runs.
    Absent,
    /// It did not answer in time.
    Silent,
    /// It refuses or fails.
    Failing,
}

/// The keychain as the rail's foot and the banners show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct KeychainShown {
    /// Its state.
    pub state: KeychainState,
    /// What keeps the secrets here: "Secret Service", "Keychain", "Credential Manager".
    pub store: String,
}

/// All the first paint needs.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct AppStatus {
    /// The program's version.
    pub version: String,
    /// The keychain; `Asking` until its first answer.
    pub keychain: KeychainShown,
    /// Every saved connection, in the order of the list.
    pub connections: Vec<ConnectionCard>,
    /// `linux`, `macos` or `windows`.
    pub platform: String,
    /// The look that the person chose.
    pub preferences: Preferences,
}
