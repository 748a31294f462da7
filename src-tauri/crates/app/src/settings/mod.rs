//! Owns the settings file: connections without their secrets, what is remembered beside them, and preferences.
//! Must not hold a secret, and must not overwrite a file that it could not read.

mod file;
mod kept_call;
mod preferences;

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use countersign_domain::connection::Keeping;
use countersign_domain::{Connection, ConnectionId, Failure, Label, Stage, Timestamp};
use serde::{Deserialize, Serialize};

pub(crate) use self::kept_call::KeptCall;
pub(crate) use self::preferences::PANE_WIDTHS;
use crate::page::Preferences;

/// A connection and what is remembered of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct SavedConnection {
    /// The connection.
    pub(crate) connection: Connection,
    /// Controls kept in its register after the last sync.
    #[serde(default)]
    pub(crate) register_rows: u64,
    /// When it was last used, to the minute: the card tells it before any register is opened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) last_use: Option<Timestamp>,
    /// The last call that was refused or failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) last_refusal: Option<KeptCall>,
}

/// What is on disk.
#[derive(Debug, Clone, Default, PartialEq)]
struct Kept {
    connections: Vec<SavedConnection>,
    preferences: Preferences,
}

/// The settings, in memory and on disk. Every change is on disk before it is seen.
#[derive(Debug)]
pub(crate) struct Settings {
    path: PathBuf,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    kept: Kept,
    this_run: Vec<SavedConnection>,
}

impl Settings {
    /// Reads the settings of `folder`, or begins with none where there is no file.
    ///
    /// # Errors
    /// `settings-failed` when a file is there that cannot be read or is of a newer version; it is left as it is.
    pub(crate) fn open(folder: &Path) -> Result<Self, Failure> {
        let path = folder.join("settings.json");
        let kept = file::read(&path)?;
        Ok(Self {
            path,
            state: Mutex::new(State {
                kept,
                this_run: Vec::new(),
            }),
        })
    }

    /// Every connection in the order it was added, those of this run last.
    pub(crate) fn connections(&self) -> Vec<SavedConnection> {
        let state = self.lock();
        let kept = state.kept.connections.iter();
        kept.chain(&state.this_run).cloned().collect()
    }

    /// The connection `id` that is ready for use.
    ///
    /// # Errors
    /// `connection-unknown` where there is none.
    pub(crate) fn ready(&self, id: &ConnectionId) -> Result<SavedConnection, Failure> {
        let found = self.connections().into_iter().find(|saved| saved.connection.id == *id);
        found
            .filter(|saved| saved.connection.stage == Stage::Ready)
            .ok_or_else(unknown)
    }

    /// Where the secret of `id` is kept.
    pub(crate) fn keeping(&self, id: &ConnectionId) -> Keeping {
        let this_run = self.lock().this_run.iter().any(|saved| saved.connection.id == *id);
        if this_run {
            Keeping::ThisRunOnly
        } else {
            Keeping::Keychain
        }
    }

    /// Adds a connection; one of this run is never written to disk.
    ///
    /// # Errors
    /// `settings-failed` when the file cannot be written; nothing is added then.
    pub(crate) fn add(&self, connection: Connection, keeping: Keeping) -> Result<(), Failure> {
        let added = SavedConnection {
            connection,
            register_rows: 0,
            last_use: None,
            last_refusal: None,
        };
        match keeping {
            Keeping::ThisRunOnly => {
                self.lock().this_run.push(added);
                Ok(())
            }
            Keeping::Keychain => self.change(|kept| {
                kept.connections.push(added);
                Ok(())
            }),
        }
    }

    /// Changes the connection `id` in place.
    ///
    /// # Errors
    /// `connection-unknown`, or `settings-failed` when the file cannot be written; nothing is changed then.
    pub(crate) fn update(&self, id: &ConnectionId, change: impl FnOnce(&mut SavedConnection)) -> Result<(), Failure> {
        let mut state = self.lock();
        if let Some(found) = find(&mut state.this_run, id) {
            change(found);
            return Ok(());
        }
        drop(state);
        self.change(|kept| find(&mut kept.connections, id).map(change).ok_or_else(unknown))
    }

    /// Renames the connection `id`.
    ///
    /// # Errors
    /// As `update`.
    pub(crate) fn rename(&self, id: &ConnectionId, label: Label) -> Result<(), Failure> {
        self.update(id, |saved| saved.connection.label = label)
    }

