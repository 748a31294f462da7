//! Owns the doctor: walks from the name to the permission, says which layer fails and who can mend it. Must not let a
//! credential leave before the layers below it passed.

mod last_layers;
mod mender;
mod report;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use countersign_domain::{Connection, ConnectionId, ErrorCode, Failure, Timestamp};
use countersign_gateway::{ConnectionProfile, Examination, Layer, LayerFinding, LayerState};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use crate::app::{App, connection_id};
use crate::page::{DoctorFinding, DoctorLayer, DoctorMender, DoctorReport, DoctorState};
use crate::ports::Progress;
use last_layers::Proven;

/// When every layer of a connection last passed, in this run.
#[derive(Debug, Default)]
pub(crate) struct Passed(Mutex<HashMap<ConnectionId, Timestamp>>);

impl Passed {
    fn of(&self, id: &ConnectionId) -> Option<Timestamp> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(id).copied()
    }

    fn note(&self, id: &ConnectionId, at: Timestamp) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(id.clone(), at);
    }

    /// Forgets when `id` passed.
    pub(crate) fn forget(&self, id: &ConnectionId) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(id);
    }
}

impl App {
    /// Walks the seven layers of a connection, each told as it is done. The operation's name is `doctor:<connection>`.
    ///
    /// # Errors
    /// `connection-unknown`, `cancelled`, or a failure of practice services. A layer that fails is a finding.
    pub async fn run_doctor(
        &self,
        id: &str,
        progress: Arc<dyn Progress<DoctorFinding>>,
    ) -> Result<DoctorReport, Failure> {
        let id = connection_id(id)?;
        let connection = self.0.settings.ready(&id)?.connection;
        let running = self.0.operations.begin(format!("doctor:{id}"));
        let checked = self.now();
        let profile = self.profile(&connection).await?;
        let shown = |found: &LayerFinding| finding(found, &profile);
        let told = |found: &LayerFinding| progress.step(shown(found));
        let gateway = self.0.services.gateway();
        let examined = gateway.examine(&profile, &running.cancel, &told).await;
        stopped(&running.cancel)?;
        let mut findings: Vec<DoctorFinding> = examined.findings.iter().map(shown).collect();
        let last = if findings.iter().any(is_failed) {
            last_layers::not_reached().to_vec()
        } else {
            self.last_layers(&connection, &profile, &running.cancel).await
        };
        stopped(&running.cancel)?;
        for found in last {
            progress.step(noted(&mut findings, found));
        }
        if !findings.iter().any(is_failed) {
            self.0.passed.note(&id, checked);
        }
        let times = (checked, self.0.passed.of(&id));
        Ok(self.report(&connection, &profile, &examined, findings, times))
    }

    /// What is walked to; of Practice, the service with the controls.
    async fn profile(&self, connection: &Connection) -> Result<ConnectionProfile, Failure> {
        let services = self.0.services.of(connection).await?.requests();
        let first = services.first().map(|requests| requests.profile().clone());
        first.ok_or_else(crate::bound_services::unsuited)
    }

    /// The layers that a credential is needed for: it leaves only now.
    async fn last_layers(
        &self,
        connection: &Connection,
        profile: &ConnectionProfile,
        cancel: &CancellationToken,
    ) -> Vec<DoctorFinding> {
        let started = Instant::now();
        let proven = self.proven(connection, cancel).await;
        let duration = started.elapsed();
        let noted = match &proven {
            Ok(proof) => Ok(proof.clone()),
            Err(unproven) => Err(unproven.failure.clone()),
        };
        self.0.observations.note(&connection.id, self.now(), &noted);
        last_layers::found(&Proven { proven, duration }, connection.kind, profile)
    }

    fn report(
        &self,
        connection: &Connection,
        profile: &ConnectionProfile,
        examined: &Examination,
        findings: Vec<DoctorFinding>,
        (checked, last_passed): (Timestamp, Option<Timestamp>),
    ) -> DoctorReport {
        let mut report = DoctorReport {
            host: profile.api.authority(),
            findings,
            checked: checked.to_string(),
            last_passed: last_passed.map(|at| at.to_string()),
            route: examined.route.clone(),
            trust: examined.trust.clone(),
            text: String::new(),
        };
        report.text = report::text(&report, &self.0.about, connection.kind);
        report
    }
}

fn stopped(cancel: &CancellationToken) -> Result<(), Failure> {
    if cancel.is_cancelled() {
        return Err(Failure::new(ErrorCode::Cancelled, "Stopped. Nothing was changed."));
    }
    Ok(())
}

/// A layer of which the proof says otherwise than the walk did is told again, with what the walk saw.
fn noted(findings: &mut Vec<DoctorFinding>, mut found: DoctorFinding) -> DoctorFinding {
    match findings.iter_mut().find(|known| known.layer == found.layer) {
        Some(known) => {
            found.seen.append(&mut known.seen);
            found.milliseconds = found.milliseconds.saturating_add(known.milliseconds);
            *known = found.clone();
        }
        None => findings.push(found.clone()),
    }
    found
}

fn is_failed(finding: &DoctorFinding) -> bool {
    finding.state == DoctorState::Failed
}

fn milliseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

fn finding(found: &LayerFinding, profile: &ConnectionProfile) -> DoctorFinding {
    let state = match found.state {
        LayerState::Passed => DoctorState::Passed,
        LayerState::NotNeeded => DoctorState::NotNeeded,
        LayerState::Failed => DoctorState::Failed,
        LayerState::NotReached => DoctorState::NotReached,
    };
    let layer = match found.layer {
        Layer::Dns => DoctorLayer::Dns,
        Layer::Tcp => DoctorLayer::Tcp,
        Layer::Proxy => DoctorLayer::Proxy,
        Layer::Tls => DoctorLayer::Tls,
        Layer::Http => DoctorLayer::Http,
    };
    DoctorFinding {
        layer,
        state,
        seen: found.seen.clone(),
        failure: found.error.clone().map(countersign_gateway::GatewayError::into_failure),
        mender: found
            .error
            .as_ref()
            .map_or(DoctorMender::Nobody, |error| mender::of_error(error, layer, profile)),
        milliseconds: milliseconds(found.duration),
    }
}
