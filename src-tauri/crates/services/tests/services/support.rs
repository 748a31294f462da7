//! Owns the ports and the bound gateways that tests call through. Must not assert anything.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use countersign_domain::{
    BoundAddress, ClientId, ConnectionId, CredentialPart, FixedClock, Network, SecretString, Timestamp,
};
use countersign_gateway::{
    ActivitySink, Authentication, BoundGateway, BoxFuture, CallRecord, ConnectionProfile, CredentialError,
    CredentialStore, Gateway, GatewaySettings, RetryLimits, SilentDesktop, Timeouts,
};
use countersign_services::hyperproof::Hyperproof;
use countersign_services::hypothesis::Hypothesis;

/// One secret, kept in memory.
struct OneSecret(SecretString);

impl CredentialStore for OneSecret {
    fn load<'a>(
        &'a self,
        _id: &'a ConnectionId,
        _part: CredentialPart,
    ) -> BoxFuture<'a, Result<SecretString, CredentialError>> {
        Box::pin(async { Ok(self.0.clone()) })
    }

    fn replace<'a>(
        &'a self,
        _id: &'a ConnectionId,
        _part: CredentialPart,
        _secret: SecretString,
    ) -> BoxFuture<'a, Result<(), CredentialError>> {
        Box::pin(async { Err(CredentialError::Missing) })
    }

    fn forget<'a>(
        &'a self,
        _id: &'a ConnectionId,
        _part: CredentialPart,
    ) -> BoxFuture<'a, Result<(), CredentialError>> {
        Box::pin(async { Ok(()) })
    }
}

/// Keeps the record of calls.
#[derive(Default)]
struct Records(Mutex<Vec<CallRecord>>);

impl ActivitySink for Records {
    fn record(&self, call: CallRecord) {
        self.0.lock().unwrap().push(call);
    }
}

/// A gateway bound to `api`, with the usual time-outs.
pub(crate) fn bound(api: &str, authentication: Authentication, secret: &str) -> BoundGateway {
    bound_with(Timeouts::default(), api, authentication, secret)
}

/// The same for a server that never answers: it is waited for briefly.
pub(crate) fn bound_impatiently(api: &str, authentication: Authentication, secret: &str) -> BoundGateway {
    let timeouts = Timeouts {
        idle: Duration::from_millis(200),
        ..Timeouts::default()
    };
    bound_with(timeouts, api, authentication, secret)
}

fn bound_with(timeouts: Timeouts, api: &str, authentication: Authentication, secret: &str) -> BoundGateway {
    let clock = Arc::new(FixedClock::new(Timestamp::UNIX_EPOCH));
    bound_by(timeouts, clock, api, authentication, secret)
}

/// The same by a clock that the test sets.
pub(crate) fn bound_at(
    clock: &Arc<FixedClock>,
    api: &str,
    authentication: Authentication,
    secret: &str,
) -> BoundGateway {
    bound_by(Timeouts::default(), Arc::clone(clock), api, authentication, secret)
}

fn bound_by(
    timeouts: Timeouts,
    clock: Arc<FixedClock>,
    api: &str,
    authentication: Authentication,
    secret: &str,
) -> BoundGateway {
    // What one answer means is looked at here; that a call is made again is the gateway's own business.
    let retry = RetryLimits {
        attempts: 1,
        ..RetryLimits::default()
    };
    let settings = GatewaySettings {
        timeouts,
        retry,
        ..GatewaySettings::new("countersign/test (loopback)")
    };
    let credentials = Arc::new(OneSecret(SecretString::from(secret)));
    let gateway = Gateway::new(
        settings,
        clock,
        credentials,
        Arc::new(Records::default()),
        Arc::new(SilentDesktop),
    )
    .unwrap();
    gateway.bind(ConnectionProfile {
        id: ConnectionId::random(),
        api: BoundAddress::parse(api).unwrap(),
        authentication,
        pacing: None,
        network: Network::default(),
    })
}

/// Hyperproof's client with a bearer token in the place of a minted one.
pub(crate) fn hyperproof(api: &str) -> Hyperproof {
    Hyperproof::new(bound(api, Authentication::Bearer, "an-access-token"))
}

/// Hypothesis' client with these client credentials.
pub(crate) fn hypothesis_basic(api: &str, client_id: &str, secret: &str) -> Hypothesis {
    let client_id = ClientId::parse(client_id).unwrap();
    Hypothesis::new(bound(api, Authentication::Basic { client_id }, secret))
}

/// Hypothesis' client with a personal token.
pub(crate) fn hypothesis_token(api: &str, token: &str) -> Hypothesis {
    Hypothesis::new(bound(api, Authentication::Bearer, token))
}
