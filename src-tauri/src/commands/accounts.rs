//! Owns the commands of the Accounts screen.

use countersign_app::App;
use countersign_app::page::{
    AccountCheck, AccountCheckRequest, AccountCreateRequest, AccountLookUp, AccountUpdateRequest, AccountWindow,
    CreateOutcome,
};
use countersign_domain::Failure;
use tauri::State;

#[tauri::command]
pub(crate) fn account_check(app: State<'_, App>, request: AccountCheckRequest) -> AccountCheck {
    app.check_account(&request)
}

#[tauri::command]
pub(crate) async fn accounts_known(
    app: State<'_, App>,
    connection: String,
    search: String,
) -> Result<AccountWindow, Failure> {
    app.known_accounts(&connection, &search).await
}

#[tauri::command]
pub(crate) async fn account_look_up(
    app: State<'_, App>,
    connection: String,
    text: String,
) -> Result<AccountLookUp, Failure> {
    app.look_up_account(&connection, &text).await
}

#[tauri::command]
pub(crate) async fn account_create(
    app: State<'_, App>,
    connection: String,
    request: AccountCreateRequest,
) -> Result<CreateOutcome, Failure> {
    app.create_account(&connection, &request).await
}

#[tauri::command]
pub(crate) async fn account_update(
    app: State<'_, App>,
    connection: String,
    request: AccountUpdateRequest,
) -> Result<CreateOutcome, Failure> {
    app.update_account(&connection, &request).await
}
