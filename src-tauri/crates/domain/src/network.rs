//! Owns how a connection's calls find their way: proxy, certificate authority, pace. Must not hold a password or open
//! anything.

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;
use url::Url;

/// The largest file of certificates taken, in bytes.
pub const LARGEST_CERTIFICATES: usize = 256 * 1024;

/// How calls find their way out of this computer's network. Loopback never goes through a proxy.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Network {
    /// The proxy.
    pub proxy: ProxyChoice,
    /// A certificate authority trusted for this connection alone, besides the system's.
    pub certificate_authority: Option<CertificateAuthority>,
}

/// The proxy of a connection. Hosts that `NO_PROXY` names are called directly whichever is chosen.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "is", deny_unknown_fields)]
pub enum ProxyChoice {
    /// What the system says (its settings, `HTTPS_PROXY`).
    #[default]
    System,
    /// None.
    Direct,
    /// This one.
    #[serde(rename_all = "camelCase")]
    Address {
        /// Where it listens.
        address: ProxyAddress,
        /// The name it is told; its password is in the keychain (`CredentialPart::ProxyPassword`).
        username: Option<String>,
    },
}

/// Why a proxy's address is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ProxyFault {
    /// Not `http://host:port` or `https://host:port`.
    #[error("a proxy is given as http://host:port or https://host:port")]
    NotAProxy,
    /// A user name or password inside the address.
    #[error("the proxy's user name and password have fields of their own")]
    UserInformation,
}

/// `http://host:port` or `https://host:port`; no user information, path, query or fragment.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ProxyAddress(Url);

impl ProxyAddress {
    /// Reads an address as typed; without a scheme `http://` is meant.
    ///
    /// # Errors
    /// The first `ProxyFault` found.
    pub fn parse(text: &str) -> Result<Self, ProxyFault> {
        let text = text.trim();
        if text.contains('@') {
            return Err(ProxyFault::UserInformation);
        }
        // An URL's parser would leave line breaks out, and read another address than the one that was typed.
        if text.contains(|letter: char| letter.is_control() || letter.is_whitespace()) {
            return Err(ProxyFault::NotAProxy);
        }
        let whole = if text.contains("://") {
            text.to_owned()
        } else {
            format!("http://{text}")
        };
        let url = Url::parse(&whole).map_err(|_| ProxyFault::NotAProxy)?;
        let bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
        let known = matches!(url.scheme(), "http" | "https") && url.host_str().is_some_and(|host| !host.is_empty());
        if known && bare && text.len() <= 300 {
            Ok(Self(url))
        } else {
            Err(ProxyFault::NotAProxy)
        }
    }

    /// Host and port, as a sentence for people names it.
    pub fn authority(&self) -> String {
        let host = self.0.host_str().unwrap_or_default();
        format!("{host}:{}", self.0.port_or_known_default().unwrap_or_default())
    }

    /// The address as an URL.
    pub fn as_url(&self) -> &Url {
        &self.0
    }
}

impl TryFrom<String> for ProxyAddress {
    type Error = ProxyFault;
    fn try_from(text: String) -> Result<Self, ProxyFault> {
        Self::parse(&text)
    }
}

impl From<ProxyAddress> for String {
    fn from(address: ProxyAddress) -> Self {
        address.to_string()
    }
}

impl fmt::Display for ProxyAddress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.0.as_str().trim_end_matches('/'))
    }
}

/// Certificates of an authority that a company runs itself. Public: they may stand in the settings.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CertificateAuthority {
    /// What the person chose: the file's name, without its folder.
    pub name: String,
    /// One or more certificates in PEM; no private key.
    pub pem: String,
}

impl fmt::Debug for CertificateAuthority {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = formatter.debug_struct("CertificateAuthority");
        shown.field("name", &self.name).finish_non_exhaustive()
    }
}

/// A rate that a person chose for one connection.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Pace {
    /// Calls a second over any long time: above 0, at most 100.
    pub per_second: f64,
    /// Calls at once after a pause: 1 to 1,000.
    pub burst: u32,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proxy_is_a_host_and_a_port_and_never_holds_a_password() {
        assert_eq!(
            ProxyAddress::parse("proxy.corp:3128").unwrap().to_string(),
            "http://proxy.corp:3128"
        );
        assert_eq!(
            ProxyAddress::parse("https://proxy.corp").unwrap().authority(),
            "proxy.corp:443"
        );
        assert_eq!(
            ProxyAddress::parse("http://jo:pw@proxy.corp:1"),
            Err(ProxyFault::UserInformation)
        );
        for wrong in [
            "",
            "socks5://h:1",
            "http://h/path",
            "http://h:1?x",
            "file:///etc/passwd",
            "proxy\n.corp:1",
            "proxy\u{a0}corp",
        ] {
            assert_eq!(ProxyAddress::parse(wrong), Err(ProxyFault::NotAProxy), "{wrong}");
        }
    }

    #[test]
    fn a_network_never_mentioned_is_the_systems_own() {
        assert_eq!(serde_json::from_str::<Network>("{}").unwrap(), Network::default());
    }
}
