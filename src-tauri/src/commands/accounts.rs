//! Owns the commands of the Accounts screen.

use countersign_app::App;
use countersign_app::page::{
    AccountCheck, AccountCheckRequest, AccountCreateRequest, AccountLookUp, AccountUpdateRequest, AccountWindow,
    CreateOutcome,
};
use countersign_domain::Failure;
use tauri::State;

use crate::arguments::Argument;

#[tauri::command]
pub(crate) fn account_check(app: State<'_, App>, request: Argument<AccountCheckRequest>) -> AccountCheck {
    app.check_account(&request.0)
}

#[tauri::command]
pub(crate) async fn accounts_known(
    app: State<'_, App>,
    connection: Argument<String>,
    search: Argument<String>,
) -> Result<AccountWindow, Failure> {
    app.known_accounts(&connection.0, &search.0).await
}

#[tauri::command]
pub(crate) async fn account_look_up(
    app: State<'_, App>,
    connection: Argument<String>,
    text: Argument<String>,
) -> Result<AccountLookUp, Failure> {
    app.look_up_account(&connection.0, &text.0).await
}

#[tauri::command]
pub(crate) async fn account_create(
    app: State<'_, App>,
    connection: Argument<String>,
    request: Argument<AccountCreateRequest>,
) -> Result<CreateOutcome, Failure> {
    app.create_account(&connection.0, &request.0).await
}

#[tauri::command]
pub(crate) async fn account_update(
    app: State<'_, App>,
    connection: Argument<String>,
    request: Argument<AccountUpdateRequest>,
) -> Result<CreateOutcome, Failure> {
    app.update_account(&connection.0, &request.0).await
}
