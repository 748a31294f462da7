//! The encrypted local store: one `controls` file (a cache with its history) and one `ledger` file a connection.
//!
//! Owns: SQLCipher, the files' keys, locks and permissions, their schemas, and every question asked of them.
//! Must not: know HTTP, the keychain or the page's shapes, read the clock, or write a key or a value to a log.
//! Every call blocks; callers run it on a thread that may wait.
#![deny(missing_docs)]

mod connection;
mod controls;
mod creation;
mod error;
mod fold;
mod key;
mod ledger;
mod lock;
mod paths;
mod schema;
mod sort_key;
mod store;

pub use controls::{
    ControlColumn, ControlRow, ControlsFilter, ControlsQuery, ControlsRegister, ControlsWindow, Facet, FacetField,
    FacetValue, LONGEST_SEARCH, LONGEST_WINDOW, MOST_FACET_VALUES, Snapshot, SnapshotWriter, StoredControl,
};
pub use error::RegisterError;
pub use key::RegisterKey;
pub use ledger::{AccountsFound, CallEntry, KnownAccount, Ledger, MOST_CALLS_KEPT, MOST_REQUESTS_KEPT, RequestEntry};
pub use store::remove_files;
