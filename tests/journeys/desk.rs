//! Owns what a journey needs: folders, a keychain channel and services of its own.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use countersign_app::page::{ConnectionCard, ConnectionDraft, ControlColumn, ControlsQuery};
use countersign_app::ports::{Files, Folders, OpenInBrowser, Ports, SilentDesktop, SystemClock};
use countersign_app::{App, AppSettings, Keychain, KeychainSettings};
use countersign_domain::{
    Clock, ConnectionId, ConnectionKind, CredentialPart, Failure, Region, SecretString, Service, Timestamp,
};
use countersign_keychain::{Channel, EntryName, ExposeSecret as _};
use countersign_sandbox::{Fault, FaultKind, PracticeCredentials, Sandbox, SandboxSettings};

/// More attempts than any call makes.
const MOST_ATTEMPTS: usize = 6;

/// One person's computer: what survives when the program ends.
pub(crate) struct Desk {
    folder: tempfile::TempDir,
    channel: String,
    pub(crate) keychain: Keychain,
}

struct Nothing;

impl OpenInBrowser for Nothing {
    fn open(&self, url: &str) -> Result<(), Failure> {
        panic!("no journey opens a browser, asked for {url}")
    }
}

/// A person who chooses this file where it is there, and else closes the dialog.
struct Chooses(PathBuf);

impl Files for Chooses {
    fn choose_to_read(&self, _purpose: &str) -> Option<PathBuf> {
        self.0.exists().then(|| self.0.clone())
    }

    fn choose_to_write(&self, _purpose: &str, _suggestion: &str) -> Option<PathBuf> {
        None
    }
}

impl Desk {
    pub(crate) fn new() -> Self {
        Self::with(Keychain::start(KeychainSettings::default()))
    }

    /// The same with a keychain of a test's own.
    pub(crate) fn with(keychain: Keychain) -> Self {
        assert!(
            std::env::var_os("COUNTERSIGN_TEST_BUS").is_some(),
            "run this through tests/with-keyring"
        );
        let name = ConnectionId::random().to_string();
        let channel = format!("j-{name}");
        Self {
            folder: tempfile::tempdir().unwrap(),
            channel,
            keychain,
        }
    }

    /// Starts the program, as often as wanted on the same files.
    pub(crate) fn start(&self) -> App {
        self.start_with(self.keychain.clone())
    }

    /// The same by another clock and browser.
    pub(crate) fn start_on(&self, clock: &Arc<LaterClock>, browser: Arc<dyn OpenInBrowser>) -> App {
        self.started(self.keychain.clone(), Arc::clone(clock) as _, browser)
    }

    pub(crate) fn start_with(&self, keychain: Keychain) -> App {
        self.started(keychain, Arc::new(SystemClock), Arc::new(Nothing))
    }

