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
            Ok(None) if sent.creates && is_over(&failure) => Ok(CreateOutcome::NotDone { failure }),
            Ok(None) | Err(_) => Ok(CreateOutcome::Unknown {
                failure: unknown(&failure),
            }),
        }
    }
}

/// Whether the service was done with the write when the account was read: it answered, or its connection broke. After a
/// time-out or a stop it may be at work still, and an account that is not there yet may come.
fn is_over(cause: &Failure) -> bool {
    matches!(
        cause.code,
        ErrorCode::ServerFailed | ErrorCode::AnswerUnreadable | ErrorCode::AnswerTooLarge | ErrorCode::Unreachable
    )
}

fn unknown(cause: &Failure) -> Failure {
    let words = format!("No answer settled whether it was written. {}", cause.message);
    Failure::new(ErrorCode::OutcomeUnknown, words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_answer_or_a_broken_connection_ends_a_write() {
        let ending: Vec<_> = ErrorCode::ALL
            .iter()
            .filter(|code| is_over(&Failure::new(**code, "")))
            .collect();
        let expected = [
            ErrorCode::Unreachable,
            ErrorCode::AnswerTooLarge,
            ErrorCode::AnswerUnreadable,
            ErrorCode::ServerFailed,
        ];
        assert_eq!(ending, expected.iter().collect::<Vec<_>>());
    }
}
