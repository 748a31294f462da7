//! Owns a person's computer, mostly without a keychain, so that connections live for this run alone, and services to
//! attack it from. Must never open the person's keychain.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use countersign_app::page::{ConnectionCard, ConnectionDraft};
use countersign_app::ports::{Files, Folders, OpenInBrowser, Ports, SilentDesktop, SystemClock};
use countersign_app::{App, AppSettings, Keychain, KeychainSettings};
use countersign_domain::{ConnectionKind, Failure, Region, SecretString};
use countersign_keychain::KeychainError;
use countersign_sandbox::{Fault, FaultKind, PracticeCredentials, Sandbox, SandboxSettings};

/// A program on folders of its own.
pub(crate) struct Desk {
    folder: tempfile::TempDir,
    keychain: Keychain,
    pub(crate) app: App,
}

struct Nothing;

impl OpenInBrowser for Nothing {
    fn open(&self, url: &str) -> Result<(), Failure> {
        panic!("nothing here opens a browser, asked for {url}")
    }
}

impl Files for Nothing {
    fn choose_to_read(&self, _purpose: &str) -> Option<PathBuf> {
        None
    }

    fn choose_to_write(&self, _purpose: &str, _suggestion: &str) -> Option<PathBuf> {
        None
    }
}

impl Desk {
    /// Without a keychain.
    pub(crate) fn new() -> Self {
        Self::with_browser(Arc::new(Nothing))
    }

    /// The same with a browser.
    pub(crate) fn with_browser(browser: Arc<dyn OpenInBrowser>) -> Self {
        let absent = || Err(KeychainError::Held);
        let keychain = Keychain::with_store(KeychainSettings::default(), Box::new(absent));
        Self::with(keychain, browser)
    }

    /// With the keychain of the tests' own session.
    pub(crate) fn with_keychain() -> Self {
        assert!(
            std::env::var_os("COUNTERSIGN_TEST_BUS").is_some(),
            "run this through tests/with-keyring"
        );
        Self::with(Keychain::start(KeychainSettings::default()), Arc::new(Nothing))
    }

    fn with(keychain: Keychain, browser: Arc<dyn OpenInBrowser>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let app = started(folder.path(), keychain.clone(), browser);
        Self { folder, keychain, app }
    }

    /// The program once more, on the same files.
    pub(crate) fn started_again(&self) -> App {
        started(self.folder.path(), self.keychain.clone(), Arc::new(Nothing))
    }

    /// Where the non-secret half of the connections is written.
    pub(crate) fn settings(&self) -> PathBuf {
        self.folder.path().join("settings").join("settings.json")
    }

    pub(crate) async fn saved(&self, draft: &ConnectionDraft) -> ConnectionCard {
        self.app.save_connection(draft).await.unwrap()
    }

    pub(crate) async fn refused(&self, draft: &ConnectionDraft) -> Failure {
        self.app.save_connection(draft).await.unwrap_err()
    }
}

fn started(folder: &Path, keychain: Keychain, browser: Arc<dyn OpenInBrowser>) -> App {
    let about = AppSettings {
        version: "0.0.0".to_owned(),
        platform: "linux".to_owned(),
        channel: "attacks".to_owned(),
        folders: Folders {
            settings: folder.join("settings"),
            data: folder.join("registers"),
        },
    };
    let ports = Ports {
        clock: Arc::new(SystemClock),
        browser,
        files: Arc::new(Nothing),
        proxies: Arc::new(SilentDesktop),
        waits: Arc::new(|_| {}),
    };
    App::new(about, ports, keychain).unwrap()
}

/// Both services, in this process but over real sockets.
pub(crate) struct Services {
    pub(crate) sandbox: Sandbox,
    pub(crate) credentials: PracticeCredentials,
}

impl Services {
    pub(crate) async fn start() -> Self {
        Self::with(SandboxSettings::default()).await
    }

    pub(crate) async fn with(settings: SandboxSettings) -> Self {
        let credentials = settings.credentials.clone();
        let sandbox = Sandbox::start(settings).await.unwrap();
        Self { sandbox, credentials }
    }

    pub(crate) fn hyperproof(&self) -> ConnectionDraft {
        ConnectionDraft {
            region: Some(Region::Custom),
            api_address: self.sandbox.hyperproof_api(),
            token_address: self.sandbox.hyperproof_token_endpoint(),
            client_id: self.credentials.hyperproof_client_id.clone(),
            secret: SecretString::from(self.credentials.hyperproof_secret.as_str()),
            ..draft(ConnectionKind::HyperproofClientCredentials)
        }
    }

    pub(crate) fn hypothesis(&self) -> ConnectionDraft {
        ConnectionDraft {
            api_address: self.sandbox.hypothesis_server(),
            client_id: self.credentials.hypothesis_client_id.clone(),
            authority: self.credentials.authority.clone(),
            secret: SecretString::from(self.credentials.hypothesis_secret.as_str()),
            ..draft(ConnectionKind::HypothesisClientCredentials)
        }
    }

    /// The next `times` requests to paths that begin with `path` meet `kind`.
    pub(crate) fn provoke(&self, path: &str, times: u32, kind: FaultKind) {
        self.sandbox.provoke(Fault {
            path_prefix: path.to_owned(),
            method: None,
            times,
            kind,
        });
    }

    /// How many requests came whose path begins with `path`.
    pub(crate) fn asked(&self, path: &str) -> usize {
        let requests = self.sandbox.requests();
        requests.iter().filter(|request| request.path.starts_with(path)).count()
    }
}

/// An empty form whose secret lives for this run alone.
pub(crate) fn draft(kind: ConnectionKind) -> ConnectionDraft {
    ConnectionDraft {
        kind,
        label: String::new(),
        region: None,
        api_address: String::new(),
        token_address: String::new(),
        client_id: String::new(),
        authority: String::new(),
        scopes: String::new(),
        secret: SecretString::from(""),
        userid: String::new(),
        authorize_address: String::new(),
        callback_port: None,
        network: None,
        this_run_only: true,
    }
}
