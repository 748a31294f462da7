//! Owns what an error of the HTTP library means, judged by concrete types and never by text, but for the one that the
//! library keeps private. Must not pass on an error with its URL.

use std::error::Error;
use std::io;
use std::sync::Arc;

use rustls::CertificateError;
use rustls::pki_types::InvalidDnsNameError;

use crate::error::{GatewayError, Phase, TlsFault, UnreachableCause};

/// What it means that a request got no answer.
pub(crate) fn without_answer(error: reqwest::Error, host: &str) -> GatewayError {
    let source = Arc::new(error.without_url());
    let host = host.to_owned();
    if source.is_dns() || find::<InvalidDnsNameError>(&*source).is_some() {
        return GatewayError::HostUnknown { host, source };
    }
    if let Some(fault) = tls_fault(&source) {
        return GatewayError::TlsUntrusted { host, fault, source };
    }
    if !source.is_connect() {
        return broken(source, host, Phase::Answer);
    }
    if source.is_timeout() {
        let phase = Phase::Connect;
        return GatewayError::TimedOut { host, phase };
    }
    let cause = unreachable_cause(&source);
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

fn unreachable_cause(error: &reqwest::Error) -> UnreachableCause {
    match find::<io::Error>(error).map(io::Error::kind) {
        Some(io::ErrorKind::ConnectionRefused) => UnreachableCause::NothingListens,
        Some(io::ErrorKind::NetworkUnreachable | io::ErrorKind::HostUnreachable | io::ErrorKind::NetworkDown) => {
            UnreachableCause::NoRoute
        }
        _ => proxy_cause(error),
    }
}

/// hyper-util keeps the type of its tunnel's errors to itself, so that only their words tell them apart.
fn proxy_cause(error: &reqwest::Error) -> UnreachableCause {
    let mut link: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(current) = link {
        let words = current.to_string();
        if words.starts_with("tunnel error: proxy authorization required") {
            return UnreachableCause::ProxyAuthentication;
        }
        if words.starts_with("tunnel error: ") {
            return UnreachableCause::ProxyRefused;
        }
        link = current.source();
    }
    UnreachableCause::Other
}

fn tls_fault(error: &reqwest::Error) -> Option<TlsFault> {
    let error = find::<rustls::Error>(error)?;
    if let rustls::Error::InvalidCertificate(fault) = error {
        Some(certificate_fault(fault))
    } else {
        Some(TlsFault::NoAgreement)
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
fn find<'a, T: Error + 'static>(error: &'a (dyn Error + 'static)) -> Option<&'a T> {
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
