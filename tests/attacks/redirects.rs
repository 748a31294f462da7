//! Services that point elsewhere: a credential is never taken along.

use std::sync::Arc;

use countersign_app::App;
use countersign_app::page::{AccountCreateRequest, ConnectionCard, CreateOutcome};
use countersign_domain::{ErrorCode, Failure};
use countersign_sandbox::FaultKind;

use super::desk::{Desk, Services};
use super::seen;

const STATUSES: [u16; 5] = [301, 302, 303, 307, 308];

async fn synced(app: &App, card: &ConnectionCard) -> Result<(), Failure> {
    app.sync_controls(&card.id, Arc::new(|_| {})).await.map(|_| ())
}

#[tokio::test(flavor = "multi_thread")]
async fn a01_a_token_endpoint_that_points_to_another_host_gets_no_secret_sent_there() {
    let (desk, services, other) = (Desk::new(), Services::start().await, Services::start().await);
    for status in STATUSES {
        let elsewhere = FaultKind::redirection(status, &other.sandbox.hyperproof_token_endpoint());
        services.provoke("/hyperproof/oauth/token", 1, elsewhere);
        let failure = desk.refused(&services.hyperproof()).await;
        assert_eq!(failure.code, ErrorCode::Redirected, "{status}: {failure}");
        services.sandbox.calm();
    }
    assert_eq!(other.sandbox.requests().len(), 0);
    assert_eq!(services.asked("/hyperproof/v1"), 0, "without a token nothing is called");
    seen(
        "A1",
        "five kinds of redirect: code `redirected` each time, no request at the other host",
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a02_an_api_that_points_elsewhere_gets_neither_credential_nor_body_sent_there() {
    let (desk, services, other) = (Desk::new(), Services::start().await, Services::start().await);
    let (reader, administrator) = (
        desk.saved(&services.hyperproof()).await,
        desk.saved(&services.hypothesis()).await,
    );
    let port = other.sandbox.hypothesis_server().rsplit(':').next().unwrap().to_owned();
    for status in STATUSES {
        for host in [format!("http://127.0.0.1:{port}"), format!("http://localhost:{port}")] {
            services.provoke(
                "/hyperproof/v1",
                1,
                FaultKind::redirection(status, &format!("{host}/hyperproof/v1/controls")),
            );
            let failure = synced(&desk.app, &reader).await.unwrap_err();
            assert_eq!(failure.code, ErrorCode::Redirected, "{status} {host}: {failure}");
            services.provoke(
                "/api/users",
                1,
                FaultKind::redirection(status, &format!("{host}/api/users")),
            );
            assert!(!created(&desk.app, &administrator).await, "{status} {host}");
            services.sandbox.calm();
        }
    }
    assert_eq!(other.sandbox.requests().len(), 0);
    seen(
        "A2",
        "redirects of a GET and of a POST to another host and another port: refused, no request there",
    );
}

/// Whether an account was created.
async fn created(app: &App, card: &ConnectionCard) -> bool {
    let request = AccountCreateRequest {
        username: "jbloggs1".to_owned(),
        email: "jbloggs1@practice.example".to_owned(),
        display_name: String::new(),
    };
    let outcome = app.create_account(&card.id, &request).await;
    matches!(outcome, Ok(CreateOutcome::Done { .. }))
}

#[tokio::test(flavor = "multi_thread")]
async fn a03_a_redirect_to_itself_is_refused_at_the_first() {
    let (desk, services) = (Desk::new(), Services::start().await);
    let card = desk.saved(&services.hyperproof()).await;
    let itself = format!("{}/controls", services.sandbox.hyperproof_api());
    services.provoke("/hyperproof/v1/controls", 20, FaultKind::redirection(302, &itself));
    let before = services.asked("/hyperproof/v1/controls");
    let failure = synced(&desk.app, &card).await.unwrap_err();
    assert_eq!(failure.code, ErrorCode::Redirected, "{failure}");
    assert_eq!(services.asked("/hyperproof/v1/controls") - before, 1);
    seen("A3", "one request, then `redirected`");
}
