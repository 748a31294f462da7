//! Owns the encrypted files of each connection: their keys, their folder, when they are opened.
//! Must not know what is asked of them.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use countersign_domain::connection::Keeping;
use countersign_domain::{ConnectionId, ErrorCode, Failure};
use countersign_register::{ControlsRegister, Ledger, RegisterError, RegisterKey};
use secrecy::SecretSlice;
use tokio::sync::Mutex;

use crate::credentials::Credentials;
use crate::settings::Settings;

/// The two files of a connection.
pub(crate) struct Register {
    pub(crate) controls: ControlsRegister,
    pub(crate) ledger: Ledger,
    /// Held by the one sync that goes on.
    pub(crate) syncing: Mutex<()>,
}

/// Every register opened in this run.
pub(crate) struct Registers {
    folder: PathBuf,
    this_run: tempfile::TempDir,
    credentials: Arc<Credentials>,
    settings: Arc<Settings>,
    open: Mutex<HashMap<ConnectionId, Arc<Register>>>,
}

impl Registers {
    /// Registers of connections of this run only go to a folder that ends with the run.
    pub(crate) fn new(
        folder: PathBuf,
        credentials: Arc<Credentials>,
        settings: Arc<Settings>,
    ) -> Result<Self, Failure> {
        let this_run = tempfile::tempdir().map_err(|error| failed(&error))?;
        Ok(Self {
            folder,
            this_run,
            credentials,
            settings,
            open: Mutex::default(),
        })
    }

    /// The register of `id`, opened, or made with a new key where none was there.
    pub(crate) async fn of(&self, id: &ConnectionId) -> Result<Arc<Register>, Failure> {
        let mut open = self.open.lock().await;
        if let Some(register) = open.get(id) {
            return Ok(Arc::clone(register));
        }
        let folder = self.folder_of(id);
        let key = self.key(id, &folder).await?;
        let register = Arc::new(blocking(move || opened(&folder, &key)).await?);
        open.insert(id.clone(), Arc::clone(&register));
        Ok(register)
    }

    /// Whether there is a register of `id`.
    pub(crate) fn is_there(&self, id: &ConnectionId) -> bool {
        self.folder_of(id).exists()
    }

    /// Closes the register of `id` and deletes its files.
    pub(crate) async fn delete(&self, id: &ConnectionId) -> Result<(), Failure> {
        drop(self.open.lock().await.remove(id));
        match std::fs::remove_dir_all(self.folder_of(id)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(failed(&error)),
            _ => Ok(()),
        }
    }

    /// A lost key is never replaced while files are there that only it opens.
    async fn key(&self, id: &ConnectionId, folder: &Path) -> Result<RegisterKey, Failure> {
        let bytes = match self.credentials.register_key(id).await? {
            Some(bytes) => bytes,
            None if folder.exists() => return Err(key_lost()),
            None => self.new_key(id).await?,
        };
        RegisterKey::parse(&bytes).map_err(failure)
    }

    async fn new_key(&self, id: &ConnectionId) -> Result<SecretSlice<u8>, Failure> {
        let mut bytes = vec![0_u8; 32];
        getrandom::fill(&mut bytes).map_err(|error| failed(&error))?;
        let key = SecretSlice::from(bytes);
        self.credentials.save_register_key(id, &key).await?;
        Ok(key)
    }

    fn folder_of(&self, id: &ConnectionId) -> PathBuf {
        match self.settings.keeping(id) {
            Keeping::Keychain => self.folder.join(id.as_str()),
            Keeping::ThisRunOnly => self.this_run.path().join(id.as_str()),
        }
    }
}

/// Runs what blocks on a thread for it; a panic there becomes a failure.
pub(crate) async fn blocking<Answer: Send + 'static>(
    work: impl FnOnce() -> Result<Answer, Failure> + Send + 'static,
) -> Result<Answer, Failure> {
    let ended = tokio::task::spawn_blocking(work).await;
    ended.unwrap_or_else(|_| {
        Err(Failure::new(
            ErrorCode::Internal,
            "A fault of this program stopped the work.",
        ))
    })
}

/// A register's failure in the page's form.
pub(crate) fn failure(error: RegisterError) -> Failure {
    error.into_failure()
}

fn opened(folder: &Path, key: &RegisterKey) -> Result<Register, Failure> {
    std::fs::create_dir_all(folder).map_err(|error| failed(&error))?;
    let controls = ControlsRegister::open(&folder.join("controls.db"), key).map_err(failure)?;
    let ledger = Ledger::open(&folder.join("ledger.db"), key).map_err(failure)?;
    let syncing = Mutex::default();
    Ok(Register {
        controls,
        ledger,
        syncing,
    })
}

fn key_lost() -> Failure {
    let words = "The register's key is no longer in the keychain, so the register cannot be opened. Restore the \
                 keychain, or forget the connection and add it again.";
    Failure::new(ErrorCode::RegisterDamaged, words)
}

fn failed(why: &dyn std::fmt::Display) -> Failure {
    Failure::new(
        ErrorCode::RegisterFailed,
        format!("The register's files cannot be used: {why}."),
    )
}
