//! Owns the network between the program and a server on this computer: a line that can be cut and mended. Must not read
//! what goes over it.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicU8, Ordering};

use countersign_app::page::ConnectionDraft;
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};
use tokio_util::sync::CancellationToken;

/// Each line has an address of its own, so that nobody takes its port while it is cut.
static LINES: AtomicU8 = AtomicU8::new(0);

/// A line to one server.
pub(crate) struct Line {
    address: SocketAddr,
    server: SocketAddr,
    carrying: Option<(JoinHandle<()>, CancellationToken)>,
}

impl Line {
    /// A line to the server at `origin`, whole.
    pub(crate) async fn to(origin: &str) -> Self {
        let here = Ipv4Addr::new(127, 1, 1, LINES.fetch_add(1, Ordering::SeqCst));
        let listener = TcpListener::bind((here, 0)).await.unwrap();
        let mut line = Self {
            address: listener.local_addr().unwrap(),
            server: origin.trim_start_matches("http://").parse().unwrap(),
            carrying: None,
        };
        line.carry(listener);
        line
    }

    /// The same draft, for the same services at the other end of the line.
    pub(crate) fn over(&self, draft: ConnectionDraft) -> ConnectionDraft {
        let over = |address: &str| address.replace(&self.server.to_string(), &self.address.to_string());
        ConnectionDraft {
            api_address: over(&draft.api_address),
            token_address: over(&draft.token_address),
            authorize_address: over(&draft.authorize_address),
            ..draft
        }
    }

    /// What goes over it breaks off, and nobody gets through any more.
    pub(crate) async fn cut(&mut self) {
        let (carrying, cut) = self.carrying.take().unwrap();
        cut.cancel();
        carrying.await.unwrap();
    }

    /// At the same address again.
    pub(crate) async fn mend(&mut self) {
        let listener = TcpListener::bind(self.address).await.unwrap();
        self.carry(listener);
    }

    fn carry(&mut self, listener: TcpListener) {
        let cut = CancellationToken::new();
        let carrying = tokio::spawn(carry(listener, self.server, cut.clone()));
        self.carrying = Some((carrying, cut));
    }
}

async fn carry(listener: TcpListener, server: SocketAddr, cut: CancellationToken) {
    let mut carried = JoinSet::new();
    loop {
        tokio::select! {
            () = cut.cancelled() => break,
            came = listener.accept() => {
                let (mut here, _) = came.unwrap();
                carried.spawn(async move {
                    let mut there = TcpStream::connect(server).await.unwrap();
                    // How it ends is for the two ends to see.
                    let _ended = copy_bidirectional(&mut here, &mut there).await;
                });
            }
        }
    }
    drop(listener);
    carried.shutdown().await;
}
