//! Owns a person's computer with the real commands on it: folders, a keychain channel, services behind a tapped wire,
//! and the window's side of the commands (Tauri's mock runtime). Must never open the person's keychain.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use countersign_app::ports::{Files, Folders, OpenInBrowser, Ports, SystemClock};
use countersign_app::{App, AppSettings, Keychain, KeychainSettings};
use countersign_domain::{ConnectionId, Failure, Service};
use countersign_keychain::{Channel, EntryName, ExposeSecret as _};
use countersign_sandbox::{Fault, FaultKind, PracticeCredentials, Sandbox, SandboxSettings};
use serde_json::{Value, json};
use tauri::async_runtime::block_on;
use tauri::ipc::{CallbackFn, InvokeBody, InvokeResponseBody};
use tauri::test::{INVOKE_KEY, MockRuntime, get_ipc_response, mock_builder, mock_context, noop_assets};
use tauri::webview::InvokeRequest;
use tauri::{WebviewWindow, WebviewWindowBuilder};

use super::wire::Wire;

/// What survives when the program ends, and the services.
pub(crate) struct Desk {
    folder: tempfile::TempDir,
    channel: String,
    pub(crate) keychain: Keychain,
    pub(crate) credentials: PracticeCredentials,
    pub(crate) wire: Wire,
    sandbox: Sandbox,
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
    pub(crate) fn new(credentials: PracticeCredentials) -> Self {
        assert!(
            std::env::var_os("COUNTERSIGN_TEST_BUS").is_some(),
            "run this through tests/with-keyring"
        );
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
            credentials,
            wire,
            sandbox,
        }
    }

    /// Starts the program, as often as wanted on the same files, with this keychain.
    pub(crate) fn start(&self, keychain: Keychain) -> Page {
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
            clock: Arc::new(SystemClock),
            browser: Arc::new(Nothing),
            files: Arc::new(Nothing),
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

    /// The key of a connection's register.
    pub(crate) fn register_key(&self, id: &str) -> Vec<u8> {
        self.entry(&EntryName::register_key(&self.channel(), &identifier(id)))
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

    /// Takes back what was provoked and not met.
    pub(crate) fn calm(&self) {
        self.sandbox.calm();
    }

    pub(crate) fn hyperproof(&self) -> Value {
        self.through_the_wire(&json!({
            "kind": "hyperproofClientCredentials", "label": "", "region": "custom",
            "apiAddress": self.sandbox.hyperproof_api(), "tokenAddress": self.sandbox.hyperproof_token_endpoint(),
            "clientId": self.credentials.hyperproof_client_id, "secret": self.credentials.hyperproof_secret,
        }))
    }

    pub(crate) fn hypothesis(&self) -> Value {
        self.through_the_wire(&json!({
            "kind": "hypothesisClientCredentials", "label": "", "region": null,
            "apiAddress": self.sandbox.hypothesis_server(), "authority": self.credentials.authority,
            "clientId": self.credentials.hypothesis_client_id, "secret": self.credentials.hypothesis_secret,
        }))
    }

    pub(crate) fn personal_token(&self) -> Value {
        self.through_the_wire(&json!({
            "kind": "hypothesisPersonalToken", "label": "", "region": null,
            "apiAddress": self.sandbox.hypothesis_server(), "secret": self.credentials.hypothesis_personal_token,
        }))
    }

    fn through_the_wire(&self, draft: &Value) -> Value {
        let server = self.sandbox.hypothesis_server();
        let tapped = format!("http://{}", self.wire.address());
        let mut draft = draft.clone();
        for name in ["apiAddress", "tokenAddress"] {
            if let Some(Value::String(address)) = draft.get_mut(name) {
                *address = address.replace(&server, &tapped);
            }
        }
        draft
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

/// The window's side of the commands.
pub(crate) struct Page {
    window: WebviewWindow<MockRuntime>,
    steps: Arc<Mutex<Vec<String>>>,
    _desktop: tauri::App<MockRuntime>,
}

/// What the window got for a call.
#[derive(Debug, Clone)]
pub(crate) struct Reply {
    pub(crate) command: String,
    pub(crate) outcome: Result<Value, Value>,
}

impl Reply {
    /// The answer, or the test ends.
    pub(crate) fn ok(&self) -> &Value {
        self.outcome
            .as_ref()
            .unwrap_or_else(|failure| panic!("{} failed: {failure}", self.command))
    }

    /// The code of the failure; every failure has one, and words.
    pub(crate) fn code(&self) -> &str {
        let failure = self.outcome.as_ref().expect_err("it is refused");
        let words = failure["message"].as_str().unwrap_or_default();
        assert!(!words.is_empty(), "{}: no words in {failure}", self.command);
        failure["code"]
            .as_str()
            .unwrap_or_else(|| panic!("{}: no code in {failure}", self.command))
    }
}

impl Page {
    fn over(app: App) -> Self {
        let steps = Arc::new(Mutex::new(Vec::new()));
        let taken = Arc::clone(&steps);
        let builder = mock_builder().channel_interceptor(move |_, _, _, body| {
            if let InvokeResponseBody::Json(step) = body {
                taken.lock().unwrap().push(step.clone());
            }
            true
        });
        let desktop = countersign::with_commands(builder, app)
            .build(mock_context(noop_assets()))
            .unwrap();
        let window = WebviewWindowBuilder::new(&desktop, "main", tauri::WebviewUrl::default())
            .build()
            .unwrap();
        Self {
            window,
            steps,
            _desktop: desktop,
        }
    }

    /// Calls a command as the page does.
    pub(crate) fn call(&self, command: &str, arguments: Value) -> Reply {
        self.call_with(command, InvokeBody::Json(arguments))
    }

    /// Calls a command with any body.
    pub(crate) fn call_with(&self, command: &str, body: InvokeBody) -> Reply {
        let request = InvokeRequest {
            cmd: command.to_owned(),
            callback: CallbackFn(0),
            error: CallbackFn(1),
            url: "tauri://localhost".parse().unwrap(),
            body,
            headers: tauri::http::HeaderMap::default(),
            invoke_key: INVOKE_KEY.to_owned(),
        };
        let outcome = get_ipc_response(&self.window, request).map(|body| body.deserialize().unwrap());
        Reply {
            command: command.to_owned(),
            outcome,
        }
    }

    /// What the window was told through channels since it was last asked.
    pub(crate) fn steps(&self) -> Vec<String> {
        std::mem::take(&mut self.steps.lock().unwrap())
    }
}
