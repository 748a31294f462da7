//! Owns a server that answers byte for byte what a test says, broken answers included. Must not be a double of a service.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// What is sent in answer to one request.
#[derive(Debug, Clone)]
pub(crate) struct Reply {
    bytes: Vec<u8>,
    /// The connection stays open until the other side closes it.
    held: bool,
}

impl Reply {
    /// A whole answer.
    pub(crate) fn new(status: u16, content_type: &str, body: &str) -> Self {
        Self::with_headers(status, &[("Content-Type", content_type)], body)
    }

    /// A whole answer in JSON.
    pub(crate) fn json(status: u16, body: &str) -> Self {
        Self::new(status, "application/json", body)
    }

    /// A whole answer with these headers.
    pub(crate) fn with_headers(status: u16, headers: &[(&str, &str)], body: &str) -> Self {
        Self::announced(status, headers, body, body.len())
    }

    /// An answer that announces more than it brings and is then cut.
    pub(crate) fn cut(body: &str, announced: usize) -> Self {
        Self::announced(200, &[("Content-Type", "application/json")], body, announced)
    }

    /// An answer whose end is the end of the connection: nothing but its content tells whether it is whole.
    pub(crate) fn until_closed(body: &str) -> Self {
        let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n";
        Self {
            bytes: format!("{head}{body}").into_bytes(),
            held: false,
        }
    }

    /// The beginning of an answer after which nothing comes.
    pub(crate) fn silent_after(body: &str) -> Self {
        Self {
            held: true,
            ..Self::cut(body, body.len() + 1_000_000)
        }
    }

    /// No answer at all: the request is read, then silence.
    pub(crate) fn silence() -> Self {
        Self {
            bytes: Vec::new(),
            held: true,
        }
    }

    /// No answer at all: the request is read, then the connection is closed.
    pub(crate) fn hang_up() -> Self {
        Self {
            bytes: Vec::new(),
            held: false,
        }
    }

    fn announced(status: u16, headers: &[(&str, &str)], body: &str, length: usize) -> Self {
        let lines: Vec<String> = headers
            .iter()
            .map(|(name, value)| format!("{name}: {value}\r\n"))
            .collect();
        let headers = lines.concat();
        let head =
            format!("HTTP/1.1 {status} Whatever\r\n{headers}Content-Length: {length}\r\nConnection: close\r\n\r\n");
        Self {
            bytes: format!("{head}{body}").into_bytes(),
            held: false,
        }
    }
}

/// A request as it came, head and body.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Request {
    /// Method and target.
    pub(crate) fn line(&self) -> &str {
        self.head.lines().next().unwrap().trim_end_matches(" HTTP/1.1")
    }

    /// The value of a header.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut pairs = self.head.lines().filter_map(|line| line.split_once(": "));
        pairs.find_map(|(key, value)| key.eq_ignore_ascii_case(name).then_some(value))
    }
}

/// The server. Answers requests in the order of `replies`, then repeats the last one.
pub(crate) struct Wire {
    address: String,
    requests: Arc<Mutex<Vec<Request>>>,
    task: JoinHandle<()>,
}

impl Wire {
    pub(crate) async fn start(replies: impl IntoIterator<Item = Reply>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let requests = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&requests);
        let mut replies: VecDeque<Reply> = replies.into_iter().collect();
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let reply = if replies.len() > 1 {
                    replies.pop_front()
                } else {
                    replies.front().cloned()
                };
                serve(stream, reply.unwrap(), &seen).await;
            }
        });
        Self {
            address,
            requests,
            task,
        }
    }

    /// The base address under `path`.
    pub(crate) fn base(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }

    pub(crate) fn requests(&self) -> Vec<Request> {
        self.requests.lock().unwrap().clone()
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(mut stream: TcpStream, reply: Reply, seen: &Mutex<Vec<Request>>) {
    let Some(request) = read(&mut stream).await else { return };
    seen.lock().unwrap().push(request);
    // The other side may be gone already; what it then sees is its own matter.
    let written = stream.write_all(&reply.bytes).await;
    if written.is_ok() && reply.held {
        let mut rest = [0; 256];
        while stream.read(&mut rest).await.is_ok_and(|length| length > 0) {}
    }
}

async fn read(stream: &mut TcpStream) -> Option<Request> {
    let mut bytes = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let request = Request {
                head: head.to_owned(),
                body: body.to_owned(),
            };
            let length = request
                .header("content-length")
                .map_or(0, |length| length.parse().unwrap());
            if body.len() >= length {
                return Some(request);
            }
        }
        let mut part = [0; 4_096];
        let length = stream.read(&mut part).await.ok().filter(|length| *length > 0)?;
        bytes.extend_from_slice(&part[..length]);
    }
}
