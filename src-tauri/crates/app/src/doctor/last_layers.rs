//! Owns what the proof of a connection says of its last two layers: is the credential accepted, may it do its work.
//! Must not say who the person is: the report is made to be shown to others.

use std::time::Duration;

use countersign_domain::{ConnectionKind, ErrorCode, Failure, Field};
use countersign_gateway::ConnectionProfile;
use countersign_services::{PermissionState, Proof};

use super::{mender, milliseconds};
use crate::page::{DoctorFinding, DoctorLayer, DoctorMender, DoctorState};

/// How the proof ended, and how long it took.
pub(super) struct Proven {
    pub(super) proven: Result<Proof, Failure>,
    pub(super) duration: Duration,
}

/// Both layers, where one below them failed: nothing was asked, and no credential left.
pub(super) fn not_reached() -> [DoctorFinding; 2] {
    [DoctorLayer::Authentication, DoctorLayer::Permission].map(|layer| bare(layer, DoctorState::NotReached))
}

/// Both layers, as the proof found them.
pub(super) fn found(proven: &Proven, kind: ConnectionKind, profile: &ConnectionProfile) -> [DoctorFinding; 2] {
    let milliseconds = milliseconds(proven.duration);
    let accepted = DoctorFinding {
        milliseconds,
        ..accepted(kind)
    };
    match &proven.proven {
        Ok(proof) => [accepted, permission(proof)],
        Err(failure) if is_of_permission(failure) => [accepted, failed(DoctorLayer::Permission, failure, profile)],
        Err(failure) => [
            DoctorFinding {
                milliseconds,
                ..failed(DoctorLayer::Authentication, failure, profile)
            },
            bare(DoctorLayer::Permission, DoctorState::NotReached),
        ],
    }
}

/// A refusal that comes only after the credential was accepted.
fn is_of_permission(failure: &Failure) -> bool {
    let codes = [
        ErrorCode::NotPermitted,
        ErrorCode::AccessNotEnabled,
        ErrorCode::QuotaExceeded,
        ErrorCode::RateLimited,
    ];
    codes.contains(&failure.code) || matches!(failure.field, Some(Field::Scopes | Field::Authority))
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
