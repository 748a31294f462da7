//! Owns the shapes of the Accounts screen.

use countersign_domain::account_rules::AccountFault;
use countersign_domain::{Failure, Field};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Values to check as they are typed; `None` leaves a field out.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[ts(export)]
pub struct AccountCheckRequest {
    /// The authority typed.
    pub authority: Option<String>,
    /// The username typed.
    pub username: Option<String>,
    /// The e-mail address typed.
    pub email: Option<String>,
    /// The display name typed.
    pub display_name: Option<String>,
}

/// A fault beside its field, with the server's words as it would answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct AccountFaultShown {
    /// The field.
    pub field: Field,
    /// The rule broken.
    pub fault: AccountFault,
    /// What the server would answer, where that was seen.
    pub server_words: Option<String>,
}

/// The answer of a check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct AccountCheck {
    /// Every fault found, in the order of the form.
    pub faults: Vec<AccountFaultShown>,
    /// The username in the form in which it is unique.
    pub normal_form: Option<String>,
}

/// An account this computer has seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct KnownAccount {
    /// `acct:…`
    pub userid: String,
    /// The username.
    pub username: String,
    /// The e-mail address.
    pub email: Option<String>,
    /// The display name.
    pub display_name: Option<String>,
    /// When it was last read from the server, ISO 8601.
    pub read: String,
}

/// Accounts this computer has seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct AccountWindow {
    /// At most 200, best match first.
    pub rows: Vec<KnownAccount>,
    /// How many match.
    pub matched: u32,
    /// How many are known in all.
    pub total: u32,
}

/// An account as the server has it now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct AccountShown {
    /// `acct:…`
    pub userid: String,
    /// The username, as spelt at its creation.
    pub username: String,
    /// The authority.
    pub authority: String,
    /// The e-mail address.
    pub email: Option<String>,
    /// The display name; "" where it was cleared.
    pub display_name: Option<String>,
    /// The username in the form in which it is unique.
    pub normal_form: String,
    /// When it was read, ISO 8601.
    pub read: String,
}

/// The result of looking an account up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase", tag = "is")]
#[ts(export)]
pub enum AccountLookUp {
    /// There.
    Found {
        /// The account.
        account: AccountShown,
    },
    /// The server knows no such account in this authority (or the credential was refused: the service says both alike,
    /// and the credential was proven good).
    NotFound {
        /// The userid asked for.
        userid: String,
    },
}

/// A new account.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[ts(export)]
pub struct AccountCreateRequest {
    /// The username.
    pub username: String,
    /// The e-mail address.
    pub email: String,
    /// The display name; "" sends none.
    pub display_name: String,
}

/// A change; `None` leaves a field as it is.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[ts(export)]
pub struct AccountUpdateRequest {
    /// The account.
    pub userid: String,
    /// The new e-mail address.
    pub email: Option<String>,
    /// The new display name; "" clears it.
    pub display_name: Option<String>,
}

/// How a write ended, said truly.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase", tag = "is")]
#[ts(export)]
pub enum CreateOutcome {
    /// The server answered with the account.
    Done {
        /// The account.
        account: AccountShown,
    },
    /// No usable answer came; read back, the account is there and as sent.
    DoneReadBack {
        /// The account.
        account: AccountShown,
    },
    /// No usable answer came; read back, an account of that name is there, but differs from what was sent.
    Differs {
        /// The account as it is.
        account: AccountShown,
    },
    /// No usable answer came; read back, nothing was written. Sending again is safe.
    NotDone {
        /// What went wrong.
        failure: Failure,
    },
    /// The server refused, in words beside fields.
    Refused {
        /// One for each field named, or one without a field.
        failures: Vec<Failure>,
    },
    /// Neither the write nor the reading back was answered.
    Unknown {
        /// What went wrong.
        failure: Failure,
    },
}
