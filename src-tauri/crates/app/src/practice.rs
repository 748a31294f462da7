//! Owns the practice services of this run: they start when a practice connection is first used.
//! Must not be known below: to every other floor Practice is a connection like any other, bound to loopback.

use std::collections::HashMap;
use std::path::PathBuf;

use base64::Engine as _;
use countersign_domain::{
    Authority, BoundAddress, ClientId, ConnectionId, ErrorCode, ExposeSecret as _, Failure, SecretString,
};
use countersign_sandbox::{PracticeCredentials, Sandbox, SandboxSettings};
use tokio::sync::Mutex;

/// Where the practice services of this run listen, and what they take.
#[derive(Debug, Clone)]
pub(crate) struct PracticeServices {
    pub(crate) hyperproof_api: BoundAddress,
    pub(crate) hyperproof_token: BoundAddress,
    pub(crate) hyperproof_client: ClientId,
    pub(crate) hypothesis_api: BoundAddress,
    pub(crate) hypothesis_client: ClientId,
    pub(crate) authority: Authority,
}

/// The running practice services, one pair a connection.
pub(crate) struct Practice {
    folder: PathBuf,
    running: Mutex<HashMap<ConnectionId, Sandbox>>,
}

impl Practice {
    /// `folder` keeps the accounts created while practising.
    pub(crate) fn new(folder: PathBuf) -> Self {
        Self {
            folder,
            running: Mutex::default(),
        }
    }

    /// Whether the services of `id` run.
    pub(crate) fn is_running(&self, id: &ConnectionId) -> bool {
        self.running.try_lock().is_ok_and(|running| running.contains_key(id))
    }

    /// The services of `id`, started where they do not run yet.
    pub(crate) async fn services(&self, id: &ConnectionId, secret: &SecretString) -> Result<PracticeServices, Failure> {
        let mut running = self.running.lock().await;
        let credentials = credentials(secret);
        if let Some(sandbox) = running.get(id) {
            return services(sandbox, &credentials).map_err(|fault| failed(&fault));
        }
        let started = self.start(id, credentials.clone()).await?;
        let found = services(&started, &credentials).map_err(|fault| failed(&fault));
        running.insert(id.clone(), started);
        found
    }

    /// Stops the services of `id` and deletes what was practised.
    pub(crate) async fn forget(&self, id: &ConnectionId) -> Result<(), Failure> {
        drop(self.running.lock().await.remove(id));
        match std::fs::remove_file(self.data_file(id)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(failed(&error)),
            _ => Ok(()),
        }
    }

    async fn start(&self, id: &ConnectionId, credentials: PracticeCredentials) -> Result<Sandbox, Failure> {
        std::fs::create_dir_all(&self.folder).map_err(|error| failed(&error))?;
        let settings = SandboxSettings::practice(credentials, Some(self.data_file(id)));
        Sandbox::start(settings).await.map_err(|error| failed(&error))
    }

    fn data_file(&self, id: &ConnectionId) -> PathBuf {
        self.folder.join(format!("{id}.practice.json"))
    }
}

/// A secret for new practice services: 32 random bytes, in base64url.
pub(crate) fn new_secret() -> Result<SecretString, Failure> {
    let mut bytes = zeroize::Zeroizing::new([0_u8; 32]);
    getrandom::fill(bytes.as_mut()).map_err(|error| failed(&error))?;
    Ok(SecretString::from(
        base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(*bytes),
    ))
}

/// A connection has one secret, so both practice clients take that one.
fn credentials(secret: &SecretString) -> PracticeCredentials {
    let secret = secret.expose_secret();
    PracticeCredentials {
        hyperproof_secret: secret.to_owned(),
        hypothesis_secret: secret.to_owned(),
        ..PracticeCredentials::from_secret(secret)
    }
}

fn services(
    sandbox: &Sandbox,
    credentials: &PracticeCredentials,
) -> Result<PracticeServices, Box<dyn std::error::Error>> {
    Ok(PracticeServices {
        hyperproof_api: BoundAddress::parse(&sandbox.hyperproof_api())?,
        hyperproof_token: BoundAddress::parse(&sandbox.hyperproof_token_endpoint())?,
        hyperproof_client: ClientId::parse(&credentials.hyperproof_client_id)?,
        hypothesis_api: BoundAddress::parse(&format!("{}/api", sandbox.hypothesis_server()))?,
        hypothesis_client: ClientId::parse(&credentials.hypothesis_client_id)?,
        authority: Authority::parse(&credentials.authority)?,
    })
}

fn failed(why: &dyn std::fmt::Display) -> Failure {
    Failure::new(
        ErrorCode::PracticeFailed,
        format!("The practice services did not start: {why}."),
    )
}
