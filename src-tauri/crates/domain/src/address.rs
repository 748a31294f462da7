//! Owns what a server address may be: the origin and base path a credential is bound to.
//! Must not resolve a name or open anything.

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;
use url::{Host, Url};

/// Why a typed address is not taken.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum AddressFault {
    /// Not an absolute address at all.
    #[error("this is not an address such as https://api.example.com")]
    NotAnAddress,
    /// Plain http to a host that is not this computer, or another scheme.
    #[error("only https is used; plain http is for this computer alone")]
    Insecure,
    /// A user name or password inside the address.
    #[error("an address holds no user name and no password")]
    UserInformation,
    /// A query or fragment.
    #[error("an address ends with its path; leave out everything from ? or #")]
    QueryOrFragment,
    /// A host with a dot at its end, which is another host to some checks and the same to others.
    #[error("a host does not end with a dot")]
    TrailingDot,
    /// A numeric address other than this computer's.
    #[error("use the name of the server; a numeric address cannot prove who it is")]
    NumericHost,
    /// Longer than 2,000 characters.
    #[error("this address is too long")]
    TooLong,
    /// A path that would leave the bound base path, or holds what no path may.
    #[error("the path leaves the bound address")]
    OutsideBase,
}

/// Scheme, host, port and base path; `https` always, plain `http` for loopback alone. IDN hosts are kept in punycode.
/// Never ends with a slash, holds no user information, no query and no fragment.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct BoundAddress(Url);

impl BoundAddress {
    /// Reads an address as a person types it; surrounding white space is trimmed.
    ///
    /// # Errors
    /// The first `AddressFault` found.
    pub fn parse(text: &str) -> Result<Self, AddressFault> {
        let text = text.trim();
        if text.len() > 2_000 {
            return Err(AddressFault::TooLong);
        }
        let mut url = Url::parse(text).map_err(|_| AddressFault::NotAnAddress)?;
        refuse_extras(&url, text)?;
        refuse_host(&url)?;
        let path = url.path().trim_end_matches('/').to_owned();
        url.set_path(&path);
        Ok(Self(url))
    }

    /// `scheme://host[:port]`, the port only where it is not the scheme's own.
    pub fn origin(&self) -> String {
        self.0.origin().ascii_serialization()
    }

    /// The host alone, brackets kept around an IPv6 literal.
    pub fn host(&self) -> &str {
        self.0.host_str().unwrap_or_default()
    }

    /// Host with the port where it is not the scheme's own: what a sentence for people names.
    pub fn authority(&self) -> String {
        self.0
            .port()
            .map_or_else(|| self.host().to_owned(), |port| format!("{}:{port}", self.host()))
    }

    /// The base path without a slash at its end; empty for the root.
    pub fn base_path(&self) -> &str {
        self.0.path().trim_end_matches('/')
    }

    /// Whether the address is this computer's own (127.0.0.0/8, `[::1]`, `localhost`).
    pub fn is_loopback(&self) -> bool {
        is_loopback(&self.0)
    }

    /// Whether calls go out unencrypted (loopback only).
    pub fn is_plain_http(&self) -> bool {
        self.0.scheme() == "http"
    }

    /// The address of `path` (begins with `/`, percent-encoding kept as given) under this base, with `query` appended.
    ///
    /// # Errors
    /// `OutsideBase` when the result would have another origin or leave the base path (`..`, `//host`, a backslash).
    pub fn join(&self, path: &str, query: &[(&str, &str)]) -> Result<Url, AddressFault> {
        if !path.starts_with('/') || path.starts_with("//") || path.contains(['\\', '?', '#']) {
            return Err(AddressFault::OutsideBase);
        }
        let joined = format!("{}{}{path}", self.origin(), self.base_path());
        let mut url = Url::parse(&joined).map_err(|_| AddressFault::OutsideBase)?;
        let inside = format!("{}/", self.base_path());
        if url.origin() != self.0.origin() || !url.path().starts_with(&inside) {
            return Err(AddressFault::OutsideBase);
        }
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        Ok(url)
    }

