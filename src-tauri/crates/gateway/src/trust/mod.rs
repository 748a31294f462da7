//! Owns whom TLS trusts: the system's authorities, and the one that a connection names besides them. Every secure
//! connection of this program, the doctor's included, takes its configuration from here. Must not open a connection.

use std::sync::Arc;

use countersign_domain::CertificateAuthority;
use rustls::ClientConfig;
use rustls::client::danger::ServerCertVerifier;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls_platform_verifier::Verifier;

use crate::error::{Cause, GatewayError};

/// What this program speaks inside TLS.
const HTTP: &[u8] = b"http/1.1";

/// The one cryptographic library of this program. Another one that stands there already is as good.
pub(crate) fn cryptography() -> Arc<CryptoProvider> {
    if let Some(installed) = CryptoProvider::get_default() {
        return Arc::clone(installed);
    }
    let ring = rustls::crypto::ring::default_provider();
    let _ = ring.clone().install_default();
    Arc::new(ring)
}

/// A configuration that trusts the system's authorities, and `authority` besides. Reads the system's list anew.
///
/// # Errors
/// `AuthorityUnreadable`; `NoClient` on a computer without any trusted authority.
pub(crate) fn configuration(authority: Option<&CertificateAuthority>) -> Result<ClientConfig, GatewayError> {
    verified_by(verifier(authority)?)
}

/// A configuration in which `verifier` judges the servers.
///
/// # Errors
/// `NoClient` when the cryptographic library knows no protocol.
pub(crate) fn verified_by(verifier: Arc<dyn ServerCertVerifier>) -> Result<ClientConfig, GatewayError> {
    let builder = ClientConfig::builder_with_provider(cryptography());
    let mut configuration = builder
        .with_safe_default_protocol_versions()
        .map_err(no_client)?
        .dangerous()
        .with_custom_certificate_verifier(verifier)
        .with_no_client_auth();
    configuration.alpn_protocols = vec![HTTP.to_vec()];
    Ok(configuration)
}

/// What judges a server's certificates: the system's way, with `authority` trusted besides.
///
/// # Errors
/// As `configuration`.
pub(crate) fn verifier(authority: Option<&CertificateAuthority>) -> Result<Arc<dyn ServerCertVerifier>, GatewayError> {
    let cryptography = cryptography();
    let verifier = match authority {
        None => Verifier::new(cryptography).map_err(no_client)?,
        Some(authority) => {
            let extra = certificates(authority)?;
            Verifier::new_with_extra_roots(extra, cryptography)
                .map_err(|error| unreadable(authority, Some(Arc::new(error))))?
        }
    };
    Ok(Arc::new(verifier))
}

fn certificates(authority: &CertificateAuthority) -> Result<Vec<CertificateDer<'static>>, GatewayError> {
    let read: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(authority.pem.as_bytes()).collect();
    let certificates = read.map_err(|error| unreadable(authority, Some(Arc::new(error))))?;
    if certificates.is_empty() {
        return Err(unreadable(authority, None));
    }
    Ok(certificates)
}

fn unreadable(authority: &CertificateAuthority, source: Option<Cause>) -> GatewayError {
    let name = authority.name.clone();
    GatewayError::AuthorityUnreadable { name, source }
}

fn no_client(error: rustls::Error) -> GatewayError {
    let source = Arc::new(error);
    GatewayError::NoClient { source }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn authority(pem: &str) -> CertificateAuthority {
        CertificateAuthority {
            name: "acme.pem".to_owned(),
            pem: pem.to_owned(),
        }
    }

    #[test]
    fn a_file_without_a_readable_certificate_is_said_by_its_name() {
        for pem in [
            "",
            "not a certificate",
            "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
            "-----BEGIN CERTIFICATE-----\nAAAA",
        ] {
            let error = configuration(Some(&authority(pem))).unwrap_err();
            assert!(
                matches!(error, GatewayError::AuthorityUnreadable { .. }),
                "{pem}: {error:?}"
            );
            assert!(error.into_failure().message.starts_with("acme.pem "));
        }
    }
}
