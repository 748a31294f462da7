//! Owns what everybody may read, and what a person's token may read beside the profile. Must not write anything.

use countersign_gateway::Call;
use serde_json::Value;
use tokio_util::sync::CancellationToken;

use super::refusal::{refused, unreadable};
use super::{ACCEPT, Hypothesis};
use crate::error::{AnswerFault, ServiceError};
use crate::proof::{Permission, Proof};
use crate::received::Received;

impl Hypothesis {
    /// Asks for the API's index (`GET /api/`), which everybody may read: proves that a Hypothesis API is there. Nothing is
    /// written, and nobody's identity is asked for.
    ///
    /// # Errors
    /// `ServiceError`; an answer of another server is `AnswerUnreadable`.
    pub async fn prove_anonymous(&self, cancel: &CancellationToken) -> Result<Proof, ServiceError> {
        let answer = self.gateway.send(Call::get("/").accept(ACCEPT), cancel).await?;
        index(&Received::from(&answer))
    }

    /// Whether the groups are given: one's own by a person's token, the public ones without.
    pub async fn permissions(&self, anonymous: bool, cancel: &CancellationToken) -> Vec<Permission> {
        let path = if anonymous { "/groups" } else { "/profile/groups" };
        let groups = match self.gateway.send(Call::get(path).accept(ACCEPT), cancel).await {
            Ok(answer) => match answer.status {
                200..=299 => Permission::allowed("groups"),
                status @ (401 | 403 | 404) => Permission::refused("groups", status),
                _ => Permission::not_asked("groups"),
            },
            Err(_) => Permission::not_asked("groups"),
        };
        vec![groups]
    }
}

/// The index is `{"links": {…}}` (hypothesis-api section 3).
fn index(received: &Received<'_>) -> Result<Proof, ServiceError> {
    if !received.is_success() {
        return Err(refused(received));
    }
    let index = received.json().map_err(|fault| unreadable(received, fault))?;
    match index.get("links") {
        Some(Value::Object(links)) if !links.is_empty() => Ok(Proof {
            identity: Vec::new(),
            permissions: vec![Permission::allowed("index")],
        }),
        _ => Err(unreadable(received, AnswerFault::Shape)),
    }
}

#[cfg(test)]
mod tests {
    use countersign_domain::ErrorCode;

    use super::*;

    fn code(status: u16, body: &str) -> Option<ErrorCode> {
        let received = Received {
            status,
            content_type: Some("application/json"),
            retry_after_seconds: None,
            body: body.as_bytes(),
        };
        index(&received).err().map(|error| error.code())
    }

    #[test]
    fn only_an_index_proves_that_a_hypothesis_api_is_there() {
        assert_eq!(code(200, r#"{"links":{"search":{"method":"GET"}}}"#), None);
        for body in [
            "{}",
            r#"{"links":{}}"#,
            r#"{"links":[]}"#,
            "[]",
            "<html>",
            "{\"links\":",
        ] {
            assert_eq!(code(200, body), Some(ErrorCode::AnswerUnreadable), "{body}");
        }
        assert_eq!(code(502, "<html>"), Some(ErrorCode::ServerFailed));
    }
}
