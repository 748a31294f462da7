//! Owns the commands of the Controls screen.

use std::sync::Arc;

use countersign_app::App;
use countersign_app::page::{ControlDetail, ControlsFacet, ControlsQuery, ControlsWindow, SyncOutcome, SyncProgress};
use countersign_domain::Failure;
use tauri::State;
use tauri::ipc::Channel;

#[tauri::command]
pub(crate) async fn controls_window(
    app: State<'_, App>,
    connection: String,
    query: ControlsQuery,
) -> Result<ControlsWindow, Failure> {
    app.controls_window(&connection, query).await
}

#[tauri::command]
pub(crate) async fn controls_facets(
    app: State<'_, App>,
    connection: String,
    query: ControlsQuery,
) -> Result<Vec<ControlsFacet>, Failure> {
    app.controls_facets(&connection, query).await
}

#[tauri::command]
pub(crate) async fn control_detail(
    app: State<'_, App>,
    connection: String,
    id: String,
) -> Result<ControlDetail, Failure> {
    app.control_detail(&connection, &id).await
}

#[tauri::command]
pub(crate) async fn controls_sync(
    app: State<'_, App>,
    connection: String,
    progress: Channel<SyncProgress>,
) -> Result<SyncOutcome, Failure> {
    // A page that went away no longer listens; the sync goes on without it.
    let told = move |step| drop(progress.send(step));
    app.sync_controls(&connection, Arc::new(told)).await
}
