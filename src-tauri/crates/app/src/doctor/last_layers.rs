//! Owns what the proof of a connection says of its last layers: did a service answer as one, is the credential accepted,
//! may it do its work. Must not say who the person is (the report is made to be shown to others), nor call a credential
//! accepted or refused that nobody judged.

use std::time::Duration;

use countersign_domain::{ConnectionKind, ErrorCode, Failure, Field, Service};
use countersign_gateway::ConnectionProfile;
use countersign_services::{PermissionState, Proof};

use super::{mender, milliseconds};
use crate::connections::prove::Unproven;
use crate::page::{DoctorFinding, DoctorLayer, DoctorMender, DoctorState};

/// How the proof ended, and how long it took.
pub(super) struct Proven {
    pub(super) proven: Result<Proof, Unproven>,
    pub(super) duration: Duration,
}

/// Which layer a failed proof speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Failing {
    /// Nobody judged the credential: what answered did not answer as a service does, or asked to wait.
    Http,
    /// The credential was refused.
    Authentication,
    /// There is no access token, for another reason than the credential: it was not judged.
    Token,
    /// The credential was accepted first.
    Permission,
}

/// Both layers, where one below them failed: nothing was asked, and no credential left.
pub(super) fn not_reached() -> [DoctorFinding; 2] {
    [DoctorLayer::Authentication, DoctorLayer::Permission].map(|layer| bare(layer, DoctorState::NotReached))
}

/// The layers that the proof found: the last two, and before them HTTP where it fails after all.
pub(super) fn found(proven: &Proven, kind: ConnectionKind, profile: &ConnectionProfile) -> Vec<DoctorFinding> {
    let timed = |finding| DoctorFinding {
        milliseconds: milliseconds(proven.duration),
        ..finding
    };
    let unproven = match &proven.proven {
        Ok(proof) => return vec![timed(accepted(kind)), permission(proof)],
        Err(unproven) => unproven,
    };
    let failed = |layer| failed(layer, &unproven.failure, profile);
    match failing(unproven, kind) {
        Failing::Http => vec![
            timed(failed(DoctorLayer::Http)),
            not_judged(kind, "The credential was not judged: what answered did not come to it"),
            bare(DoctorLayer::Permission, DoctorState::NotReached),
        ],
        Failing::Authentication => vec![
            timed(failed(DoctorLayer::Authentication)),
            bare(DoctorLayer::Permission, DoctorState::NotReached),
        ],
        Failing::Token => vec![
            not_judged(
                kind,
                "The credential was not judged: no access token was given, for another reason",
            ),
            timed(failed(DoctorLayer::Permission)),
        ],
        Failing::Permission => vec![timed(accepted(kind)), failed(DoctorLayer::Permission)],
    }
}

fn failing(unproven: &Unproven, kind: ConnectionKind) -> Failing {
    let Unproven { failure, is_tokenless } = unproven;
    let is_of_permission = matches!(failure.code, ErrorCode::NotPermitted | ErrorCode::AccessNotEnabled);
    // Hypothesis itself never answers 403: something before it does (hypothesis-api 4).
    let is_of_another = failure.code == ErrorCode::NotPermitted && kind.service() == Service::Hypothesis;
    let is_no_token_service = *is_tokenless && failure.field == Some(Field::TokenAddress);
    if is_unanswered(failure.code) || is_no_token_service || (is_of_another && !is_tokenless) {
        Failing::Http
    } else if *is_tokenless && (is_of_permission || failure.field == Some(Field::Scopes)) {
        Failing::Token
    } else if !is_tokenless && (is_of_permission || failure.field == Some(Field::Authority)) {
        Failing::Permission
    } else {
        Failing::Authentication
    }
}

/// A wait may be asked for before anybody looks at the credential, and what is no answer of the service says nothing of it.
fn is_unanswered(code: ErrorCode) -> bool {
    matches!(
        code,
        ErrorCode::RateLimited
            | ErrorCode::QuotaExceeded
            | ErrorCode::ServerFailed
            | ErrorCode::Redirected
            | ErrorCode::AnswerUnreadable
            | ErrorCode::AnswerTooLarge
            | ErrorCode::TimedOut
            | ErrorCode::Unreachable
            | ErrorCode::HostUnknown
            | ErrorCode::TlsUntrusted
            | ErrorCode::ProxyRefused
            | ErrorCode::ProxyFailed
    )
}

fn not_judged(kind: ConnectionKind, why: &str) -> DoctorFinding {
    let mut finding = bare(DoctorLayer::Authentication, DoctorState::NotReached);
    if !kind.kept().is_empty() {
        finding.seen = vec![why.to_owned()];
    }
    finding
}

