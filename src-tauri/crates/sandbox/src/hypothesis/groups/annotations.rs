//! Owns `/api/groups/{id}/annotations` of a service that holds no annotations. Must not invent any.

use axum::Router;
use axum::routing::MethodFilter;
use serde_json::json;

use super::roles::Role;
use crate::hypothesis::answer::{Refusal, Success, on};
use crate::hypothesis::asked::Asked;
use crate::hypothesis::{Hypothesis, Shared};

const STATES: [&str; 4] = ["APPROVED", "PENDING", "DENIED", "SPAM"];

pub(super) fn routes() -> Router<Shared> {
    Router::new().route("/api/groups/{group}/annotations", on(MethodFilter::GET, list))
}

fn list(state: &mut Hypothesis, asked: &Asked) -> Result<Success, Refusal> {
    let group = state.groups.find(asked.parameter()).ok_or(Refusal::NotFound)?;
    let person = state.person(asked).ok_or(Refusal::NotFound)?;
    if group
        .role_of(&person.userid())
        .is_none_or(|role| role < Role::Moderator)
    {
        return Err(Refusal::NotFound);
    }
    match asked.query("moderation_status") {
        Some(wanted) if !STATES.contains(&wanted.as_str()) => Err(Refusal::Invalid(format!(
            "moderation_status: \"{wanted}\" is not one of {}",
            STATES.join(", ")
        ))),
        Some(_) | None => Ok(Success::Json(json!({"meta": {"page": {"total": 0}}, "data": []}))),
    }
}
