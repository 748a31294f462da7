//! Owns a screen that nobody sees. Must not reuse a display number: the server chooses one that is free.

use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};

use super::processes::ProcessGroup;

/// An X server of its own.
pub(crate) struct Display {
    name: String,
    _server: ProcessGroup,
}

impl Display {
    /// Starts a server with one screen of that size in pixels, and returns when it takes clients.
    pub(crate) fn start(width: u32, height: u32) -> Self {
        let screen = format!("{width}x{height}x24");
        let mut command = Command::new("Xvfb");
        command.args([
            "-displayfd",
            "1",
            "-nolisten",
            "tcp",
            "-noreset",
            // No repetition of keys: on a busy machine a key is held for longer than its press is meant.
            "-r",
            "-screen",
            "0",
            &screen,
        ]);
        command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut server = ProcessGroup::start(&mut command);
        let told = server.leader().stdout.take().expect("standard output is piped");
        let mut number = String::new();
        BufReader::new(told)
            .read_line(&mut number)
            .expect("Xvfb tells its display");
        assert!(!number.trim().is_empty(), "Xvfb did not start");
        Self {
            name: format!(":{}", number.trim()),
            _server: server,
        }
    }

    /// What `DISPLAY` is set to.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }
}
