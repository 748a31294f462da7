//! Owns the choice of a port for sign-ins to come back to. Must not choose among those that the system gives to outgoing
//! connections: one that another test closed a moment ago would still hold its port.

use std::net::{Ipv4Addr, TcpListener};
use std::sync::atomic::{AtomicU16, Ordering};

/// Below what systems give to connections: Linux begins at 32768, others at 49152.
const FIRST: u16 = 20_000;
/// The ports of one process; those of another that runs at the same time are most likely others.
const PORTS: u16 = 400;
const PROCESSES: u32 = 30;

/// A port that nobody has now, and that this process chooses for nobody else soon.
pub(crate) fn free_port() -> u16 {
    static CHOSEN: AtomicU16 = AtomicU16::new(0);
    let process = u16::try_from(std::process::id() % PROCESSES).unwrap();
    let first = FIRST + process * PORTS;
    (0..PORTS)
        .map(|_| first + CHOSEN.fetch_add(1, Ordering::Relaxed) % PORTS)
        .find(|port| TcpListener::bind((Ipv4Addr::LOCALHOST, *port)).is_ok())
        .unwrap()
}
