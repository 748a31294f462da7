//! Why no connection came about, told apart.

use std::sync::Arc;

use countersign_domain::ErrorCode;
use rcgen::{CertificateParams, KeyPair, date_time_ymd};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;

use reqwest::dns::{Name, Resolve, Resolving};

use super::servers::{Server, json};
use super::world::{World, basic, go};
use crate::{Call, GatewayError, TlsFault, UnreachableCause};

async fn failure_at(api: &str) -> GatewayError {
    World::new()
        .bound(api, basic())
        .send(Call::get("/"), &go())
        .await
        .unwrap_err()
}

#[tokio::test]
async fn a_port_where_nothing_listens() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let error = failure_at(&format!("http://{address}")).await;
    assert!(
        matches!(
            error,
            GatewayError::Unreachable {
                cause: UnreachableCause::NothingListens,
                ..
            }
        ),
        "{error:?}"
    );
    assert!(error.is_certainly_not_done() && error.is_retryable());
    assert!(error.into_failure().message.contains(&address.to_string()));
}

/// A resolver that knows no name.
struct Ignorant;

impl Resolve for Ignorant {
    fn resolve(&self, _: Name) -> Resolving {
        Box::pin(async { Err("no such name".into()) })
    }
}

#[tokio::test]
async fn a_name_that_the_resolver_does_not_know() {
    let _installs_cryptography = World::new();
    let builder = reqwest::Client::builder().no_proxy().tls_certs_only([]);
    let client = builder.dns_resolver(Ignorant).build().unwrap();
    let error = client.get("https://api.example.com/?token=x").send().await.unwrap_err();
    let error = crate::classification::without_answer(error, "api.example.com", &crate::route::Route::Direct);
    assert!(matches!(error, GatewayError::HostUnknown { .. }), "{error:?}");
    assert!(!format!("{error:?}").contains("token"), "the URL is gone");
}

#[tokio::test]
async fn localhost_is_this_computer_without_asking_a_resolver() {
    let server = Server::start(|_| json(200, "{}")).await;
    let api = server.origin.replace("127.0.0.1", "localhost");
    World::new()
        .bound(&api, basic())
        .send(Call::get("/"), &go())
        .await
        .unwrap();
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn a_port_that_does_not_speak_tls() {
    let server = Server::start(|_| json(200, "{}")).await;
    let error = failure_at(&server.origin.replace("http:", "https:")).await;
    assert!(
        matches!(
            error,
            GatewayError::TlsUntrusted {
                fault: TlsFault::NotTls,
                ..
            }
        ),
        "{error:?}"
    );
}

#[tokio::test]
async fn a_certificate_of_an_unknown_issuer_gets_no_byte_of_http() {
    let (origin, server) = secure_server().await;
    let error = failure_at(&origin).await;
    assert!(
        matches!(
            error,
            GatewayError::TlsUntrusted {
                fault: TlsFault::UnknownIssuer,
                ..
            }
        ),
        "{error:?}"
    );
    assert_eq!(error.code(), ErrorCode::TlsUntrusted);
    assert!(error.is_certainly_not_done() && !error.is_retryable());
    assert!(!server.await.unwrap(), "the handshake did not end well");
}

/// Takes one connection; says whether its handshake succeeded.
async fn secure_server() -> (String, JoinHandle<bool>) {
    let key = KeyPair::generate().unwrap();
    let mut parameters = CertificateParams::new(["localhost".to_owned()]).unwrap();
    parameters.not_before = date_time_ymd(2020, 1, 1);
    parameters.not_after = date_time_ymd(2090, 1, 1);
    let certificate = parameters.self_signed(&key).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(
            vec![certificate.der().clone()],
            PrivateKeyDer::Pkcs8(key.serialize_der().into()),
        )
        .unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let origin = format!("https://localhost:{}", listener.local_addr().unwrap().port());
    let task = tokio::spawn(async move {
        let (stream, _) = listener.accept().await.unwrap();
        TlsAcceptor::from(Arc::new(config)).accept(stream).await.is_ok()
    });
    (origin, task)
}
