//! Owns what an error of the HTTP library means, judged by concrete types and never by text, but for the one that the
//! library keeps private. Must not pass on an error with its URL.

use std::error::Error;
use std::io;
use std::sync::Arc;

use rustls::pki_types::InvalidDnsNameError;
use rustls::{AlertDescription, CertificateError, PeerIncompatible};

use crate::error::GatewayError;
use crate::fault::{Phase, ProxyTrouble, TlsFault, UnreachableCause};
use crate::route::Route;

/// What it means that a request got no answer on the way `route`.
pub(crate) fn without_answer(error: reqwest::Error, host: &str, route: &Route) -> GatewayError {
    let source = Arc::new(error.without_url());
    let host = host.to_owned();
    if let (Route::Proxy(proxied), Some(trouble)) = (route, proxy_trouble(&source, route)) {
        return GatewayError::Proxy {
            host,
            proxy: proxied.authority(),
            trouble,
            source: Some(source),
        };
    }
    if source.is_dns() || find::<InvalidDnsNameError>(&*source).is_some() {
        return GatewayError::HostUnknown { host, source };
    }
    if let Some(fault) = find::<rustls::Error>(&*source).map(tls_fault) {
        return GatewayError::TlsUntrusted { host, fault, source };
    }
    if !source.is_connect() {
        return broken(source, host, Phase::Answer);
    }
    if source.is_timeout() {
        if let Route::Proxy(proxied) = route {
            return proxied.trouble(host, ProxyTrouble::Silent);
        }
        let phase = Phase::Connect;
        return GatewayError::TimedOut { host, phase };
    }
    let cause = find::<io::Error>(&*source).map_or(UnreachableCause::Other, unreachable_cause);
    GatewayError::Unreachable { host, cause, source }
}

/// What it means that an answer ended before its end.
pub(crate) fn within_answer(error: reqwest::Error, host: &str) -> GatewayError {
    broken(Arc::new(error.without_url()), host.to_owned(), Phase::Body)
}

fn broken(source: Arc<reqwest::Error>, host: String, phase: Phase) -> GatewayError {
    if source.is_timeout() {
        return GatewayError::TimedOut { host, phase };
    }
    if find::<hyper::Error>(&*source).is_some_and(|error| error.is_parse() && !error.is_incomplete_message()) {
        return GatewayError::AnswerUnreadable { host, source };
    }
    GatewayError::BrokenOff { host, source }
}

/// What the system means by not connecting.
#[expect(clippy::wildcard_enum_match_arm, reason = "the list is the library's and grows")]
pub(crate) fn unreachable_cause(error: &io::Error) -> UnreachableCause {
    match error.kind() {
        io::ErrorKind::ConnectionRefused => UnreachableCause::NothingListens,
        io::ErrorKind::NetworkUnreachable | io::ErrorKind::HostUnreachable | io::ErrorKind::NetworkDown => {
            UnreachableCause::NoRoute
        }
        _ => UnreachableCause::Other,
    }
}

/// hyper-util keeps the type of its tunnel's errors to itself, so that only their words tell them apart.
fn proxy_trouble(error: &reqwest::Error, route: &Route) -> Option<ProxyTrouble> {
    let mut link: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(current) = link {
        if let Some(words) = current.to_string().strip_prefix("tunnel error: ") {
            return Some(match words {
                "proxy authorization required" => ProxyTrouble::Authentication,
                "unsuccessful" if route.introduces() => ProxyTrouble::RefusedByName,
                "unsuccessful" => ProxyTrouble::Refused,
                "failed to create underlying connection" if error.is_dns() => ProxyTrouble::Unknown,
                "failed to create underlying connection" if find::<rustls::Error>(current).is_some() => {
                    ProxyTrouble::Untrusted
                }
                "failed to create underlying connection" => ProxyTrouble::Unreachable,
                _ => ProxyTrouble::Unreadable,
            });
        }
        link = current.source();
    }
    None
}

/// What a fault of TLS means.
#[expect(clippy::wildcard_enum_match_arm, reason = "the list is the library's and grows")]
pub(crate) fn tls_fault(error: &rustls::Error) -> TlsFault {
    match error {
        rustls::Error::InvalidCertificate(fault) => certificate_fault(fault),
        rustls::Error::PeerIncompatible(PeerIncompatible::ServerDoesNotSupportTls12Or13)
        | rustls::Error::AlertReceived(AlertDescription::ProtocolVersion) => TlsFault::OldProtocol,
        rustls::Error::InvalidMessage(_) => TlsFault::NotTls,
        _ => TlsFault::NoAgreement,
    }
}

#[expect(clippy::wildcard_enum_match_arm, reason = "the list is the library's and grows")]
fn certificate_fault(fault: &CertificateError) -> TlsFault {
    match fault {
        CertificateError::UnknownIssuer => TlsFault::UnknownIssuer,
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => TlsFault::OtherHost,
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => TlsFault::Expired,
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => TlsFault::NotValidYet,
        CertificateError::Revoked => TlsFault::Revoked,
        _ => TlsFault::BadCertificate,
    }
}

/// The first error of type `T` in the chain; an `io::Error` hides what it wraps from `source`, so it is opened too.
pub(crate) fn find<'a, T: Error + 'static>(error: &'a (dyn Error + 'static)) -> Option<&'a T> {
    let mut link = Some(error);
    while let Some(current) = link {
        if let Some(found) = current.downcast_ref::<T>() {
            return Some(found);
        }
        let wrapped = current.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        if let Some(found) = wrapped.and_then(|inner| find::<T>(inner)) {
            return Some(found);
        }
        link = current.source();
    }
    None
}
