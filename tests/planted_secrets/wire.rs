//! Owns the wire between the program and the services: everything passes through, and everything is remembered.
//! Must not change a byte, except where a test puts a careless service in the place of the real one.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};

use super::careless::{self, Careless};

/// A tapped wire to one server.
pub(crate) struct Wire {
    address: SocketAddr,
    said: Arc<Said>,
}

#[derive(Default)]
struct Said {
    asked: Mutex<Vec<Vec<u8>>>,
    answered: Mutex<Vec<Vec<u8>>>,
    careless: Mutex<Option<Careless>>,
}

impl Wire {
    /// A wire to the server at `server` (`host:port`).
    pub(crate) async fn to(server: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (address, said) = (listener.local_addr().unwrap(), Arc::new(Said::default()));
        let (server, taps) = (server.to_owned(), Arc::clone(&said));
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                tokio::spawn(pass(client, server.clone(), Arc::clone(&taps)));
            }
        });
        Self { address, said }
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Everything the program sent, each connection by itself.
    pub(crate) fn asked(&self) -> Vec<Vec<u8>> {
        self.said.asked.lock().unwrap().clone()
    }

    /// The values that the services gave under `name` in JSON.
    pub(crate) fn given(&self, name: &str) -> Vec<String> {
        let answered = self.said.answered.lock().unwrap().concat();
        let text = String::from_utf8_lossy(&answered).into_owned();
        let name = format!("\"{name}\":");
        let values = text.split(name.as_str()).skip(1);
        values
            .filter_map(|rest| rest.split('"').nth(1).map(ToOwned::to_owned))
            .collect()
    }

    /// The values that the program sent under `name` in forms.
    pub(crate) fn sent(&self, name: &str) -> Vec<String> {
        let asked = self.said.asked.lock().unwrap();
        let bodies = asked.iter().flat_map(|connection| bodies(connection));
        let pairs = bodies.flat_map(|body| url::form_urlencoded::parse(body).into_owned().collect::<Vec<_>>());
        pairs
            .filter(|(known, _)| known == name)
            .map(|(_, value)| value)
            .collect()
    }

    /// The access tokens that the services gave.
    pub(crate) fn access_tokens(&self) -> Vec<String> {
        self.given("access_token")
    }

    /// The next request that fits is answered by a careless service, which repeats all that it was sent.
    pub(crate) fn repeats(&self, careless: Careless) {
        *self.said.careless.lock().unwrap() = Some(careless);
    }

    /// Whether the careless service was asked; it is gone in any case.
    pub(crate) fn repeated(&self) -> bool {
        self.said.careless.lock().unwrap().take().is_none()
    }
}

async fn pass(client: TcpStream, server: String, said: Arc<Said>) {
    let Ok(server) = TcpStream::connect(server).await else {
        return;
    };
    let (from_client, to_client) = client.into_split();
    let (from_server, to_server) = server.into_split();
    let to_client = tokio::sync::Mutex::new(to_client);
    tokio::select! {
        () = ask(from_client, to_server, &to_client, &said) => {}
        () = answer(from_server, &to_client, &said) => {}
    }
}

async fn ask(
    mut client: OwnedReadHalf,
    mut server: OwnedWriteHalf,
    to_client: &tokio::sync::Mutex<OwnedWriteHalf>,
    said: &Said,
) {
    let place = place_in(&said.asked);
    while let Some(part) = read(&mut client).await {
        keep(&said.asked, place, &part);
        if !fits(said, &part) {
            if server.write_all(&part).await.is_err() {
                break;
            }
            continue;
        }
        let mut request = part;
        while !Careless::is_whole(&request) {
            let Some(more) = read(&mut client).await else { return };
            keep(&said.asked, place, &more);
            request.extend(more);
        }
        let careless = said.careless.lock().unwrap().take();
        let answer = careless.map(|careless| careless.answer(&request)).unwrap_or_default();
        let _gone = to_client.lock().await.write_all(&answer).await;
        return;
    }
}

async fn answer(mut server: OwnedReadHalf, to_client: &tokio::sync::Mutex<OwnedWriteHalf>, said: &Said) {
    let place = place_in(&said.answered);
    while let Some(part) = read(&mut server).await {
        keep(&said.answered, place, &part);
        if to_client.lock().await.write_all(&part).await.is_err() {
            break;
        }
    }
}

fn fits(said: &Said, request: &[u8]) -> bool {
    let careless = said.careless.lock().unwrap();
    careless.as_ref().is_some_and(|careless| careless.fits(request))
}

async fn read(from: &mut OwnedReadHalf) -> Option<Vec<u8>> {
    let mut part = vec![0; 16 * 1024];
    let length = from.read(&mut part).await.ok().filter(|length| *length > 0)?;
    part.truncate(length);
    Some(part)
}

fn place_in(heard: &Mutex<Vec<Vec<u8>>>) -> usize {
    let mut all = heard.lock().unwrap();
    all.push(Vec::new());
    all.len() - 1
}

fn keep(heard: &Mutex<Vec<Vec<u8>>>, place: usize, part: &[u8]) {
    heard.lock().unwrap()[place].extend_from_slice(part);
}

/// The bodies of the requests of one connection.
fn bodies(mut connection: &[u8]) -> Vec<&[u8]> {
    let mut bodies = Vec::new();
    while let Some(end) = connection.windows(4).position(|window| window == b"\r\n\r\n") {
        let (head, rest) = connection.split_at(end + 4);
        let length = careless::length(&String::from_utf8_lossy(head)).min(rest.len());
        let (body, next) = rest.split_at(length);
        bodies.push(body);
        connection = next;
    }
    bodies
}
