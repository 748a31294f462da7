//! Owns one walk to one address: step after step, until one fails. Must not send a credential of the connection.

use std::sync::Arc;
use std::time::Duration;

use countersign_domain::{BoundAddress, CorrelationId, Network};
use http::header::ACCEPT;
use http::{HeaderMap, HeaderValue, Method};
use tokio::net::TcpStream;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use crate::attempt::Subject;
use crate::call::CallLimits;
use crate::doctor::findings::{Fault, Findings, Seen};
use crate::doctor::hops::{self, Hop};
use crate::doctor::secure::{self, Wire};
use crate::doctor::{Layer, OnLayer};
use crate::error::GatewayError;
use crate::fault::Phase;
use crate::profile::ConnectionProfile;
use crate::route::{NamedBy, Proxied, Route};
use crate::transport::{Outgoing, Transport};

/// An answer to a request without credential is looked at, not read.
const LARGEST_ANSWER: u64 = 1024 * 1024 * 1024;
/// A server that takes longer is no help, whatever it would say.
const LONGEST_SILENCE: Duration = Duration::from_secs(20);

/// A walk to `address` that has not begun.
pub(super) struct Walk<'a> {
    transport: &'a Transport,
    profile: &'a ConnectionProfile,
    network: Arc<Network>,
    pub(super) address: &'a BoundAddress,
    correlation: CorrelationId,
    cancel: &'a CancellationToken,
}

impl<'a> Walk<'a> {
    pub(super) fn new(
        transport: &'a Transport,
        profile: &'a ConnectionProfile,
        address: &'a BoundAddress,
        correlation: CorrelationId,
        cancel: &'a CancellationToken,
    ) -> Self {
        Self {
            transport,
            profile,
            network: Arc::new(profile.network.clone()),
            address,
            correlation,
            cancel,
        }
    }

    /// All layers, each told as soon as it was walked.
    pub(super) async fn taken(self, tell: OnLayer<'_>) -> Findings {
        let mut findings = Findings::default();
        self.steps(&mut findings, tell).await;
        findings.end(tell);
        findings
    }

    /// None as soon as a layer failed.
    async fn steps(&self, findings: &mut Findings, tell: OnLayer<'_>) -> Option<()> {
        let clients = self.transport.clients();
        let route = match clients.route(self.address, &self.network, self.cancel).await {
            Ok(route) => route,
            Err(error) => {
                let fault = Err(Fault::from(error));
                return self.note(findings, Layer::Proxy, Instant::now(), fault, tell);
            }
        };
        let hop = Hop::new(self.address, &route);
        let began = Instant::now();
        let (found, addresses) = parted(self.bounded(&hop, hops::resolved(&hop, self.address)).await);
        self.note(findings, Layer::Dns, began, found, tell)?;
        let began = Instant::now();
        let (found, stream) = parted(self.bounded(&hop, hops::connected(&hop, addresses?)).await);
        self.note(findings, Layer::Tcp, began, found, tell)?;
        let began = Instant::now();
        let (found, wire) = parted(self.bounded(&hop, self.through(&route, stream?)).await);
        self.note(findings, Layer::Proxy, began, found, tell)?;
        let began = Instant::now();
        let found = self.bounded(&hop, self.identity(wire?)).await;
        self.note(findings, Layer::Tls, began, found, tell)?;
        let began = Instant::now();
        let found = self.answer().await;
        self.note(findings, Layer::Http, began, found, tell)
    }

    fn note(
        &self,
        findings: &mut Findings,
        layer: Layer,
        began: Instant,
        found: Result<Seen, Fault>,
        tell: OnLayer<'_>,
    ) -> Option<()> {
        let failed = found.is_err();
        findings.push(layer, found, began.elapsed(), tell);
        (!failed && !self.cancel.is_cancelled()).then_some(())
    }

    /// A step, as long as one may wait for a connection.
    async fn bounded<T>(&self, hop: &Hop<'_>, step: impl Future<Output = Result<T, Fault>>) -> Result<T, Fault> {
        let longest = self.transport.settings().timeouts.connect;
        tokio::select! {
            biased;
            () = self.cancel.cancelled() => Err(GatewayError::Cancelled { sent: false }.into()),
            outcome = tokio::time::timeout(longest, step) => outcome.unwrap_or_else(|_| Err(hop.silent().into())),
        }
    }

