//! Owns TLS in front of a sandbox: a certification authority made in memory for one run, and the certificates that a
//! client must refuse. Must not be in a release (feature `faults`), nor write a key anywhere.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::serve::Listener;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, KeyUsagePurpose};
use rustls::ServerConfig;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use crate::error::SandboxError;

/// The names that a good certificate is for. The last two are for tests that go through a proxy, which knows where
/// they are.
const NAMES: [&str; 4] = [
    "127.0.0.1",
    "localhost",
    "hyperproof.practice.example",
    "hypothesis.practice.example",
];
/// Handshakes that may wait to be served.
const WAITING: usize = 64;

/// What is right or wrong with the certificate that a sandbox shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tls {
    /// Of the CA that the sandbox tells, for the address it listens on.
    Good,
    /// The same, long past its life.
    Expired,
    /// Of the CA, for another host.
    WrongHost,
    /// Of a CA that nobody is told of; the one that is told is another.
    Unknown,
    /// Of no CA at all.
    SelfSigned,
}

/// What a TLS listener needs, and what a client needs to trust it.
pub(crate) struct Identity {
    pub(crate) configuration: Arc<ServerConfig>,
    /// The CA's certificate in PEM.
    pub(crate) authority: String,
}

impl Identity {
    /// A new CA and the certificate that `tls` describes.
    pub(crate) fn new(tls: Tls) -> Result<Self, SandboxError> {
        Self::made(tls).map_err(|source| SandboxError::Certificate { source })
    }

    fn made(tls: Tls) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        let told = authority("Countersign Sandbox CA")?;
        let key = KeyPair::generate()?;
        let leaf = leaf(tls)?;
        let certificate = match tls {
            Tls::SelfSigned => leaf.self_signed(&key)?,
            Tls::Unknown => {
                let unknown = authority("Countersign Sandbox CA that nobody knows")?;
                leaf.signed_by(&key, &*unknown)?
            }
            Tls::Good | Tls::Expired | Tls::WrongHost => leaf.signed_by(&key, &*told)?,
        };
        let private = PrivateKeyDer::try_from(key.serialize_der())?;
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let configuration = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], private)?;
        Ok(Self {
            configuration: Arc::new(configuration),
            authority: pem(told.der()),
        })
    }
}

fn authority(name: &str) -> Result<CertifiedIssuer<'static, KeyPair>, rcgen::Error> {
    let mut parameters = CertificateParams::default();
    parameters.distinguished_name.push(DnType::CommonName, name);
    parameters.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    parameters.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    CertifiedIssuer::self_signed(parameters, KeyPair::generate()?)
}

fn leaf(tls: Tls) -> Result<CertificateParams, rcgen::Error> {
    let names = match tls {
        Tls::WrongHost => vec!["elsewhere.practice.example".to_owned()],
        Tls::Good | Tls::Expired | Tls::Unknown | Tls::SelfSigned => NAMES.map(str::to_owned).to_vec(),
    };
    let mut parameters = CertificateParams::new(names)?;
    parameters
        .distinguished_name
        .push(DnType::CommonName, "Countersign Sandbox");
    if tls == Tls::Expired {
        parameters.not_before = rcgen::date_time_ymd(2020, 1, 1);
        parameters.not_after = rcgen::date_time_ymd(2020, 12, 31);
    }
    Ok(parameters)
}

fn pem(certificate: &CertificateDer<'_>) -> String {
    let encoded = STANDARD.encode(certificate);
    let lines: Vec<String> = encoded
        .as_bytes()
        .chunks(64)
        .map(|line| String::from_utf8_lossy(line).into_owned())
        .collect();
    format!(
        "-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n",
        lines.join("\n")
    )
}

/// Marks a request that came through TLS.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Secured;

/// Connections whose handshake is done. Each handshake has a task of its own, so that a client which is silent keeps
/// nobody waiting.
pub(crate) struct TlsListener {
    ready: mpsc::Receiver<(TlsStream<TcpStream>, SocketAddr)>,
    address: SocketAddr,
}

impl TlsListener {
    /// Takes connections from `listener` until it is dropped itself.
    pub(crate) fn new(listener: TcpListener, address: SocketAddr, configuration: Arc<ServerConfig>) -> Self {
        let (done, ready) = mpsc::channel(WAITING);
        tokio::spawn(accept(listener, TlsAcceptor::from(configuration), done));
        Self { ready, address }
    }
}

async fn accept(listener: TcpListener, acceptor: TlsAcceptor, done: mpsc::Sender<(TlsStream<TcpStream>, SocketAddr)>) {
    loop {
        let accepted = tokio::select! {
            () = done.closed() => return,
            accepted = listener.accept() => accepted,
        };
        let Ok((stream, from)) = accepted else { continue };
        let (acceptor, done) = (acceptor.clone(), done.clone());
        tokio::spawn(async move {
            tokio::select! {
                () = done.closed() => {}
                shaken = acceptor.accept(stream) => match shaken {
                    // Nobody waits any more when this fails.
                    Ok(stream) => drop(done.send((stream, from)).await),
                    Err(fault) => tracing::debug!(%fault, "a TLS handshake failed"),
                }
            }
        });
    }
}

impl Listener for TlsListener {
    type Io = TlsStream<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        match self.ready.recv().await {
            Some(connection) => connection,
            None => std::future::pending().await,
        }
    }

    fn local_addr(&self) -> std::io::Result<Self::Addr> {
        Ok(self.address)
    }
}
