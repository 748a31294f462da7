//! Owns the `ledger` file of one connection: what cannot be fetched again from anywhere. Must not be made anew
//! silently.

mod accounts;
mod calls;
mod requests;
mod schema;

use std::path::Path;

use countersign_domain::{Account, ConnectionId, Timestamp, Userid};

use crate::error::RegisterError;
use crate::key::RegisterKey;
use crate::store::Store;

pub use accounts::{AccountsFound, KnownAccount};
pub use calls::{CallEntry, MOST_CALLS_KEPT};
pub use requests::{MOST_REQUESTS_KEPT, RequestEntry};

/// Most rows of one answer.
const LONGEST_ANSWER: u32 = 1_000;

/// Accounts seen, calls made, requests asked for by hand.
#[derive(Debug)]
pub struct Ledger {
    store: Store,
}

impl Ledger {
    /// Opens the file at `path`, made first (with its folder) where there is none.
    ///
    /// # Errors
    /// As `ControlsRegister::open`; also `Damaged` when the file is missing and remains of it are there.
    pub fn open(path: &Path, key: &RegisterKey) -> Result<Self, RegisterError> {
        let store = Store::open(path, key, &schema::LEDGER)?;
        Ok(Self { store })
    }

    /// Remembers an account as the server has just answered it; an older answer under the same userid is replaced.
    ///
    /// # Errors
    /// `Damaged` or `Database`.
    pub fn record_account(&self, account: &Account, read: Timestamp) -> Result<(), RegisterError> {
        accounts::record(&self.store.writer(), account, read)
    }

    /// The account last seen under `userid`.
    ///
    /// # Errors
    /// `Damaged` or `Database`.
    pub fn account(&self, userid: &Userid) -> Result<Option<KnownAccount>, RegisterError> {
        accounts::one(&self.store.reader(), userid)
    }

    /// Accounts in which every word of `search` occurs (userid, username with and without periods, e-mail, display
    /// name; without regard to case and accents), best match first; all of them for "".
    ///
    /// # Errors
    /// `Question` when `limit` is not 1 to 1,000 or `search` has more than 200 characters.
    pub fn accounts(&self, search: &str, limit: u32) -> Result<AccountsFound, RegisterError> {
        bounded(limit)?;
        accounts::search(&self.store.reader(), search, limit)
    }

    /// Forgets one account; one that is not known is no error.
    ///
    /// # Errors
    /// `Damaged` or `Database`.
    pub fn forget_account(&self, userid: &Userid) -> Result<(), RegisterError> {
        accounts::forget(&self.store.writer(), userid)
    }

    /// Writes calls down in the order given, in one transaction; the oldest beyond 10,000 a connection are dropped.
    ///
    /// # Errors
    /// `Damaged` or `Database`; none of them is then written.
    pub fn record_calls(&self, calls: &[CallEntry]) -> Result<(), RegisterError> {
        calls::record(&self.store.writer(), calls)
    }

    /// The newest calls, newest first, of one connection or of all.
    ///
    /// # Errors
    /// `Question` when `limit` is not 1 to 1,000.
    pub fn recent_calls(&self, of: Option<&ConnectionId>, limit: u32) -> Result<Vec<CallEntry>, RegisterError> {
        bounded(limit)?;
        calls::recent(&self.store.reader(), of, limit)
    }

    /// The newest call that failed: a status from 400 on, or no answer at all for another reason than the person's own
    /// stopping it.
    ///
    /// # Errors
    /// `Damaged` or `Database`.
    pub fn last_refusal(&self, of: Option<&ConnectionId>) -> Result<Option<CallEntry>, RegisterError> {
        calls::last_refusal(&self.store.reader(), of)
    }

    /// Remembers a request made by hand; the oldest beyond 500 are dropped.
    ///
    /// # Errors
    /// `Damaged` or `Database`.
    pub fn record_request(&self, request: &RequestEntry) -> Result<(), RegisterError> {
        requests::record(&self.store.writer(), request)
    }

    /// The newest requests made by hand, newest first.
    ///
    /// # Errors
    /// `Question` when `limit` is not 1 to 1,000.
    pub fn recent_requests(&self, limit: u32) -> Result<Vec<RequestEntry>, RegisterError> {
        bounded(limit)?;
        requests::recent(&self.store.reader(), limit)
    }

    /// Empties the ledger: accounts, calls and requests.
    ///
    /// # Errors
    /// `Damaged` or `Database`; nothing is then forgotten.
    pub fn forget(&self) -> Result<(), RegisterError> {
        let writer = self.store.writer();
        let transaction = writer.unchecked_transaction()?;
        transaction.execute_batch("DELETE FROM account; DELETE FROM call; DELETE FROM request;")?;
        transaction.commit()?;
        Ok(())
    }
}

fn bounded(limit: u32) -> Result<(), RegisterError> {
    if (1..=LONGEST_ANSWER).contains(&limit) {
        Ok(())
    } else {
        Err(RegisterError::Question("an answer has 1 to 1,000 rows"))
    }
}