    async fn through(&self, route: &Route, stream: TcpStream) -> Result<(Seen, Wire), Fault> {
        let Route::Proxy(proxied) = route else {
            let why = if self.address.is_loopback() {
                "This computer is never called through a proxy"
            } else {
                "No proxy is used"
            };
            return Ok((Seen::NotNeeded(vec![why.to_owned()]), Box::new(stream)));
        };
        let clients = self.transport.clients();
        let id = &self.profile.id;
        let authorization = clients.proxy_authorization(id, proxied, self.cancel).await?;
        let authority = self.network.certificate_authority.as_ref();
        let wire = secure::to_proxy(proxied, stream, authority, &self.address.authority()).await?;
        let wire = hops::tunnelled(proxied, wire, self.address, authorization.as_ref()).await?;
        let target = hops::target(self.address);
        let seen = vec![
            format!("CONNECT {target} was allowed"),
            introduced(proxied, authorization.is_some()),
        ];
        Ok((Seen::Passed(seen), wire))
    }

    async fn identity(&self, wire: Wire) -> Result<Seen, Fault> {
        if self.address.is_plain_http() {
            let seen = "Plain http, which never leaves this computer".to_owned();
            return Ok(Seen::NotNeeded(vec![seen]));
        }
        let authority = self.network.certificate_authority.as_ref();
        let seen = secure::identity(self.address, wire, authority).await?;
        Ok(Seen::Passed(seen))
    }

    /// A GET as any call is made, but without a credential.
    async fn answer(&self) -> Result<Seen, Fault> {
        let url = if *self.address == self.profile.api {
            let joined = self.address.join("/", &[]);
            joined.map_err(|fault| GatewayError::OutsideBinding { source: Some(fault) })?
        } else {
            self.address.as_url().clone()
        };
        let outgoing = Outgoing {
            address: self.address,
            url,
            method: Method::GET,
            headers: HeaderMap::from_iter([(ACCEPT, HeaderValue::from_static("*/*"))]),
            body: None,
            limits: CallLimits {
                idle: Some(LONGEST_SILENCE),
                total: Some(LONGEST_SILENCE),
                body: Some(LARGEST_ANSWER),
            },
        };
        let subject = Subject {
            connection: self.profile.id.clone(),
            network: Arc::clone(&self.network),
            correlation: self.correlation,
            attempt: 1,
        };
        let seen = match self.transport.exchange(outgoing, subject, self.cancel).await {
            Ok(answer) => format!("Answered {} to a request without credential", answer.status()),
            Err(GatewayError::Redirected { to, .. }) => {
                let to = to.unwrap_or_else(|| "another place".to_owned());
                format!("Answered a request without credential by pointing to {to}")
            }
            Err(error) => return Err(error.into()),
        };
        Ok(Seen::Passed(vec![seen]))
    }
}

/// What a step saw, apart from what the next one needs.
fn parted<T>(outcome: Result<(Seen, T), Fault>) -> (Result<Seen, Fault>, Option<T>) {
    match outcome {
        Ok((seen, rest)) => (Ok(seen), Some(rest)),
        Err(fault) => (Err(fault), None),
    }
}

/// Who named the proxy, and who it was told we are.
fn introduced(proxied: &Proxied, authorized: bool) -> String {
    let from = match proxied.named_by {
        NamedBy::System => "From the system's settings",
        NamedBy::Connection => "Chosen for this connection",
    };
    match &proxied.username {
        Some(name) => format!("{from}, signed in as {name}"),
        None if authorized => format!("{from}, signed in with the name kept there"),
        None => from.to_owned(),
    }
}

impl Hop<'_> {
    /// The first thing on the way did not answer in time.
    fn silent(&self) -> GatewayError {
        match self.proxied {
            Some(proxied) => proxied.trouble(self.host.clone(), crate::fault::ProxyTrouble::Silent),
            None => GatewayError::TimedOut {
                host: self.host.clone(),
                phase: Phase::Connect,
            },
        }
    }
}
