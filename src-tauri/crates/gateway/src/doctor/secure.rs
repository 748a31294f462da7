//! Owns the step of TLS: a handshake whose certificate is remembered whether it is trusted or not, and its end. Must not
//! send a byte inside it.

use std::io;
use std::sync::Arc;

use countersign_domain::{BoundAddress, CertificateAuthority};
use rustls::ProtocolVersion;
use rustls::pki_types::ServerName;
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use crate::classification;
use crate::doctor::certificate::{Remembering, Shown};
use crate::doctor::findings::Fault;
use crate::error::GatewayError;
use crate::fault::{ProxyTrouble, TlsFault};
use crate::route::Proxied;
use crate::trust;

/// A connection that bytes go over, whatever it is made of.
pub(super) trait Carries: AsyncRead + AsyncWrite + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send> Carries for T {}
pub(super) type Wire = Box<dyn Carries>;

/// A connection to the proxy, inside TLS where its address says `https`.
pub(super) async fn to_proxy(
    proxied: &Proxied,
    stream: TcpStream,
    authority: Option<&CertificateAuthority>,
    host: &str,
) -> Result<Wire, Fault> {
    if !proxied.is_secure() {
        return Ok(Box::new(stream));
    }
    let remembering = Arc::new(Remembering::new(trust::verifier(authority)?));
    let untrusted = |seen: Vec<String>, source: io::Error| Fault {
        seen,
        error: GatewayError::Proxy {
            host: host.to_owned(),
            proxy: proxied.authority(),
            trouble: ProxyTrouble::Untrusted,
            source: Some(Arc::new(source)),
        },
    };
    match handshake(proxied.host(), Box::new(stream), &remembering).await? {
        Ok(stream) => Ok(Box::new(stream)),
        Err(error) => {
            let seen = remembering.shown().map(|shown| issued(&shown, &error)).into_iter();
            Err(untrusted(seen.collect(), error))
        }
    }
}

/// Who `address` proves to be. The connection is ended before a byte of HTTP.
pub(super) async fn identity(
    address: &BoundAddress,
    wire: Wire,
    authority: Option<&CertificateAuthority>,
) -> Result<Vec<String>, Fault> {
    let remembering = Arc::new(Remembering::new(trust::verifier(authority)?));
    let outcome = handshake(address.host(), wire, &remembering).await?;
    let shown = remembering.shown();
    match outcome {
        Ok(mut stream) => {
            let protocol = stream.get_ref().1.protocol_version();
            // A server that is gone already ends it as well.
            let _ = stream.shutdown().await;
            Ok(shown.map_or_else(Vec::new, |shown| {
                vec![format!("Issued by {}", shown.issuer), described(&shown, protocol)]
            }))
        }
        Err(error) => {
            let seen = shown.map_or_else(
                || vec!["No certificate was shown".to_owned()],
                |shown| vec![issued(&shown, &error), described(&shown, None)],
            );
            let error = failure(address, error);
            Err(Fault { seen, error })
        }
    }
}

async fn handshake(
    name: &str,
    wire: Wire,
    remembering: &Arc<Remembering>,
) -> Result<io::Result<TlsStream<Wire>>, GatewayError> {
    let verifier: Arc<Remembering> = Arc::clone(remembering);
    let configuration = trust::verified_by(verifier)?;
    let bare = name.trim_start_matches('[').trim_end_matches(']').to_owned();
    let Ok(server) = ServerName::try_from(bare) else {
        return Ok(Err(io::Error::new(
            io::ErrorKind::InvalidInput,
            "not a name a host can have",
        )));
    };
    Ok(TlsConnector::from(Arc::new(configuration)).connect(server, wire).await)
}

fn failure(address: &BoundAddress, error: io::Error) -> GatewayError {
    let host = address.authority();
    let fault = classification::find::<rustls::Error>(&error).map(classification::tls_fault);
    let source = Arc::new(error);
    match fault {
        Some(fault) => GatewayError::TlsUntrusted { host, fault, source },
        None => GatewayError::BrokenOff { host, source },
    }
}

/// The issuer, and what is wrong in half a sentence.
fn issued(shown: &Shown, error: &io::Error) -> String {
    let fault = classification::find::<rustls::Error>(error).map(classification::tls_fault);
    let what = match fault {
        Some(TlsFault::UnknownIssuer) => ", which this computer does not trust",
        Some(TlsFault::OtherHost) => " for another host",
        Some(TlsFault::Expired) => ", but expired",
        Some(TlsFault::NotValidYet) => ", but not valid yet",
        Some(TlsFault::Revoked) => ", but withdrawn",
        Some(TlsFault::BadCertificate) => ", but faulty",
        Some(TlsFault::OldProtocol | TlsFault::NotTls | TlsFault::NoAgreement) | None => "",
    };
    format!("Issued by {}{what}", shown.issuer)
}

fn described(shown: &Shown, protocol: Option<ProtocolVersion>) -> String {
    let protocol = match protocol {
        Some(ProtocolVersion::TLSv1_3) => Some("TLS 1.3"),
        Some(ProtocolVersion::TLSv1_2) => Some("TLS 1.2"),
        Some(_) | None => None,
    };
    let parts = [
        Some(format!("For {}", shown.subject)),
        protocol.map(str::to_owned),
        Some(format!("valid from {} until {}", shown.from, shown.until)),
        Some(format!("SHA-256 {}", shown.fingerprint)),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}
