//! Owns the ports the tests stand on: a set clock, a counted store of one secret, the records that came. Must not assert.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use countersign_domain::{
    BoundAddress, ClientId, ConnectionId, CredentialPart, ErrorCode, ExposeSecret, Failure, FixedClock, Network,
    SecretString, Timestamp,
};
use futures_util::future::BoxFuture;
use tokio_util::sync::CancellationToken;

use crate::{
    ActivitySink, Authentication, BoundGateway, CallRecord, ConnectionProfile, CredentialError, CredentialStore,
    DesktopProxies, Gateway, GatewaySettings, Pacing, RetryLimits, SilentDesktop,
};

pub(super) const SECRET: &str = "E-hReVMuRyZbyr1GikieEw4JslaM6sDpb18_9V59PFw";
pub(super) const REFRESH: &str = "4657-MzzJXRLWIcGhwovRlsPli2qZ6dWhiEnUWTG0jiFktRY";
pub(super) const CLIENT_ID: &str = "96653f8e-80be-11e6-b32b-c7bcde86613a";

/// A store of one secret of each part, which may be missing, and which may refuse to change.
#[derive(Default)]
pub(super) struct Store {
    pub(super) secret: Mutex<Option<String>>,
    pub(super) refresh: Mutex<Option<String>>,
    pub(super) proxy_password: Mutex<Option<String>>,
    pub(super) locked: AtomicBool,
    pub(super) loads: AtomicU32,
    pub(super) replaces: AtomicU32,
}

impl Store {
    fn of(&self, part: CredentialPart) -> &Mutex<Option<String>> {
        match part {
            CredentialPart::Secret => &self.secret,
            CredentialPart::RefreshToken => &self.refresh,
            CredentialPart::ProxyPassword => &self.proxy_password,
        }
    }

    fn refusal(&self) -> Option<CredentialError> {
        let locked = Failure::new(ErrorCode::KeychainLocked, "The keychain is locked.");
        let locked = CredentialError::Unavailable(locked);
        self.locked.load(Ordering::SeqCst).then_some(locked)
    }

    fn change(&self, part: CredentialPart, to: Option<String>) -> Result<(), CredentialError> {
        let outcome = self.refusal().map_or(Ok(()), Err);
        if outcome.is_ok() {
            *self.of(part).lock().unwrap_or_else(PoisonError::into_inner) = to;
        }
        outcome
    }
}

impl CredentialStore for Store {
    fn load<'a>(
        &'a self,
        _: &'a ConnectionId,
        part: CredentialPart,
    ) -> BoxFuture<'a, Result<SecretString, CredentialError>> {
        self.loads.fetch_add(1, Ordering::SeqCst);
        let secret = self.of(part).lock().unwrap().clone();
        Box::pin(async move { secret.map(SecretString::from).ok_or(CredentialError::Missing) })
    }

    fn replace<'a>(
        &'a self,
        _: &'a ConnectionId,
        part: CredentialPart,
        secret: SecretString,
    ) -> BoxFuture<'a, Result<(), CredentialError>> {
        self.replaces.fetch_add(1, Ordering::SeqCst);
        let secret = secret.expose_secret().to_owned();
        Box::pin(async move { self.change(part, Some(secret)) })
    }

    fn forget<'a>(&'a self, _: &'a ConnectionId, part: CredentialPart) -> BoxFuture<'a, Result<(), CredentialError>> {
        Box::pin(async move { self.change(part, None) })
    }
}

#[derive(Default)]
pub(super) struct Calls {
    records: Mutex<Vec<CallRecord>>,
    waits: Mutex<Vec<Duration>>,
}

impl Calls {
    pub(super) fn all(&self) -> Vec<CallRecord> {
        self.records.lock().unwrap().clone()
    }

    pub(super) fn waits(&self) -> Vec<Duration> {
        self.waits.lock().unwrap().clone()
    }
}

impl ActivitySink for Calls {
    fn record(&self, call: CallRecord) {
        self.records.lock().unwrap().push(call);
    }

    fn waits(&self, _: &ConnectionId, wait: Duration) {
        self.waits.lock().unwrap().push(wait);
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
    /// Makes each call once, so that a test sees what the first attempt brings.
    pub(super) fn new() -> Self {
        Self::persistent(1)
    }

    /// Makes a call up to `attempts` times, with waits of a few milliseconds where the service names none.
    pub(super) fn persistent(attempts: u32) -> Self {
        Self::with(Self::settings(attempts))
    }

    fn settings(attempts: u32) -> GatewaySettings {
        let retry = RetryLimits {
            attempts,
            first_wait: Duration::from_millis(4),
            ..RetryLimits::default()
        };
        GatewaySettings {
            retry,
            ..GatewaySettings::new("countersign/0 (test)")
        }
    }

    pub(super) fn with(settings: GatewaySettings) -> Self {
        Self::made(settings, Arc::new(SilentDesktop))
    }

    /// Makes each call once, on a desktop that has something to say.
    pub(super) fn on(desktop: Arc<dyn DesktopProxies>) -> Self {
        Self::made(Self::settings(1), desktop)
    }

    fn made(settings: GatewaySettings, desktop: Arc<dyn DesktopProxies>) -> Self {
        let clock = Arc::new(FixedClock::new(Timestamp::UNIX_EPOCH));
        let (store, calls) = (Arc::new(Store::default()), Arc::new(Calls::default()));
        *store.secret.lock().unwrap() = Some(SECRET.to_owned());
        *store.refresh.lock().unwrap() = Some(REFRESH.to_owned());
        let gateway = Gateway::new(settings, clock.clone(), store.clone(), calls.clone(), desktop).unwrap();
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

/// A sign-in whose endpoints are `origin`'s `/oauth/token` and `/oauth/revoke`.
pub(super) fn sign_in(origin: &str, confidential: bool) -> Authentication {
    Authentication::SignIn {
        token_endpoint: BoundAddress::parse(&format!("{origin}/oauth/token")).unwrap(),
        revocation_endpoint: BoundAddress::parse(&format!("{origin}/oauth/revoke")).ok(),
        client_id: ClientId::parse(CLIENT_ID).unwrap(),
        confidential,
        redirect_uri: "http://127.0.0.1:47811/callback".to_owned(),
    }
}

pub(super) fn grant_token(token_endpoint: &str, userid: &str) -> Authentication {
    Authentication::GrantToken {
        token_endpoint: BoundAddress::parse(token_endpoint).unwrap(),
        client_id: ClientId::parse(CLIENT_ID).unwrap(),
        userid: serde_json::from_value(userid.into()).unwrap(),
    }
}

pub(super) fn go() -> CancellationToken {
    CancellationToken::new()
}
