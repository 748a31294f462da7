//! Owns the commands: each takes a DTO, calls one use-case and hands its answer back. Must not decide anything.
#![expect(
    clippy::needless_pass_by_value,
    reason = "Tauri hands arguments and state over by value"
)]

mod accounts;
mod connections;
mod controls;
mod doctor;
mod requests;
mod sign_in;
mod status;

use tauri::{Builder, Runtime};

use crate::arguments::limited;

/// Gives the page its commands; the list is held against `COMMANDS` by a test.
pub(crate) fn attached<R: Runtime>(builder: Builder<R>) -> Builder<R> {
    builder.invoke_handler(limited(tauri::generate_handler![
        accounts::account_check,
        accounts::account_create,
        accounts::account_look_up,
        accounts::account_update,
        accounts::accounts_known,
        connections::connection_forget,
        connections::connection_list,
        connections::connection_rename,
        connections::connection_replace_secret,
        connections::connection_save,
        connections::connection_set_network,
        connections::connection_set_rate,
        connections::connection_test,
        connections::recent_calls,
        controls::control_detail,
        controls::controls_facets,
        controls::controls_sync,
        controls::controls_window,
        doctor::certificate_choose,
        doctor::doctor_run,
        requests::activity_list,
        requests::annotations_search,
        requests::request_as_curl,
        requests::request_history,
        requests::request_send,
        requests::requests_documented,
        sign_in::sign_in_again,
        sign_in::sign_in_open_again,
        sign_in::sign_in_paste,
        sign_in::sign_in_save,
        sign_in::sign_out,
        sign_in::token_decode,
        status::app_status,
        status::keychain_probe,
        status::operation_cancel,
        status::preferences_save,
    ]))
}
