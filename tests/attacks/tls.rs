//! Certificates that prove nothing, and an old protocol: nothing is sent before the server has proven who it is.

use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};

use countersign_domain::ErrorCode;
use countersign_sandbox::{PracticeCredentials, SandboxSettings, Tls};

use super::desk::Services;
use super::door::{Door, Way, trusting};
use super::seen;

async fn behind(tls: Tls) -> Services {
    Services::with(SandboxSettings {
        tls: Some(tls),
        ..SandboxSettings::default()
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a07_without_its_ca_no_certificate_of_a_private_ca_is_trusted() {
    for tls in [Tls::Good, Tls::Expired, Tls::WrongHost, Tls::Unknown, Tls::SelfSigned] {
        let services = behind(tls).await;
        let door = Door::to(&services.sandbox, &services.credentials, None);
        let failure = door.get("/users/me").await.unwrap_err();
        assert_eq!(failure.code, ErrorCode::TlsUntrusted, "{tls:?}: {failure}");
        assert_eq!(services.sandbox.requests().len(), 0, "{tls:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a07_with_its_ca_only_a_good_certificate_is_trusted() {
    let mut words = Vec::new();
    for tls in [Tls::Expired, Tls::WrongHost, Tls::Unknown, Tls::SelfSigned] {
        let services = behind(tls).await;
        let authority = services.sandbox.certificate_authority().map(str::to_owned);
        let door = Door::to(&services.sandbox, &services.credentials, authority.as_deref());
        let failure = door.get("/users/me").await.unwrap_err();
        assert_eq!(failure.code, ErrorCode::TlsUntrusted, "{tls:?}: {failure}");
        assert_eq!(services.sandbox.requests().len(), 0, "{tls:?}");
        assert!(
            !words.contains(&failure.message),
            "each has words of its own: {}",
            failure.message
        );
        if tls != Tls::SelfSigned {
            words.push(failure.message);
        }
    }
    let services = behind(Tls::Good).await;
    let authority = services.sandbox.certificate_authority().map(str::to_owned);
    let door = Door::to(&services.sandbox, &services.credentials, authority.as_deref());
    assert_eq!(
        door.get("/users/me").await.unwrap().status,
        200,
        "token and API both use the CA"
    );
    seen(
        "A7",
        "self-signed, expired, wrong host, unknown CA and TLS 1.1: `tls-untrusted` or refused, no request; with the CA only its own host passes",
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a07_one_connections_ca_is_no_others() {
    let services = behind(Tls::Good).await;
    let authority = services.sandbox.certificate_authority().map(str::to_owned);
    let other = behind(Tls::Good).await;
    let door = Door::to(&other.sandbox, &other.credentials, authority.as_deref());
    assert_eq!(door.get("/users/me").await.unwrap_err().code, ErrorCode::TlsUntrusted);
    assert_eq!(other.sandbox.requests().len(), 0);
}

/// A certificate of a server, not of a CA: the latter would not be taken for the former.
const OF_A_SERVER: &str = "[req]\ndistinguished_name=name\nx509_extensions=server\nprompt=no\n[name]\nCN=127.0.0.1\n\
                           [server]\nsubjectAltName=IP:127.0.0.1\nbasicConstraints=CA:FALSE\n";

/// OpenSSL's own server, ended with the test.
struct OldServer {
    server: Child,
    port: u16,
    certificate: String,
}

impl OldServer {
    fn start(protocol: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (key, certificate) = (folder.path().join("key.pem"), folder.path().join("certificate.pem"));
        let configuration = folder.path().join("openssl.cnf");
        std::fs::write(&configuration, OF_A_SERVER).unwrap();
        let made = Command::new("openssl")
            .args(["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-config"])
            .arg(&configuration)
            .arg("-keyout")
            .arg(&key)
            .arg("-out")
            .arg(&certificate)
            .stderr(Stdio::null())
            .status();
        assert!(made.expect("openssl is installed").success());
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let mut server = Command::new("openssl")
            .args(["s_server", "-www", protocol, "-cipher", "ALL:@SECLEVEL=0", "-accept"])
            .arg(format!("127.0.0.1:{port}"))
            .arg("-key")
            .arg(&key)
            .arg("-cert")
            .arg(&certificate)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(server.stdout.take().unwrap()).lines();
        assert!(lines.any(|line| line.unwrap() == "ACCEPT"), "the server listens");
        let certificate = std::fs::read_to_string(certificate).unwrap();
        Self {
            server,
            port,
            certificate,
        }
    }
}

impl Drop for OldServer {
    fn drop(&mut self) {
        let _ended = self.server.kill().and_then(|()| self.server.wait());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a07_a_server_that_speaks_tls_1_1_alone_is_not_spoken_to() {
    for (protocol, taken) in [("-tls1_1", false), ("-tls1_2", true)] {
        let server = OldServer::start(protocol);
        let address = format!("https://127.0.0.1:{}", server.port);
        let way = Way {
            network: trusting(Some(&server.certificate)),
            ..Way::to(&address, &address)
        };
        let failure = Door::new(way, &PracticeCredentials::random())
            .get("/")
            .await
            .unwrap_err();
        // A page of OpenSSL's is no token: that is said of what was reached.
        let reached = !matches!(failure.code, ErrorCode::TlsUntrusted | ErrorCode::Unreachable);
        assert_eq!(reached, taken, "{protocol}: {failure}");
    }
}
