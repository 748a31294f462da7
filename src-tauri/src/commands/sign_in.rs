//! Owns the commands of a sign-in in the browser. The page names no address: what the browser opens is the pending
//! sign-in's own.

use std::sync::Arc;

use countersign_app::App;
use countersign_app::page::{ConnectionCard, ConnectionDraft, SignInStep, TokenShown};
use countersign_domain::{Failure, SecretString};
use tauri::State;
use tauri::ipc::Channel;

use crate::arguments::Argument;

#[tauri::command]
pub(crate) async fn sign_in_save(
    app: State<'_, App>,
    draft: Argument<ConnectionDraft>,
    progress: Argument<Channel<SignInStep>>,
) -> Result<ConnectionCard, Failure> {
    let told = move |step| drop(progress.0.send(step));
    app.sign_in_save(&draft.0, Arc::new(told)).await
}

#[tauri::command]
pub(crate) async fn sign_in_again(
    app: State<'_, App>,
    id: Argument<String>,
    progress: Argument<Channel<SignInStep>>,
) -> Result<ConnectionCard, Failure> {
    let told = move |step| drop(progress.0.send(step));
    app.sign_in_again(&id.0, Arc::new(told)).await
}

#[tauri::command]
pub(crate) fn sign_in_paste(app: State<'_, App>, address: Argument<SecretString>) -> Result<(), Failure> {
    app.sign_in_paste(&address.0)
}

#[tauri::command]
pub(crate) fn sign_in_open_again(app: State<'_, App>) -> Result<(), Failure> {
    app.sign_in_open_again()
}

#[tauri::command]
pub(crate) async fn sign_out(app: State<'_, App>, id: Argument<String>) -> Result<ConnectionCard, Failure> {
    app.sign_out(&id.0).await
}

#[tauri::command]
pub(crate) fn token_decode(app: State<'_, App>, token: Argument<SecretString>) -> Result<TokenShown, Failure> {
    app.decode_token(&token.0)
}
