//! Owns the tests of what a credential may read: each list's status alone, waits told from refusals.

use countersign_services::{Permission, PermissionState};
use tokio_util::sync::CancellationToken;

use crate::support::{hyperproof, hypothesis_token};
use crate::wire::{Reply, Wire};

const FORBIDDEN: &str = r#"{"statusCode":403,"message":"Forbidden"}"#;
const QUOTA: &str = r#"{"statusCode":403,"message":"Out of bandwidth quota. Try again in 45 seconds."}"#;

async fn found(replies: Vec<Reply>) -> (Vec<Permission>, Wire) {
    let wire = Wire::start(replies).await;
    let client = hyperproof(&wire.base("/v1"));
    (client.permissions(&CancellationToken::new()).await, wire)
}

fn of(found: &[Permission], name: &str) -> (PermissionState, Option<u16>) {
    let permission = found.iter().find(|permission| permission.name == name).unwrap();
    (permission.state, permission.status)
}

#[tokio::test]
async fn each_list_is_asked_for_by_its_status_alone() {
    let list = Reply::silent_after("[{\"id\":\"1\"},");
    let (found, wire) = found(vec![list, Reply::json(403, FORBIDDEN), Reply::json(200, "[]")]).await;
    assert_eq!(
        of(&found, "controls"),
        (PermissionState::Allowed, None),
        "the list is not waited for"
    );
    assert_eq!(of(&found, "user-list"), (PermissionState::Refused, Some(403)));
    assert_eq!(of(&found, "labels"), (PermissionState::Allowed, None));
    let requests = wire.requests();
    assert_eq!(requests.len(), found.len());
    assert!(
        requests.iter().all(|request| request.line().starts_with("GET /v1/")),
        "nothing is written"
    );
    assert_eq!(requests.last().unwrap().line(), "GET /v1/proof?limit=1");
}

#[tokio::test]
async fn a_quota_ends_the_asking_and_is_no_refusal() {
    let (found, wire) = found(vec![Reply::json(200, "[]"), Reply::json(403, QUOTA)]).await;
    assert_eq!(of(&found, "controls").0, PermissionState::Allowed);
    assert_eq!(of(&found, "user-list"), (PermissionState::NotAsked, None));
    assert_eq!(of(&found, "proof"), (PermissionState::NotAsked, None));
    assert_eq!(wire.requests().len(), 2);
}

#[tokio::test]
async fn a_page_in_the_place_of_a_list_says_nothing() {
    let (found, _wire) = found(vec![Reply::new(200, "text/html", "<html>Sign in</html>")]).await;
    assert!(
        found
            .iter()
            .all(|permission| permission.state == PermissionState::NotAsked),
        "{found:?}"
    );
}

#[tokio::test]
async fn a_persons_groups_are_asked_for_and_the_public_ones_without_a_person() {
    for (anonymous, line) in [(false, "GET /api/profile/groups"), (true, "GET /api/groups")] {
        let wire = Wire::start([Reply::json(200, "[]")]).await;
        let client = hypothesis_token(&wire.base("/api"), "6879-token");
        let found = client.permissions(anonymous, &CancellationToken::new()).await;
        assert_eq!(of(&found, "groups"), (PermissionState::Allowed, None));
        assert_eq!(wire.requests()[0].line(), line);
    }
}