    /// Whether `url` has this origin and lies under this base path.
    pub fn contains(&self, url: &Url) -> bool {
        let inside = format!("{}/", self.base_path());
        url.origin() == self.0.origin() && (url.path() == self.base_path() || url.path().starts_with(&inside))
    }

    /// The address as an URL.
    pub fn as_url(&self) -> &Url {
        &self.0
    }
}

fn refuse_extras(url: &Url, text: &str) -> Result<(), AddressFault> {
    if !url.username().is_empty() || url.password().is_some() || text.contains('@') {
        return Err(AddressFault::UserInformation);
    }
    if text.contains(['?', '#']) {
        return Err(AddressFault::QueryOrFragment);
    }
    Ok(())
}

fn refuse_host(url: &Url) -> Result<(), AddressFault> {
    let host = url.host().ok_or(AddressFault::NotAnAddress)?;
    if url.host_str().is_some_and(|name| name.ends_with('.')) {
        return Err(AddressFault::TrailingDot);
    }
    match url.scheme() {
        "https" => {}
        "http" if is_loopback(url) => {}
        _ => return Err(AddressFault::Insecure),
    }
    if !matches!(host, Host::Domain(_)) && !is_loopback(url) {
        return Err(AddressFault::NumericHost);
    }
    Ok(())
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name.eq_ignore_ascii_case("localhost"),
        None => false,
    }
}

impl TryFrom<String> for BoundAddress {
    type Error = AddressFault;
    fn try_from(text: String) -> Result<Self, AddressFault> {
        Self::parse(&text)
    }
}

impl From<BoundAddress> for String {
    fn from(address: BoundAddress) -> Self {
        address.to_string()
    }
}

impl fmt::Display for BoundAddress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}{}", self.origin(), self.base_path())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<BoundAddress, AddressFault> {
        BoundAddress::parse(text)
    }

    #[test]
    fn an_address_is_kept_as_origin_and_base_path() {
        let address = parse(" https://API.Hyperproof.app:443/v1/ ").unwrap();
        assert_eq!(address.to_string(), "https://api.hyperproof.app/v1");
        assert_eq!(address.authority(), "api.hyperproof.app");
        assert_eq!(
            parse("https://bücher.example").unwrap().host(),
            "xn--bcher-kva.example",
            "IDN is shown in punycode"
        );
    }

    #[test]
    fn what_could_carry_a_secret_astray_is_refused() {
        for (text, fault) in [
            ("api.example.com", AddressFault::NotAnAddress),
            ("http://api.example.com", AddressFault::Insecure),
            ("ftp://api.example.com", AddressFault::Insecure),
            ("https://user:word@api.example.com", AddressFault::UserInformation),
            ("https://@api.example.com", AddressFault::UserInformation),
            ("https://api.example.com/?x=1", AddressFault::QueryOrFragment),
            ("https://api.example.com/#x", AddressFault::QueryOrFragment),
            ("https://api.example.com./", AddressFault::TrailingDot),
            ("https://10.0.0.1/", AddressFault::NumericHost),
            ("https://0x0a000001/", AddressFault::NumericHost),
            ("http://127.0.0.1.example.com/", AddressFault::Insecure),
        ] {
            assert_eq!(parse(text), Err(fault), "{text}");
        }
    }

    #[test]
    fn plain_http_is_for_this_computer_alone() {
        for text in [
            "http://127.0.0.1:5000",
            "http://localhost:5000/",
            "http://[::1]:5000",
            "http://127.9.9.9",
        ] {
            assert!(parse(text).unwrap().is_plain_http(), "{text}");
        }
    }

    #[test]
    fn a_joined_path_never_leaves_the_base() {
        let base = parse("https://example.com/api").unwrap();
        assert_eq!(
            base.join("/users/acct:a@b", &[("q", "a b")]).unwrap().as_str(),
            "https://example.com/api/users/acct:a@b?q=a+b"
        );
        for bad in [
            "/../admin",
            "//evil.example",
            "users",
            "/a/%2e%2e/%2e%2e/x",
            "/\\evil",
            "/x?y",
        ] {
            assert_eq!(base.join(bad, &[]), Err(AddressFault::OutsideBase), "{bad}");
        }
    }
}
