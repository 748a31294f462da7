//! Owns the question what became of a write that was not answered: the account is read back and compared.
//! Must not write.

use countersign_domain::{Account, AccountChange, ConnectionId, ErrorCode, Failure, NewAccount, Userid};
use countersign_services::hypothesis::Hypothesis;
use tokio_util::sync::CancellationToken;

use crate::app::App;
use crate::page::CreateOutcome;

/// What was sent, and so what a reading back must find.
pub(super) struct Sent {
    userid: Userid,
    email: Option<String>,
    display_name: Option<String>,
    creates: bool,
}

impl Sent {
    /// A new account.
    pub(super) fn created(userid: Userid, new: &NewAccount) -> Self {
        let (email, display_name) = (Some(new.email.clone()), new.display_name.clone());
        Self {
            userid,
            email,
            display_name,
            creates: true,
        }
    }

    /// A change of an account.
    pub(super) fn changed(userid: Userid, change: &AccountChange) -> Self {
        let (email, display_name) = (change.email.clone(), change.display_name.clone());
        Self {
            userid,
            email,
            display_name,
            creates: false,
        }
    }

    fn agrees(&self, account: &Account) -> bool {
        let same = |sent: &Option<String>, there: &Option<String>| sent.is_none() || sent == there;
        same(&self.email, &account.email) && same(&self.display_name, &account.display_name)
    }
}

impl App {
    /// Reads the account back and says what is true.
    ///
    /// # Errors
    /// A failure of the register; what the service does is an outcome.
    pub(super) async fn read_back(
        &self,
        id: &ConnectionId,
        client: &Hypothesis,
        sent: &Sent,
        failure: Failure,
        cancel: &CancellationToken,
    ) -> Result<CreateOutcome, Failure> {
        match client.account(&sent.userid, cancel).await {
            Ok(Some(account)) => {
                let agrees = sent.agrees(&account);
                let account = self.remembered(id, account).await?;
                Ok(if agrees {
                    CreateOutcome::DoneReadBack { account }
                } else {
                    CreateOutcome::Differs { account }
                })
            }
            Ok(None) if sent.creates => Ok(CreateOutcome::NotDone { failure }),
            Ok(None) | Err(_) => Ok(CreateOutcome::Unknown {
                failure: unknown(&failure),
            }),
        }
    }
}

fn unknown(cause: &Failure) -> Failure {
    let words = format!("No answer settled whether it was written. {}", cause.message);
    Failure::new(ErrorCode::OutcomeUnknown, words)
}
