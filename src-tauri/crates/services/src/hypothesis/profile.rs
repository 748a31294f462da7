//! Owns the proof that a personal token works: `GET /profile` names its user. Must not take a 200 for a proof: a wrong
//! or replaced token is answered as nobody's (hypothesis-api 0.1).

use countersign_domain::{ErrorCode, Failure, Field};
use countersign_gateway::Call;
use serde_json::Value;
use tokio_util::sync::CancellationToken;

use super::refusal::{refused, unreadable};
use super::{ACCEPT, Hypothesis};
use crate::error::{AnswerFault, ServiceError};
use crate::proof::{IdentityLine, Permission, Proof, line, text};
use crate::received::Received;

/// How many groups are named; the rest are counted.
const GROUPS_NAMED: usize = 20;

impl Hypothesis {
    /// Asks whose token this is. Nothing is written.
    ///
    /// # Errors
    /// `ServiceError`; a token of nobody is `CredentialRefused`, an answer of another server `AnswerUnreadable`.
    pub async fn prove_personal_token(&self, cancel: &CancellationToken) -> Result<Proof, ServiceError> {
        let answer = self.gateway.send(Call::get("/profile").accept(ACCEPT), cancel).await?;
        verdict(&Received::from(&answer))
    }
}

fn verdict(received: &Received<'_>) -> Result<Proof, ServiceError> {
    if !received.is_success() {
        return Err(refused(received));
    }
    let profile = received.json().map_err(|fault| unreadable(received, fault))?;
    match profile.get("userid") {
        Some(Value::String(_)) => Ok(Proof {
            identity: identity(&profile),
            permissions: vec![Permission::allowed("profile")],
        }),
        Some(Value::Null) if profile.get("authority").is_some() => Err(ServiceError::Refused {
            status: received.status,
            failure: Failure::new(
                ErrorCode::CredentialRefused,
                "Hypothesis takes this token for nobody's. It is wrong, or a newer one has replaced it.",
            )
            .at(Field::Secret),
        }),
        _ => Err(unreadable(received, AnswerFault::Shape)),
    }
}

fn identity(profile: &Value) -> Vec<IdentityLine> {
    let display_name = profile.get("user_info").and_then(|user| text(user, "display_name"));
    let lines = [
        line("userid", text(profile, "userid")),
        line("display-name", display_name),
        line("authority", text(profile, "authority")),
        line("groups", groups(profile).as_deref()),
    ];
    lines.into_iter().flatten().collect()
}

/// The names of the groups, as the server orders them.
fn groups(profile: &Value) -> Option<String> {
    let groups = profile.get("groups")?.as_array()?;
    let names: Vec<&str> = groups.iter().filter_map(|group| text(group, "name")).collect();
    let mut shown = names.iter().take(GROUPS_NAMED).copied().collect::<Vec<_>>().join(", ");
    if names.len() > GROUPS_NAMED {
        shown = format!("{shown}, +{}", names.len() - GROUPS_NAMED);
    }
    Some(shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict_on(status: u16, body: &str) -> Result<Proof, ServiceError> {
        verdict(&Received {
            status,
            content_type: Some("application/json"),
            retry_after_seconds: None,
            body: body.as_bytes(),
        })
    }

    #[test]
    fn a_token_with_a_user_is_proven_and_says_whose_it_is() {
        let body = r#"{"userid":"acct:alice@localhost","authority":"localhost","groups":[{"name":"Public","id":"__world__"},
                       {"name":"Łódź","id":"x"}],"user_info":{"display_name":"Alice"},"preferences":{}}"#;
        let proof = verdict_on(200, body).unwrap();
        let lines: Vec<_> = proof
            .identity
            .iter()
            .map(|line| (line.name, line.value.as_str()))
            .collect();
        let expected = [
            ("userid", "acct:alice@localhost"),
            ("display-name", "Alice"),
            ("authority", "localhost"),
            ("groups", "Public, Łódź"),
        ];
        assert_eq!(lines, expected);
    }

    #[test]
    fn an_anonymous_answer_is_a_refused_token() {
        let anonymous = r#"{"userid":null,"authority":"localhost","groups":[],"features":{},"preferences":{}}"#;
        let failure = verdict_on(200, anonymous).unwrap_err().into_failure();
        assert_eq!(
            (failure.code, failure.field),
            (ErrorCode::CredentialRefused, Some(Field::Secret))
        );
    }

    #[test]
    fn another_servers_answer_is_neither_proof_nor_refusal() {
        for body in [
            "{}",
            r#"{"userid":null}"#,
            r#"{"userid":7,"authority":"x"}"#,
            "[]",
            "<html>",
            "{\"userid\":",
        ] {
            let failure = verdict_on(200, body).unwrap_err().into_failure();
            assert_eq!(failure.code, ErrorCode::AnswerUnreadable, "{body}");
            assert_eq!(failure.field, Some(Field::ApiAddress));
        }
    }

    #[test]
    fn many_groups_are_counted() {
        let groups: Vec<String> = (0..25).map(|number| format!("{{\"name\":\"g{number}\"}}")).collect();
        let body = format!("{{\"userid\":\"acct:a@b\",\"groups\":[{}]}}", groups.join(","));
        let proof = verdict_on(200, &body).unwrap();
        assert!(proof.identity[1].value.ends_with("g19, +5"), "{:?}", proof.identity);
    }
}
