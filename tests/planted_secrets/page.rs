//! Owns the window's side of the commands (Tauri's mock runtime): calls as the page makes them, and what the window is
//! told. Must not look into the program.

use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use countersign_app::App;
use serde_json::{Value, json};
use tauri::ipc::{CallbackFn, InvokeBody, InvokeError, InvokeResponse, InvokeResponseBody};
use tauri::test::{INVOKE_KEY, MockRuntime, mock_builder, mock_context, noop_assets};
use tauri::webview::InvokeRequest;
use tauri::{WebviewWindow, WebviewWindowBuilder};

/// The window's side of the commands.
pub(crate) struct Page {
    window: WebviewWindow<MockRuntime>,
    steps: Arc<Mutex<Vec<String>>>,
    app: App,
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
    pub(crate) fn over(app: App) -> Self {
        let steps = Arc::new(Mutex::new(Vec::new()));
        let taken = Arc::clone(&steps);
        let builder = mock_builder().channel_interceptor(move |_, _, _, body| {
            if let InvokeResponseBody::Json(step) = body {
                taken.lock().unwrap().push(step.clone());
            }
            true
        });
        let desktop = countersign::with_commands(builder, app.clone())
            .build(mock_context(noop_assets()))
            .unwrap();
        let window = WebviewWindowBuilder::new(&desktop, "main", tauri::WebviewUrl::default())
            .build()
            .unwrap();
        Self {
            window,
            steps,
            app,
            _desktop: desktop,
        }
    }

    /// Calls a command as the page does.
    pub(crate) fn call(&self, command: &str, arguments: Value) -> Reply {
        self.call_with(command, InvokeBody::Json(arguments))
    }

    /// Calls a command with any body.
    pub(crate) fn call_with(&self, command: &str, body: InvokeBody) -> Reply {
        self.begin(command, body).reply()
    }

    /// Calls a command and does not wait for its reply.
    pub(crate) fn begin(&self, command: &str, body: InvokeBody) -> Call {
        let request = InvokeRequest {
            cmd: command.to_owned(),
            callback: CallbackFn(0),
            error: CallbackFn(1),
            url: "tauri://localhost".parse().unwrap(),
            body,
            headers: tauri::http::HeaderMap::default(),
            invoke_key: INVOKE_KEY.to_owned(),
        };
        let (tell, told) = channel();
        let webview: &tauri::Webview<MockRuntime> = self.window.as_ref();
        webview
            .clone()
            .on_message(request, Box::new(move |_, _, response, _, _| drop(tell.send(response))));
        let command = command.to_owned();
        Call { command, told }
    }

    /// What the program does by itself at its start.
    pub(crate) fn reconciles(&self) {
        tauri::async_runtime::block_on(self.app.reconcile());
    }

    /// What the window was told through channels since it was last asked.
    pub(crate) fn steps(&self) -> Vec<String> {
        std::mem::take(&mut self.steps.lock().unwrap())
    }
}

/// A call under way.
pub(crate) struct Call {
    command: String,
    told: Receiver<InvokeResponse>,
}

impl Call {
    /// Waits for the reply; a program that never replies is a fault of its own.
    pub(crate) fn reply(self) -> Reply {
        let reply = self.told.recv_timeout(Duration::from_secs(120));
        let outcome = match reply {
            Ok(InvokeResponse::Ok(InvokeResponseBody::Json(answer))) => Ok(serde_json::from_str(&answer).unwrap()),
            Ok(InvokeResponse::Ok(InvokeResponseBody::Raw(bytes))) => Ok(json!(bytes)),
            Ok(InvokeResponse::Err(InvokeError(failure))) => Err(failure),
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => panic!("{} never replies", self.command),
        };
        Reply {
            command: self.command,
            outcome,
        }
    }
}
