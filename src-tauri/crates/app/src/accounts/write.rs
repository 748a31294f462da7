//! Owns creating and changing an account: checked here first, sent once, and what is true is said afterwards.
//! Must not send again by itself: after no answer it only reads.

use countersign_domain::{Account, AccountChange, ConnectionId, Failure, NewAccount, Userid, Username};
use countersign_services::WriteError;
use countersign_services::hypothesis::Hypothesis;
use tokio_util::sync::CancellationToken;

use super::check;
use super::read_back::Sent;
use crate::app::App;
use crate::page::{AccountCreateRequest, AccountUpdateRequest, CreateOutcome};

impl App {
    /// Creates an account in the connection's authority. The operation's name is `account:<connection>`.
    ///
    /// # Errors
    /// `connection-unknown`, `kind-unsuited`, or a failure of keychain or register; everything the service does is an
    /// outcome.
    pub async fn create_account(&self, id: &str, request: &AccountCreateRequest) -> Result<CreateOutcome, Failure> {
        let (id, client, authority) = self.authority(id).await?;
        let (username, email) = (request.username.trim(), request.email.trim());
        let failures = check::failures(Some(username), Some(email), Some(&request.display_name));
        if !failures.is_empty() {
            return Ok(CreateOutcome::Refused { failures });
        }
        let username = Username::parse(username).map_err(|fault| check::failure(fault, username))?;
        let display_name = (!request.display_name.is_empty()).then(|| request.display_name.clone());
        let new = NewAccount {
            authority,
            username,
            email: email.to_owned(),
            display_name,
        };
        let userid = Userid::new(new.username.as_str(), &new.authority);
        let running = self.0.operations.begin(format!("account:{id}"));
        let written = client.create_account(&new, &running.cancel).await;
        self.outcome(&id, &client, written, &Sent::created(userid, &new)).await
    }

    /// Changes an account's e-mail address or display name.
    ///
    /// # Errors
    /// As `create_account`, and `input-invalid` for a userid of another authority.
    pub async fn update_account(&self, id: &str, request: &AccountUpdateRequest) -> Result<CreateOutcome, Failure> {
        let (id, client, authority) = self.authority(id).await?;
        let userid =
            Userid::from_typed(&request.userid, &authority).map_err(|fault| check::failure(fault, &request.userid))?;
        let email = request.email.as_deref().map(str::trim);
        let failures = check::failures(None, email, request.display_name.as_deref());
        if !failures.is_empty() {
            return Ok(CreateOutcome::Refused { failures });
        }
        let change = AccountChange {
            email: email.map(ToOwned::to_owned),
            display_name: request.display_name.clone(),
        };
        let running = self.0.operations.begin(format!("account:{id}"));
        let written = client.update_account(userid.username(), &change, &running.cancel).await;
        self.outcome(&id, &client, written, &Sent::changed(userid, &change))
            .await
    }

    async fn outcome(
        &self,
        id: &ConnectionId,
        client: &Hypothesis,
        written: Result<Account, WriteError>,
        sent: &Sent,
    ) -> Result<CreateOutcome, Failure> {
        match written {
            Ok(account) => {
                self.0.observations.note_success(id, self.now(), "accounts");
                let account = self.remembered(id, account).await?;
                Ok(CreateOutcome::Done { account })
            }
            Err(WriteError::Refused(failures)) => Ok(CreateOutcome::Refused { failures }),
            Err(WriteError::NotSent(failure)) => {
                let connection = self.0.settings.ready(id)?.connection;
                let failure = self.blamed(&connection, failure, &CancellationToken::new()).await;
                self.0.observations.note_failure(id, self.now(), &failure);
                Ok(CreateOutcome::NotDone { failure })
            }
            // The person's cancel stopped the write, not the question what became of it.
            Err(WriteError::Uncertain(failure)) => {
                let fresh = CancellationToken::new();
                self.read_back(id, client, sent, failure, &fresh).await
            }
        }
    }
}
