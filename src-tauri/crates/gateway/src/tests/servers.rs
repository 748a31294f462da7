//! Owns the servers the tests talk to, on loopback, gone with their owner. Must not assert.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::{HeaderMap, Method};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// A request as it came.
#[derive(Debug, Clone)]
pub(super) struct Seen {
    pub(super) method: Method,
    pub(super) target: String,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
}

impl Seen {
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }
}

/// A server that answers as told and remembers what it saw.
pub(super) struct Server {
    pub(super) origin: String,
    seen: Arc<Mutex<Vec<Seen>>>,
    task: JoinHandle<()>,
}

impl Server {
    pub(super) async fn start<R: IntoResponse>(answer: impl Fn(&Seen) -> R + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let seen = Arc::new(Mutex::new(Vec::new()));
        let (remembered, answer) = (seen.clone(), Arc::new(answer));
        let handler = move |request: Request| {
            let (remembered, answer) = (remembered.clone(), answer.clone());
            async move {
                let seen = received(request).await;
                remembered.lock().unwrap().push(seen.clone());
                answer(&seen).into_response()
            }
        };
        let router = Router::new().fallback(handler);
        let task = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { origin, seen, task }
    }

    pub(super) fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    pub(super) fn count(&self, path: &str) -> usize {
        self.seen().iter().filter(|seen| seen.target.starts_with(path)).count()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn received(request: Request) -> Seen {
    let (parts, body) = request.into_parts();
    Seen {
        method: parts.method,
        target: parts.uri.to_string(),
        headers: parts.headers,
        body: to_bytes(body, 1 << 20).await.unwrap(),
    }
}

pub(super) fn json(status: u16, body: &'static str) -> Response {
    let builder = Response::builder()
        .status(status)
        .header("content-type", "application/json");
    builder.body(Body::from(body)).unwrap()
}

/// What a raw server does after it wrote its bytes.
#[derive(Clone, Copy)]
pub(super) enum Then {
    Close,
    Hold,
    Repeat,
}

/// A server below HTTP: takes one request head a connection, writes `reply` as it is, then does `then`.
pub(super) struct RawServer {
    pub(super) origin: String,
    pub(super) heads: Arc<Mutex<Vec<String>>>,
    task: JoinHandle<()>,
}

impl RawServer {
    pub(super) async fn start(reply: &'static [u8], then: Then) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let heads = Arc::new(Mutex::new(Vec::new()));
        let remembered = heads.clone();
        let task = tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                tokio::spawn(serve(stream, reply, then, remembered.clone()));
            }
        });
        Self { origin, heads, task }
    }
}

impl RawServer {
    /// Writes `reply` to whoever connects, without reading anything but what is there.
    pub(super) async fn alert(reply: &'static [u8]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let task = tokio::spawn(async move {
            loop {
                let (mut stream, _) = listener.accept().await.unwrap();
                let mut hello = [0; 4_096];
                let _ = stream.read(&mut hello).await;
                let _ = stream.write_all(reply).await;
            }
        });
        let heads = Arc::default();
        Self { origin, heads, task }
    }
}

impl Drop for RawServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(mut stream: TcpStream, reply: &'static [u8], then: Then, heads: Arc<Mutex<Vec<String>>>) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let Ok(byte) = stream.read_u8().await else { return };
        head.push(byte);
    }
    heads.lock().unwrap().push(String::from_utf8(head).unwrap());
    let mut written = stream.write_all(reply).await;
    match then {
        Then::Close => {}
        Then::Hold => std::future::pending().await,
        Then::Repeat => {
            while written.is_ok() {
                written = stream.write_all(b"400\r\n").await;
                written = written.and(stream.write_all(&[b'x'; 0x400]).await);
                written = written.and(stream.write_all(b"\r\n").await);
            }
        }
    }
}
