//! Owns the proof that a Hyperproof connection works: `GET /users/me`, else the head of the first list allowed.
//! Must not write, nor read more of a list than its first bytes.

use countersign_domain::ErrorCode;
use countersign_gateway::Call;
use serde_json::Value;
use tokio::time::{Instant, timeout_at};
use tokio_util::sync::CancellationToken;

use super::permissions::{LONGEST, List, likeliest_first};
use super::refusal::{Asked, page_came};
use super::{Hyperproof, refused, refused_stream, unreadable};
use crate::error::{AnswerFault, ServiceError};
use crate::proof::{IdentityLine, Permission, Proof, line, text};
use crate::received::Received;

impl Hyperproof {
    /// Asks who this credential is. A credential that may not ask (403) is asked for one list after the other until one is
    /// given, of which the status and the first bytes are read. Nothing is written.
    ///
    /// # Errors
    /// `ServiceError`; a 401 is `CredentialRefused`, a quota `QuotaExceeded`, 403 to all `NotPermitted`.
    pub async fn prove(&self, cancel: &CancellationToken) -> Result<Proof, ServiceError> {
        let answer = self.gateway.send(Call::get("/users/me"), cancel).await?;
        let received = Received::from(&answer);
        match refused(&received, Asked::OwnUser) {
            Ok(()) => Ok(Proof {
                identity: identity(&received)?,
                permissions: vec![Permission::not_asked("controls"), Permission::allowed("users")],
            }),
            Err(error) if error.code() == ErrorCode::NotPermitted => {
                self.prove_by_lists(received.status, error, cancel).await
            }
            Err(error) => Err(error),
        }
    }

    /// Any list proves the credential: a client may hold `label.read` and `proof.read` alone (hyperproof-api 1.6). Anything
    /// but a refusal of the one list (a wait, no answer, a stop) ends the asking.
    async fn prove_by_lists(
        &self,
        users: u16,
        not_permitted: ServiceError,
        cancel: &CancellationToken,
    ) -> Result<Proof, ServiceError> {
        let deadline = Instant::now() + LONGEST;
        let mut permissions = Vec::new();
        let mut controls = None;
        for list in likeliest_first(&self.gateway.profile().authentication) {
            let Ok(begun) = timeout_at(deadline, self.begins(list, cancel)).await else {
                break;
            };
            match begun {
                Ok(()) => {
                    permissions.extend([Permission::allowed(list.name), Permission::refused("users", users)]);
                    let identity = Vec::new();
                    return Ok(Proof { identity, permissions });
                }
                Err(ServiceError::Refused { status, failure }) if is_of_one_list(failure.code) => {
                    permissions.push(Permission::refused(list.name, status));
                    if list.object == "control" && failure.code == ErrorCode::NotPermitted {
                        controls = Some(ServiceError::Refused { status, failure });
                    }
                }
                Err(error) => return Err(error),
            }
        }
        Err(controls.unwrap_or(not_permitted))
    }

    /// Whether `list` is given: its status, and that no page stands in its place.
    async fn begins(&self, list: List, cancel: &CancellationToken) -> Result<(), ServiceError> {
        let asked = match list.object {
            "control" => Asked::Controls,
            object => Asked::Documented(object),
        };
        let mut stream = self.gateway.stream(list.call(), cancel).await?;
        refused_stream(&mut stream, asked).await?;
        let first = stream.next().await?.unwrap_or_default();
        let received = Received {
            status: stream.status(),
            content_type: None,
            retry_after_seconds: None,
            body: &first,
        };
        if received.is_page() {
            return Err(ServiceError::Unreadable {
                failure: page_came(&received),
                fault: AnswerFault::Page,
            });
        }
        Ok(())
    }
}

/// A list that is not shown (404), wants another question (400) or is of a feature that is off says as little of the others
/// as one that is refused: `/users/me` was Hyperproof's.
fn is_of_one_list(code: ErrorCode) -> bool {
    matches!(
        code,
        ErrorCode::NotPermitted | ErrorCode::NotFound | ErrorCode::Refused | ErrorCode::AccessNotEnabled
    )
}

/// The lines of `GET /users/me`. One of its ids or the e-mail must be there: any other object is another server's.
fn identity(received: &Received<'_>) -> Result<Vec<IdentityLine>, ServiceError> {
    let user = received.json().map_err(unreadable)?;
    let known = ["id", "userId", "email"]
        .iter()
        .any(|field| text(&user, field).is_some());
    if !known {
        return Err(unreadable(AnswerFault::Shape));
    }
    let lines = [
        line("name", Some(&name(&user))),
        line("email", text(&user, "email")),
        line("user-state", text(&user, "state")),
        line("time-zone", text(&user, "timeZone")),
    ];
    Ok(lines.into_iter().flatten().collect())
}

fn name(user: &Value) -> String {
    let names = [text(user, "givenName"), text(user, "surname")];
    names.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn identity_of(body: &str) -> Result<Vec<IdentityLine>, ServiceError> {
        identity(&Received {
            status: 200,
            content_type: Some("application/json"),
            retry_after_seconds: None,
            body: body.as_bytes(),
        })
    }

    #[test]
    fn the_identity_holds_what_the_server_said_and_no_more() {
        let body = r#"{"id":"u","email":"i@n.example","givenName":"Ingrid","surname":"Ødegård","state":"verified",
                       "timeZone":"Europe/Oslo","language":null}"#;
        let lines: Vec<_> = identity_of(body)
            .unwrap()
            .into_iter()
            .map(|line| (line.name, line.value))
            .collect();
        let expected = [
            ("name", "Ingrid Ødegård"),
            ("email", "i@n.example"),
            ("user-state", "verified"),
            ("time-zone", "Europe/Oslo"),
        ];
        assert_eq!(lines, expected.map(|(name, value)| (name, value.to_owned())));
        assert_eq!(
            identity_of(r#"{"id":"u","email":null,"givenName":7}"#).unwrap(),
            [],
            "a service account may be bare"
        );
    }

    #[test]
    fn an_object_of_another_server_is_no_identity() {
        for body in ["{}", "[]", "null", r#"{"hello":"world"}"#, "{\"id\":"] {
            assert_eq!(
                identity_of(body).unwrap_err().code(),
                ErrorCode::AnswerUnreadable,
                "{body}"
            );
        }
    }
}
