//! Owns `/v1/users/me`: whom a credential belongs to (hyperproof-api 4.2). Must not list other people.

use axum::Router;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use serde_json::json;

use super::{Shared, answer};

pub(crate) fn routes() -> Router<Shared> {
    Router::new().route("/users/me", get(me))
}

async fn me() -> Response {
    let body = json!({
        "id": "5f0c0a10-3a52-11ee-8f00-0242ac120002",
        "email": "morgan.reyes@practice.example",
        "givenName": "Morgan",
        "surname": "Reyes",
        "language": "en",
        "locale": "en-US",
        "timeZone": "America/Los_Angeles",
        "organizationRoleId": "5f0c0a10-3a52-11ee-8f00-0242ac120010",
        "lastLogin": "2026-05-31T07:00:00.454052Z",
        "state": "verified",
        "verifiedOn": "2025-01-14T09:30:00.4500000+00:00",
        "termsAcceptedOn": "2025-01-14T09:31:10.00.5365Z",
    });
    answer(StatusCode::OK, &body)
}
