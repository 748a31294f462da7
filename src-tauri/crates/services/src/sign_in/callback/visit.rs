//! Owns one connection to the callback from its first byte to its end. Must not outlive its time, nor leave the port
//! waiting for the system to forget it.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::mpsc;
use tokio::time::timeout;

use super::head;
use super::reply::Reply;
use crate::sign_in::pending::PendingSignIn;

/// How long a browser may take to read its page and hang up.
const FAREWELL: Duration = Duration::from_secs(2);
/// How much of an overlong request is read and thrown away, so that its sender gets to read the answer.
const MOST_DISCARDED: usize = 4 * 1024 * 1024;

/// Somebody at the door.
pub(super) struct Visit {
    /// At which of the listener's addresses.
    pub(super) address: SocketAddr,
    pub(super) head: Duration,
    pub(super) pending: Arc<PendingSignIn>,
    /// Told of each callback that is not this sign-in's.
    pub(super) came: mpsc::Sender<()>,
}

impl Visit {
    /// Reads one request and answers it.
    pub(super) async fn serve(self, mut stream: TcpStream) {
        // A connection that this side ends would hold the port for a minute (TIME_WAIT), and nobody shares it: so the
        // browser ends it after its page, and where it does not, the connection is reset.
        if stream.set_zero_linger().is_err() {
            return;
        }
        let query = match timeout(self.head, head::query(&mut stream, self.address)).await {
            Ok(Ok(query)) => query,
            Ok(Err(Some(reply))) => return farewell(stream, reply).await,
            Ok(Err(None)) => return,
            Err(_) => return farewell(stream, Reply::TooSlow).await,
        };
        let Some(claim) = self.pending.claim(&query) else {
            let _full = self.came.try_send(());
            return farewell(stream, Reply::NotThisSignIn).await;
        };
        // The page first: once the answer is delivered, the listener and its connections end.
        let _gone = timeout(FAREWELL, stream.write_all(&Reply::Finished.bytes())).await;
        tokio::spawn(hang_up(stream));
        claim.deliver();
    }
}

async fn farewell(mut stream: TcpStream, reply: Reply) {
    if let Ok(Ok(())) = timeout(FAREWELL, stream.write_all(&reply.bytes())).await {
        hang_up(stream).await;
    }
}

/// Waits until the other side has hung up.
async fn hang_up(mut stream: TcpStream) {
    let discarded = async {
        let (mut buffer, mut left) = (vec![0_u8; 16 * 1024], MOST_DISCARDED);
        while let Ok(read @ 1..) = stream.read(&mut buffer).await {
            let Some(rest) = left.checked_sub(read) else { break };
            left = rest;
        }
    };
    let _late = timeout(FAREWELL, discarded).await;
}
