//! Owns the calls through the gateway, as the program makes them: the access token minted once and attached by the gateway,
//! every check and limit in place, each call recorded. Must not switch anything off but the pace, which is a wait.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use anyhow::{Result, ensure};
use countersign_domain::{
    BoundAddress, ClientId, Clock, ConnectionId, CredentialPart, FixedClock, SecretString, Timestamp,
};
use countersign_gateway::{
    ActivitySink, Answer, Authentication, BoundGateway, BoxFuture, Call, CallRecord, ConnectionProfile,
    CredentialError, CredentialStore, Gateway, GatewaySettings, SilentDesktop,
};
use tokio_util::sync::CancellationToken;
use url::Url;

/// A connection to the server.
pub(crate) struct Client {
    bound: BoundGateway,
    cancel: CancellationToken,
}

impl Client {
    /// Binds to `origin`.
    ///
    /// # Errors
    /// When the gateway cannot be built.
    pub(crate) fn bind(origin: &Url) -> Result<Self> {
        let clock: Arc<dyn Clock> = Arc::new(FixedClock::new(Timestamp::UNIX_EPOCH));
        let settings = GatewaySettings::new("countersign/0 (bench)");
        let (activity, desktop) = (Arc::new(Counted::default()), Arc::new(SilentDesktop));
        let gateway = Gateway::new(settings, clock, Arc::new(OneSecret), activity, desktop)?;
        let profile = ConnectionProfile {
            id: ConnectionId::random(),
            api: BoundAddress::parse(origin.join("/v1")?.as_str())?,
            authentication: Authentication::ClientCredentials {
                token_endpoint: BoundAddress::parse(origin.join("/oauth/token")?.as_str())?,
                client_id: ClientId::parse("bench")?,
                scopes: None,
            },
            pacing: None,
            network: countersign_domain::Network::default(),
        };
        Ok(Self {
            bound: gateway.bind(profile),
            cancel: CancellationToken::new(),
        })
    }

    /// One call, read to its end.
    ///
    /// # Errors
    /// When the server does not answer with 200.
    pub(crate) async fn call(&self) -> Result<Answer> {
        let answer = self.bound.send(Call::get("/users/me"), &self.cancel).await?;
        ensure!(answer.status == 200, "the call was refused");
        Ok(answer)
    }
}

/// Keeps nothing, gives one secret.
struct OneSecret;

impl CredentialStore for OneSecret {
    fn load<'a>(
        &'a self,
        _: &'a ConnectionId,
        _: CredentialPart,
    ) -> BoxFuture<'a, Result<SecretString, CredentialError>> {
        Box::pin(async { Ok(SecretString::from("bench-client-secret")) })
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

/// Takes the records; the program hands them to a channel.
#[derive(Default)]
struct Counted(AtomicU64);

impl ActivitySink for Counted {
    fn record(&self, call: CallRecord) {
        self.0.fetch_add(call.bytes, Ordering::Relaxed);
    }
}
