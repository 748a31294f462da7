//! The walk layer by layer: what it sees, where it ends, and that it never carries a credential.

use std::sync::Mutex;

use countersign_domain::{BoundAddress, ErrorCode, Network, ProxyChoice};
use tokio_util::sync::CancellationToken;

use super::authority::{Authority, NOW};
use super::servers::{RawServer, Server, Then, json};
use super::tunnel::{Proxy, Rule};
use super::world::{SECRET, World, basic, client_credentials, go};
use crate::{Authentication, ConnectionProfile, Examination, Layer, LayerState};

const OUTSIDE: &str = "https://api.countersign.invalid/api";

fn profile(world: &World, api: &str, authentication: Authentication, network: Network) -> ConnectionProfile {
    ConnectionProfile {
        id: world.id.clone(),
        api: BoundAddress::parse(api).unwrap(),
        authentication,
        pacing: None,
        network,
    }
}

async fn examined(world: &World, api: &str, network: Network) -> Examination {
    let profile = profile(world, api, basic(), network);
    world.gateway.examine(&profile, &go(), &|_| {}).await
}

fn states(examination: &Examination) -> Vec<LayerState> {
    examination.findings.iter().map(|finding| finding.state).collect()
}

fn seen(examination: &Examination, layer: Layer) -> String {
    let found = examination.findings.iter().find(|finding| finding.layer == layer);
    found.unwrap().seen.join("\n")
}

use LayerState::{Failed, NotNeeded, NotReached, Passed};

#[tokio::test]
async fn a_way_through_a_proxy_is_walked_to_its_end_without_a_credential() {
    let authority = Authority::new();
    let server = authority.server("api.countersign.invalid", NOW, "{}").await;
    let proxy = Proxy::start(Rule::LeadToIf(server.port, "Basic am86b3BlbiBzZXNhbWU=".to_owned())).await;
    let world = World::new();
    *world.store.proxy_password.lock().unwrap() = Some("open sesame".to_owned());
    let network = authority.trusted(proxy.choice(Some("jo")));
    let told = Mutex::new(Vec::new());
    let profile = profile(&world, OUTSIDE, basic(), network);
    let found = world
        .gateway
        .examine(&profile, &go(), &|finding| told.lock().unwrap().push(finding.layer))
        .await;
    assert_eq!(
        states(&found),
        [NotNeeded, Passed, Passed, Passed, Passed],
        "{found:#?}"
    );
    assert_eq!(*told.lock().unwrap(), Layer::ALL);
    assert_eq!(
        (found.route.as_str(), found.trust.as_str()),
        (&*proxy.address, "system and nordvik.pem")
    );
    assert_eq!(
        seen(&found, Layer::Proxy),
        "CONNECT api.countersign.invalid:443 was allowed\nChosen for this connection, signed in as jo"
    );
    let tls = seen(&found, Layer::Tls);
    assert!(
        tls.starts_with("Issued by “Nordvik Inspection Root”\nFor api.countersign.invalid · TLS 1.3 · "),
        "{tls}"
    );
    assert!(
        tls.contains("valid from 1 Jan 2020 until 1 Jan 2090 · SHA-256 "),
        "{tls}"
    );
    assert_eq!(
        seen(&found, Layer::Http),
        "Answered 200 to a request without credential"
    );
    let heads = server.heads();
    assert!(
        heads.len() == 1 && heads[0].starts_with("GET /api/ HTTP/1.1\r\n"),
        "{heads:?}"
    );
    assert!(!heads[0].to_lowercase().contains("authorization"), "{heads:?}");
    assert_eq!(
        world.store.loads.load(std::sync::atomic::Ordering::SeqCst),
        2,
        "the proxy's password alone"
    );
    assert!(!format!("{found:?}").contains("sesame"));
}

#[tokio::test]
async fn an_issuer_that_is_not_trusted_is_named_and_gets_no_byte_of_http() {
    let authority = Authority::new();
    let server = authority.server("localhost", NOW, "{}").await;
    let found = examined(&World::new(), &server.origin(), Network::default()).await;
    assert_eq!(
        states(&found),
        [NotNeeded, Passed, NotNeeded, Failed, NotReached],
        "{found:#?}"
    );
    let tls = &found.findings[3];
    assert_eq!(
        tls.seen[0],
        "Issued by “Nordvik Inspection Root”, which this computer does not trust"
    );
    assert!(tls.seen[1].starts_with("For localhost · valid from 1 Jan 2020 until 1 Jan 2090 · SHA-256 "));
    assert_eq!(tls.error.as_ref().unwrap().code(), ErrorCode::TlsUntrusted);
    assert!(!found.passed());
    assert!(server.heads().is_empty() && server.connections.lock().unwrap().is_empty());
}

#[tokio::test]
async fn the_handshake_that_is_examined_carries_nothing() {
    let authority = Authority::new();
    let server = authority.server("localhost", NOW, "{}").await;
    let world = World::new();
    let found = examined(&world, &server.origin(), authority.trusted(ProxyChoice::Direct)).await;
    assert!(found.passed(), "{found:#?}");
    drop(world);
    assert_eq!(server.heads().len(), 1, "one GET, on a connection of its own");
    assert_eq!(
        server.connections.lock().unwrap().first(),
        Some(&0),
        "the first ended without a byte"
    );
}

