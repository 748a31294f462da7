//! Owns finding out what a Hyperproof credential may read: one GET for each documented list, of which the status alone is
//! looked at. Must not write, read a list, or take a wait (quota, rate) for a refusal.

use std::time::Duration;

use countersign_domain::ErrorCode;
use countersign_gateway::{Authentication, Call};
use tokio::time::{Instant, timeout_at};
use tokio_util::sync::CancellationToken;

use super::refusal::Asked;
use super::{Hyperproof, refused_stream};
use crate::proof::{Permission, PermissionState};

/// A list that takes no parameters.
#[derive(Debug, Clone, Copy)]
pub(super) struct List {
    /// The name of the permission.
    pub(super) name: &'static str,
    /// Where it is.
    pub(super) path: &'static str,
    /// The object that its scope is likely named after.
    pub(super) object: &'static str,
}

/// All of them (hyperproof-api sections 3 to 5): name, path, object.
const LISTS: [(&str, &str, &str); 15] = [
    ("controls", "/controls", "control"),
    ("user-list", "/users", "user"),
    ("labels", "/labels", "label"),
    ("programs", "/programs", "program"),
    ("risks", "/risks", "risk"),
    ("vendors", "/vendors", "vendor"),
    ("policies", "/policies", "policy"),
    ("roles", "/roles", "role"),
    ("groups", "/groups", "group"),
    ("scopes", "/scopes", "scope"),
    ("task-statuses", "/taskstatuses", "taskstatus"),
    ("custom-fields", "/customfields", "customfield"),
    ("questionnaires", "/questionnaires", "questionnaire"),
    ("custom-apps", "/customapps", "customapp"),
    ("proof", "/proof", "proof"),
];

/// How long all of it may take: a person waits for it.
pub(super) const LONGEST: Duration = Duration::from_secs(30);

impl Hyperproof {
    /// What the credential may read. Where the service asks to wait, fails or cannot be reached, or the caller stops, the
    /// rest is `NotAsked`.
    pub async fn permissions(&self, cancel: &CancellationToken) -> Vec<Permission> {
        let mut found = Vec::with_capacity(LISTS.len());
        let deadline = Instant::now() + LONGEST;
        let mut goes_on = true;
        for list in lists() {
            let mut permission = Permission::not_asked(list.name);
            if goes_on {
                match timeout_at(deadline, self.permission(list, cancel)).await {
                    Ok(Some(state)) => permission = with(list.name, state),
                    Ok(None) | Err(_) => goes_on = false,
                }
            }
            found.push(permission);
        }
        found
    }

    /// `Ok` where the list is given, the status where it is refused, `None` where neither is said.
    async fn permission(&self, list: List, cancel: &CancellationToken) -> Option<Result<(), u16>> {
        let mut stream = self.gateway.stream(list.call(), cancel).await.ok()?;
        let status = stream.status();
        match refused_stream(&mut stream, Asked::Controls).await {
            Ok(()) => Some(Ok(())),
            Err(refused) => is_refusal(refused.code()).then_some(Err(status)),
        }
    }
}

impl List {
    /// The least that can be asked of it: of all lists, proof alone comes in pages (hyperproof-api 2.1).
    pub(super) fn call(self) -> Call {
        let call = Call::get(self.path);
        if self.name == "proof" {
            call.query("limit", "1")
        } else {
            call
        }
    }

    /// Whether one of `scopes`, as they were typed, is of its object: `label.read`, `label.update`.
    fn is_named_in(self, scopes: &str) -> bool {
        let mut objects = scopes.split([' ', ',']).filter_map(|scope| scope.split('.').next());
        objects.any(|object| object == self.object)
    }
}

fn lists() -> impl Iterator<Item = List> {
    LISTS
        .into_iter()
        .map(|(name, path, object)| List { name, path, object })
}

/// Every list, those first that the scopes typed for the connection speak of.
pub(super) fn likeliest_first(authentication: &Authentication) -> Vec<List> {
    let mut all: Vec<List> = lists().collect();
    if let Authentication::ClientCredentials {
        scopes: Some(scopes), ..
    } = authentication
    {
        all.sort_by_key(|list| !list.is_named_in(scopes));
    }
    all
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
