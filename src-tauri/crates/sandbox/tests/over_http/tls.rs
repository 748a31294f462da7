//! A sandbox behind TLS: which of its certificates a client that trusts its CA takes.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use countersign_sandbox::{Sandbox, SandboxSettings, Tls};
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

/// What a client that trusts `authority` alone reads from `address` at `path`, or why it does not.
fn read(authority: &str, address: &str, path: &str) -> Result<String, String> {
    let encoded: String = authority.lines().filter(|line| !line.starts_with('-')).collect();
    let mut roots = RootCertStore::empty();
    roots
        .add(CertificateDer::from(STANDARD.decode(encoded).unwrap()))
        .unwrap();
    let configuration = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = ServerName::try_from("127.0.0.1").unwrap();
    let connection = ClientConnection::new(Arc::new(configuration), name).unwrap();
    let host = address.strip_prefix("https://").unwrap();
    let mut stream = StreamOwned::new(connection, TcpStream::connect(host).unwrap());
    let request = format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
    stream
        .write_all(request.as_bytes())
        .map_err(|fault| fault.to_string())?;
    let mut answer = Vec::new();
    // The end of the connection without a farewell of TLS is no fault here.
    drop(stream.read_to_end(&mut answer));
    Ok(String::from_utf8(answer).unwrap())
}

async fn asked(tls: Tls, path: &'static str) -> (Result<String, String>, usize, String) {
    let settings = SandboxSettings {
        tls: Some(tls),
        ..SandboxSettings::default()
    };
    let sandbox = Sandbox::start(settings).await.unwrap();
    let (authority, address) = (
        sandbox.certificate_authority().unwrap().to_owned(),
        sandbox.hypothesis_server(),
    );
    let asking = address.clone();
    let read = tokio::task::spawn_blocking(move || read(&authority, &asking, path))
        .await
        .unwrap();
    (read, sandbox.requests().len(), address)
}

#[tokio::test]
async fn a_client_that_trusts_the_ca_is_answered_with_addresses_of_its_own_kind() {
    let (answer, requests, address) = asked(Tls::Good, "/api/").await;
    let answer = answer.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert!(
        answer.contains(&format!("{address}/api/profile")),
        "links say https as well"
    );
    assert_eq!(requests, 1);
}

#[tokio::test]
async fn every_wrong_certificate_is_refused_before_a_request_is_made() {
    for (tls, reason) in [
        (Tls::Expired, "Expired"),
        (Tls::WrongHost, "not valid for"),
        (Tls::Unknown, "UnknownIssuer"),
        (Tls::SelfSigned, "UnknownIssuer"),
    ] {
        let (answer, requests, _) = asked(tls, "/api/").await;
        let fault = answer.unwrap_err();
        assert!(
            fault.to_lowercase().contains(&reason.to_lowercase()),
            "{tls:?}: {fault}"
        );
        assert_eq!(requests, 0, "{tls:?}");
    }
}
