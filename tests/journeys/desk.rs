//! Owns one person's computer: folders, a keychain channel, a clock, and the program that is started on them. Must not
//! know the services.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use countersign_app::page::{ConnectionCard, ControlColumn, ControlsQuery};
use countersign_app::ports::{Files, Folders, OpenInBrowser, Ports, SilentDesktop, SystemClock};
use countersign_app::{App, AppSettings, Keychain, KeychainSettings};
use countersign_domain::{Clock, ConnectionId, CredentialPart, Failure, Service, Timestamp};
use countersign_keychain::{Channel, EntryName, ExposeSecret as _};

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
            waits: Arc::new(|_| {}),
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
        self.part(service, id, CredentialPart::RefreshToken).await
    }

    /// One part of a connection's credential, as the keychain has it.
    pub(crate) async fn part(&self, service: Service, id: &str, part: CredentialPart) -> Option<Vec<u8>> {
        let (channel, id) = (Channel::parse(&self.channel).unwrap(), ConnectionId::parse(id).unwrap());
        let entry = EntryName::part(&channel, service, &id, part);
        let kept = self.keychain.get(&entry).await.unwrap();
        kept.map(|kept| kept.expose_secret().to_vec())
    }

    pub(crate) fn entry(&self, service: Service, id: &str) -> EntryName {
        let channel = Channel::parse(&self.channel).unwrap();
        EntryName::credential(&channel, service, &ConnectionId::parse(id).unwrap())
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
