//! Owns the ports the tests stand on: a set clock, a counted store of one secret, the records that came. Must not assert.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

use countersign_domain::{
    BoundAddress, ClientId, ConnectionId, CredentialPart, FixedClock, Network, SecretString, Timestamp,
};
use futures_util::future::BoxFuture;
use tokio_util::sync::CancellationToken;

use crate::{
    ActivitySink, Authentication, BoundGateway, CallRecord, ConnectionProfile, CredentialError, CredentialStore,
    Gateway, GatewaySettings, Pacing,
};

pub(super) const SECRET: &str = "E-hReVMuRyZbyr1GikieEw4JslaM6sDpb18_9V59PFw";
pub(super) const CLIENT_ID: &str = "96653f8e-80be-11e6-b32b-c7bcde86613a";

/// A store of one secret, which may be missing.
#[derive(Default)]
pub(super) struct Store {
    pub(super) secret: Mutex<Option<String>>,
    pub(super) loads: AtomicU32,
}

impl CredentialStore for Store {
    fn load<'a>(
        &'a self,
        _: &'a ConnectionId,
        _: CredentialPart,
    ) -> BoxFuture<'a, Result<SecretString, CredentialError>> {
        self.loads.fetch_add(1, Ordering::SeqCst);
        let secret = self.secret.lock().unwrap().clone();
        Box::pin(async move { secret.map(SecretString::from).ok_or(CredentialError::Missing) })
    }

    fn replace<'a>(
        &'a self,
        _: &'a ConnectionId,
        _: CredentialPart,
        _: SecretString,
    ) -> BoxFuture<'a, Result<(), CredentialError>> {
        Box::pin(async { Ok(()) })
    }

    fn forget<'a>(&'a self, _: &'a ConnectionId, _: CredentialPart) -> BoxFuture<'a, Result<(), CredentialError>> {
        Box::pin(async { Ok(()) })
    }
}

#[derive(Default)]
pub(super) struct Calls(Mutex<Vec<CallRecord>>);

impl Calls {
    pub(super) fn all(&self) -> Vec<CallRecord> {
        self.0.lock().unwrap().clone()
    }
}

impl ActivitySink for Calls {
    fn record(&self, call: CallRecord) {
        self.0.lock().unwrap().push(call);
    }
}

pub(super) struct World {
    pub(super) gateway: Gateway,
    pub(super) clock: Arc<FixedClock>,
    pub(super) store: Arc<Store>,
    pub(super) calls: Arc<Calls>,
    pub(super) id: ConnectionId,
}

impl World {
    pub(super) fn new() -> Self {
        Self::with(GatewaySettings::new("countersign/0 (test)"))
    }

    pub(super) fn with(settings: GatewaySettings) -> Self {
        let clock = Arc::new(FixedClock::new(Timestamp::UNIX_EPOCH));
        let (store, calls) = (Arc::new(Store::default()), Arc::new(Calls::default()));
        *store.secret.lock().unwrap() = Some(SECRET.to_owned());
        let gateway = Gateway::new(settings, clock.clone(), store.clone(), calls.clone()).unwrap();
        Self {
            gateway,
            clock,
            store,
            calls,
            id: ConnectionId::random(),
        }
    }

    pub(super) fn bound(&self, api: &str, authentication: Authentication) -> BoundGateway {
        self.paced(api, authentication, None)
    }

    pub(super) fn paced(&self, api: &str, authentication: Authentication, pacing: Option<Pacing>) -> BoundGateway {
        self.gateway.bind(ConnectionProfile {
            id: self.id.clone(),
            api: BoundAddress::parse(api).unwrap(),
            authentication,
            pacing,
            network: Network::default(),
        })
    }
}

pub(super) fn basic() -> Authentication {
    let client_id = ClientId::parse(CLIENT_ID).unwrap();
    Authentication::Basic { client_id }
}

pub(super) fn client_credentials(token_endpoint: &str) -> Authentication {
    Authentication::ClientCredentials {
        token_endpoint: BoundAddress::parse(token_endpoint).unwrap(),
        client_id: ClientId::parse(CLIENT_ID).unwrap(),
        scopes: None,
    }
}

pub(super) fn go() -> CancellationToken {
    CancellationToken::new()
}
