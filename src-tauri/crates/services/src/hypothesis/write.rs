//! Owns what the answer to a write means: done, refused beside fields, certainly not done, or not known.
//! Must not call anything, nor take an answer that could follow a done write for a refusal.

use countersign_domain::{Account, ErrorCode, Failure, Field};

use super::reason::{self, Sent};
use super::refusal::{not_the_api, refusal};
use crate::error::WriteError;
use crate::received::Received;

/// Which write was answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Write {
    Create,
    Update,
}

/// The account that the answer to a write holds.
///
/// # Errors
/// `WriteError`, as its variants say.
pub(super) fn outcome(received: &Received<'_>, write: Write, sent: &Sent<'_>) -> Result<Account, WriteError> {
    match received.status {
        200..=299 => serde_json::from_slice(received.body).map_err(|_| WriteError::Uncertain(not_readable(received))),
        400 | 409 | 413 | 422 => Err(refused(received, sent)),
        404 => Err(WriteError::NotSent(not_there(received, write))),
        // 504 is what stands before the server: the server itself may still be writing.
        408 | 504 => Err(WriteError::Uncertain(gave_up_waiting(received))),
        500..=599 => Err(WriteError::Uncertain(server_failed(received, write, sent))),
        _ => Err(WriteError::NotSent(refusal(received))),
    }
}

fn gave_up_waiting(received: &Received<'_>) -> Failure {
    let message = format!("The server gave up waiting (status {}).", received.status);
    Failure::new(ErrorCode::TimedOut, message).with_server_words(&received.words())
}

/// A conflict that names nothing already there might be the echo of a write that was done, so it is not a refusal.
fn refused(received: &Received<'_>, sent: &Sent<'_>) -> WriteError {
    let Some(reason) = reason_of(received) else {
        return match received.status {
            409 => WriteError::Uncertain(refusal(received)),
            413 | 422 if !received.is_page() => WriteError::Refused(vec![refusal(received)]),
            _ => WriteError::NotSent(not_the_api(received)),
        };
    };
    let failures = reason::failures(&reason, sent);
    let known = failures.iter().any(|failure| failure.code == ErrorCode::AlreadyExists);
    if received.status == 409 && !known {
        return WriteError::Uncertain(refusal(received));
    }
    WriteError::Refused(failures)
}

/// The reason in the API's own form, or a plain text (what comes where `Accept` names the versioned type alone).
fn reason_of(received: &Received<'_>) -> Option<String> {
    let is_text = received.content_type.is_some_and(|kind| kind.starts_with("text/plain"));
    super::refusal::reason(received).or_else(|| is_text.then(|| received.words()).filter(|words| !words.is_empty()))
}

/// Every missing permission is 404, a refused credential too (hypothesis-api 0.2).
fn not_there(received: &Received<'_>, write: Write) -> Failure {
    if super::refusal::reason(received).is_none() {
        return not_the_api(received);
    }
    let failure = match write {
        Write::Create => Failure::new(
            ErrorCode::CredentialRefused,
            "Hypothesis did not accept client id and secret for creating accounts. Nothing was created.",
        ),
        Write::Update => Failure::new(
            ErrorCode::NotFound,
            "Hypothesis does not know this account, or does not show it to this credential. Nothing was changed.",
        ),
    };
    failure.with_server_words(&received.words())
}

/// A 500 to a new e-mail address is how the server answers an address that is taken (hypothesis-api 3, users).
fn server_failed(received: &Received<'_>, write: Write, sent: &Sent<'_>) -> Failure {
    if received.status == 500 && write == Write::Update && sent.email.is_some() {
        let message = "Hypothesis failed while changing the e-mail address. Another account probably has this address.";
        return Failure::new(ErrorCode::ServerFailed, message)
            .at(Field::Email)
            .with_server_words(&received.words());
    }
    refusal(received)
}

fn not_readable(received: &Received<'_>) -> Failure {
    let message = format!(
        "The answer (status {}) is not an account, so it does not say whether this was done.",
        received.status
    );
    Failure::new(ErrorCode::AnswerUnreadable, message).with_server_words(&received.words())
}

#[cfg(test)]
mod tests;
