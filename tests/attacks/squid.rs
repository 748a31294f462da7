//! Owns a real proxy from the distribution, started for one test: where names lead, who may pass, and what it was asked
//! for. Must not touch the computer's own proxy or its configuration.

use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// The name and password that the proxy takes, when it asks for one.
pub(crate) const NAME: &str = "jo";
pub(crate) const PASSWORD: &str = "pl4nted-proxy-password_0123456789";
/// The name under which a proxied server is called; the proxy alone knows that it is this computer.
pub(crate) const HOST: &str = "hyperproof.practice.example";

const HELPER: &str = "#!/bin/sh\nwhile read -r given; do\nif [ \"$given\" = \"NAME PASSWORD\" ]; then echo OK; else \
                      echo ERR; fi\ndone\n";

pub(crate) struct Squid {
    folder: tempfile::TempDir,
    server: Child,
    pub(crate) address: String,
}

impl Squid {
    /// Waits until it listens. Squid gives up root's rights, so its folder is open to all.
    pub(crate) fn start(asks_for_a_password: bool) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        written(folder.path(), "hosts", &format!("127.0.0.1 {HOST}\n"));
        let helper = HELPER.replace("NAME", NAME).replace("PASSWORD", PASSWORD);
        let helper = written(folder.path(), "helper", &helper);
        open_to_all(folder.path());
        let configuration = configuration(folder.path(), port, asks_for_a_password.then_some(helper.as_path()));
        let configuration = written(folder.path(), "squid.conf", &configuration);
        let mut server = Command::new("/usr/sbin/squid")
            .args(["-N", "-d", "1", "-f"])
            .arg(configuration)
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("squid is installed (on Debian and Ubuntu: apt-get install squid)");
        let mut lines = BufReader::new(server.stderr.take().unwrap()).lines();
        let listens = lines.any(|line| line.unwrap().contains("Accepting HTTP Socket connections"));
        assert!(listens, "squid ended before it listened");
        // Whoever does not read would stop it at the next line.
        std::thread::spawn(move || lines.for_each(drop));
        Self {
            folder,
            server,
            address: format!("http://127.0.0.1:{port}"),
        }
    }

    /// What it was asked for, one request a line.
    pub(crate) fn asked(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("access.log")).unwrap_or_default()
    }
}

impl Drop for Squid {
    fn drop(&mut self) {
        let _ended = self.server.kill().and_then(|()| self.server.wait());
    }
}

fn configuration(folder: &Path, port: u16, helper: Option<&Path>) -> String {
    let folder = folder.display();
    let mut text = format!(
        "http_port 127.0.0.1:{port}\nhosts_file {folder}/hosts\naccess_log stdio:{folder}/access.log\n\
         buffered_logs off\ncache_log /dev/null\npid_filename none\ncache deny all\nnetdb_filename none\n\
         pinger_enable off\nshutdown_lifetime 0 seconds\n"
    );
    if let Some(helper) = helper {
        let _infallible = writeln!(text, "auth_param basic program {}", helper.display());
        text.push_str("acl known proxy_auth REQUIRED\nhttp_access allow known\nhttp_access deny all\n");
    } else {
        text.push_str("http_access allow all\n");
    }
    text
}

fn written(folder: &Path, name: &str, text: &str) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, text).unwrap();
    open_to_all(&path);
    path
}

fn open_to_all(path: &Path) {
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o777)).unwrap();
}
