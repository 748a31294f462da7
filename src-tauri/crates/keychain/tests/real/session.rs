//! Owns what a test does to the session it runs in: locks the keyring, kills its daemon, starts another.
//! Must touch only the private session of `tests/with-keyring`.

use std::io::Write;
use std::process::{Child, Command, Stdio};

/// The script that makes a private session, as the start of a command line.
pub(crate) const WITH_KEYRING: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../tests/with-keyring");

/// The password of every private session's keyring.
const PASSWORD: &[u8] = b"countersign-test";

/// Far more questions to the bus than any daemon needs to come or go; each takes some milliseconds.
const PATIENCE: usize = 5_000;

/// The daemon that a step started; it is killed with the errand.
#[derive(Default)]
pub(crate) struct Session {
    daemon: Option<Child>,
}

impl Session {
    /// Takes one step: `lock`, `kill`, `stop`, `restart` (unlocked), `restart-locked` or `start-empty` (no keyring at all).
    pub(crate) fn take(&mut self, step: &str) -> String {
        match step {
            "lock" => {
                let all = "array:objpath:/org/freedesktop/secrets/collection/login";
                ask(&[
                    "--dest=org.freedesktop.secrets",
                    "/org/freedesktop/secrets",
                    SERVICE_LOCK,
                    all,
                ]);
            }
            "kill" => signal("-KILL"),
            "stop" => signal("-STOP"),
            "restart" => self.start(&["--unlock"], PASSWORD),
            "restart-locked" | "start-empty" => self.start(&["--start"], b""),
            _ => panic!("no such step: {step}"),
        }
        step.to_owned()
    }

    fn start(&mut self, how: &[&str], password: &[u8]) {
        wait_until("false");
        let mut daemon = Command::new("gnome-keyring-daemon")
            .args(how)
            .args(["--components=secrets", "--foreground"])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        daemon.stdin.take().unwrap().write_all(password).unwrap();
        self.daemon = Some(daemon);
        wait_until("true");
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        if let Some(daemon) = &mut self.daemon {
            daemon.kill().ok();
            daemon.wait().ok();
        }
    }
}

const SERVICE_LOCK: &str = "org.freedesktop.Secret.Service.Lock";
const HAS_OWNER: &str = "org.freedesktop.DBus.NameHasOwner";

fn signal(signal: &str) {
    let daemon = std::env::var("COUNTERSIGN_TEST_KEYRING_PID").unwrap();
    let sent = Command::new("kill").args([signal, &daemon]).status().unwrap();
    assert!(sent.success(), "the daemon was there to be told");
}

/// Asks the bus, which never wakes the service, whether the service is there.
fn wait_until(present: &str) {
    let question = [
        "--dest=org.freedesktop.DBus",
        "/org/freedesktop/DBus",
        HAS_OWNER,
        "string:org.freedesktop.secrets",
    ];
    let arrived = (0..PATIENCE).any(|_| ask(&question).contains(present));
    assert!(arrived, "the presence of the service became {present}");
}

fn ask(question: &[&str]) -> String {
    let answer = Command::new("dbus-send")
        .args(["--session", "--print-reply"])
        .args(question)
        .output()
        .unwrap();
    assert!(answer.status.success(), "{answer:?}");
    String::from_utf8(answer.stdout).unwrap()
}
