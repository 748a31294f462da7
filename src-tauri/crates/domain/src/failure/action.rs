//! Owns the next steps that a failure can offer. Must not take one.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The next step a failure offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum Action {
    /// Do the same again.
    Retry,
    /// Unlock the keychain, then do it again.
    UnlockKeychain,
    /// Install a keychain service, or go on for this run only.
    InstallKeychain,
    /// Enter the secret again.
    ReplaceSecret,
    /// Sign in again in the browser.
    SignInAgain,
    /// Change what was typed.
    Correct,
    /// Wait for the time named in the message.
    Wait,
    /// Ask who administers the service.
    AskAdministrator,
    /// Read the truth back from the service.
    ReadBack,
    /// Nothing to do here.
    None,
}
