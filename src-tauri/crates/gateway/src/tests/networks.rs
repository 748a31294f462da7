//! Each connection's own way out: its authority, its proxy, the password it tells it.

use countersign_domain::{BoundAddress, CertificateAuthority, ErrorCode, Network, ProxyAddress, ProxyChoice};

use super::authority::{Authority, NOW};
use super::tunnel::{Proxy, Rule};
use super::world::{SECRET, World, basic, client_credentials, go};
use crate::{Authentication, BoundGateway, Call, ConnectionProfile, GatewayError, ProxyTrouble, TlsFault};

const OUTSIDE: &str = "https://api.countersign.invalid";

fn bound(world: &World, api: &str, authentication: Authentication, network: Network) -> BoundGateway {
    world.gateway.bind(ConnectionProfile {
        id: world.id.clone(),
        api: BoundAddress::parse(api).unwrap(),
        authentication,
        pacing: None,
        network,
    })
}

async fn failure(api: &str, network: Network) -> GatewayError {
    let world = World::new();
    let bound = bound(&world, api, basic(), network);
    bound.send(Call::get("/"), &go()).await.unwrap_err()
}

#[tokio::test]
async fn a_connections_own_authority_is_trusted_by_that_connection_alone() {
    let authority = Authority::new();
    let server = authority.server("localhost", NOW, "{}").await;
    let world = World::new();
    let trusting = bound(
        &world,
        &server.origin(),
        basic(),
        authority.trusted(ProxyChoice::System),
    );
    let other = bound(&world, &server.origin(), basic(), Network::default());
    assert_eq!(trusting.send(Call::get("/"), &go()).await.unwrap().status, 200);
    let error = other.send(Call::get("/"), &go()).await.unwrap_err();
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
    assert_eq!(server.heads().len(), 1);
}

#[tokio::test]
async fn a_trusted_authority_mends_no_other_fault_of_a_certificate() {
    let authority = Authority::new();
    for (host, years, expected) in [
        ("localhost", (2021, 2022), TlsFault::Expired),
        ("localhost", (2080, 2085), TlsFault::NotValidYet),
        ("other.example", NOW, TlsFault::OtherHost),
    ] {
        let server = authority.server(host, years, "{}").await;
        let error = failure(&server.origin(), authority.trusted(ProxyChoice::System)).await;
        let GatewayError::TlsUntrusted { fault, .. } = &error else {
            panic!("{expected:?}: {error:?}")
        };
        assert_eq!((*fault, error.code()), (expected, ErrorCode::TlsUntrusted));
        assert!(server.heads().is_empty(), "no byte of HTTP");
    }
}

#[tokio::test]
async fn an_authority_that_cannot_be_read_sends_nothing() {
    let authority = Authority::new();
    let server = authority.server("localhost", NOW, "{}").await;
    let network = Network {
        certificate_authority: Some(CertificateAuthority {
            name: "broken.pem".to_owned(),
            pem: "no certificate".to_owned(),
        }),
        ..Network::default()
    };
    let error = failure(&server.origin(), network).await;
    assert_eq!(error.code(), ErrorCode::FileUnreadable);
    assert!(error.is_certainly_not_done());
}

#[tokio::test]
async fn token_endpoint_and_api_are_both_reached_through_the_proxy_and_with_the_authority() {
    let authority = Authority::new();
    let body = r#"{"access_token":"an-access-token","expires_in":3600}"#;
    let server = authority.server("*.countersign.invalid", NOW, body).await;
    let proxy = Proxy::start(Rule::LeadTo(server.port)).await;
    let world = World::new();
    let authentication = client_credentials("https://accounts.countersign.invalid/oauth/token");
    let network = authority.trusted(proxy.choice(None));
    let bound = bound(&world, OUTSIDE, authentication, network);
    assert_eq!(bound.send(Call::get("/v1"), &go()).await.unwrap().status, 200);
    let targets: Vec<String> = proxy
        .heads()
        .iter()
        .map(|head| head.lines().next().unwrap().to_owned())
        .collect();
    assert_eq!(
        targets,
        [
            "CONNECT accounts.countersign.invalid:443 HTTP/1.1",
            "CONNECT api.countersign.invalid:443 HTTP/1.1"
        ]
    );
    assert!(proxy.heads().iter().all(|head| !head.contains("uthorization")));
    assert_eq!(server.heads().len(), 2);
}

