//! What a hostile page would send to the commands: paths in place of files that a person chose.

use countersign::COMMANDS;
use countersign_app::App;
use serde_json::{Value, json};
use tauri::async_runtime::block_on;
use tauri::ipc::{CallbackFn, InvokeBody};
use tauri::test::{INVOKE_KEY, MockRuntime, get_ipc_response, mock_builder, mock_context, noop_assets};
use tauri::webview::InvokeRequest;
use tauri::{WebviewUrl, WebviewWindow, WebviewWindowBuilder};

use super::desk::{Desk, Services};
use super::seen;

/// The window's side of the commands, on Tauri's mock runtime.
struct Window {
    window: WebviewWindow<MockRuntime>,
    _desktop: tauri::App<MockRuntime>,
}

impl Window {
    fn over(app: App) -> Self {
        let builder = countersign::with_commands(mock_builder(), app);
        let desktop = builder.build(mock_context(noop_assets())).unwrap();
        let window = WebviewWindowBuilder::new(&desktop, "main", WebviewUrl::default());
        Self {
            window: window.build().unwrap(),
            _desktop: desktop,
        }
    }

    fn call(&self, command: &str, arguments: Value) -> Result<Value, Value> {
        let request = InvokeRequest {
            cmd: command.to_owned(),
            callback: CallbackFn(0),
            error: CallbackFn(1),
            url: "tauri://localhost".parse().unwrap(),
            body: InvokeBody::Json(arguments),
            headers: tauri::http::HeaderMap::default(),
            invoke_key: INVOKE_KEY.to_owned(),
        };
        get_ipc_response(&self.window, request).map(|body| body.deserialize().unwrap())
    }
}

/// A form as the page sends it.
fn form(services: &Services) -> Value {
    json!({
        "kind": "hyperproofClientCredentials", "label": "", "region": "custom",
        "apiAddress": services.sandbox.hyperproof_api(), "tokenAddress": services.sandbox.hyperproof_token_endpoint(),
        "clientId": services.credentials.hyperproof_client_id, "authority": "", "scopes": "",
        "secret": services.credentials.hyperproof_secret, "thisRunOnly": true,
    })
}

const PATHS: [&str; 6] = [
    "/etc/passwd",
    "../../.ssh/id_ed25519",
    "file:///etc/passwd",
    "C:\\Users\\jo\\key.pem",
    "\\\\evil.example\\share",
    "/proc/self/environ",
];

fn with_certificate(draft: &Value, handle: &str) -> Value {
    let mut draft = draft.clone();
    draft["network"] = network(handle);
    draft
}

fn network(handle: &str) -> Value {
    json!({ "proxy": "system", "proxyAddress": "", "proxyUsername": "", "proxyPassword": "", "certificate": handle })
}

#[test]
fn a45_a_path_is_never_a_file_that_a_person_chose() {
    let (desk, services) = (Desk::new(), block_on(Services::start()));
    let window = Window::over(desk.app.clone());
    let card = window
        .call("connection_save", json!({ "draft": form(&services) }))
        .unwrap();
    for path in PATHS {
        let draft = with_certificate(&form(&services), path);
        let saved = window.call("connection_save", json!({ "draft": draft })).unwrap_err();
        assert_eq!(saved["code"], "input-invalid", "{path}: {saved}");
        let changed = json!({ "id": card["id"], "network": network(path) });
        let changed = window.call("connection_set_network", changed).unwrap_err();
        assert_eq!(changed["code"], "input-invalid", "{path}: {changed}");
        // The dialog is asked, and nobody chose anything: the path is not looked at.
        let chosen = json!({ "path": path, "file": path, "purpose": path });
        assert_eq!(window.call("certificate_choose", chosen), Ok(Value::Null), "{path}");
    }
    let cards = window.call("connection_list", json!({})).unwrap();
    assert_eq!(cards.as_array().unwrap().len(), 1, "nothing was saved on the way");
    seen(
        "A45",
        &format!(
            "{} paths as handles of a certificate: `input-invalid`; the dialog's command takes no path",
            PATHS.len()
        ),
    );
}

#[test]
fn a45_no_command_takes_a_path() {
    let wrappers = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/ui/src/commands.js")).unwrap();
    assert!(COMMANDS.iter().all(|command| wrappers.contains(command)));
    for line in wrappers.lines().filter(|line| line.contains("@param")) {
        let name = line.split_whitespace().last().unwrap_or_default().to_lowercase();
        for word in ["path", "file", "folder", "url"] {
            assert!(!name.contains(word), "{line}");
        }
    }
}
