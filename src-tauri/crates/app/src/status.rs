//! Owns what the first paint needs: version, keychain, connections, preferences. Must not wait for anything but the
//! keychain's probe.

use countersign_keychain::KeychainState as Found;

use crate::app::App;
use crate::page::{AppStatus, KeychainShown, KeychainState};

impl App {
    /// All the first paint needs. Asks nobody: the keychain reads `Asking` until `probe_keychain` was answered.
    pub fn status(&self) -> AppStatus {
        AppStatus {
            version: self.0.about.version.clone(),
            keychain: self.keychain_shown(KeychainState::Asking),
            connections: self.connections(),
            platform: self.0.about.platform.clone(),
            preferences: self.0.settings.preferences(),
        }
    }

    /// Asks the keychain whether it could keep a secret now; answers within its time-out.
    pub async fn probe_keychain(&self) -> KeychainShown {
        let state = match self.0.keychain.probe().await {
            Found::Unlocked => KeychainState::Unlocked,
            Found::Locked => KeychainState::Locked,
            Found::Absent => KeychainState::Absent,
            Found::Silent => KeychainState::Silent,
            Found::Failing => KeychainState::Failing,
        };
        self.keychain_shown(state)
    }

    fn keychain_shown(&self, state: KeychainState) -> KeychainShown {
        KeychainShown {
            state,
            store: self.0.keychain.store_name().to_owned(),
        }
    }
}
