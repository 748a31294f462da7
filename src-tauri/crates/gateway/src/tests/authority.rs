//! Owns a certificate authority of one test, made in memory, and servers that speak TLS under it. Must not assert.

use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use countersign_domain::{CertificateAuthority, Network, ProxyChoice};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, date_time_ymd};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

/// What stands between two years, the first of January each.
pub(super) type Years = (i32, i32);
pub(super) const NOW: Years = (2020, 2090);

/// An authority that no computer trusts by itself.
pub(super) struct Authority(CertifiedIssuer<'static, KeyPair>);

impl Authority {
    pub(super) fn new() -> Self {
        let mut parameters = CertificateParams::default();
        parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        parameters
            .distinguished_name
            .push(DnType::CommonName, "Nordvik Inspection Root");
        (parameters.not_before, parameters.not_after) = (date_time_ymd(2020, 1, 1), date_time_ymd(2090, 1, 1));
        let key = KeyPair::generate().unwrap();
        Self(CertifiedIssuer::self_signed(parameters, key).unwrap())
    }

    /// A network in which this authority is trusted besides the system's.
    pub(super) fn trusted(&self, proxy: ProxyChoice) -> Network {
        let certificate_authority = Some(CertificateAuthority {
            name: "nordvik.pem".to_owned(),
            pem: pem(self.0.der()),
        });
        Network {
            proxy,
            certificate_authority,
        }
    }

    fn issue(&self, host: &str, (from, until): Years) -> ServerConfig {
        let mut parameters = CertificateParams::new([host.to_owned()]).unwrap();
        (parameters.not_before, parameters.not_after) = (date_time_ymd(from, 1, 1), date_time_ymd(until, 1, 1));
        let key = KeyPair::generate().unwrap();
        let leaf = parameters.signed_by(&key, &self.0).unwrap();
        let chain = vec![leaf.der().clone(), self.0.der().clone()];
        ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(chain, PrivateKeyDer::Pkcs8(key.serialize_der().into()))
            .unwrap()
    }

    /// A server with a certificate for `host` that answers each request with `body` as JSON.
    pub(super) async fn server(&self, host: &str, years: Years, body: &'static str) -> SecureServer {
        let acceptor = TlsAcceptor::from(Arc::new(self.issue(host, years)));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (heads, connections) = (Arc::new(Mutex::new(Vec::new())), Arc::new(Mutex::new(Vec::new())));
        let (seen, count) = (Arc::clone(&heads), Arc::clone(&connections));
        let task = tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                tokio::spawn(serve(acceptor.clone(), stream, body, (seen.clone(), count.clone())));
            }
        });
        SecureServer {
            port,
            heads,
            connections,
            task,
        }
    }
}

fn pem(certificate: &CertificateDer<'_>) -> String {
    let encoded = STANDARD.encode(certificate);
    format!("-----BEGIN CERTIFICATE-----\n{encoded}\n-----END CERTIFICATE-----\n")
}

type Heads = Arc<Mutex<Vec<String>>>;
/// The bytes inside TLS of each connection whose handshake succeeded and that ended.
type Connections = Arc<Mutex<Vec<usize>>>;

/// A server that speaks TLS; gone with its owner.
pub(super) struct SecureServer {
    pub(super) port: u16,
    pub(super) heads: Heads,
    pub(super) connections: Connections,
    task: JoinHandle<()>,
}

impl SecureServer {
    pub(super) fn origin(&self) -> String {
        format!("https://localhost:{}", self.port)
    }

    pub(super) fn heads(&self) -> Vec<String> {
        self.heads.lock().unwrap().clone()
    }
}

impl Drop for SecureServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(
    acceptor: TlsAcceptor,
    stream: TcpStream,
    body: &'static str,
    (heads, connections): (Heads, Connections),
) {
    let Ok(mut stream) = acceptor.accept(stream).await else {
        return;
    };
    let (mut head, mut bytes) = (Vec::new(), 0);
    while let Ok(byte) = stream.read_u8().await {
        bytes += 1;
        head.push(byte);
        if head.ends_with(b"\r\n\r\n") {
            let text = String::from_utf8(std::mem::take(&mut head)).unwrap();
            let length = text
                .to_ascii_lowercase()
                .lines()
                .find_map(|line| line.strip_prefix("content-length: ")?.parse().ok())
                .unwrap_or(0);
            let mut sent = vec![0; length];
            stream.read_exact(&mut sent).await.unwrap();
            heads.lock().unwrap().push(text);
            let answer = format!(
                "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
                body.len()
            );
            stream.write_all(answer.as_bytes()).await.unwrap();
        }
    }
    connections.lock().unwrap().push(bytes);
}
