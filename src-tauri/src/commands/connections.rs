//! Owns the commands of the Connections screen. A secret goes inward here and never comes back.

use countersign_app::App;
use countersign_app::page::{CallShown, ConnectionCard, ConnectionDraft};
use countersign_domain::{Failure, SecretString};
use tauri::State;

#[tauri::command]
pub(crate) fn connection_list(app: State<'_, App>) -> Vec<ConnectionCard> {
    app.connections()
}

#[tauri::command]
pub(crate) async fn connection_save(app: State<'_, App>, draft: ConnectionDraft) -> Result<ConnectionCard, Failure> {
    app.save_connection(&draft).await
}

#[tauri::command]
pub(crate) async fn connection_test(app: State<'_, App>, id: String) -> Result<ConnectionCard, Failure> {
    app.test_connection(&id).await
}

#[tauri::command]
pub(crate) fn connection_rename(app: State<'_, App>, id: String, label: String) -> Result<ConnectionCard, Failure> {
    app.rename_connection(&id, &label)
}

#[tauri::command]
pub(crate) async fn connection_replace_secret(
    app: State<'_, App>,
    id: String,
    secret: SecretString,
) -> Result<ConnectionCard, Failure> {
    app.replace_secret(&id, &secret).await
}

#[tauri::command]
pub(crate) async fn connection_forget(app: State<'_, App>, id: String) -> Result<(), Failure> {
    app.forget_connection(&id).await
}

#[tauri::command]
pub(crate) async fn recent_calls(
    app: State<'_, App>,
    connection: String,
    limit: u32,
) -> Result<Vec<CallShown>, Failure> {
    app.recent_calls(&connection, limit).await
}
