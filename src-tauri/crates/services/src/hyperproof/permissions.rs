//! Owns finding out what a Hyperproof credential may read: one GET for each documented list, of which the status alone is
//! looked at. Must not write, read a list, or take a wait (quota, rate) for a refusal.

use std::time::Duration;

use countersign_domain::ErrorCode;
use countersign_gateway::Call;
use tokio::time::{Instant, timeout_at};
use tokio_util::sync::CancellationToken;

use super::refusal::Asked;
use super::{Hyperproof, refused_stream};
use crate::proof::{Permission, PermissionState};

/// The lists that take no parameters (hyperproof-api sections 3 to 5), by the name of the permission.
const LISTS: [(&str, &str); 15] = [
    ("controls", "/controls"),
    ("user-list", "/users"),
    ("labels", "/labels"),
    ("programs", "/programs"),
    ("risks", "/risks"),
    ("vendors", "/vendors"),
    ("policies", "/policies"),
    ("roles", "/roles"),
    ("groups", "/groups"),
    ("scopes", "/scopes"),
    ("task-statuses", "/taskstatuses"),
    ("custom-fields", "/customfields"),
    ("questionnaires", "/questionnaires"),
    ("custom-apps", "/customapps"),
    ("proof", "/proof"),
];

/// How long all of it may take: a person waits for it.
const LONGEST: Duration = Duration::from_secs(30);

impl Hyperproof {
    /// What the credential may read. Where the service asks to wait, fails or cannot be reached, or the caller stops, the
    /// rest is `NotAsked`.
    pub async fn permissions(&self, cancel: &CancellationToken) -> Vec<Permission> {
        let mut found = Vec::with_capacity(LISTS.len());
        let deadline = Instant::now() + LONGEST;
        let mut goes_on = true;
        for (name, path) in LISTS {
            let mut permission = Permission::not_asked(name);
            if goes_on {
                match timeout_at(deadline, self.permission(path, cancel)).await {
                    Ok(Some(state)) => permission = with(name, state),
                    Ok(None) | Err(_) => goes_on = false,
                }
            }
            found.push(permission);
        }
        found
    }

    /// `Ok` where the list is given, the status where it is refused, `None` where neither is said.
    async fn permission(&self, path: &str, cancel: &CancellationToken) -> Option<Result<(), u16>> {
        let call = if path == "/proof" {
            Call::get(path).query("limit", "1")
        } else {
            Call::get(path)
        };
        let mut stream = self.gateway.stream(call, cancel).await.ok()?;
        let status = stream.status();
        match refused_stream(&mut stream, Asked::Controls).await {
            Ok(()) => Some(Ok(())),
            Err(refused) => is_refusal(refused.code()).then_some(Err(status)),
        }
    }
}

fn is_refusal(code: ErrorCode) -> bool {
    matches!(
        code,
        ErrorCode::NotPermitted | ErrorCode::AccessNotEnabled | ErrorCode::CredentialRefused | ErrorCode::NotFound
    )
}

fn with(name: &'static str, state: Result<(), u16>) -> Permission {
    Permission {
        name,
        state: if state.is_ok() {
            PermissionState::Allowed
        } else {
            PermissionState::Refused
        },
        status: state.err(),
    }
}
