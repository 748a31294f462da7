//! Owns the accounts of an authority: the proof of its client credentials, reading, creating and changing an account.
//! Must not send any body but documented fields, nor anything twice.

use countersign_domain::{Account, AccountChange, Authority, ErrorCode, Failure, Field, NewAccount, Userid};
use countersign_gateway::{Call, segment};
use serde::Serialize;
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

use super::reason::{self, Sent};
use super::refusal::{reason, refused, unreadable};
use super::write::{Write, outcome};
use super::{ACCEPT, Hypothesis};
use crate::error::{AnswerFault, ServiceError, WriteError};
use crate::proof::{Permission, Proof};
use crate::received::Received;

/// A username that can never be created: too short and outside the pattern (h/schemas/api/user.py).
const IMPOSSIBLE_USERNAME: &str = ".";

impl Hypothesis {
    /// Proves client id and secret by asking for an account that no server can create: its refusal of the username comes
    /// after the credentials were accepted (seen on a live server), while wrong ones are answered with 404. Nothing is
    /// written. The server tells no identity, and not always whether the authority is the client's.
    ///
    /// # Errors
    /// `ServiceError`; wrong credentials are `CredentialRefused`, another authority is `Refused` at its field.
    pub async fn prove_client_credentials(
        &self,
        authority: &Authority,
        cancel: &CancellationToken,
    ) -> Result<Proof, ServiceError> {
        let body = json!({ "authority": authority, "username": IMPOSSIBLE_USERNAME });
        let answer = self
            .gateway
            .send(Call::post("/users").accept(ACCEPT).json(body), cancel)
            .await?;
        verdict(&Received::from(&answer), authority)
    }

    /// Reads an account (`GET /users/{userid}`); `None` when the authority has none of that name. The service answers
    /// refused credentials alike.
    ///
    /// # Errors
    /// `ServiceError`; an answer of another server is `AnswerUnreadable`, never `None`.
    pub async fn account(&self, userid: &Userid, cancel: &CancellationToken) -> Result<Option<Account>, ServiceError> {
        let path = format!("/users/{}", segment(userid.as_str()));
        let answer = self.gateway.send(Call::get(path).accept(ACCEPT), cancel).await?;
        account_read(&Received::from(&answer))
    }

    /// Creates an account (`POST /users`), once.
    ///
    /// # Errors
    /// `WriteError`: refused beside fields, certainly not done, or not known.
    pub async fn create_account(&self, new: &NewAccount, cancel: &CancellationToken) -> Result<Account, WriteError> {
        let sent = Sent {
            authority: Some(new.authority.as_str()),
            username: Some(new.username.as_str()),
            email: Some(&new.email),
            display_name: new.display_name.as_deref(),
        };
        self.write(Call::post("/users"), new, Write::Create, &sent, cancel)
            .await
    }

    /// Changes an account of the credential's authority (`PATCH /users/{username}`), once.
    ///
    /// # Errors
    /// `WriteError`; a taken e-mail address is a 500 of the server, so `Uncertain` at that field.
    pub async fn update_account(
        &self,
        username: &str,
        change: &AccountChange,
        cancel: &CancellationToken,
    ) -> Result<Account, WriteError> {
        let sent = Sent {
            authority: None,
            username: Some(username),
            email: change.email.as_deref(),
            display_name: change.display_name.as_deref(),
        };
        let call = Call::patch(format!("/users/{}", segment(username)));
        self.write(call, change, Write::Update, &sent, cancel).await
    }

    async fn write(
        &self,
        call: Call,
        body: &(impl Serialize + Sync),
        write: Write,
        sent: &Sent<'_>,
        cancel: &CancellationToken,
    ) -> Result<Account, WriteError> {
        let body: Value = serde_json::to_value(body).map_err(|_| {
            WriteError::NotSent(Failure::new(
                ErrorCode::Internal,
                "The account could not be written out.",
            ))
        })?;
        let answer = self.gateway.send(call.accept(ACCEPT).json(body), cancel).await?;
        outcome(&Received::from(&answer), write, sent)
    }
}

fn account_read(received: &Received<'_>) -> Result<Option<Account>, ServiceError> {
    match received.status {
        200..=299 => serde_json::from_slice(received.body)
            .map(Some)
            .map_err(|fault| unreadable(received, fault)),
        404 if reason(received).is_some() => Ok(None),
        400 => Err(bad_userid(received)),
        _ => Err(refused(received)),
    }
}

fn bad_userid(received: &Received<'_>) -> ServiceError {
    let failure = reason(received).and_then(|reason| reason::failures(&reason, &Sent::default()).into_iter().next());
    failure.map_or_else(
        || refused(received),
        |failure| ServiceError::Refused {
            status: received.status,
            failure,
        },
    )
}

