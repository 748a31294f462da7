//! Owns the examination of a connection's way, layer by layer, without a credential: what stands between this program and
//! an answer, and where it ends. Must not send anything but names to resolve, `CONNECT`, handshakes and one bare GET.

mod certificate;
mod findings;
mod hops;
mod secure;
mod walk;

use std::time::Duration;

use countersign_domain::{BoundAddress, CorrelationId};
use tokio_util::sync::CancellationToken;

use crate::error::GatewayError;
use crate::gateway::Gateway;
use crate::profile::{Authentication, ConnectionProfile};
use crate::route::Route;

use walk::Walk;

/// A layer between this program and an answer, in the order in which they are walked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layer {
    /// The name of the host, or of the proxy on the way, becomes an address.
    Dns,
    /// That address is reached.
    Tcp,
    /// The proxy lets the call through.
    Proxy,
    /// The server proves who it is. The connection is closed before a byte of HTTP.
    Tls,
    /// The server answers a GET without credential, whatever it answers.
    Http,
}

impl Layer {
    /// All of them, in order.
    pub const ALL: [Self; 5] = [Self::Dns, Self::Tcp, Self::Proxy, Self::Tls, Self::Http];
}

/// How a layer was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LayerState {
    /// It holds.
    Passed,
    /// It does not apply (no proxy, plain http on this computer, a numeric address).
    NotNeeded,
    /// It fails: the walk ends here.
    Failed,
    /// An earlier one failed.
    NotReached,
}

/// What was found of one layer.
#[derive(Debug, Clone)]
pub struct LayerFinding {
    /// The layer.
    pub layer: Layer,
    /// How it was found.
    pub state: LayerState,
    /// Sentences in English: hosts, addresses, names of issuers, dates. No secret, no header, no body.
    pub seen: Vec<String>,
    /// What is wrong, of a failed layer.
    pub error: Option<GatewayError>,
    /// How long it took.
    pub duration: Duration,
}

/// What an examination found.
#[derive(Debug, Clone)]
pub struct Examination {
    /// The five layers, in order.
    pub findings: Vec<LayerFinding>,
    /// `direct`, or the proxy's host and port.
    pub route: String,
    /// `system`, or `system and` the name of the connection's own certificate file.
    pub trust: String,
}

impl Examination {
    /// Whether no layer failed.
    pub fn passed(&self) -> bool {
        self.findings.iter().all(|finding| finding.error.is_none())
    }
}

/// Told of each layer as soon as it was walked. A layer that the token endpoint changes is told again.
pub type OnLayer<'a> = &'a (dyn Fn(&LayerFinding) + Send + Sync);

impl Gateway {
    /// Walks to the API of `profile` and, where that holds and has another origin, to its token endpoint. Credentials are
    /// never sent; a proxy is told its own name and password.
    pub async fn examine(
        &self,
        profile: &ConnectionProfile,
        cancel: &CancellationToken,
        on_layer: OnLayer<'_>,
    ) -> Examination {
        let correlation = CorrelationId::random();
        let walk = |address| Walk::new(self.transport(), profile, address, correlation, cancel);
        let mut findings = walk(&profile.api).taken(on_layer).await;
        if let Some(endpoint) = second_origin(profile).filter(|_| findings.passed()) {
            let others = walk(endpoint).taken(&|_| {}).await;
            findings.fold_in(others, &endpoint.authority(), on_layer);
        }
        let authority = profile.network.certificate_authority.as_ref();
        let clients = self.transport().clients();
        let route = clients.route(&profile.api, &profile.network, cancel);
        Examination {
            findings: findings.all(),
            route: match route.await {
                Ok(Route::Direct) => "direct".to_owned(),
                Ok(Route::Proxy(proxied)) => proxied.authority(),
                Err(GatewayError::Proxy { proxy, .. }) => proxy,
                Err(_) => "unknown".to_owned(),
            },
            trust: authority.map_or_else(
                || "system".to_owned(),
                |authority| format!("system and {}", authority.name),
            ),
        }
    }
}

/// The token endpoint, where the API's layers say nothing of it.
fn second_origin(profile: &ConnectionProfile) -> Option<&BoundAddress> {
    let endpoint = match &profile.authentication {
        Authentication::ClientCredentials { token_endpoint, .. }
        | Authentication::SignIn { token_endpoint, .. }
        | Authentication::GrantToken { token_endpoint, .. } => token_endpoint,
        Authentication::Anonymous | Authentication::Bearer | Authentication::Basic { .. } => return None,
    };
    (endpoint.origin() != profile.api.origin()).then_some(endpoint)
}
