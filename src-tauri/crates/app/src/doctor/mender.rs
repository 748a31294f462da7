//! Owns who can mend what was found. Must not call anybody: it only names them.

use countersign_domain::{ErrorCode, Failure, Field, ProxyChoice};
use countersign_gateway::{ConnectionProfile, GatewayError, TlsFault};

use crate::page::{DoctorLayer, DoctorMender};

/// Hosts whose names this program fills in, so that a wrong one is not the person's.
const FILLED_IN: [&str; 4] = ["hypothes.is", "hyperproof.app", "hyperproof.eu", "hyperproofgov.app"];

/// Who can mend why a layer failed.
pub(super) fn of_error(error: &GatewayError, layer: DoctorLayer, profile: &ConnectionProfile) -> DoctorMender {
    if let GatewayError::TlsUntrusted { fault, .. } = error {
        return of_tls(*fault);
    }
    of_failure(&error.clone().into_failure(), layer, profile)
}

/// An unknown issuer is a network that reads along, or a company's own authority, as is what takes the encryption away; the rest is the server's certificate.
fn of_tls(fault: TlsFault) -> DoctorMender {
    match fault {
        TlsFault::UnknownIssuer | TlsFault::NotTls => DoctorMender::NetworkAdministrator,
        TlsFault::OtherHost
        | TlsFault::Expired
        | TlsFault::NotValidYet
        | TlsFault::Revoked
        | TlsFault::BadCertificate
        | TlsFault::OldProtocol
        | TlsFault::NoAgreement => DoctorMender::Operator,
    }
}

/// Who can mend a failure of `layer`.
pub(super) fn of_failure(failure: &Failure, layer: DoctorLayer, profile: &ConnectionProfile) -> DoctorMender {
    use ErrorCode as C;
    match failure.code {
        C::HostUnknown if is_filled_in(profile) => DoctorMender::NetworkAdministrator,
        C::Unreachable if profile.api.is_loopback() => DoctorMender::You,
        C::TimedOut
            if matches!(
                layer,
                DoctorLayer::Http | DoctorLayer::Authentication | DoctorLayer::Permission
            ) =>
        {
            DoctorMender::Operator
        }
        C::Unreachable | C::TimedOut | C::TlsUntrusted => DoctorMender::NetworkAdministrator,
        C::ProxyRefused | C::ProxyFailed => match profile.network.proxy {
            ProxyChoice::Address { .. } => DoctorMender::You,
            ProxyChoice::System | ProxyChoice::Direct => DoctorMender::NetworkAdministrator,
        },
        C::Redirected | C::AnswerUnreadable | C::AnswerTooLarge | C::ServerFailed => DoctorMender::Operator,
        // Something before the service refuses what the service would not.
        C::NotPermitted if layer == DoctorLayer::Http => DoctorMender::Operator,
        C::NotPermitted | C::AccessNotEnabled => DoctorMender::ServiceAdministrator,
        C::Refused if !matches!(failure.field, Some(Field::Scopes | Field::TokenAddress)) => {
            DoctorMender::ServiceAdministrator
        }
        C::QuotaExceeded | C::RateLimited | C::Cancelled => DoctorMender::Nobody,
        C::HostUnknown
        | C::Refused
        | C::NotFound
        | C::CredentialRefused
        | C::CredentialMissing
        | C::SignedOut
        | C::SignInRefused
        | C::SignInTimedOut
        | C::CallbackPortHeld
        | C::BrowserFailed
        | C::KeychainAbsent
        | C::KeychainLocked
        | C::KeychainDenied
        | C::KeychainTimedOut
        | C::KeychainTooLong
        | C::KeychainFailed
        | C::InputInvalid
        | C::OutsideBinding
        | C::AlreadyExists
        | C::OutcomeUnknown
        | C::ConnectionUnknown
        | C::KindUnsuited
        | C::RegisterHeld
        | C::RegisterDamaged
        | C::RegisterFailed
        | C::SettingsFailed
        | C::PracticeFailed
        | C::RequestTooLarge
        | C::FileUnreadable
        | C::Internal => DoctorMender::You,
    }
}

fn is_filled_in(profile: &ConnectionProfile) -> bool {
    let host = profile.api.host();
    FILLED_IN
        .iter()
        .any(|known| host == *known || host.strip_suffix(known).is_some_and(|rest| rest.ends_with('.')))
}
