//! Owns what is told of a server's certificate: who issued it, for whom, until when. Must not judge it: that is for the
//! verifier that every call uses.

use std::fmt::Write as _;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::tz::TimeZone;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{DigitallySignedStruct, Error, SignatureScheme};
use sha2::{Digest as _, Sha256};
use x509_parser::certificate::X509Certificate;
use x509_parser::extensions::GeneralName;
use x509_parser::prelude::FromDer as _;
use x509_parser::time::ASN1Time;
use x509_parser::x509::X509Name;

/// A name in a certificate may hold anything; this much of it is shown.
const LONGEST_NAME: usize = 100;
/// A certificate may name hundreds of hosts; these many are shown.
const HOSTS_SHOWN: usize = 3;

/// What a certificate says of itself, fit to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shown {
    /// Quoted.
    pub(super) issuer: String,
    /// Its hosts, or the name in its subject.
    pub(super) subject: String,
    /// Dates such as `4 Dec 2026`, UTC.
    pub(super) from: String,
    pub(super) until: String,
    /// SHA-256 of the certificate, as bytes in hexadecimal with colons.
    pub(super) fingerprint: String,
}

/// The verifier that calls use, and a memory of the certificate it was shown.
#[derive(Debug)]
pub(super) struct Remembering {
    inner: Arc<dyn ServerCertVerifier>,
    leaf: Mutex<Option<CertificateDer<'static>>>,
}

impl Remembering {
    pub(super) fn new(inner: Arc<dyn ServerCertVerifier>) -> Self {
        let leaf = Mutex::default();
        Self { inner, leaf }
    }

    /// What the server showed, if it came to that.
    pub(super) fn shown(&self) -> Option<Shown> {
        let leaf = self.leaf.lock().unwrap_or_else(PoisonError::into_inner);
        leaf.as_ref().map(|leaf| read(leaf))
    }
}

impl ServerCertVerifier for Remembering {
    fn verify_server_cert(
        &self,
        leaf: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server: &ServerName<'_>,
        stapled: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        *self.leaf.lock().unwrap_or_else(PoisonError::into_inner) = Some(leaf.clone().into_owned());
        self.inner.verify_server_cert(leaf, intermediates, server, stapled, now)
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        leaf: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.inner.verify_tls12_signature(message, leaf, signature)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        leaf: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.inner.verify_tls13_signature(message, leaf, signature)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.inner.supported_verify_schemes()
    }
}

fn read(leaf: &CertificateDer<'_>) -> Shown {
    let unread = || "a certificate that cannot be read".to_owned();
    let fingerprint = fingerprint(leaf);
    let Ok((_, certificate)) = X509Certificate::from_der(leaf) else {
        return Shown {
            issuer: unread(),
            subject: unread(),
            from: "an unknown day".to_owned(),
            until: "an unknown day".to_owned(),
            fingerprint,
        };
    };
    Shown {
        issuer: format!("“{}”", name(certificate.issuer())),
        subject: subject(&certificate),
        from: day(certificate.validity().not_before),
        until: day(certificate.validity().not_after),
        fingerprint,
    }
}

/// The hosts that the certificate names, as a browser reads it; the name in its subject where it names none.
fn subject(certificate: &X509Certificate<'_>) -> String {
    let alternative = certificate.subject_alternative_name().ok().flatten();
    let names = alternative.map(|extension| extension.value.general_names.as_slice());
    let hosts: Vec<String> = names
        .unwrap_or_default()
        .iter()
        .filter_map(|name| {
            let GeneralName::DNSName(host) = name else {
                return None;
            };
            Some(printable(host))
        })
        .collect();
    match hosts.len() {
        0 => name(certificate.subject()),
        count if count > HOSTS_SHOWN => {
            let shown: Vec<&str> = hosts.iter().take(HOSTS_SHOWN).map(String::as_str).collect();
            format!("{} and {} more", shown.join(", "), count - HOSTS_SHOWN)
        }
        _ => hosts.join(", "),
    }
}

fn name(name: &X509Name<'_>) -> String {
    let mut parts = name.iter_common_name().chain(name.iter_organization());
    let said = parts.find_map(|part| part.as_str().ok().map(printable));
    said.unwrap_or_else(|| printable(&name.to_string()))
}

/// One line of bounded length, without what could pass for the end of a quotation or reorder what stands around it.
fn printable(text: &str) -> String {
    let fit = |character: &char| {
        !character.is_control()
            && !matches!(character, '“' | '”' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
    };
    let shown: String = text.chars().filter(fit).take(LONGEST_NAME).collect();
    if shown.trim().is_empty() {
        "no name".to_owned()
    } else {
        shown
    }
}

fn day(time: ASN1Time) -> String {
    let timestamp = jiff::Timestamp::from_second(time.timestamp()).ok();
    timestamp.map_or_else(
        || "an unknown day".to_owned(),
        |timestamp| timestamp.to_zoned(TimeZone::UTC).strftime("%-d %b %Y").to_string(),
    )
}

fn fingerprint(leaf: &CertificateDer<'_>) -> String {
    let mut text = String::new();
    for byte in Sha256::digest(leaf) {
        let colon = if text.is_empty() { "" } else { ":" };
        let _ = write!(text, "{colon}{byte:02X}");
    }
    text
}
