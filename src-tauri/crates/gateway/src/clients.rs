//! Owns the HTTP clients: one for each way to leave this computer and each set of trusted authorities. Must not send
//! anything, nor keep a proxy's password anywhere but in the client that tells it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use countersign_domain::{BoundAddress, CertificateAuthority, ConnectionId, CredentialPart, Network, SecretString};
use http::HeaderValue;
use reqwest::{Client, ClientBuilder, Proxy};
use tokio_util::sync::CancellationToken;

use crate::error::GatewayError;
use crate::header;
use crate::ports::{CredentialError, CredentialStore, DesktopProxies};
use crate::route::{self, Proxied, Route};
use crate::settings::GatewaySettings;
use crate::system::System;
use crate::trust;

/// A client, and the way it takes.
pub(crate) struct Line {
    pub(crate) client: Client,
    pub(crate) route: Route,
}

/// What a client is made of. One that tells a proxy a connection's password serves that connection alone.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Make {
    loopback: bool,
    authority: Option<CertificateAuthority>,
    proxy: Option<Proxied>,
    whose: Option<ConnectionId>,
}

/// The clients, built when first needed: reading the trust store takes time, and a machine may have none.
pub(crate) struct Clients {
    settings: GatewaySettings,
    credentials: Arc<dyn CredentialStore>,
    desktop: Arc<dyn DesktopProxies>,
    plain_loopback: Client,
    system: Mutex<Option<Arc<System>>>,
    built: Mutex<HashMap<Make, Client>>,
}

impl Clients {
    pub(crate) fn new(
        settings: &GatewaySettings,
        credentials: Arc<dyn CredentialStore>,
        desktop: Arc<dyn DesktopProxies>,
    ) -> Result<Self, GatewayError> {
        trust::cryptography();
        // Plain http needs no trust store, so that practice works on a machine without one.
        let plain_loopback = built(at_home(settings).tls_certs_only([]))?;
        Ok(Self {
            settings: settings.clone(),
            credentials,
            desktop,
            plain_loopback,
            system: Mutex::default(),
            built: Mutex::default(),
        })
    }

    /// The client for calls of connection `id` to `address`.
    ///
    /// # Errors
    /// `Proxy`, `AuthorityUnreadable`, `NoClient`, `Credential` (the proxy's password) or `Cancelled`.
    pub(crate) async fn line(
        &self,
        (id, network): (&ConnectionId, &Network),
        address: &BoundAddress,
        cancel: &CancellationToken,
    ) -> Result<Line, GatewayError> {
        if address.is_plain_http() {
            let client = self.plain_loopback.clone();
            let route = Route::Direct;
            return Ok(Line { client, route });
        }
        let route = self.route(address, network, cancel).await?;
        let make = Make::new(id, network, address, &route);
        if let Some(client) = self.ready().get(&make).cloned() {
            return Ok(Line { client, route });
        }
        let proxy = match &route {
            Route::Direct => None,
            Route::Proxy(proxied) => Some(self.proxy(id, proxied, cancel).await?),
        };
        let client = self.build(&make, proxy)?;
        self.ready().insert(make, client.clone());
        Ok(Line { client, route })
    }

    /// The way to `address`; what the system says is asked once, until `look_again`.
    ///
    /// # Errors
    /// `Proxy` for one whose protocol this program does not speak, or `Cancelled`.
    pub(crate) async fn route(
        &self,
        address: &BoundAddress,
        network: &Network,
        cancel: &CancellationToken,
    ) -> Result<Route, GatewayError> {
        let system = self.system();
        tokio::select! {
            biased;
            route = route::to(address, network, &system) => route,
            () = cancel.cancelled() => Err(GatewayError::Cancelled { sent: false }),
        }
    }

    fn system(&self) -> Arc<System> {
        let mut system = self.system.lock().unwrap_or_else(PoisonError::into_inner);
        let read = || Arc::new(System::read(&self.desktop));
        Arc::clone(system.get_or_insert_with(read))
    }

    /// After a connection did not come about: the computer may have moved to another network, its list of authorities may
    /// have grown, a proxy's password may have been another one. The next call begins with what holds then.
    pub(crate) fn look_again(&self) {
        *self.system.lock().unwrap_or_else(PoisonError::into_inner) = None;
        self.ready().clear();
    }

    /// Drops what tells a proxy the password of `id`.
    pub(crate) fn forget(&self, id: &ConnectionId) {
        self.ready().retain(|make, _| make.whose.as_ref() != Some(id));
    }