#[tokio::test]
async fn a_proxys_password_goes_to_the_proxy_and_a_new_one_is_used_at_once() {
    let authority = Authority::new();
    let server = authority.server("api.countersign.invalid", NOW, "{}").await;
    // jo:open sesame
    let proxy = Proxy::start(Rule::LeadToIf(server.port, "Basic am86b3BlbiBzZXNhbWU=".to_owned())).await;
    let world = World::new();
    let bound = bound(&world, OUTSIDE, basic(), authority.trusted(proxy.choice(Some("jo"))));
    for wrong in [None, Some("a wrong password")] {
        *world.store.proxy_password.lock().unwrap() = wrong.map(str::to_owned);
        let error = bound.send(Call::get("/"), &go()).await.unwrap_err();
        assert_eq!(error.code(), ErrorCode::ProxyRefused, "{error:?}");
        let told = format!("{error:?} {}", error.clone().into_failure());
        assert!(
            !told.contains("wrong password") && told.contains(&proxy.address),
            "{told}"
        );
    }
    *world.store.proxy_password.lock().unwrap() = Some("open sesame".to_owned());
    assert_eq!(bound.send(Call::get("/"), &go()).await.unwrap().status, 200);
    assert!(
        server
            .heads()
            .iter()
            .all(|head| !head.to_lowercase().contains("proxy-"))
    );
}

#[tokio::test]
async fn what_a_proxy_did_wrong_is_told_apart_from_the_service() {
    for (rule, trouble, code) in [
        (Rule::Refuse(403), ProxyTrouble::Refused, ErrorCode::ProxyFailed),
        (Rule::Refuse(502), ProxyTrouble::Refused, ErrorCode::ProxyFailed),
        (Rule::Refuse(407), ProxyTrouble::Authentication, ErrorCode::ProxyRefused),
    ] {
        let proxy = Proxy::start(rule).await;
        let network = Network {
            proxy: proxy.choice(None),
            certificate_authority: None,
        };
        let error = failure(OUTSIDE, network).await;
        let GatewayError::Proxy { trouble: seen, .. } = &error else {
            panic!("{error:?}")
        };
        assert_eq!((*seen, error.code()), (trouble, code));
        assert!(error.is_certainly_not_done());
        assert!(error.into_failure().message.contains(&proxy.address));
    }
}

#[tokio::test]
async fn a_proxy_that_is_not_there_is_named() {
    let gone = Proxy::start(Rule::Refuse(500)).await.address.clone();
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let nobody = closed.local_addr().unwrap().to_string();
    drop(closed);
    for (address, trouble) in [
        (nobody, ProxyTrouble::Unreachable),
        (format!("{}.invalid:1", "n".repeat(64)), ProxyTrouble::Unknown),
    ] {
        assert_ne!(address, gone);
        let network = Network {
            proxy: ProxyChoice::Address {
                address: ProxyAddress::parse(&address).unwrap(),
                username: None,
            },
            certificate_authority: None,
        };
        let error = failure(OUTSIDE, network).await;
        assert!(
            matches!(&error, GatewayError::Proxy { trouble: seen, .. } if *seen == trouble),
            "{error:?}"
        );
    }
}

#[tokio::test]
async fn a_proxy_that_takes_the_encryption_away_gets_no_credential() {
    let proxy = Proxy::start(Rule::TakeTlsAway).await;
    let network = Network {
        proxy: proxy.choice(None),
        certificate_authority: None,
    };
    let error = failure(OUTSIDE, network).await;
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
    let seen = proxy.heads().join("\n");
    assert!(!seen.contains(SECRET) && !seen.contains("GET "), "{seen}");
}

#[tokio::test]
async fn a_server_that_speaks_nothing_newer_than_tls_1_1_is_said_to() {
    // A fatal alert, protocol_version (RFC 8446 section 6.2).
    let server = super::servers::RawServer::alert(b"\x15\x03\x01\x00\x02\x02\x46").await;
    let error = failure(&server.origin.replace("http:", "https:"), Network::default()).await;
    assert!(
        matches!(
            error,
            GatewayError::TlsUntrusted {
                fault: TlsFault::OldProtocol,
                ..
            }
        ),
        "{error:?}"
    );
}
