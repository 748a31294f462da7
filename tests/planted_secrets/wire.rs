//! Owns the wire between the program and the services: everything passes through, and everything is remembered.
//! Must not change a byte.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// A tapped wire to one server.
pub(crate) struct Wire {
    address: SocketAddr,
    said: Arc<Said>,
}

#[derive(Default)]
struct Said {
    asked: Mutex<Vec<Vec<u8>>>,
    answered: Mutex<Vec<Vec<u8>>>,
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

    /// The access tokens that the services gave.
    pub(crate) fn access_tokens(&self) -> Vec<String> {
        let answered = self.said.answered.lock().unwrap().concat();
        let text = String::from_utf8_lossy(&answered).into_owned();
        let tokens = text.split("\"access_token\":").skip(1);
        tokens
            .filter_map(|rest| rest.split('"').nth(1).map(ToOwned::to_owned))
            .collect()
    }
}

async fn pass(client: TcpStream, server: String, said: Arc<Said>) {
    let Ok(server) = TcpStream::connect(server).await else {
        return;
    };
    let (from_client, to_client) = client.into_split();
    let (from_server, to_server) = server.into_split();
    tokio::join!(
        copy(from_client, to_server, &said.asked),
        copy(from_server, to_client, &said.answered)
    );
}

async fn copy(mut from: impl AsyncRead + Unpin, mut to: impl AsyncWrite + Unpin, heard: &Mutex<Vec<Vec<u8>>>) {
    let place = {
        let mut all = heard.lock().unwrap();
        all.push(Vec::new());
        all.len() - 1
    };
    let mut part = vec![0; 16 * 1024];
    while let Ok(length @ 1..) = from.read(&mut part).await {
        heard.lock().unwrap()[place].extend_from_slice(&part[..length]);
        if to.write_all(&part[..length]).await.is_err() {
            break;
        }
    }
    let _closed = to.shutdown().await;
}
