//! Owns which way leads to an address: straight, or through a proxy, and which. Must not read a password nor open a
//! connection. Loopback, and with it plain http, never goes through a proxy.

use countersign_domain::{BoundAddress, Network, ProxyChoice};
use http::{HeaderValue, Uri};
use hyper_util::client::proxy::matcher::{Intercept, Matcher};

use crate::error::GatewayError;
use crate::fault::ProxyTrouble;
use crate::system::{System, exceptions};

/// The way to an address.
#[derive(Debug, Clone)]
pub(crate) enum Route {
    Direct,
    Proxy(Proxied),
}

/// The proxy on a way.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Proxied {
    /// `http://host:port` or `https://host:port`; no user information.
    pub(crate) address: Uri,
    /// Whether the system named it, or the connection does.
    pub(crate) named_by: NamedBy,
    /// The name it is told, where the connection names one: the password is in the credential store.
    pub(crate) username: Option<String>,
    /// What the system's own setting tells it (`http://name:password@proxy`).
    pub(crate) authorization: Option<HeaderValue>,
}

/// Who named a proxy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum NamedBy {
    System,
    Connection,
}

/// The way to `address` in `network`, where the system says `system`.
///
/// # Errors
/// `Proxy` for one whose protocol this program does not speak.
pub(crate) async fn to(address: &BoundAddress, network: &Network, system: &System) -> Result<Route, GatewayError> {
    if address.is_loopback() || address.is_plain_http() {
        return Ok(Route::Direct);
    }
    let Ok(target) = address.origin().parse::<Uri>() else {
        return Ok(Route::Direct);
    };
    let (intercept, named_by, username) = match &network.proxy {
        ProxyChoice::Direct => (None, NamedBy::Connection, None),
        ProxyChoice::System => (system.intercept(&target).await, NamedBy::System, None),
        ProxyChoice::Address { address, username } => {
            let matcher = Matcher::builder().https(address.to_string()).no(exceptions()).build();
            (matcher.intercept(&target), NamedBy::Connection, username.clone())
        }
    };
    let Some(intercept) = intercept else {
        return Ok(Route::Direct);
    };
    let proxied = Proxied::new(&intercept, named_by, username);
    if is_spoken(&intercept) {
        return Ok(Route::Proxy(proxied));
    }
    Err(proxied.trouble(address.authority(), ProxyTrouble::Unsupported))
}

/// Whether this program speaks that proxy's protocol.
pub(crate) fn is_spoken(intercept: &Intercept) -> bool {
    matches!(intercept.uri().scheme_str(), Some("http" | "https"))
}

impl Route {
    /// Whether a proxy is told a name and a password.
    pub(crate) fn introduces(&self) -> bool {
        match self {
            Self::Direct => false,
            Self::Proxy(proxied) => proxied.username.is_some() || proxied.authorization.is_some(),
        }
    }
}

impl Proxied {
    fn new(intercept: &Intercept, named_by: NamedBy, username: Option<String>) -> Self {
        let authorization = intercept.basic_auth().cloned().map(|mut value| {
            value.set_sensitive(true);
            value
        });
        Self {
            address: intercept.uri().clone(),
            named_by,
            username,
            authorization,
        }
    }

    pub(crate) fn host(&self) -> &str {
        self.address.host().unwrap_or_default()
    }

    pub(crate) fn port(&self) -> u16 {
        let usual = if self.is_secure() { 443 } else { 80 };
        self.address.port_u16().unwrap_or(usual)
    }

    /// Whether TLS is spoken with the proxy itself.
    pub(crate) fn is_secure(&self) -> bool {
        self.address.scheme_str() == Some("https")
    }

    /// Host and port, as a sentence for people names it.
    pub(crate) fn authority(&self) -> String {
        format!("{}:{}", self.host(), self.port())
    }

    /// The error that this proxy did not carry a call to `host`.
    pub(crate) fn trouble(&self, host: String, trouble: ProxyTrouble) -> GatewayError {
        GatewayError::Proxy {
            host,
            proxy: self.authority(),
            trouble,
            source: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use countersign_domain::ProxyAddress;

    use super::*;

    fn api(text: &str) -> BoundAddress {
        BoundAddress::parse(text).unwrap()
    }

    fn network(proxy: ProxyChoice) -> Network {
        Network {
            proxy,
            certificate_authority: None,
        }
    }

    fn chosen(address: &str) -> Network {
        network(ProxyChoice::Address {
            address: ProxyAddress::parse(address).unwrap(),
            username: Some("jo".to_owned()),
        })
    }

    async fn way(api_address: &str, network: &Network, system: &System) -> Option<String> {
        match to(&api(api_address), network, system).await.unwrap() {
            Route::Direct => None,
            Route::Proxy(proxied) => Some(format!("{} {:?}", proxied.authority(), proxied.named_by)),
        }
    }

    #[tokio::test]
    async fn the_connections_choice_decides_and_this_computer_is_always_called_directly() {
        let system = System::reading(Matcher::builder().all("http://name:pw@sys:3128").build());
        let (by_system, direct) = (network(ProxyChoice::System), network(ProxyChoice::Direct));
        let own = chosen("https://own.corp");
        for (address, network, expected) in [
            ("https://api.example.com", &by_system, Some("sys:3128 System")),
            ("https://api.example.com", &direct, None),
            ("https://api.example.com", &own, Some("own.corp:443 Connection")),
            ("http://127.0.0.1:81", &by_system, None),
            ("https://localhost", &by_system, None),
            ("https://[::1]:8443", &own, None),
        ] {
            assert_eq!(
                way(address, network, &system).await.as_deref(),
                expected,
                "{address} {network:?}"
            );
        }
    }

    #[tokio::test]
    async fn a_host_excepted_by_the_system_is_called_directly() {
        let system = System::reading(Matcher::builder().all("http://sys:3128").no(".example.com").build());
        let by_system = network(ProxyChoice::System);
        assert_eq!(way("https://api.example.com", &by_system, &system).await, None);
        assert!(way("https://api.example.org", &by_system, &system).await.is_some());
    }

    #[tokio::test]
    async fn a_password_in_the_systems_setting_is_never_shown() {
        let system = System::reading(Matcher::builder().all("http://name:hunter2@sys:3128").build());
        let route = to(&api("https://api.example.com"), &Network::default(), &system)
            .await
            .unwrap();
        let shown = format!("{route:?}");
        assert!(
            !shown.contains("hunter2") && !shown.contains("bmFtZTpodW50ZXIy"),
            "{shown}"
        );
        let Route::Proxy(proxied) = route else {
            panic!("{shown}")
        };
        assert!(proxied.authorization.is_some_and(|value| value.is_sensitive()));
    }

    #[tokio::test]
    async fn a_socks_proxy_is_refused_by_name() {
        let system = System::reading(Matcher::builder().all("socks5://sys:1080").build());
        let error = to(&api("https://api.example.com"), &Network::default(), &system)
            .await
            .unwrap_err();
        assert!(error.into_failure().message.contains("sys:1080"));
    }
}
