//! Owns the use-cases of the Accounts screen: check, look up, create, update. Must not send a write twice.

mod check;
mod read_back;
mod write;

use countersign_domain::account::normal_form;
use countersign_domain::{Account, Authority, ConnectionId, ErrorCode, Failure, Timestamp, Userid};
use countersign_services::ServiceError;
use countersign_services::hypothesis::Hypothesis;

use crate::app::{App, connection_id};
use crate::page::{AccountLookUp, AccountShown, AccountWindow, KnownAccount};
use crate::registers::{self, blocking};

/// Accounts answered at once.
const MOST_ROWS: u32 = 200;
/// The longest search, in characters.
const LONGEST_SEARCH: usize = 200;

impl App {
    /// Accounts this computer has seen, best match first.
    ///
    /// # Errors
    /// `connection-unknown`, `kind-unsuited`, or a failure of keychain or register.
    pub async fn known_accounts(&self, id: &str, search: &str) -> Result<AccountWindow, Failure> {
        let id = connection_id(id)?;
        self.0.settings.ready(&id)?;
        let register = self.0.registers.of(&id).await?;
        let search: String = search.chars().take(LONGEST_SEARCH).collect();
        let found = blocking(move || register.ledger.accounts(&search, MOST_ROWS).map_err(registers::failure)).await?;
        let rows = found.rows.into_iter().map(|known| KnownAccount {
            userid: known.userid,
            username: known.username,
            email: known.email,
            display_name: known.display_name,
            read: known.read.to_string(),
        });
        Ok(AccountWindow {
            rows: rows.collect(),
            matched: found.matched,
            total: found.total,
        })
    }

    /// Asks the server for an account by username or userid, and remembers what it answers.
    ///
    /// # Errors
    /// `input-invalid` at the username, or a failure of keychain, service or register. The operation's name is
    /// `account:<connection>`.
    pub async fn look_up_account(&self, id: &str, typed: &str) -> Result<AccountLookUp, Failure> {
        let (id, client, authority) = self.authority(id).await?;
        let userid = Userid::from_typed(typed, &authority).map_err(|fault| check::failure(fault, typed))?;
        let running = self.0.operations.begin(format!("account:{id}"));
        let read = client
            .account(&userid, &running.cancel)
            .await
            .map_err(ServiceError::into_failure);
        match self.noting(&id, read)? {
            Some(account) => Ok(AccountLookUp::Found {
                account: self.remembered(&id, account).await?,
            }),
            None => Ok(AccountLookUp::NotFound {
                userid: userid.to_string(),
            }),
        }
    }

    /// The client of an authority's connection.
    async fn authority(&self, id: &str) -> Result<(ConnectionId, Hypothesis, Authority), Failure> {
        let id = connection_id(id)?;
        let connection = self.0.settings.ready(&id)?.connection;
        let (client, authority) = self.0.services.of(&connection).await?.authority()?;
        Ok((id, client, authority))
    }

    /// Writes what the server answered into the ledger.
    async fn remembered(&self, id: &ConnectionId, account: Account) -> Result<AccountShown, Failure> {
        let read = self.now();
        let register = self.0.registers.of(id).await?;
        let kept = account.clone();
        blocking(move || register.ledger.record_account(&kept, read).map_err(registers::failure)).await?;
        Ok(shown(account, read))
    }

    /// Notes on the connection's card what an answer says of it, on its way to the page.
    fn noting<Answer>(&self, id: &ConnectionId, answer: Result<Answer, Failure>) -> Result<Answer, Failure> {
        match &answer {
            Ok(_) => self.0.observations.note_success(id, self.now(), "accounts"),
            Err(failure) if failure.code == ErrorCode::InputInvalid => {}
            Err(failure) => self.0.observations.note_failure(id, self.now(), failure),
        }
        answer
    }
}

/// An account in the page's form.
pub(crate) fn shown(account: Account, read: Timestamp) -> AccountShown {
    AccountShown {
        userid: account.userid.to_string(),
        normal_form: normal_form(&account.username),
        username: account.username,
        authority: account.authority,
        email: account.email,
        display_name: account.display_name,
        read: read.to_string(),
    }
}
