//! Owns the commands of the Controls screen.

use std::sync::Arc;

use countersign_app::App;
use countersign_app::page::{ControlDetail, ControlsFacet, ControlsQuery, ControlsWindow, SyncOutcome, SyncProgress};
use countersign_domain::Failure;
use tauri::State;
use tauri::ipc::Channel;

use crate::arguments::Argument;

#[tauri::command]
pub(crate) async fn controls_window(
    app: State<'_, App>,
    connection: Argument<String>,
    query: Argument<ControlsQuery>,
) -> Result<ControlsWindow, Failure> {
    app.controls_window(&connection.0, query.0).await
}

#[tauri::command]
pub(crate) async fn controls_facets(
    app: State<'_, App>,
    connection: Argument<String>,
    query: Argument<ControlsQuery>,
) -> Result<Vec<ControlsFacet>, Failure> {
    app.controls_facets(&connection.0, query.0).await
}

#[tauri::command]
pub(crate) async fn control_detail(
    app: State<'_, App>,
    connection: Argument<String>,
    id: Argument<String>,
) -> Result<ControlDetail, Failure> {
    app.control_detail(&connection.0, &id.0).await
}

#[tauri::command]
pub(crate) async fn controls_sync(
    app: State<'_, App>,
    connection: Argument<String>,
    progress: Argument<Channel<SyncProgress>>,
) -> Result<SyncOutcome, Failure> {
    // A page that went away no longer listens; the sync goes on without it.
    let told = move |step| drop(progress.0.send(step));
    app.sync_controls(&connection.0, Arc::new(told)).await
}
