//! Owns a proxy of one test: it answers CONNECT and leads every tunnel to this computer. Must not assert.

use std::sync::{Arc, Mutex};

use countersign_domain::{ProxyAddress, ProxyChoice};
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// What the proxy does with a CONNECT.
#[derive(Clone)]
pub(super) enum Rule {
    /// Leads every tunnel to this port of this computer.
    LeadTo(u16),
    /// The same for who says this (the value of `Proxy-Authorization`); 407 for anybody else.
    LeadToIf(u16, String),
    /// Answers with this status.
    Refuse(u16),
    /// Says yes, and then speaks plain HTTP itself.
    TakeTlsAway,
}

/// A proxy on loopback, gone with its owner.
pub(super) struct Proxy {
    pub(super) address: String,
    pub(super) heads: Arc<Mutex<Vec<String>>>,
    task: JoinHandle<()>,
}

impl Proxy {
    pub(super) async fn start(rule: Rule) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let heads = Arc::new(Mutex::new(Vec::new()));
        let remembered = Arc::clone(&heads);
        let task = tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                tokio::spawn(carry(stream, rule.clone(), Arc::clone(&remembered)));
            }
        });
        Self { address, heads, task }
    }

    /// The choice of this proxy, under this name.
    pub(super) fn choice(&self, username: Option<&str>) -> ProxyChoice {
        ProxyChoice::Address {
            address: ProxyAddress::parse(&self.address).unwrap(),
            username: username.map(str::to_owned),
        }
    }

    pub(super) fn heads(&self) -> Vec<String> {
        self.heads.lock().unwrap().clone()
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn carry(mut stream: TcpStream, rule: Rule, heads: Arc<Mutex<Vec<String>>>) {
    let head = head_of(&mut stream).await;
    heads.lock().unwrap().push(head.clone());
    let allowed = |said: &str| {
        head.to_ascii_lowercase()
            .contains(&format!("\r\nproxy-authorization: {}\r\n", said.to_ascii_lowercase()))
    };
    let status = match &rule {
        Rule::LeadToIf(_, said) if !allowed(said) => 407,
        Rule::Refuse(status) => *status,
        Rule::LeadTo(_) | Rule::LeadToIf(..) | Rule::TakeTlsAway => 200,
    };
    let answer = format!("HTTP/1.1 {status} Said\r\n\r\n");
    if stream.write_all(answer.as_bytes()).await.is_err() || status != 200 {
        return;
    }
    match rule {
        Rule::LeadTo(port) | Rule::LeadToIf(port, _) => {
            let mut server = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
            let _ = copy_bidirectional(&mut stream, &mut server).await;
        }
        Rule::TakeTlsAway => {
            let mut first = vec![0; 2_048];
            let read = stream.read(&mut first).await.unwrap_or(0);
            heads
                .lock()
                .unwrap()
                .push(String::from_utf8_lossy(first.get(..read).unwrap_or_default()).into_owned());
            let _ = stream
                .write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}")
                .await;
        }
        Rule::Refuse(_) => {}
    }
}

async fn head_of(stream: &mut TcpStream) -> String {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let Ok(byte) = stream.read_u8().await else { break };
        head.push(byte);
    }
    String::from_utf8(head).unwrap()
}