fn accepted(kind: ConnectionKind) -> DoctorFinding {
    if kind.kept().is_empty() {
        let mut finding = bare(DoctorLayer::Authentication, DoctorState::NotNeeded);
        finding.seen = vec!["This connection has no credential: it reads what everybody may read".to_owned()];
        return finding;
    }
    let mut finding = bare(DoctorLayer::Authentication, DoctorState::Passed);
    finding.seen = vec!["The service accepts the credential".to_owned()];
    finding
}

/// What was tried without changing anything: a layer that holds as soon as one thing is allowed.
fn permission(proof: &Proof) -> DoctorFinding {
    let names = |state: PermissionState| -> Vec<String> {
        let found = proof.permissions.iter().filter(|permission| permission.state == state);
        found.map(|permission| permission.name.to_string()).collect()
    };
    let (allowed, refused) = (names(PermissionState::Allowed), names(PermissionState::Refused));
    let mut seen = Vec::new();
    if !allowed.is_empty() {
        seen.push(format!("May read: {}", allowed.join(", ")));
    }
    if !refused.is_empty() {
        seen.push(format!("May not read: {}", refused.join(", ")));
    }
    if refused.is_empty() || !allowed.is_empty() {
        let mut finding = bare(DoctorLayer::Permission, DoctorState::Passed);
        finding.seen = seen;
        return finding;
    }
    let words = "The credential is accepted, but everything that was tried with it was refused.";
    DoctorFinding {
        seen,
        failure: Some(Failure::new(ErrorCode::NotPermitted, words)),
        mender: DoctorMender::ServiceAdministrator,
        ..bare(DoctorLayer::Permission, DoctorState::Failed)
    }
}

fn failed(layer: DoctorLayer, failure: &Failure, profile: &ConnectionProfile) -> DoctorFinding {
    DoctorFinding {
        seen: vec![failure.message.clone()],
        failure: Some(failure.clone()),
        mender: mender::of_failure(failure, layer, profile),
        ..bare(layer, DoctorState::Failed)
    }
}

fn bare(layer: DoctorLayer, state: DoctorState) -> DoctorFinding {
    DoctorFinding {
        layer,
        state,
        seen: Vec::new(),
        failure: None,
        mender: DoctorMender::Nobody,
        milliseconds: 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layer(kind: ConnectionKind, is_tokenless: bool, failure: Failure) -> Failing {
        failing(&Unproven { failure, is_tokenless }, kind)
    }

    fn of(code: ErrorCode) -> Failure {
        Failure::new(code, "Said.")
    }

    #[test]
    fn a_wait_and_what_is_no_answer_judge_no_credential() {
        for code in [
            ErrorCode::RateLimited,
            ErrorCode::QuotaExceeded,
            ErrorCode::ServerFailed,
            ErrorCode::Redirected,
            ErrorCode::AnswerUnreadable,
        ] {
            for (kind, is_tokenless) in [
                (ConnectionKind::HypothesisPersonalToken, false),
                (ConnectionKind::HyperproofClientCredentials, false),
                (ConnectionKind::HyperproofClientCredentials, true),
            ] {
                assert_eq!(layer(kind, is_tokenless, of(code)), Failing::Http, "{code}");
            }
        }
        let hypothesis = ConnectionKind::HypothesisPersonalToken;
        assert_eq!(
            layer(hypothesis, false, of(ErrorCode::NotPermitted)),
            Failing::Http,
            "Hypothesis never answers 403"
        );
    }

    #[test]
    fn a_refused_token_is_no_accepted_credential() {
        let kind = ConnectionKind::HyperproofClientCredentials;
        for code in [ErrorCode::AccessNotEnabled, ErrorCode::NotPermitted] {
            assert_eq!(layer(kind, true, of(code)), Failing::Token);
            assert_eq!(layer(kind, false, of(code)), Failing::Permission);
        }
        let scopes = of(ErrorCode::Refused).at(Field::Scopes);
        assert_eq!(layer(kind, true, scopes), Failing::Token);
        let address = of(ErrorCode::Refused).at(Field::TokenAddress);
        assert_eq!(layer(kind, true, address), Failing::Http);
        for is_tokenless in [true, false] {
            let refused = of(ErrorCode::CredentialRefused).at(Field::Secret);
            assert_eq!(layer(kind, is_tokenless, refused), Failing::Authentication);
        }
    }

    #[test]
    fn another_authority_is_found_with_an_accepted_credential() {
        let failure = of(ErrorCode::Refused).at(Field::Authority);
        let kind = ConnectionKind::HypothesisClientCredentials;
        assert_eq!(layer(kind, false, failure), Failing::Permission);
    }
}
