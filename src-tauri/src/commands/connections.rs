//! Owns the commands of the Connections screen. A secret goes inward here and never comes back.

use countersign_app::App;
use countersign_app::page::{CallShown, ConnectionCard, ConnectionDraft, NetworkDraft};
use countersign_domain::{Failure, SecretString};
use tauri::State;

use crate::arguments::Argument;

#[tauri::command]
pub(crate) fn connection_list(app: State<'_, App>) -> Vec<ConnectionCard> {
    app.connections()
}

#[tauri::command]
pub(crate) async fn connection_save(
    app: State<'_, App>,
    draft: Argument<ConnectionDraft>,
) -> Result<ConnectionCard, Failure> {
    app.save_connection(&draft.0).await
}

#[tauri::command]
pub(crate) async fn connection_test(app: State<'_, App>, id: Argument<String>) -> Result<ConnectionCard, Failure> {
    app.test_connection(&id.0).await
}

#[tauri::command]
pub(crate) fn connection_rename(
    app: State<'_, App>,
    id: Argument<String>,
    label: Argument<String>,
) -> Result<ConnectionCard, Failure> {
    app.rename_connection(&id.0, &label.0)
}

#[tauri::command]
pub(crate) async fn connection_replace_secret(
    app: State<'_, App>,
    id: Argument<String>,
    secret: Argument<SecretString>,
) -> Result<ConnectionCard, Failure> {
    app.replace_secret(&id.0, &secret.0).await
}

#[tauri::command]
pub(crate) fn connection_set_rate(
    app: State<'_, App>,
    id: Argument<String>,
    per_second: Argument<Option<f64>>,
    burst: Argument<Option<u32>>,
) -> Result<ConnectionCard, Failure> {
    app.set_rate(&id.0, per_second.0, burst.0)
}

#[tauri::command]
pub(crate) async fn connection_set_network(
    app: State<'_, App>,
    id: Argument<String>,
    network: Argument<NetworkDraft>,
) -> Result<ConnectionCard, Failure> {
    app.set_network(&id.0, &network.0).await
}

#[tauri::command]
pub(crate) async fn connection_forget(app: State<'_, App>, id: Argument<String>) -> Result<(), Failure> {
    app.forget_connection(&id.0).await
}

#[tauri::command]
pub(crate) async fn recent_calls(
    app: State<'_, App>,
    connection: Argument<String>,
    limit: Argument<u32>,
) -> Result<Vec<CallShown>, Failure> {
    app.recent_calls(&connection.0, limit.0).await
}
