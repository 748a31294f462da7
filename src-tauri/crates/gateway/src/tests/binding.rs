//! Nothing leaves the bound address, whatever a path says.

use countersign_domain::ErrorCode;

use super::servers::{Server, json};
use super::world::{World, basic, go};
use crate::{Authentication, Call, GatewayError, segment};

#[tokio::test]
async fn a_path_that_leaves_its_base_or_its_shape_goes_nowhere_and_is_recorded() {
    let server = Server::start(|_| json(200, "{}")).await;
    let world = World::new();
    let bound = world.bound(&format!("{}/api", server.origin), basic());
    let climbing = format!("/groups/{}/members", segment(".."));
    for path in [
        "/../admin",
        "//evil.example/x",
        "users",
        "",
        "/a/%2e%2e/b",
        "/a/./b",
        "/a\\b",
        "/a?token=x",
        "/a#b",
        "/a\tb",
        "/a b",
        "/é",
        "@evil.example/",
        ":81/",
        &climbing,
    ] {
        let error = bound.send(Call::get(path), &go()).await.unwrap_err();
        assert!(
            matches!(error, GatewayError::OutsideBinding { .. }),
            "{path:?}: {error}"
        );
        assert!(error.is_certainly_not_done());
    }
    assert!(server.seen().is_empty());
    let calls = world.calls.all();
    assert_eq!(calls.len(), 15, "each was recorded");
    assert!(calls.iter().all(|call| call.outcome == Err(ErrorCode::OutsideBinding)));
    assert!(
        !calls.iter().any(|call| call.path.contains("token")),
        "without its query"
    );
}

#[tokio::test]
async fn the_root_and_an_encoded_slash_stay_inside() {
    let server = Server::start(|_| json(200, "{}")).await;
    let bound = World::new().bound(&format!("{}/api", server.origin), Authentication::Anonymous);
    for (path, target) in [("/", "/api/"), ("/a%2F..%2Fb", "/api/a%2F..%2Fb")] {
        bound.send(Call::get(path), &go()).await.unwrap();
        assert_eq!(server.seen().last().unwrap().target, target);
    }
}

#[tokio::test]
async fn the_same_profile_shares_its_state_and_another_begins_anew() {
    let server = Server::start(|_| json(200, "{}")).await;
    let world = World::new();
    let loads = || world.store.loads.load(std::sync::atomic::Ordering::SeqCst);
    for _ in 0..2 {
        world
            .bound(&server.origin, basic())
            .send(Call::get("/"), &go())
            .await
            .unwrap();
    }
    assert_eq!(loads(), 1);
    world
        .bound(&format!("{}/b", server.origin), basic())
        .send(Call::get("/"), &go())
        .await
        .unwrap();
    assert_eq!(loads(), 2);
}
