//! Owns the taking of the callback's port: both loopback addresses, nothing shared. Must not wait for a person.

use std::io::{self, ErrorKind};
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use tokio::net::{TcpListener, TcpSocket};
use tokio::time::sleep;

use super::holder;
use crate::sign_in::fault::{PortHolder, SignInError};

/// Connections that the system queues: browsers open a few ahead.
const QUEUE: u32 = 64;
/// An earlier sign-in of this run lets go within moments.
const TRIES: u32 = 4;
const BETWEEN_TRIES: Duration = Duration::from_millis(300);

/// The port on 127.0.0.1 and, where this computer has it, on `[::1]`: a browser that tried the other family would find
/// whoever listens there (RFC 8252 section 7.3).
pub(super) async fn taken(port: u16) -> Result<(TcpListener, Option<TcpListener>), SignInError> {
    let mut tries = 1;
    loop {
        let fault = match both(port) {
            Ok(listeners) => return alone(port, listeners).await,
            Err(fault) => fault,
        };
        if fault.kind() != ErrorKind::AddrInUse {
            return Err(SignInError::PortUnavailable { port, source: fault });
        }
        let holder = holder::of(port).await;
        let passing = matches!(holder, PortHolder::Nobody | PortHolder::ThisProgram);
        if !passing || tries == TRIES {
            return Err(SignInError::PortHeld { port, holder });
        }
        tries += 1;
        sleep(BETWEEN_TRIES).await;
    }
}

fn both(port: u16) -> io::Result<(TcpListener, Option<TcpListener>)> {
    let first = listening(TcpSocket::new_v4()?, (Ipv4Addr::LOCALHOST, port).into())?;
    let second = match TcpSocket::new_v6().and_then(|socket| listening(socket, (Ipv6Addr::LOCALHOST, port).into())) {
        Ok(second) => Some(second),
        Err(fault) if fault.kind() == ErrorKind::AddrInUse || fault.kind() == ErrorKind::PermissionDenied => {
            return Err(fault);
        }
        // No IPv6 here, so nobody can listen there either.
        Err(_) => None,
    };
    Ok((first, second))
}

/// `SO_REUSEADDR` and `SO_REUSEPORT` stay off, which tokio's own `bind` would set: nobody shares this port. Windows calls
/// that its default since Server 2003 ("enhanced socket security"): nobody may bind an address that is bound without it.
fn listening(socket: TcpSocket, address: SocketAddr) -> io::Result<TcpListener> {
    socket.bind(address)?;
    socket.listen(QUEUE)
}

/// On Windows and macOS somebody may hold `0.0.0.0` or `[::]` beside a loopback address of ours.
async fn alone(
    port: u16,
    listeners: (TcpListener, Option<TcpListener>),
) -> Result<(TcpListener, Option<TcpListener>), SignInError> {
    match holder::other_than_this(port).await {
        Some(holder) => Err(SignInError::PortHeld { port, holder }),
        None => Ok(listeners),
    }
}
