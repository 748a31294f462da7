//! Proxies in the way: the company's CA counts behind one as well, its refusal is said as such, and one that strips TLS
//! gets nothing to read.

use countersign_domain::ProxyAddress;
use countersign_domain::{ErrorCode, Failure, Network, ProxyChoice};
use countersign_sandbox::{Sandbox, SandboxSettings, Tls};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use super::desk::Services;
use super::door::{Door, Way, trusting};
use super::seen;
use super::squid::{HOST, NAME, PASSWORD, Squid};

async fn behind_tls() -> Services {
    Services::with(SandboxSettings {
        tls: Some(Tls::Good),
        ..SandboxSettings::default()
    })
    .await
}

/// Under the name that only the proxy knows.
fn named(address: &str) -> String {
    address.replace("127.0.0.1", HOST)
}

fn through(proxy: &str, username: Option<&str>, authority: Option<&str>) -> Network {
    Network {
        proxy: ProxyChoice::Address {
            address: ProxyAddress::parse(proxy).unwrap(),
            username: username.map(str::to_owned),
        },
        ..trusting(authority)
    }
}

/// What `GET /users/me` brings over that network.
async fn called(services: &Services, network: Network, password: Option<&str>) -> Result<u16, Failure> {
    let api = named(&services.sandbox.hyperproof_api());
    let token_endpoint = named(&services.sandbox.hyperproof_token_endpoint());
    let way = Way {
        network,
        proxy_password: password,
        ..Way::to(&api, &token_endpoint)
    };
    let answer = Door::new(way, &services.credentials).get("/users/me").await;
    answer.map(|answer| answer.status)
}

fn authority(sandbox: &Sandbox) -> Option<String> {
    sandbox.certificate_authority().map(str::to_owned)
}

#[tokio::test(flavor = "multi_thread")]
async fn a08_the_companys_ca_counts_behind_a_proxy_for_token_and_api() {
    let (services, squid) = (behind_tls().await, Squid::start(false));
    let untrusted = called(&services, through(&squid.address, None, None), None).await;
    assert_eq!(untrusted.unwrap_err().code, ErrorCode::TlsUntrusted);
    assert_eq!(services.sandbox.requests().len(), 0);
    let authority = authority(&services.sandbox);
    let network = through(&squid.address, None, authority.as_deref());
    assert_eq!(called(&services, network, None).await.unwrap(), 200);
    let paths: Vec<String> = services
        .sandbox
        .requests()
        .into_iter()
        .map(|request| request.path)
        .collect();
    assert_eq!(paths, ["/hyperproof/oauth/token", "/hyperproof/v1/users/me"]);
    let asked = squid.asked();
    assert!(asked.contains(&format!("CONNECT {HOST}")), "{asked}");
    assert!(!asked.contains("/users/me"), "the proxy sees host and port alone");
    seen(
        "A8",
        "squid in the path: token and API both trusted by the CA, neither without it; there is no updater and no link preview",
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a09_a_proxy_that_wants_a_password_is_said_as_such() {
    let (services, squid) = (behind_tls().await, Squid::start(true));
    let authority = authority(&services.sandbox);
    let network = |username| through(&squid.address, username, authority.as_deref());
    for (username, password) in [
        (None, None),
        (Some(NAME), None),
        (Some(NAME), Some("wrong-password")),
        (Some("x"), Some(PASSWORD)),
    ] {
        let failure = called(&services, network(username), password).await.unwrap_err();
        let known = [ErrorCode::ProxyRefused, ErrorCode::CredentialMissing];
        assert!(known.contains(&failure.code), "{username:?}: {failure}");
        assert!(
            !failure.to_string().contains(password.unwrap_or("no password")),
            "{failure}"
        );
    }
    assert_eq!(services.sandbox.requests().len(), 0);
    assert_eq!(
        called(&services, network(Some(NAME)), Some(PASSWORD)).await.unwrap(),
        200
    );
}

/// A proxy that lets everything through in words, and answers in the clear itself: what it hears until the other side
/// has gone.
async fn stripping() -> (String, oneshot::Receiver<Vec<u8>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let (told, heard) = oneshot::channel();
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let (mut all, mut part) = (Vec::new(), [0; 4096]);
        while let Ok(length @ 1..) = stream.read(&mut part).await {
            all.extend_from_slice(&part[..length]);
            let answer = if all.len() == length {
                "HTTP/1.1 200 Connection established\r\n\r\n"
            } else {
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"
            };
            let _answered = stream.write_all(answer.as_bytes()).await;
        }
        let _heard = told.send(all);
    });
    (address, heard)
}

#[tokio::test(flavor = "multi_thread")]
async fn a09_a_proxy_that_strips_tls_reads_no_credential() {
    let services = behind_tls().await;
    let (address, heard) = stripping().await;
    let failure = called(&services, through(&address, None, None), None)
        .await
        .unwrap_err();
    assert!(
        matches!(
            failure.code,
            ErrorCode::TlsUntrusted | ErrorCode::Unreachable | ErrorCode::ProxyFailed
        ),
        "{failure}"
    );
    let heard = String::from_utf8_lossy(&heard.await.unwrap()).into_owned();
    assert!(heard.starts_with(&format!("CONNECT {HOST}")), "{heard}");
    for secret in [
        &services.credentials.hyperproof_secret,
        &services.credentials.hyperproof_client_id,
    ] {
        assert!(!heard.contains(secret.as_str()));
    }
    seen(
        "A9",
        "squid's 407 is `proxy-refused`, the right password passes and is in no message; a proxy that strips TLS hears CONNECT and a handshake, no credential",
    );
}
