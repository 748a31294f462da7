//! Proxies, seen from a child process of this test program: variables of the environment cannot be set within one.

use countersign_domain::ErrorCode;

use super::child::{child, target};
use super::servers::{RawServer, Server, Then, json};
use super::world::{World, basic, go};
use crate::{Call, GatewayError, ProxyTrouble};

#[tokio::test]
async fn loopback_never_reaches_a_proxy() {
    if let Some(target) = target() {
        World::new()
            .bound(&target, basic())
            .send(Call::get("/"), &go())
            .await
            .unwrap();
        return;
    }
    let server = Server::start(|_| json(200, "{}")).await;
    let proxy = RawServer::start(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n", Then::Close).await;
    child(
        "proxy::loopback_never_reaches_a_proxy",
        server.origin.clone(),
        Some(proxy.origin.clone()),
    )
    .await;
    assert_eq!(server.seen().len(), 1, "the server itself was called");
    assert!(proxy.heads.lock().unwrap().is_empty(), "the proxy saw nothing");
}

#[tokio::test]
async fn a_host_outside_goes_through_the_systems_proxy_and_its_407_is_said_as_such() {
    if let Some(target) = target() {
        let error = World::new()
            .bound(&target, basic())
            .send(Call::get("/"), &go())
            .await
            .unwrap_err();
        assert!(
            matches!(
                error,
                GatewayError::Proxy {
                    trouble: ProxyTrouble::Authentication,
                    ..
                }
            ),
            "{error:?}"
        );
        return;
    }
    let proxy = RawServer::start(b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n", Then::Close).await;
    let name = "proxy::a_host_outside_goes_through_the_systems_proxy_and_its_407_is_said_as_such";
    child(
        name,
        "https://api.countersign.invalid".to_owned(),
        Some(proxy.origin.clone()),
    )
    .await;
    let heads = proxy.heads.lock().unwrap();
    assert!(
        heads[0].starts_with("CONNECT api.countersign.invalid:443 "),
        "{heads:?}"
    );
    assert!(
        heads
            .iter()
            .all(|head| !head.to_lowercase().contains("\r\nauthorization:")),
        "{heads:?}"
    );
}

/// The label is longer than names may be, so that no resolver is asked.
#[tokio::test]
async fn a_name_that_no_host_can_have() {
    if let Some(target) = target() {
        let error = World::new()
            .bound(&target, basic())
            .send(Call::get("/"), &go())
            .await
            .unwrap_err();
        assert_eq!(error.code(), ErrorCode::HostUnknown, "{error:?}");
        assert!(error.is_certainly_not_done());
        return;
    }
    let target = format!("https://{}.invalid", "n".repeat(64));
    child("proxy::a_name_that_no_host_can_have", target, None).await;
}
