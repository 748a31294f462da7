//! Owns the commands about the program itself.

use countersign_app::App;
use countersign_app::page::{AppStatus, KeychainShown, Preferences};
use countersign_domain::Failure;
use tauri::State;

use crate::arguments::Argument;

#[tauri::command]
pub(crate) fn app_status(app: State<'_, App>) -> AppStatus {
    app.status()
}

#[tauri::command]
pub(crate) async fn keychain_probe(app: State<'_, App>) -> Result<KeychainShown, ()> {
    Ok(app.probe_keychain().await)
}

#[tauri::command]
pub(crate) fn operation_cancel(app: State<'_, App>, operation: Argument<String>) -> bool {
    app.cancel_operation(&operation.0)
}

#[tauri::command]
pub(crate) fn preferences_save(app: State<'_, App>, preferences: Argument<Preferences>) -> Result<(), Failure> {
    app.save_preferences(&preferences.0)
}