#[tokio::test]
async fn an_expired_certificate_and_one_of_another_host_are_named() {
    let authority = Authority::new();
    for (host, years, said) in [
        ("localhost", (2021, 2022), ", but expired"),
        ("other.example", NOW, " for another host"),
    ] {
        let server = authority.server(host, years, "{}").await;
        let found = examined(&World::new(), &server.origin(), authority.trusted(ProxyChoice::System)).await;
        let tls = seen(&found, Layer::Tls);
        let issued = format!("Issued by “Nordvik Inspection Root”{said}\nFor {host}");
        assert!(tls.starts_with(&issued), "{tls}");
    }
}

#[tokio::test]
async fn a_closed_port_fails_at_tcp_and_an_unknown_name_at_dns() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let closed = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let world = World::new();
    let found = examined(&world, &closed, Network::default()).await;
    assert_eq!(states(&found), [NotNeeded, Failed, NotReached, NotReached, NotReached]);
    assert_eq!(found.findings[1].error.as_ref().unwrap().code(), ErrorCode::Unreachable);
    let network = Network {
        proxy: ProxyChoice::Direct,
        certificate_authority: None,
    };
    let found = examined(&world, &format!("https://{}.invalid", "n".repeat(64)), network).await;
    assert_eq!(states(&found), [Failed, NotReached, NotReached, NotReached, NotReached]);
    assert_eq!(found.findings[0].error.as_ref().unwrap().code(), ErrorCode::HostUnknown);
}

#[tokio::test]
async fn a_proxy_that_refuses_fails_at_its_own_layer() {
    for (status, code) in [(407, ErrorCode::ProxyRefused), (403, ErrorCode::ProxyFailed)] {
        let proxy = Proxy::start(Rule::Refuse(status)).await;
        let network = Network {
            proxy: proxy.choice(None),
            certificate_authority: None,
        };
        let found = examined(&World::new(), OUTSIDE, network).await;
        assert_eq!(states(&found), [NotNeeded, Passed, Failed, NotReached, NotReached]);
        assert_eq!(found.findings[2].error.as_ref().unwrap().code(), code);
        let said = format!("The proxy answered CONNECT api.countersign.invalid:443 with {status}");
        assert_eq!(seen(&found, Layer::Proxy), said);
    }
}

#[tokio::test]
async fn plain_http_of_this_computer_needs_no_tls_and_a_redirect_is_named() {
    let server = Server::start(|_| {
        let builder = http::Response::builder().status(302);
        builder
            .header("location", "https://login.example/?token=x")
            .body(String::new())
            .unwrap()
    })
    .await;
    let found = examined(&World::new(), &server.origin, Network::default()).await;
    assert_eq!(
        states(&found),
        [NotNeeded, Passed, NotNeeded, NotNeeded, Passed],
        "{found:#?}"
    );
    assert_eq!(
        seen(&found, Layer::Http),
        "Answered a request without credential by pointing to https://login.example"
    );
    assert!(!format!("{:?}", server.seen()).contains(SECRET));
}

#[tokio::test]
async fn what_does_not_speak_http_fails_at_http() {
    let server = RawServer::start(b"SSH-2.0-OpenSSH_9.2\r\n", Then::Close).await;
    let found = examined(&World::new(), &server.origin, Network::default()).await;
    assert_eq!(
        states(&found),
        [NotNeeded, Passed, NotNeeded, NotNeeded, Failed],
        "{found:#?}"
    );
}

#[tokio::test]
async fn a_token_endpoint_elsewhere_is_walked_to_as_well_and_named_where_it_fails() {
    let authority = Authority::new();
    let accounts = authority.server("localhost", NOW, "{}").await;
    let api = Server::start(|_| json(200, "{}")).await;
    let world = World::new();
    let endpoint = format!("{}/oauth/token", accounts.origin());
    let told = Mutex::new(Vec::new());
    for (network, expected) in [
        (Network::default(), [NotNeeded, Passed, NotNeeded, Failed, NotReached]),
        (
            authority.trusted(ProxyChoice::System),
            [NotNeeded, Passed, NotNeeded, Passed, Passed],
        ),
    ] {
        let profile = profile(&world, &api.origin, client_credentials(&endpoint), network);
        let found = world
            .gateway
            .examine(&profile, &go(), &|finding| told.lock().unwrap().push(finding.clone()))
            .await;
        assert_eq!(states(&found), expected, "{found:#?}");
        let host = format!("localhost:{}: Issued by “Nordvik Inspection Root”", accounts.port);
        assert!(seen(&found, Layer::Tls).contains(&host), "{found:#?}");
        let last = told
            .lock()
            .unwrap()
            .iter()
            .rev()
            .find(|told| told.layer == Layer::Tls)
            .cloned();
        assert_eq!(last.unwrap().seen, found.findings[3].seen, "the change is told");
    }
    assert!(accounts.heads()[0].starts_with("GET /oauth/token HTTP/1.1\r\n"));
    assert_eq!(world.store.loads.load(std::sync::atomic::Ordering::SeqCst), 0);
}

#[tokio::test]
async fn a_walk_that_is_stopped_ends_where_it_is() {
    let server = Server::start(|_| json(200, "{}")).await;
    let world = World::new();
    let stop = CancellationToken::new();
    let profile = profile(&world, &server.origin, basic(), Network::default());
    let found = world
        .gateway
        .examine(&profile, &stop, &|finding| {
            if finding.layer == Layer::Tcp {
                stop.cancel();
            }
        })
        .await;
    assert_eq!(states(&found)[2..], [NotReached, NotReached, NotReached], "{found:#?}");
    assert!(server.seen().is_empty());
}
