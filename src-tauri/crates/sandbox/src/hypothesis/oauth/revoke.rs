//! Owns `POST /oauth/revoke`. Must not ask who wants it: whoever has a token may end it.
//!
//! Source: h/services/oauth/service.py (`validate_revocation_request`) and the recorded exchanges of file 10.

use axum::Router;
use axum::routing::MethodFilter;
use serde_json::json;

use super::token::{invalid_client, refuse_query, request};
use crate::hypothesis::answer::{Refusal, Success, on};
use crate::hypothesis::asked::Asked;
use crate::hypothesis::{Hypothesis, Shared};

pub(super) fn routes() -> Router<Shared> {
    Router::new().route("/oauth/revoke", on(MethodFilter::POST, revoke))
}

fn revoke(state: &mut Hypothesis, asked: &Asked) -> Result<Success, Refusal> {
    refuse_query(asked)?;
    let token = asked.form("token").filter(|token| !token.is_empty());
    let token = token.ok_or_else(|| request("Missing token parameter."))?;
    if state.tokens.get(&token).is_some_and(|token| token.client_id.is_none()) {
        // A personal token has no client, and the server takes one for granted (seen: 500).
        return Err(Refusal::Fault);
    }
    if let Some(access) = state.oauth.pairs.forget(&token) {
        state.tokens.remove(&access);
        return Ok(Success::Json(json!({})));
    }
    // Unknown tokens are no error, but without one only `client_id` says who asks.
    let client_id = asked.form("client_id").ok_or_else(invalid_client)?;
    let client = state.clients.get(&client_id).ok_or_else(invalid_client);
    client.map(|_| Success::Json(json!({})))
}
