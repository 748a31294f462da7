//! Owns the commands of the Doctor screen, and the choice of a certificate for a connection.

use std::sync::Arc;

use countersign_app::App;
use countersign_app::page::{CertificateChosen, DoctorFinding, DoctorReport};
use countersign_domain::Failure;
use tauri::State;
use tauri::ipc::Channel;

use crate::arguments::Argument;

#[tauri::command]
pub(crate) async fn doctor_run(
    app: State<'_, App>,
    connection: Argument<String>,
    progress: Argument<Channel<DoctorFinding>>,
) -> Result<DoctorReport, Failure> {
    // A page that went away no longer listens; the walk goes on without it.
    let told = move |finding| drop(progress.0.send(finding));
    app.run_doctor(&connection.0, Arc::new(told)).await
}

#[tauri::command]
pub(crate) async fn certificate_choose(app: State<'_, App>) -> Result<Option<CertificateChosen>, Failure> {
    app.choose_certificate().await
}