    /// Removes the connection `id`; one that is not there is no error.
    ///
    /// # Errors
    /// `settings-failed` when the file cannot be written; nothing is removed then.
    pub(crate) fn remove(&self, id: &ConnectionId) -> Result<(), Failure> {
        self.lock().this_run.retain(|saved| saved.connection.id != *id);
        self.change(|kept| {
            kept.connections.retain(|entry| entry.connection.id != *id);
            Ok(())
        })
    }

    /// The look that the person chose.
    pub(crate) fn preferences(&self) -> Preferences {
        self.lock().kept.preferences.clone()
    }

    /// Keeps `preferences` in place of those before.
    ///
    /// # Errors
    /// `settings-failed` when the file cannot be written; nothing is changed then.
    pub(crate) fn prefer(&self, preferences: Preferences) -> Result<(), Failure> {
        self.change(|kept| {
            kept.preferences = preferences;
            Ok(())
        })
    }

    fn change(&self, change: impl FnOnce(&mut Kept) -> Result<(), Failure>) -> Result<(), Failure> {
        let mut state = self.lock();
        let mut next = state.kept.clone();
        change(&mut next)?;
        if next != state.kept {
            file::write(&self.path, &next)?;
            state.kept = next;
        }
        Ok(())
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn find<'a>(list: &'a mut [SavedConnection], id: &ConnectionId) -> Option<&'a mut SavedConnection> {
    list.iter_mut().find(|saved| saved.connection.id == *id)
}

fn unknown() -> Failure {
    Failure::new(
        countersign_domain::ErrorCode::ConnectionUnknown,
        "This connection is no longer here.",
    )
}

#[cfg(test)]
mod tests {
    use countersign_domain::{Binding, BoundAddress, ConnectionKind, ErrorCode};
    use jiff::Timestamp;

    use super::*;

    fn connection(label: &str) -> Connection {
        Connection {
            id: ConnectionId::random(),
            label: Label::parse(label).unwrap(),
            kind: ConnectionKind::HypothesisPersonalToken,
            binding: Binding::Addresses {
                token: None,
                api: BoundAddress::parse("https://hypothes.is/api").unwrap(),
            },
            client_id: None,
            authority: None,
            region: None,
            scopes: None,
            stage: Stage::Ready,
            secret_saved: Timestamp::UNIX_EPOCH,
            userid: None,
            sign_in: None,
            renewed: None,
            network: countersign_domain::Network::default(),
            pace: None,
        }
    }

    #[test]
    fn what_was_added_is_there_after_a_restart() {
        let folder = tempfile::tempdir().unwrap();
        let added = connection("One");
        Settings::open(folder.path())
            .unwrap()
            .add(added.clone(), Keeping::Keychain)
            .unwrap();
        let read = Settings::open(folder.path()).unwrap();
        assert_eq!(read.ready(&added.id).unwrap().connection, added);
    }

    #[test]
    fn a_connection_of_this_run_is_never_on_disk() {
        let folder = tempfile::tempdir().unwrap();
        let settings = Settings::open(folder.path()).unwrap();
        settings.add(connection("Here only"), Keeping::ThisRunOnly).unwrap();
        assert_eq!(settings.connections().len(), 1);
        assert_eq!(Settings::open(folder.path()).unwrap().connections(), []);
    }

    #[test]
    fn a_pending_connection_is_not_ready() {
        let folder = tempfile::tempdir().unwrap();
        let settings = Settings::open(folder.path()).unwrap();
        let pending = Connection {
            stage: Stage::Pending,
            ..connection("Half")
        };
        settings.add(pending.clone(), Keeping::Keychain).unwrap();
        assert_eq!(
            settings.ready(&pending.id).unwrap_err().code,
            ErrorCode::ConnectionUnknown
        );
    }

    #[test]
    fn a_file_that_cannot_be_read_is_left_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("settings.json");
        for text in [
            "{\"version\":1,\"connections\":[",
            "{\"version\":99,\"connections\":[]}",
        ] {
            std::fs::write(&path, text).unwrap();
            assert_eq!(
                Settings::open(folder.path()).unwrap_err().code,
                ErrorCode::SettingsFailed
            );
            assert_eq!(std::fs::read_to_string(&path).unwrap(), text, "nothing is overwritten");
        }
    }

    #[test]
    fn a_failed_write_changes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let settings = Settings::open(&folder.path().join("sub")).unwrap();
        std::fs::write(folder.path().join("sub"), "a file where the folder should be").unwrap();
        let failure = settings.add(connection("Lost"), Keeping::Keychain).unwrap_err();
        assert_eq!(failure.code, ErrorCode::SettingsFailed);
        assert_eq!(settings.connections(), []);
    }
}