    /// What `proxied` is told, when it is told anything.
    pub(crate) async fn proxy_authorization(
        &self,
        id: &ConnectionId,
        proxied: &Proxied,
        cancel: &CancellationToken,
    ) -> Result<Option<HeaderValue>, GatewayError> {
        let Some(username) = &proxied.username else {
            return Ok(proxied.authorization.clone());
        };
        let password = tokio::select! {
            biased;
            () = cancel.cancelled() => return Err(GatewayError::Cancelled { sent: false }),
            password = self.credentials.load(id, CredentialPart::ProxyPassword) => password,
        };
        // Some proxies take a name alone; one that does not says so itself (407).
        let password = match password {
            Err(CredentialError::Missing) => SecretString::default(),
            other => other?,
        };
        header::basic_pair(username, &password).map(Some)
    }

    async fn proxy(
        &self,
        id: &ConnectionId,
        proxied: &Proxied,
        cancel: &CancellationToken,
    ) -> Result<Proxy, GatewayError> {
        let proxy = Proxy::https(proxied.address.to_string()).map_err(no_client)?;
        let authorization = self.proxy_authorization(id, proxied, cancel).await?;
        Ok(match authorization {
            Some(value) => proxy.custom_http_auth(value),
            None => proxy,
        })
    }

    fn build(&self, make: &Make, proxy: Option<Proxy>) -> Result<Client, GatewayError> {
        let trusted = trust::configuration(make.authority.as_ref())?;
        let builder = if make.loopback {
            at_home(&self.settings)
        } else {
            strict(&self.settings).https_only(true)
        };
        let builder = builder.tls_backend_preconfigured(trusted);
        built(match proxy {
            Some(proxy) => builder.proxy(proxy),
            None => builder,
        })
    }

    fn ready(&self) -> MutexGuard<'_, HashMap<Make, Client>> {
        self.built.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Make {
    fn new(id: &ConnectionId, network: &Network, address: &BoundAddress, route: &Route) -> Self {
        let proxy = match route {
            Route::Direct => None,
            Route::Proxy(proxied) => Some(proxied.clone()),
        };
        let named = proxy.as_ref().is_some_and(|proxied| proxied.username.is_some());
        Self {
            loopback: address.is_loopback(),
            authority: network.certificate_authority.clone(),
            proxy,
            whose: named.then(|| id.clone()),
        }
    }
}

fn built(builder: ClientBuilder) -> Result<Client, GatewayError> {
    builder.build().map_err(no_client)
}

fn no_client(error: reqwest::Error) -> GatewayError {
    let source = Arc::new(error.without_url());
    GatewayError::NoClient { source }
}

/// What every client holds to. Decompression is switched off by name: another crate could switch its feature on. Which
/// proxy is used was decided before: the library must not look for one itself.
fn strict(settings: &GatewaySettings) -> ClientBuilder {
    Client::builder()
        .user_agent(settings.user_agent.as_str())
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .referer(false)
        .no_proxy()
        .connect_timeout(settings.timeouts.connect)
        .pool_idle_timeout(Duration::from_secs(30))
        .pool_max_idle_per_host(8)
        .no_gzip()
        .no_brotli()
        .no_zstd()
        .no_deflate()
}

/// For this computer: `localhost` is this computer whatever a resolver says.
fn at_home(settings: &GatewaySettings) -> ClientBuilder {
    let here = [([127, 0, 0, 1], 0).into(), (std::net::Ipv6Addr::LOCALHOST, 0).into()];
    strict(settings).resolve_to_addrs("localhost", &here)
}

#[cfg(test)]
mod tests {
    use countersign_domain::ProxyChoice;

    use super::*;
    use crate::route::NamedBy;

    /// A desktop may name one proxy with a name and a password for this origin, and without for that.
    #[test]
    fn a_client_that_tells_a_proxy_one_password_serves_no_call_that_tells_another() {
        let through = |password: Option<&'static str>| {
            let proxied = Proxied {
                address: "http://desk:8080".parse().unwrap(),
                named_by: NamedBy::System,
                username: None,
                authorization: password.map(HeaderValue::from_static),
            };
            let network = Network {
                proxy: ProxyChoice::System,
                certificate_authority: None,
            };
            let address = BoundAddress::parse("https://api.example.com").unwrap();
            Make::new(&ConnectionId::random(), &network, &address, &Route::Proxy(proxied))
        };
        assert_eq!(through(Some("Basic one")), through(Some("Basic one")));
        assert_ne!(through(Some("Basic one")), through(Some("Basic another")));
        assert_ne!(through(Some("Basic one")), through(None));
    }
}
