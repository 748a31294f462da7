//! Owns the program's one door to the network, opened for one connection with a planted secret. Must not decide
//! anything: what the door refuses is what the program refuses.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use countersign_app::ports::SystemClock;
use countersign_domain::{
    BoundAddress, CertificateAuthority, ClientId, ConnectionId, CredentialPart, Failure, Network, SecretString,
};
use countersign_gateway::{
    ActivitySink, Answer, Authentication, BoundGateway, BoxFuture, Call, CallRecord, ConnectionProfile,
    CredentialError, CredentialStore, Gateway, GatewayError, GatewaySettings, RetryLimits, SilentDesktop, Timeouts,
};
use countersign_sandbox::{PracticeCredentials, Sandbox};
use tokio_util::sync::CancellationToken;

/// What the door is opened with; the proxy's password beside the secret.
#[derive(Clone)]
struct Secrets {
    secret: String,
    proxy_password: Option<String>,
}

impl CredentialStore for Secrets {
    fn load<'a>(
        &'a self,
        _: &'a ConnectionId,
        part: CredentialPart,
    ) -> BoxFuture<'a, Result<SecretString, CredentialError>> {
        let secret = match part {
            CredentialPart::Secret => Some(self.secret.clone()),
            CredentialPart::ProxyPassword => self.proxy_password.clone(),
            CredentialPart::RefreshToken => None,
        };
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
struct Records(Mutex<Vec<CallRecord>>);

impl ActivitySink for Records {
    fn record(&self, call: CallRecord) {
        self.0.lock().unwrap().push(call);
    }
}

/// The gateway as one connection to Hyperproof sees it.
pub(crate) struct Door {
    pub(crate) bound: BoundGateway,
    records: Arc<Records>,
}

/// Where a connection leads and how it gets there.
pub(crate) struct Way<'a> {
    pub(crate) api: &'a str,
    pub(crate) token_endpoint: &'a str,
    pub(crate) network: Network,
    pub(crate) proxy_password: Option<&'a str>,
}

impl<'a> Way<'a> {
    pub(crate) fn to(api: &'a str, token_endpoint: &'a str) -> Self {
        Self {
            api,
            token_endpoint,
            network: Network::default(),
            proxy_password: None,
        }
    }
}

impl Door {
    pub(crate) fn new(way: Way<'_>, credentials: &PracticeCredentials) -> Self {
        let records = Arc::new(Records::default());
        let store = Secrets {
            secret: credentials.hyperproof_secret.clone(),
            proxy_password: way.proxy_password.map(str::to_owned),
        };
        let settings = GatewaySettings {
            retry: RetryLimits {
                attempts: 1,
                ..RetryLimits::default()
            },
            timeouts: Timeouts {
                idle: Duration::from_secs(5),
                ..Timeouts::default()
            },
            ..GatewaySettings::new("Countersign/attacks")
        };
        let clock = Arc::new(SystemClock);
        let (activity, desktop) = (Arc::clone(&records) as _, Arc::new(SilentDesktop));
        let gateway = Gateway::new(settings, clock, Arc::new(store), activity, desktop).unwrap();
        let bound = gateway.bind(ConnectionProfile {
            id: ConnectionId::random(),
            api: BoundAddress::parse(way.api).unwrap(),
            authentication: Authentication::ClientCredentials {
                token_endpoint: BoundAddress::parse(way.token_endpoint).unwrap(),
                client_id: ClientId::parse(&credentials.hyperproof_client_id).unwrap(),
                scopes: None,
            },
            pacing: None,
            network: way.network,
        });
        Self { bound, records }
    }

    /// To a sandbox's Hyperproof, trusting `authority` besides the system's.
    pub(crate) fn to(sandbox: &Sandbox, credentials: &PracticeCredentials, authority: Option<&str>) -> Self {
        let (api, token_endpoint) = (sandbox.hyperproof_api(), sandbox.hyperproof_token_endpoint());
        let way = Way {
            network: trusting(authority),
            ..Way::to(&api, &token_endpoint)
        };
        Self::new(way, credentials)
    }

    pub(crate) async fn get(&self, path: &str) -> Result<Answer, Failure> {
        self.send(Call::get(path)).await
    }

    pub(crate) async fn send(&self, call: Call) -> Result<Answer, Failure> {
        let sent = self.bound.send(call, &CancellationToken::new()).await;
        sent.map_err(GatewayError::into_failure)
    }

    /// The record of each call, refused ones too.
    pub(crate) fn records(&self) -> Vec<CallRecord> {
        self.records.0.lock().unwrap().clone()
    }
}

/// The system's proxy, and one more certificate authority.
pub(crate) fn trusting(authority: Option<&str>) -> Network {
    let authority = authority.map(|pem| CertificateAuthority {
        name: "company.pem".to_owned(),
        pem: pem.to_owned(),
    });
    Network {
        certificate_authority: authority,
        ..Network::default()
    }
}
