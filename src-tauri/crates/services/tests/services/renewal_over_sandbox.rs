//! Owns the test that a renewal is paid once, however many callers meet it, against the double.

use std::sync::Arc;
use std::time::Duration;

use countersign_domain::{BoundAddress, ClientId, FixedClock, Timestamp};
use countersign_gateway::Authentication;
use countersign_sandbox::{Sandbox, SandboxSettings};
use countersign_services::hyperproof::Hyperproof;
use tokio_util::sync::CancellationToken;

use crate::support::bound_at;

#[tokio::test(flavor = "multi_thread")]
async fn fifty_callers_during_a_renewal_cost_one_token_request() {
    let settings = SandboxSettings {
        latency: Duration::from_millis(40),
        ..SandboxSettings::default()
    };
    let credentials = settings.credentials.clone();
    let sandbox = Sandbox::start(settings).await.unwrap();
    let authentication = Authentication::ClientCredentials {
        token_endpoint: BoundAddress::parse(&sandbox.hyperproof_token_endpoint()).unwrap(),
        client_id: ClientId::parse(&credentials.hyperproof_client_id).unwrap(),
        scopes: None,
    };
    let clock = Arc::new(FixedClock::new(Timestamp::UNIX_EPOCH));
    let bound = bound_at(
        &clock,
        &sandbox.hyperproof_api(),
        authentication,
        &credentials.hyperproof_secret,
    );
    let client = Hyperproof::new(bound);
    client.prove(&CancellationToken::new()).await.unwrap();
    clock.advance(Duration::from_secs(2 * 3_600));
    let callers = (0..50).map(|_| {
        let client = client.clone();
        tokio::spawn(async move { client.prove(&CancellationToken::new()).await })
    });
    for caller in callers.collect::<Vec<_>>() {
        caller.await.unwrap().unwrap();
    }
    let requests = sandbox.requests();
    let tokens = requests.iter().filter(|request| request.path.ends_with("/oauth/token"));
    assert_eq!(tokens.count(), 2, "one at first, one for all fifty");
    let calls = requests.iter().filter(|request| request.path.ends_with("/users/me"));
    assert_eq!(calls.count(), 51);
}