    fn started(&self, keychain: Keychain, clock: Arc<dyn Clock>, browser: Arc<dyn OpenInBrowser>) -> App {
        let folders = Folders {
            settings: self.path("settings"),
            data: self.path("registers"),
        };
        let (version, platform) = ("0.0.0".to_owned(), "linux".to_owned());
        let about = AppSettings {
            version,
            platform,
            channel: self.channel.clone(),
            folders,
        };
        let ports = Ports {
            clock,
            browser,
            files: Arc::new(Chooses(self.path("chosen.pem"))),
            proxies: Arc::new(SilentDesktop),
        };
        App::new(about, ports, keychain).unwrap()
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn settings_text(&self) -> String {
        std::fs::read_to_string(self.path("settings").join("settings.json")).unwrap_or_default()
    }

    pub(crate) async fn has_secret(&self, service: Service, id: &str) -> bool {
        let entry = self.entry(service, id);
        self.keychain.get(&entry).await.unwrap().is_some()
    }

    pub(crate) async fn refresh_token(&self, service: Service, id: &str) -> Option<Vec<u8>> {
        let (channel, id) = (Channel::parse(&self.channel).unwrap(), ConnectionId::parse(id).unwrap());
        let entry = EntryName::part(&channel, service, &id, CredentialPart::RefreshToken);
        let kept = self.keychain.get(&entry).await.unwrap();
        kept.map(|kept| kept.expose_secret().to_vec())
    }

    pub(crate) fn entry(&self, service: Service, id: &str) -> EntryName {
        let channel = Channel::parse(&self.channel).unwrap();
        EntryName::credential(&channel, service, &ConnectionId::parse(id).unwrap())
    }
}

/// Both services, in this process but over real sockets.
pub(crate) struct Services {
    pub(crate) sandbox: Sandbox,
    pub(crate) credentials: PracticeCredentials,
    /// Where the browser comes back to; each test has its own.
    pub(crate) callback_port: u16,
}

impl Services {
    pub(crate) async fn start() -> Self {
        let callback_port = free_port();
        let credentials = PracticeCredentials {
            hypothesis_redirect_uri: format!("http://127.0.0.1:{callback_port}/callback"),
            ..PracticeCredentials::random()
        };
        let settings = SandboxSettings {
            credentials: credentials.clone(),
            ..SandboxSettings::default()
        };
        Self {
            sandbox: Sandbox::start(settings).await.unwrap(),
            credentials,
            callback_port,
        }
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

    pub(crate) fn personal_token(&self) -> ConnectionDraft {
        ConnectionDraft {
            api_address: self.sandbox.hypothesis_server(),
            secret: SecretString::from(self.credentials.hypothesis_personal_token.as_str()),
            ..draft(ConnectionKind::HypothesisPersonalToken)
        }
    }

    pub(crate) fn anonymous(&self) -> ConnectionDraft {
        ConnectionDraft {
            api_address: self.sandbox.hypothesis_server(),
            ..draft(ConnectionKind::HypothesisAnonymous)
        }
    }

    pub(crate) fn grant_token(&self) -> ConnectionDraft {
        ConnectionDraft {
            api_address: self.sandbox.hypothesis_server(),
            client_id: self.credentials.hypothesis_grant_client_id.clone(),
            userid: format!("acct:amina_okafor@{}", self.credentials.authority),
            secret: SecretString::from(self.credentials.hypothesis_grant_secret.as_str()),
            ..draft(ConnectionKind::HypothesisGrantToken)
        }
    }

    pub(crate) fn sign_in(&self) -> ConnectionDraft {
        ConnectionDraft {
            api_address: self.sandbox.hypothesis_server(),
            client_id: self.credentials.hypothesis_oauth_client_id.clone(),
            callback_port: Some(self.callback_port),
            ..draft(ConnectionKind::HypothesisSignIn)
        }
    }

    pub(crate) fn hyperproof_sign_in(&self) -> ConnectionDraft {
        ConnectionDraft {
            kind: ConnectionKind::HyperproofAuthorizationCode,
            authorize_address: self.sandbox.hyperproof_authorize_endpoint(),
            callback_port: Some(self.callback_port),
            ..self.hyperproof()
        }
    }

    /// Both clocks go on by `step`.
    pub(crate) fn later(&self, clock: &LaterClock, step: Duration) {
        clock.advance(step);
        self.sandbox.advance_clock(step);
    }

    /// Every attempt of the next call of `method` to `path` meets `kind`: reads are made again.
    pub(crate) fn provoke_all(&self, method: &str, path: &str, kind: &FaultKind) {
        for _ in 0..MOST_ATTEMPTS {
            self.provoke(method, path, kind.clone());
        }
    }

    /// The next request of `method` to `path` meets `kind`.
    pub(crate) fn provoke(&self, method: &str, path: &str, kind: FaultKind) {
        let (path_prefix, method) = (path.to_owned(), Some(method.to_owned()));
        self.sandbox.provoke(Fault {
            path_prefix,
            method,
            times: 1,
            kind,
        });
    }

    /// How often `method` was asked of paths that begin with `path`.
    pub(crate) fn asked(&self, method: &str, path: &str) -> usize {
        let requests = self.sandbox.requests();
        requests
            .iter()
            .filter(|request| request.method == method && request.path.starts_with(path))
            .count()
    }
}

/// The system's clock, set forward.
#[derive(Debug, Default)]
pub(crate) struct LaterClock(Mutex<Duration>);

impl LaterClock {
    pub(crate) fn advance(&self, step: Duration) {
        *self.0.lock().unwrap() += step;
    }
}

impl Clock for LaterClock {
    fn now(&self) -> Timestamp {
        SystemClock.now().saturating_add(*self.0.lock().unwrap()).unwrap()
    }
}

/// A port that nobody has now.
pub(crate) fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}

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
        this_run_only: false,
    }
}

pub(crate) fn query(search: &str) -> ControlsQuery {
    ControlsQuery {
        search: search.to_owned(),
        filters: Vec::new(),
        sort: ControlColumn::Identifier,
        descending: false,
        offset: 0,
        limit: 200,
    }
}

pub(crate) async fn synced(app: &App, card: &ConnectionCard) -> Result<u32, Failure> {
    let outcome = app.sync_controls(&card.id, Arc::new(|_| {})).await?;
    Ok(outcome.snapshot.rows)
}

/// Waits until `holds`, or fails after half a minute.
pub(crate) async fn until(what: &str, mut holds: impl FnMut() -> bool) {
    for _ in 0..3_000 {
        if holds() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("never happened: {what}");
}
