//! What surrounds the program: variables, core dumps. The program runs as it is built here, without the feature
//! `automation`, on a display of its own.

use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Child, Command, Stdio};

use super::seen;

/// Variables that would open, record or move something, each with what it would be.
const VARIABLES: [(&str, &str); 11] = [
    ("TAURI_AUTOMATION", "true"),
    ("TAURI_WEBVIEW_AUTOMATION", "true"),
    ("WEBKIT_INSPECTOR_SERVER", "127.0.0.1:41999"),
    ("WEBKIT_INSPECTOR_HTTP_SERVER", "127.0.0.1:41998"),
    ("WEBVIEW2_ADDITIONAL_BROWSER_ARGUMENTS", "--remote-debugging-port=41997"),
    ("WEBVIEW2_USER_DATA_FOLDER", "FOLDER"),
    ("SSLKEYLOGFILE", "FOLDER/keys"),
    ("COUNTERSIGN_FOLDER", "FOLDER"),
    ("COUNTERSIGN_CHANNEL", "moved"),
    ("COUNTERSIGN_CLOCK", "2030-01-01T00:00:00Z"),
    ("COUNTERSIGN_CHOOSES", "/etc/passwd"),
];

/// A display that nobody sees.
struct Display {
    server: Child,
    number: String,
}

impl Display {
    fn start() -> Self {
        let mut server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-nolisten", "tcp", "-screen", "0", "1280x900x24"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("Xvfb is installed");
        let mut number = String::new();
        BufReader::new(server.stdout.as_mut().unwrap())
            .read_line(&mut number)
            .unwrap();
        let number = format!(":{}", number.trim());
        Self { server, number }
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        let _ended = self.server.kill().and_then(|()| self.server.wait());
    }
}

struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ended = self.0.kill().and_then(|()| self.0.wait());
    }
}

/// The program in a home of its own; it runs until its log is there, which is after it has entered.
fn started(display: &Display, home: &std::path::Path, variables: &[(&str, String)]) -> Running {
    let mut program = Command::new(env!("CARGO_BIN_EXE_countersign"));
    program
        .env("DISPLAY", &display.number)
        .env("GDK_BACKEND", "x11")
        .env("HOME", home)
        .env("XDG_CONFIG_HOME", home.join("config"))
        .env("XDG_DATA_HOME", home.join("data"))
        .env("XDG_CACHE_HOME", home.join("cache"))
        .env("XDG_STATE_HOME", home.join("state"))
        .envs(variables.iter().map(|(name, value)| (*name, value.as_str())))
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let mut running = Running(program.spawn().unwrap());
    for _ in 0..3_000 {
        assert!(running.0.try_wait().unwrap().is_none(), "it runs");
        if has_files(home) {
            return running;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    panic!("it never made its folders")
}

fn has_files(home: &std::path::Path) -> bool {
    ["config", "data", "state"]
        .iter()
        .any(|folder| home.join(folder).exists())
}

fn read(path: String) -> Vec<u8> {
    let mut bytes = Vec::new();
    std::fs::File::open(path).unwrap().read_to_end(&mut bytes).unwrap();
    bytes
}

#[test]
fn a44_no_variable_opens_records_or_moves_anything() {
    let (display, home, elsewhere) = (
        Display::start(),
        tempfile::tempdir().unwrap(),
        tempfile::tempdir().unwrap(),
    );
    let folder = elsewhere.path().display().to_string();
    let variables: Vec<(&str, String)> = VARIABLES
        .iter()
        .map(|(name, value)| (*name, value.replace("FOLDER", &folder)))
        .collect();
    let running = started(&display, home.path(), &variables);
    let environment = read(format!("/proc/{}/environ", running.0.id()));
    let environment = String::from_utf8_lossy(&environment).into_owned();
    for (name, _) in VARIABLES.iter().filter(|(name, _)| !name.starts_with("COUNTERSIGN_")) {
        assert!(
            !environment.contains(&format!("{name}=")),
            "{name} is gone from the running program"
        );
    }
    assert_eq!(
        std::fs::read_dir(elsewhere.path()).unwrap().count(),
        0,
        "nothing was put where a variable said"
    );
    for port in [41_997_u16, 41_998, 41_999] {
        assert!(
            std::net::TcpStream::connect(("127.0.0.1", port)).is_err(),
            "nothing listens on {port}"
        );
    }
    seen(
        "A44",
        &format!(
            "{} variables set: the running copy has none that opens or records, nothing listens, no folder moved",
            VARIABLES.len()
        ),
    );
}

#[test]
fn a20_the_program_leaves_no_core_dump() {
    let (display, home) = (Display::start(), tempfile::tempdir().unwrap());
    let running = started(&display, home.path(), &[]);
    let limits = String::from_utf8(read(format!("/proc/{}/limits", running.0.id()))).unwrap();
    let line = limits
        .lines()
        .find(|line| line.starts_with("Max core file size"))
        .unwrap();
    let numbers: Vec<&str> = line.split_whitespace().skip(4).take(2).collect();
    assert_eq!(numbers, ["0", "0"], "{line}");
    seen(
        "A20",
        "RLIMIT_CORE is 0 for good; every type with a secret prints [redacted]",
    );
}
