//! The way out through a proxy that companies run: tinyproxy, from the system's packages, in a process of its own. It
//! hands every tunnel to a proxy of the test, so that nothing leaves this computer.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use countersign_domain::{BoundAddress, ErrorCode, Network, ProxyAddress, ProxyChoice};

use super::authority::{Authority, NOW};
use super::tunnel::{Proxy, Rule};
use super::world::{World, client_credentials, go};
use crate::{Call, ConnectionProfile, Layer};

/// A running tinyproxy, gone with its owner.
struct Tinyproxy {
    address: String,
    process: Child,
    _settings: tempfile::NamedTempFile,
}

impl Tinyproxy {
    /// Starts one that lets `jo` with `open-sesame` through to port 443 and hands on to `upstream`.
    fn start(upstream: &str) -> Self {
        let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = free.local_addr().unwrap();
        drop(free);
        let settings = tempfile::NamedTempFile::new().unwrap();
        let port = address.port();
        let text = format!(
            "Port {port}\nListen 127.0.0.1\nTimeout 30\nBasicAuth jo open-sesame\nConnectPort 443\n\
             Upstream http {upstream} \".invalid\"\n"
        );
        std::fs::write(settings.path(), text).unwrap();
        let mut process = Command::new("tinyproxy")
            .args(["-d", "-c"])
            .arg(settings.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("tinyproxy is installed by cargo xtask test");
        let said = BufReader::new(process.stdout.take().unwrap());
        let ready = said
            .lines()
            .map_while(Result::ok)
            .any(|line| line.contains("Accepting connections"));
        assert!(ready, "tinyproxy ended at once");
        Self {
            address: address.to_string(),
            process,
            _settings: settings,
        }
    }
}

impl Drop for Tinyproxy {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn profile(world: &World, authority: &Authority, proxy: &Tinyproxy, api: &str) -> ConnectionProfile {
    ConnectionProfile {
        id: world.id.clone(),
        api: BoundAddress::parse(api).unwrap(),
        authentication: client_credentials("https://accounts.countersign.invalid/oauth/token"),
        pacing: None,
        network: authority.trusted(ProxyChoice::Address {
            address: ProxyAddress::parse(&proxy.address).unwrap(),
            username: Some("jo".to_owned()),
        }),
    }
}

#[tokio::test]
async fn a_companys_proxy_is_told_its_password_and_carries_every_path() {
    let authority = Authority::new();
    let body = r#"{"access_token":"an-access-token","expires_in":3600}"#;
    let server = authority.server("*.countersign.invalid", NOW, body).await;
    let behind = Proxy::start(Rule::LeadTo(server.port)).await;
    let proxy = Tinyproxy::start(&behind.address);
    let world = World::new();
    let profile = profile(&world, &authority, &proxy, "https://api.countersign.invalid/v1");
    let bound = world.gateway.bind(profile.clone());
    // tinyproxy says 407 to nobody and 401 to a wrong password, which the HTTP library does not tell from a refusal.
    let error = bound.send(Call::get("/controls"), &go()).await.unwrap_err();
    assert_eq!(error.code(), ErrorCode::ProxyFailed, "{error:?}");
    assert!(error.into_failure().message.contains("they may be wrong"));
    let found = world.gateway.examine(&profile, &go(), &|_| {}).await;
    assert_eq!(
        found.findings[2].error.as_ref().unwrap().code(),
        ErrorCode::ProxyRefused
    );
    assert!(behind.heads().is_empty(), "nothing went on");

    let nameless = Network {
        proxy: ProxyChoice::Address {
            address: ProxyAddress::parse(&proxy.address).unwrap(),
            username: None,
        },
        ..profile.network.clone()
    };
    let unnamed = world.gateway.bind(ConnectionProfile {
        network: nameless,
        ..profile.clone()
    });
    let error = unnamed.send(Call::get("/controls"), &go()).await.unwrap_err();
    assert_eq!(error.code(), ErrorCode::ProxyRefused, "407: {error:?}");

    *world.store.proxy_password.lock().unwrap() = Some("open-sesame".to_owned());
    assert_eq!(bound.send(Call::get("/controls"), &go()).await.unwrap().status, 200);
    let found = world.gateway.examine(&profile, &go(), &|_| {}).await;
    assert!(found.passed(), "{found:#?}");
    assert_eq!(found.route, proxy.address);
    assert_eq!(
        server.heads().len(),
        4,
        "token, API, and the doctor's two bare requests"
    );
}

#[tokio::test]
async fn a_companys_proxy_that_forbids_a_port_is_the_proxys_fault() {
    let authority = Authority::new();
    let behind = Proxy::start(Rule::Refuse(500)).await;
    let proxy = Tinyproxy::start(&behind.address);
    let world = World::new();
    *world.store.proxy_password.lock().unwrap() = Some("open-sesame".to_owned());
    let profile = profile(&world, &authority, &proxy, "https://api.countersign.invalid:8443");
    let found = world.gateway.examine(&profile, &go(), &|_| {}).await;
    let failed = found.findings.iter().find(|finding| finding.error.is_some()).unwrap();
    assert_eq!(failed.layer, Layer::Proxy);
    assert_eq!(failed.error.as_ref().unwrap().code(), ErrorCode::ProxyFailed);
    assert!(failed.seen[0].ends_with("with 403"), "{failed:?}");
    assert!(behind.heads().is_empty());
}
