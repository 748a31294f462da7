// Owns the one list of commands. `build.rs` includes this file as well, so it holds nothing else.

/// Every command the page may call, once. The handler, the permissions, the capability file and the page's wrappers are
/// held against this list by `tests/ipc_surface.rs`.
pub const COMMANDS: &[&str] = &[
    "account_check",
    "account_create",
    "account_look_up",
    "account_update",
    "accounts_known",
    "app_status",
    "connection_forget",
    "connection_list",
    "connection_rename",
    "connection_replace_secret",
    "connection_save",
    "connection_test",
    "control_detail",
    "controls_facets",
    "controls_sync",
    "controls_window",
    "keychain_probe",
    "operation_cancel",
    "recent_calls",
];
