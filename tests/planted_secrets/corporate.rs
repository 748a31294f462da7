//! Owns a company's network: a proxy that wants a password, which the desktop may name, and behind it a service with a
//! certificate of a private authority. Must not let anything through that the proxy was not asked for.

use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use countersign_domain::{ConnectionKind, ErrorCode};
use countersign_sandbox::{PracticeCredentials, Sandbox, SandboxSettings, Tls};
use serde_json::{Value, json};
use tauri::Url;
use tauri::async_runtime::{block_on, spawn};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};

use super::journey::{Journey, MISPLACED, PROXY};

/// The name under which the proxy alone knows the service (the sandbox's certificate is for it).
const SERVICE: &str = "https://hypothesis.practice.example";
const NAME: &str = "jo";

/// A proxy to one service.
struct Proxy {
    address: String,
    heard: Arc<Mutex<Vec<u8>>>,
}

impl Journey<'_> {
    /// Certificates are chosen, the proxy refuses a wrong password and repeats it, and takes the right one.
    pub(crate) fn go_through_a_proxy(&mut self) {
        let (sandbox, proxy) = block_on(office(&self.desk.credentials));
        let handle = self.choose(sandbox.certificate_authority().unwrap());
        let refused = self.through(&proxy, MISPLACED, &handle);
        assert_eq!(
            self.ask("connection_save", json!({ "draft": refused })).code(),
            "proxy-refused"
        );
        let mut untrusting = self.through(&proxy, PROXY, &handle);
        untrusting["network"]["certificate"] = Value::Null;
        self.meets(
            ErrorCode::TlsUntrusted,
            "connection_save",
            json!({ "draft": untrusting }),
        );
        let draft = self.through(&proxy, PROXY, &handle);
        self.cards.behind_proxy = self.save(ConnectionKind::HypothesisPersonalToken, &draft);
        let id = self.cards.behind_proxy.clone();
        let report = self.good("doctor_run", json!({ "connection": id, "progress": "__CHANNEL__:1" }));
        assert!(
            report["text"]
                .as_str()
                .is_some_and(|text| text.contains("Countersign Sandbox CA")),
            "{report}"
        );
        let request = json!({ "connection": id, "request": { "path": "/profile", "query": [] } });
        self.good("request_send", request.clone());
        self.good("request_as_curl", request.clone());
        let mut nobody = self.through(&proxy, PROXY, "kept")["network"].clone();
        nobody["proxyAddress"] = json!("http://127.0.0.1:9");
        self.good("connection_set_network", json!({ "id": id, "network": nobody }));
        self.meets(ErrorCode::ProxyFailed, "request_send", request);
        self.follow_the_desktop(&proxy);
        for password in [MISPLACED, PROXY] {
            let network = self.through(&proxy, password, "kept")["network"].clone();
            self.good("connection_set_network", json!({ "id": id, "network": network }));
            self.good("doctor_run", json!({ "connection": id, "progress": "__CHANNEL__:1" }));
        }
        let heard = proxy.heard.lock().unwrap().clone();
        let told = STANDARD.encode(format!("{NAME}:{PROXY}"));
        assert!(
            String::from_utf8_lossy(&heard).contains(&told),
            "the proxy was given its password"
        );
        assert!(
            !String::from_utf8_lossy(&heard).contains(super::journey::TOKEN),
            "and the service's token in TLS"
        );
    }

    /// The same proxy as the desktop names it, with a password in its address: one that is refused, then the right one.
    fn follow_the_desktop(&mut self, proxy: &Proxy) {
        let deciding = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];
        if deciding.iter().any(|name| std::env::var_os(name).is_some()) {
            // The desktop is not asked then, and what the environment names leads off this computer. The gateway's own
            // tests see the same in a process without these variables.
            return;
        }
        let id = self.cards.behind_proxy.clone();
        let network = json!({
            "proxy": "system", "proxyAddress": "", "proxyUsername": "", "proxyPassword": "", "certificate": "kept",
        });
        let request = json!({ "connection": id, "request": { "path": "/profile", "query": [] } });
        self.good("connection_set_network", json!({ "id": id, "network": network }));
        self.desk.desktop.say(Some(proxy.with_password(MISPLACED)));
        assert_eq!(self.ask("request_send", request.clone()).code(), "proxy-refused");
        self.desk.desktop.say(Some(proxy.with_password(PROXY)));
        self.good("request_send", request);
        self.good("doctor_run", json!({ "connection": id, "progress": "__CHANNEL__:1" }));
        self.desk.desktop.say(None);
    }

    /// The file of an authority, and files that are none.
    fn choose(&mut self, authority: &str) -> String {
        let person = Arc::clone(&self.desk.person);
        let none = self.good("certificate_choose", json!({}));
        assert_eq!(none, Value::Null);
        let path = self.desk.path("corporate root.pem");
        std::fs::write(&path, format!("{authority}-----BEGIN PRIVATE KEY-----\n{MISPLACED}\n")).unwrap();
        person.chooses(Some(path.clone()));
        assert_eq!(self.ask("certificate_choose", json!({})).code(), "file-unreadable");
        std::fs::write(&path, authority).unwrap();
        let chosen = self.good("certificate_choose", json!({}));
        assert_eq!(chosen["name"], "corporate root.pem");
        person.chooses(Some(self.desk.path("not there")));
        chosen["handle"].as_str().unwrap().to_owned()
    }

    fn through(&self, proxy: &Proxy, password: &str, certificate: &str) -> Value {
        let mut draft = self.desk.personal_token();
        draft["apiAddress"] = json!(SERVICE);
        draft["network"] = json!({
            "proxy": "address", "proxyAddress": proxy.address, "proxyUsername": NAME, "proxyPassword": password,
            "certificate": certificate,
        });
        draft
    }
}