/// What the answer to the impossible account says of the credentials.
fn verdict(received: &Received<'_>, authority: &Authority) -> Result<Proof, ServiceError> {
    let told = reason(received);
    match (received.status, told) {
        (400, Some(reason)) => verdict_on_refusal(received, &reason, authority),
        (404, Some(_)) => Err(refused_as(
            received,
            Failure::new(
                ErrorCode::CredentialRefused,
                "Hypothesis does not accept this client id and secret, or they are not of the kind that creates accounts.",
            )
            .at(Field::Secret),
        )),
        (200..=299 | 400 | 404 | 409, _) => Err(unreadable(received, AnswerFault::Shape)),
        _ => Err(refused(received)),
    }
}

fn verdict_on_refusal(received: &Received<'_>, reason: &str, authority: &Authority) -> Result<Proof, ServiceError> {
    let sent = Sent {
        authority: Some(authority.as_str()),
        username: Some(IMPOSSIBLE_USERNAME),
        ..Sent::default()
    };
    let failures = reason::failures(reason, &sent);
    let about = |field: Field| failures.iter().any(|failure| failure.field == Some(field));
    if about(Field::Authority) {
        let message = "Client id and secret are good, but they belong to another authority.";
        return Err(refused_as(
            received,
            Failure::new(ErrorCode::Refused, message).at(Field::Authority),
        ));
    }
    if about(Field::Username) {
        return Ok(Proof {
            identity: Vec::new(),
            permissions: vec![Permission::allowed("accounts")],
        });
    }
    Err(unreadable(received, AnswerFault::Shape))
}

fn refused_as(received: &Received<'_>, failure: Failure) -> ServiceError {
    ServiceError::Refused {
        status: received.status,
        failure: failure.with_server_words(&received.words()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn received(status: u16, body: &str) -> Received<'_> {
        Received {
            status,
            content_type: Some("application/json"),
            retry_after_seconds: None,
            body: body.as_bytes(),
        }
    }

    fn failure_of(status: u16, body: &str) -> Failure {
        let authority = Authority::parse("example.com").unwrap();
        verdict(&received(status, body), &authority).unwrap_err().into_failure()
    }

    #[test]
    fn a_refused_username_proves_the_credentials() {
        let authority = Authority::parse("example.com").unwrap();
        for reason in [
            "username: '.' is too short, username: '.' does not match '^[A-Za-z0-9_][A-Za-z0-9._]+[A-Za-z0-9_]$'",
            "{'authority': 'example.com', 'username': '.'} is not valid under any of the given schemas, username: '.' is too short",
        ] {
            let body = json!({ "status": "failure", "reason": reason }).to_string();
            let proof = verdict(&received(400, &body), &authority).unwrap();
            assert_eq!(proof.permissions, [Permission::allowed("accounts")], "{reason}");
        }
    }

    #[test]
    fn another_authority_is_said_beside_its_field() {
        let body = r#"{"status":"failure","reason":"authority 'example.com' does not match client authority"}"#;
        let failure = failure_of(400, body);
        assert_eq!(
            (failure.code, failure.field),
            (ErrorCode::Refused, Some(Field::Authority))
        );
    }

    #[test]
    fn what_is_no_verdict_on_the_credentials_proves_nothing() {
        let not_found = r#"{"status":"failure","reason":"Either the resource you requested doesn't exist, or …"}"#;
        for (status, body, code) in [
            (404, not_found, ErrorCode::CredentialRefused),
            (404, "<html>", ErrorCode::AnswerUnreadable),
            (400, "<html>", ErrorCode::AnswerUnreadable),
            (
                400,
                r#"{"status":"failure","reason":"Expected a valid JSON payload"}"#,
                ErrorCode::AnswerUnreadable,
            ),
            (200, r#"{"userid":"acct:.@example.com"}"#, ErrorCode::AnswerUnreadable),
            (429, "", ErrorCode::RateLimited),
            (502, "<html>", ErrorCode::ServerFailed),
        ] {
            assert_eq!(failure_of(status, body).code, code, "{status} {body}");
        }
    }

    #[test]
    fn no_account_is_told_only_by_the_api_itself() {
        let not_found = r#"{"status":"failure","reason":"Either the resource you requested doesn't exist, or …"}"#;
        assert_eq!(account_read(&received(404, not_found)).unwrap(), None);
        let code = |status, body| account_read(&received(status, body)).unwrap_err().code();
        assert_eq!(code(404, "<html>"), ErrorCode::AnswerUnreadable);
        assert_eq!(code(200, "<html>"), ErrorCode::AnswerUnreadable);
        assert_eq!(code(200, "{\"userid\":\"acct:a@b\""), ErrorCode::AnswerUnreadable);
        assert_eq!(code(500, "{}"), ErrorCode::ServerFailed);
    }

    #[test]
    fn a_userid_that_is_none_is_said_beside_its_field() {
        let body = r#"{"status":"failure","reason":"User id 'jbloggs1' is not valid"}"#;
        let failure = account_read(&received(400, body)).unwrap_err().into_failure();
        assert_eq!(failure.field, Some(Field::Username));
        assert_eq!(failure.server_words.as_deref(), Some("User id 'jbloggs1' is not valid"));
    }
}
