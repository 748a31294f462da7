//! Owns who gets through to the API: a good access token with the scope that the path needs. Must not give tokens.

use std::sync::{Arc, PoisonError};

use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;

use super::{failure, scope};
use crate::world::World;

/// Nothing passes without an access token that is good, and nothing that its scopes do not name (hyperproof-api 2.5).
pub(super) async fn gate(State(world): State<Arc<World>>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    match allowed(&world, bearer(&request), path.strip_prefix(super::API).unwrap_or(path)) {
        Ok(()) => next.run(request).await,
        Err(refusal) => refusal,
    }
}

fn bearer(request: &Request) -> Option<&str> {
    let header = request.headers().get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = header.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

#[expect(clippy::result_large_err, reason = "the refusal is the answer itself")]
fn allowed(world: &World, token: Option<&str>, path: &str) -> Result<(), Response> {
    let state = world.hyperproof.lock().unwrap_or_else(PoisonError::into_inner);
    let now = world.clock.now();
    let token = token.and_then(|token| state.tokens.get(token));
    let Some(token) = token.filter(|token| token.expires > now) else {
        return Err(failure(
            StatusCode::UNAUTHORIZED,
            "Unauthorized. Access token is missing or invalid.",
        ));
    };
    match scope::needed(path) {
        Some(scope) if !token.scopes.contains(&scope) => Err(failure(
            StatusCode::FORBIDDEN,
            "The access token does not have the scope for this operation.",
        )),
        Some(_) | None => Ok(()),
    }
}
