//! Owns the steps below TLS: a name becomes an address, the address is reached, the proxy connects. Must not speak TLS nor
//! HTTP beyond `CONNECT`.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use countersign_domain::BoundAddress;
use http::HeaderValue;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpStream, lookup_host};
use url::Host;

use crate::classification;
use crate::doctor::findings::{Fault, Seen};
use crate::doctor::secure::Wire;
use crate::error::GatewayError;
use crate::fault::ProxyTrouble;
use crate::route::{Proxied, Route};

/// Of a name with many addresses these many are shown.
const SHOWN: usize = 4;
/// The longest head of an answer to `CONNECT`.
const LONGEST_HEAD: usize = 8_192;

/// The first computer on the way: the server, or the proxy.
pub(super) struct Hop<'a> {
    /// Host and port of the service, as errors name it.
    pub(super) host: String,
    pub(super) proxied: Option<&'a Proxied>,
    name: String,
    port: u16,
}

impl<'a> Hop<'a> {
    pub(super) fn new(address: &BoundAddress, route: &'a Route) -> Self {
        let proxied = match route {
            Route::Direct => None,
            Route::Proxy(proxied) => Some(proxied),
        };
        let (name, port) = match proxied {
            Some(proxied) => (proxied.host().to_owned(), proxied.port()),
            None => (address.host().to_owned(), port(address)),
        };
        let host = address.authority();
        Self {
            host,
            proxied,
            name,
            port,
        }
    }

    /// The error that the first step failed: of the proxy's, or of the server's.
    fn fails(&self, trouble: ProxyTrouble, direct: impl FnOnce(String) -> GatewayError, source: io::Error) -> Fault {
        let host = self.host.clone();
        let Some(proxied) = self.proxied else {
            return direct(host).into();
        };
        let proxy = proxied.authority();
        let source: Option<crate::error::Cause> = Some(Arc::new(source));
        let error = GatewayError::Proxy {
            host,
            proxy,
            trouble,
            source,
        };
        error.into()
    }
}

/// Host and port of the service, the port always named.
pub(super) fn target(address: &BoundAddress) -> String {
    format!("{}:{}", address.host(), port(address))
}

fn port(address: &BoundAddress) -> u16 {
    address.as_url().port_or_known_default().unwrap_or(443)
}

/// The addresses of the first computer.
pub(super) async fn resolved(hop: &Hop<'_>, address: &BoundAddress) -> Result<(Seen, Vec<SocketAddr>), Fault> {
    let literal = hop.name.trim_start_matches('[').trim_end_matches(']');
    if let Ok(ip) = literal.parse() {
        let seen = format!("{ip} is an address; no name is looked up");
        return Ok((Seen::NotNeeded(vec![seen]), vec![SocketAddr::new(ip, hop.port)]));
    }
    if matches!(address.as_url().host(), Some(Host::Domain("localhost"))) && hop.proxied.is_none() {
        let here = [[127, 0, 0, 1].into(), std::net::Ipv6Addr::LOCALHOST.into()];
        let here = here.map(|ip| SocketAddr::new(ip, hop.port)).to_vec();
        let seen = "localhost is this computer; no name is looked up".to_owned();
        return Ok((Seen::NotNeeded(vec![seen]), here));
    }
    let found: io::Result<Vec<SocketAddr>> = lookup_host((literal, hop.port)).await.map(Iterator::collect);
    let none = || io::Error::new(io::ErrorKind::NotFound, "the name has no address");
    let found = found.and_then(|found| if found.is_empty() { Err(none()) } else { Ok(found) });
    let found = found.map_err(|source| hop.unknown(source))?;
    Ok((Seen::Passed(hop.named(&found, address)), found))
}

impl Hop<'_> {
    fn unknown(&self, source: io::Error) -> Fault {
        let kind = source.kind();
        let text = io::Error::new(kind, source.to_string());
        let direct = |host| GatewayError::HostUnknown {
            host,
            source: Arc::new(source),
        };
        self.fails(ProxyTrouble::Unknown, direct, text)
    }

    fn named(&self, found: &[SocketAddr], address: &BoundAddress) -> Vec<String> {
        let mut shown: Vec<String> = found.iter().take(SHOWN).map(|one| one.ip().to_string()).collect();
        if found.len() > SHOWN {
            shown.push(format!("and {} more", found.len() - SHOWN));
        }
        let mut seen = vec![format!("{} is {}", self.name, shown.join(", "))];
        if self.proxied.is_some() {
            seen.push(format!("The proxy resolves {}", address.host()));
        }
        seen
    }
}

/// A connection to the first of `addresses` that takes one.
pub(super) async fn connected(hop: &Hop<'_>, addresses: Vec<SocketAddr>) -> Result<(Seen, TcpStream), Fault> {
    let mut last = io::Error::from(io::ErrorKind::AddrNotAvailable);
    for address in addresses {
        match TcpStream::connect(address).await {
            Ok(stream) => {
                let seen = format!("Connected to {}, port {}", address.ip(), address.port());
                return Ok((Seen::Passed(vec![seen]), stream));
            }
            Err(error) => last = error,
        }
    }
    let cause = classification::unreachable_cause(&last);
    let text = io::Error::new(last.kind(), last.to_string());
    let direct = |host| GatewayError::Unreachable {
        host,
        cause,
        source: Arc::new(last),
    };
    Err(hop.fails(ProxyTrouble::Unreachable, direct, text))
}

/// The way through the proxy to `address`.
pub(super) async fn tunnelled(
    proxied: &Proxied,
    mut wire: Wire,
    address: &BoundAddress,
    authorization: Option<&HeaderValue>,
) -> Result<Wire, Fault> {
    let target = target(address);
    let asked = asked(&mut wire, &target, authorization).await;
    let unreadable = |source: io::Error| GatewayError::Proxy {
        host: address.authority(),
        proxy: proxied.authority(),
        trouble: ProxyTrouble::Unreadable,
        source: Some(Arc::new(source)),
    };
    let status = asked.map_err(unreadable)?;
    let trouble = match status {
        200..=299 => return Ok(wire),
        // tinyproxy answers a wrong password with 401.
        401 | 407 => ProxyTrouble::Authentication,
        _ => ProxyTrouble::Refused,
    };
    Err(Fault {
        seen: vec![format!("The proxy answered CONNECT {target} with {status}")],
        error: proxied.trouble(address.authority(), trouble),
    })
}

async fn asked(wire: &mut Wire, target: &str, authorization: Option<&HeaderValue>) -> io::Result<u16> {
    wire.write_all(format!("CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n").as_bytes())
        .await?;
    if let Some(value) = authorization {
        wire.write_all(b"Proxy-Authorization: ").await?;
        wire.write_all(value.as_bytes()).await?;
        wire.write_all(b"\r\n").await?;
    }
    wire.write_all(b"\r\n").await?;
    wire.flush().await?;
    status(&head(wire).await?)
}

/// Read byte by byte: what follows the head belongs to the server behind.
async fn head(wire: &mut Wire) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        if head.len() >= LONGEST_HEAD {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "the head does not end"));
        }
        head.push(wire.read_u8().await?);
    }
    Ok(head)
}

/// The status of `HTTP/1.x NNN reason`.
fn status(head: &[u8]) -> io::Result<u16> {
    let line = head.split(|byte| *byte == b'\r').next().unwrap_or_default();
    let line = String::from_utf8_lossy(line);
    let words = line.strip_prefix("HTTP/1.").and_then(|rest| rest.split(' ').nth(1));
    let status = words.and_then(|status| status.parse().ok());
    status.ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, "not an answer in HTTP"))
}
