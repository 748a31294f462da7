//! Owns the finding of who holds a port, for a sentence to the person. Must not end or change anything.

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use listeners::{Listener, Protocol, SocketState};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::sign_in::fault::PortHolder;

/// How long the system may take to name its listeners, and a listener to accept.
const PATIENCE: Duration = Duration::from_secs(2);
/// The longest name shown, in characters.
const LONGEST_NAME: usize = 60;

/// Who holds `port` on a loopback address or on all addresses.
pub(super) async fn of(port: u16) -> PortHolder {
    let seen = listening(port).await;
    if let Some(other) = seen.iter().find_map(other) {
        return other;
    }
    if !seen.is_empty() {
        return PortHolder::ThisProgram;
    }
    let addresses: [SocketAddr; 2] = [(Ipv4Addr::LOCALHOST, port).into(), (Ipv6Addr::LOCALHOST, port).into()];
    for address in addresses {
        if matches!(timeout(PATIENCE, TcpStream::connect(address)).await, Ok(Ok(_))) {
            return PortHolder::AnotherUsersProgram;
        }
    }
    PortHolder::Nobody
}

/// Another program that listens there too, as far as the system tells.
pub(super) async fn other_than_this(port: u16) -> Option<PortHolder> {
    listening(port).await.iter().find_map(other)
}

/// A system that does not tell is one where nobody is seen.
async fn listening(port: u16) -> Vec<Listener> {
    let asked = tokio::task::spawn_blocking(move || {
        let all = listeners::get_all().unwrap_or_default();
        all.into_iter()
            .filter(|listener| is_in_the_way(listener, port))
            .collect()
    });
    timeout(PATIENCE, asked)
        .await
        .ok()
        .and_then(Result::ok)
        .unwrap_or_default()
}

fn is_in_the_way(listener: &Listener, port: u16) -> bool {
    let address = listener.socket.ip();
    listener.socket.port() == port
        && listener.protocol == Protocol::TCP
        && listener.state == SocketState::Listen
        && (address.is_loopback() || address.is_unspecified())
}

fn other(listener: &Listener) -> Option<PortHolder> {
    let process = &listener.process;
    let name: String = process
        .name
        .chars()
        .filter(|character| !character.is_control())
        .take(LONGEST_NAME)
        .collect();
    (process.pid != std::process::id()).then_some(PortHolder::Program { name, pid: process.pid })
}
