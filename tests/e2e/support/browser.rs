//! Owns the person's own browser: a real one without a window, driven through its own driver, and the desk's way of being
//! asked to open an address. Must not know the program or the services' pages.

use std::fs;
use std::net::TcpStream;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Stdio};

use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Map, Value, json};
use tempfile::TempDir;

use super::processes::ProcessGroup;
use super::session::free_port;
use super::wait::{in_time, until};

/// The desk's `xdg-open`: it notes the address for the test, which opens it in the browser as the desktop would.
const XDG_OPEN: &str = "#!/bin/sh\nprintf '%s' \"$1\" > \"$COUNTERSIGN_FOLDER/opened.part\" && mv \"$COUNTERSIGN_FOLDER/opened.part\" \"$COUNTERSIGN_FOLDER/opened\"\n";

/// Puts the desk's `xdg-open` into `folder`, which is to stand first in `PATH`.
pub(super) fn put_opener(folder: &Path) {
    fs::create_dir_all(folder).expect("the desk's folder can be written");
    let script = folder.join("xdg-open");
    fs::write(&script, XDG_OPEN).expect("the desk's folder can be written");
    fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).expect("the script can be made executable");
}

/// Waits for the address that the program asked the desktop to open, and forgets it.
pub(super) async fn opened(desk: &Path) -> String {
    let noted = desk.join("opened");
    until("the program to open the browser", async || {
        let address = fs::read_to_string(&noted).ok()?;
        fs::remove_file(&noted).ok()?;
        Some(address)
    })
    .await
}

/// A browser with a profile of its own.
pub(crate) struct Browser {
    client: Client,
    _driver: ProcessGroup,
    _profile: TempDir,
}

impl Browser {
    /// Starts it with an empty page.
    pub(crate) async fn start() -> Self {
        let (port, profile) = (free_port(), tempfile::tempdir().expect("a folder of its own"));
        let mut command = Command::new("chromedriver");
        command.arg(format!("--port={port}")).stdin(Stdio::null());
        let driver = ProcessGroup::start(command.stdout(Stdio::null()).stderr(Stdio::null()));
        until("the browser's driver", async || {
            TcpStream::connect(("127.0.0.1", port)).ok()
        })
        .await;
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(capabilities(profile.path()));
        let started = in_time("the browser", builder.connect(&format!("http://127.0.0.1:{port}"))).await;
        Self {
            client: started.expect("the browser starts"),
            _driver: driver,
            _profile: profile,
        }
    }

    /// Goes to an address.
    pub(crate) async fn goes_to(&self, address: &str) {
        let went = in_time("a page of the browser", self.client.goto(address)).await;
        went.expect("the browser shows the page");
    }

    /// Types into the field of that name.
    pub(crate) async fn types(&self, name: &str, text: &str) {
        let selector = format!("input[name='{name}']");
        let field = self.client.wait().for_element(Locator::Css(&selector)).await;
        let typed = field.expect("the page has the field").send_keys(text).await;
        typed.expect("the field takes keys");
    }

    /// Presses the element of that id.
    pub(crate) async fn presses(&self, id: &str) {
        let button = self.client.wait().for_element(Locator::Id(id)).await;
        let pressed = button.expect("the page has the button").click().await;
        pressed.expect("the button can be pressed");
    }

    /// Waits until the address begins so, and gives what the page says.
    pub(crate) async fn arrives_at(&self, beginning: &str) -> String {
        until("the browser to come back", async || {
            let address = self.client.current_url().await.ok()?;
            address.as_str().starts_with(beginning).then_some(())
        })
        .await;
        let body = self.client.wait().for_element(Locator::Css("body")).await;
        let text = body.expect("the page has a body").text().await;
        text.expect("the page can be read")
    }
}

fn capabilities(profile: &Path) -> Map<String, Value> {
    let profile = format!("--user-data-dir={}", profile.display());
    let arguments = [
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--no-first-run",
        &profile,
    ];
    let options = json!({ "browserName": "chrome", "goog:chromeOptions": { "args": arguments } });
    serde_json::from_value(options).expect("capabilities are an object")
}
