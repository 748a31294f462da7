//! Owns a person's computer with the real commands on it: folders, a keychain channel, services behind a tapped wire.
//! Must never open the person's keychain.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use countersign_app::ports::{BoxFuture, DesktopProxies, Folders, Ports, SystemClock};
use countersign_app::{App, AppSettings, Keychain, KeychainSettings};
use countersign_domain::{Clock, ConnectionId, CredentialPart, SecretString, Service};
use countersign_keychain::{Channel, EntryName, ExposeSecret as _};
use countersign_sandbox::{Fault, FaultKind, PracticeCredentials, Sandbox, SandboxSettings};
use tauri::async_runtime::block_on;

use super::free_port::free_port;
use super::page::Page;
use super::person::Person;
use super::wire::Wire;

/// What survives when the program ends, and the services.
pub(crate) struct Desk {
    folder: tempfile::TempDir,
    channel: String,
    pub(crate) keychain: Keychain,
    pub(crate) credentials: PracticeCredentials,
    pub(crate) wire: Wire,
    pub(crate) sandbox: Sandbox,
    pub(crate) person: Arc<Person>,
    pub(crate) desktop: Arc<DesktopSettings>,
    /// Where the browser comes back to; each desk has its own.
    pub(crate) callback_port: u16,
}

/// What the desktop's own settings say of proxies: at first nothing.
#[derive(Default)]
pub(crate) struct DesktopSettings(Mutex<Option<String>>);

impl DesktopSettings {
    pub(crate) fn say(&self, proxy: Option<String>) {
        *self.0.lock().unwrap() = proxy;
    }
}

impl DesktopProxies for DesktopSettings {
    fn lookup<'a>(&'a self, _: &'a str) -> BoxFuture<'a, Vec<SecretString>> {
        let said = self.0.lock().unwrap().clone();
        Box::pin(async { said.map(SecretString::from).into_iter().collect() })
    }
}

impl Desk {
    pub(crate) fn new(credentials: PracticeCredentials) -> Self {
        assert!(
            std::env::var_os("COUNTERSIGN_TEST_BUS").is_some(),
            "run this through tests/with-keyring"
        );
        let callback_port = free_port();
        let credentials = PracticeCredentials {
            hypothesis_redirect_uri: format!("http://127.0.0.1:{callback_port}/callback"),
            ..credentials
        };
        let settings = SandboxSettings {
            credentials: credentials.clone(),
            ..SandboxSettings::default()
        };
        let sandbox = block_on(Sandbox::start(settings)).unwrap();
        let wire = block_on(Wire::to(sandbox.hypothesis_server().trim_start_matches("http://")));
        Self {
            folder: tempfile::tempdir().unwrap(),
            channel: format!("p-{}", ConnectionId::random()),
            keychain: Keychain::start(KeychainSettings::default()),
            desktop: Arc::default(),
            person: Person::of(&credentials, &sandbox.hypothesis_server()),
            credentials,
            wire,
            sandbox,
            callback_port,
        }
    }

    /// Starts the program, as often as wanted on the same files, with this keychain.
    pub(crate) fn start(&self, keychain: Keychain) -> Page {
        self.start_by(Arc::new(SystemClock), keychain)
    }

    /// The same by another clock.
    pub(crate) fn start_by(&self, clock: Arc<dyn Clock>, keychain: Keychain) -> Page {
        let about = AppSettings {
            version: "0.0.0".into(),
            platform: "linux".into(),
            channel: self.channel.clone(),
            folders: Folders {
                settings: self.path("settings"),
                data: self.path("registers"),
            },
        };
        let ports = Ports {
            clock,
            browser: Arc::clone(&self.person) as _,
            files: Arc::clone(&self.person) as _,
            proxies: Arc::clone(&self.desktop) as _,
            waits: Arc::new(|_| {}),
        };
        Page::over(App::new(about, ports, keychain).unwrap())
    }

    pub(crate) fn root(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.root().join(name)
    }

    /// The bytes of a connection's secret as the keychain has them.
    pub(crate) fn secret(&self, service: Service, id: &str) -> Vec<u8> {
        self.entry(&EntryName::credential(&self.channel(), service, &identifier(id)))
    }

    /// A part of a connection's credential as the keychain has it; none when it is not there.
    pub(crate) fn part(&self, service: Service, id: &str, part: CredentialPart) -> Option<Vec<u8>> {
        let name = EntryName::part(&self.channel(), service, &identifier(id), part);
        let found = block_on(self.keychain.get(&name)).unwrap();
        found.map(|found| found.expose_secret().to_vec())
    }

    /// The key of a connection's register.
    pub(crate) fn register_key(&self, id: &str) -> Vec<u8> {
        self.entry(&EntryName::register_key(&self.channel(), &identifier(id)))
    }

    /// The keychain's entry of a connection's secret goes away, as somebody tidies up.
    pub(crate) fn lose(&self, service: Service, id: &str) {
        let name = EntryName::credential(&self.channel(), service, &identifier(id));
        block_on(self.keychain.delete(&name)).unwrap();
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

    /// The access token of the connection that is used next has ended.
    pub(crate) fn end_access_token(&self) {
        for api in ["/api", "/hyperproof/v1"] {
            self.provoke("GET", api, FaultKind::json(401, "{}"));
        }
    }

    /// Takes back what was provoked and not met.
    pub(crate) fn calm(&self) {
        self.sandbox.calm();
    }

    fn channel(&self) -> Channel {
        Channel::parse(&self.channel).unwrap()
    }

    fn entry(&self, name: &EntryName) -> Vec<u8> {
        let found = block_on(self.keychain.get(name)).unwrap();
        found.expect("the entry is there").expose_secret().to_vec()
    }
}

fn identifier(id: &str) -> ConnectionId {
    ConnectionId::parse(id).unwrap()
}