impl Proxy {
    fn with_password(&self, password: &str) -> String {
        let mut address: Url = self.address.parse().unwrap();
        address.set_username(NAME).unwrap();
        address.set_password(Some(password)).unwrap();
        address.to_string()
    }
}

async fn office(credentials: &PracticeCredentials) -> (Sandbox, Proxy) {
    let settings = SandboxSettings {
        credentials: credentials.clone(),
        tls: Some(Tls::Good),
        ..SandboxSettings::default()
    };
    let sandbox = Sandbox::start(settings).await.unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let proxy = Proxy {
        address: format!("http://{}", listener.local_addr().unwrap()),
        heard: Arc::default(),
    };
    let service = sandbox.hypothesis_server().trim_start_matches("https://").to_owned();
    let heard = Arc::clone(&proxy.heard);
    spawn(async move {
        while let Ok((client, _)) = listener.accept().await {
            spawn(serve(client, service.clone(), Arc::clone(&heard)));
        }
    });
    (sandbox, proxy)
}

async fn serve(mut client: TcpStream, behind: String, heard: Arc<Mutex<Vec<u8>>>) {
    let mut request = Vec::new();
    while !request.ends_with(b"\r\n\r\n") {
        let Ok(byte) = client.read_u8().await else { return };
        request.push(byte);
    }
    heard.lock().unwrap().extend_from_slice(&request);
    let asked = String::from_utf8_lossy(&request).into_owned();
    let right = STANDARD.encode(format!("{NAME}:{PROXY}"));
    if !asked.contains(&right) {
        // A careless proxy repeats in its answer what it was told.
        let page = format!("<html><title>{MISPLACED}</title><pre>{asked}{MISPLACED}</pre></html>");
        let answer = format!(
            "HTTP/1.1 407 {MISPLACED}\r\nProxy-Authenticate: Basic realm=\"{MISPLACED}\"\r\n\
             Content-Length: {}\r\nConnection: close\r\n\r\n{page}",
            page.len()
        );
        let _gone = client.write_all(answer.as_bytes()).await;
        return;
    }
    let Ok(mut server) = TcpStream::connect(behind).await else {
        return;
    };
    if client.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await.is_ok() {
        let _ended = copy_bidirectional(&mut client, &mut server).await;
    }
}
