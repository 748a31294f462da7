//! Owns `/v1/users`: whom a credential belongs to, and the people of the organisation (hyperproof-api 4.2). Must not
//! hold anybody in particular.

use axum::Router;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use serde_json::{Value, json};
use url::form_urlencoded;

use super::{Shared, answer, list};

pub(crate) fn routes() -> Router<Shared> {
    Router::new().route("/users", get(all)).route("/users/me", get(me))
}

async fn me(State(world): State<Shared>) -> Response {
    let body = json!({
        "id": world.register.named("@user:0"),
        "email": "morgan.reyes@practice.example",
        "givenName": "Morgan",
        "surname": "Reyes",
        "language": "en",
        "locale": "en-US",
        "timeZone": "America/Los_Angeles",
        "organizationRoleId": "0000401e-0001-11ee-8a00-0242ac120001",
        "lastLogin": "2026-05-31T07:00:00.454052Z",
        "state": "verified",
        "verifiedOn": "2025-01-14T09:30:00.4500000+00:00",
        "termsAcceptedOn": "2025-01-14T09:31:10.00.5365Z",
    });
    answer(StatusCode::OK, &body)
}

async fn all(State(world): State<Shared>, RawQuery(query): RawQuery) -> Response {
    let query = query.unwrap_or_default();
    let mut pairs = form_urlencoded::parse(query.as_bytes());
    let deactivated = pairs.any(|(name, value)| name == "includeDeactivated" && value.eq_ignore_ascii_case("true"));
    let mut people = world.register.people();
    people.extend(others(deactivated));
    list(people)
}

/// Those who are no people in the usual sense: a service account has no e-mail address.
fn others(deactivated: bool) -> Vec<Value> {
    let mut others = vec![json!({
        "id": "00005e4f-0001-11ee-8a00-0242ac120001",
        "status": "active",
        "givenName": "Evidence collector",
        "type": "serviceAccount",
        "userId": "00005e4f-0002-11ee-8a00-0242ac120002",
    })];
    if deactivated {
        others.push(json!({
            "id": "00005e4f-0003-11ee-8a00-0242ac120003",
            "status": "deactivated",
            "email": "former.colleague@practice.example",
            "givenName": "Former",
            "surname": "Colleague",
            "type": "deactivatedUser",
            "userId": "00005e4f-0004-11ee-8a00-0242ac120004",
        }));
    }
    others
}
