//! Owns the session in which the program runs: a bus, a home and a keychain of their own, and the driver of the web view.
//! Must not let anything reach the person's own keychain, home or bus: `tests/with-keyring` sees to it.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::os::unix::ffi::OsStringExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::processes::ProcessGroup;
use super::wait::until;

/// What the keychain is when the program starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum KeychainAtStart {
    Unlocked,
    Locked,
}

/// A session that stands.
pub(crate) struct Session {
    port: u16,
    environment: BTreeMap<OsString, OsString>,
    _processes: ProcessGroup,
}

impl Session {
    /// Starts the session with `variables` for everything in it; `folder` takes its log.
    pub(crate) async fn start(keychain: KeychainAtStart, variables: &[(&str, OsString)], folder: &Path) -> Self {
        let (port, noted) = (free_port(), folder.join("environment"));
        let mut command = Command::new(root().join("tests/with-keyring"));
        if keychain == KeychainAtStart::Locked {
            command.arg("--locked");
        }
        // What the session sets is noted, so that later processes can join it.
        command
            .args(["sh", "-c", r#"env -0 >"$0.part" && mv "$0.part" "$0" && exec "$@""#])
            .arg(&noted);
        command
            .arg("WebKitWebDriver")
            .arg(format!("--port={port}"))
            .arg("--host=127.0.0.1");
        command.envs(variables.iter().map(|(name, value)| (name, value)));
        command.env_remove("WAYLAND_DISPLAY").stdin(Stdio::null());
        let log = fs::File::create(folder.join("session.log")).expect("the desk's folder can be written");
        command
            .stdout(log.try_clone().expect("a file can be shared"))
            .stderr(log);
        let mut processes = ProcessGroup::start(&mut command);
        until("the web view's driver", async || {
            assert!(processes.ended().is_none(), "the session ended: {}", log_of(folder));
            TcpStream::connect((Ipv4Addr::LOCALHOST, port)).ok()
        })
        .await;
        Self {
            port,
            environment: environment(&noted),
            _processes: processes,
        }
    }

    /// Where the driver listens.
    pub(crate) fn driver(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// A command inside the session.
    pub(crate) fn command(&self, program: impl Into<PathBuf>) -> Command {
        let mut command = Command::new(program.into());
        command.env_clear().envs(&self.environment).stdin(Stdio::null());
        command
    }
}

/// What the session and everything in it said.
pub(crate) fn log_of(folder: &Path) -> String {
    fs::read_to_string(folder.join("session.log")).unwrap_or_default()
}

/// The root of the repository.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A port of loopback that nothing listens on now.
pub(super) fn free_port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("loopback has a free port");
    listener.local_addr().expect("a bound listener has an address").port()
}

fn environment(noted: &Path) -> BTreeMap<OsString, OsString> {
    let bytes = fs::read(noted).expect("the session noted its environment");
    let variables = bytes.split(|byte| *byte == 0).filter_map(|variable| {
        let at = variable.iter().position(|byte| *byte == b'=')?;
        let (name, value) = variable.split_at(at);
        Some((
            OsString::from_vec(name.to_vec()),
            OsString::from_vec(value.get(1..)?.to_vec()),
        ))
    });
    variables.collect()
}
