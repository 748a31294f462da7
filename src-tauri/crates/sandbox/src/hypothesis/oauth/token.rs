//! Owns `POST /api/token`: the three grants and the words of what is refused. Must not show pages.
//!
//! An error is JSON as Python writes it, inside `reason`. Source: the order of oauthlib's grants,
//! h/services/oauth/_validator.py and the recorded exchanges of files 09 and 10.

use axum::Router;
use axum::routing::MethodFilter;
use serde_json::{Value, json};

use super::assertion::Assertion;
use super::client::{Client, Grant};
use super::pairs::ACCESS_LIFE_SECONDS;
use super::redirect::rendered;
use crate::hypothesis::answer::{Refusal, Success, on};
use crate::hypothesis::asked::Asked;
use crate::hypothesis::{Hypothesis, Shared};

/// All there are; the server knows no others.
pub(super) const SCOPES: &str = "annotation:read annotation:write";
const JWT_BEARER: &str = "urn:ietf:params:oauth:grant-type:jwt-bearer";

pub(super) fn routes() -> Router<Shared> {
    Router::new().route("/api/token", on(MethodFilter::POST, exchange))
}

fn exchange(state: &mut Hypothesis, asked: &Asked) -> Result<Success, Refusal> {
    refuse_query(asked)?;
    match asked.form("grant_type").as_deref() {
        Some("authorization_code") => by_code(state, asked),
        Some("refresh_token") => by_refresh(state, asked),
        Some(JWT_BEARER) => by_assertion(state, asked),
        None | Some(_) => Err(bad("unsupported_grant_type")),
    }
}

/// Parameters in the address are refused with a page (seen).
pub(super) fn refuse_query(asked: &Asked) -> Result<(), Refusal> {
    if asked.has_query() {
        return Err(Refusal::Authorization(
            "URL query parameters are not allowed".to_owned(),
        ));
    }
    Ok(())
}

fn by_code(state: &mut Hypothesis, asked: &Asked) -> Result<Success, Refusal> {
    let code = asked.form("code").ok_or_else(|| request("Missing code parameter."))?;
    let client_id = asked.form("client_id").ok_or_else(invalid_client)?;
    let client = state.clients.get(&client_id).ok_or_else(invalid_client)?;
    prove(client, asked)?;
    if !matches!(client.grant, Grant::AuthorizationCode { .. }) {
        return Err(bad("unauthorized_client"));
    }
    let given = state.oauth.pairs.code(&code, asked.now);
    let given = given.filter(|given| given.client_id == client_id);
    let userid = given
        .map(|given| given.userid.clone())
        .ok_or_else(|| bad("invalid_grant"))?;
    confirm_redirect(client, asked)?;
    state.oauth.pairs.burn(&code);
    Ok(paired(state, asked, &userid, &client_id, Some(SCOPES)))
}

/// A confidential client proves itself in the body; a header alone is nothing (seen).
fn prove(client: &Client, asked: &Asked) -> Result<(), Refusal> {
    let given = asked.form("client_secret").unwrap_or_default();
    match &client.secret {
        Some(secret) if *secret != given => Err(invalid_client()),
        Some(_) | None => Ok(()),
    }
}

/// One that is sent must be the registered one; a registered one without a host makes the server fall over.
fn confirm_redirect(client: &Client, asked: &Asked) -> Result<(), Refusal> {
    let registered = client.redirect_uri().unwrap_or_default();
    let given = match asked.form("redirect_uri") {
        None => rendered(registered, &asked.url())?,
        Some(given) => given,
    };
    if given.is_empty() || rendered(registered, &given)? == given {
        return Ok(());
    }
    Err(request("Mismatching redirect URI."))
}

/// The client is the token's own, whatever `client_id` says (seen).
fn by_refresh(state: &mut Hypothesis, asked: &Asked) -> Result<Success, Refusal> {
    let token = asked.form("refresh_token");
    let token = token.ok_or_else(|| request("Missing refresh token parameter."))?;
    let refresh = state.oauth.pairs.refresh(&token).cloned();
    let refresh = refresh.ok_or_else(|| request("Invalid refresh_token."))?;
    let client = state.clients.get(&refresh.client_id).ok_or_else(invalid_client)?;
    if client.grant != Grant::JwtBearer {
        prove(client, asked)?;
    }
    if refresh.is_expired(asked.now) {
        return Err(bad("invalid_grant"));
    }
    let scope = asked.form("scope").filter(|scope| !scope.is_empty());
    let scope = scope.unwrap_or_else(|| SCOPES.to_owned());
    let known: Vec<&str> = SCOPES.split(' ').collect();
    if scope.split(' ').any(|wanted| !known.contains(&wanted)) {
        return Err(bad("invalid_scope"));
    }
    state.oauth.pairs.was_used(&token, asked.now);
    Ok(paired(state, asked, &refresh.userid, &refresh.client_id, Some(&scope)))
}

fn by_assertion(state: &mut Hypothesis, asked: &Asked) -> Result<Success, Refusal> {
    let text = asked.form("assertion").ok_or_else(|| request("Missing assertion."))?;
    let assertion = Assertion::parse(&text).ok_or_else(|| request("Invalid JWT grant token format."))?;
    let client_id = assertion.issuer().map_err(|words| grant(&words))?;
    let client = state.clients.get(client_id).ok_or_else(invalid_client)?;
    if client.grant != Grant::JwtBearer {
        return Err(bad("unauthorized_client"));
    }
    let secret = client.secret.as_deref().ok_or_else(invalid_client)?;
    let subject = assertion
        .verified(secret, asked.host_name(), asked.now)
        .map_err(|words| grant(&words))?;
    if crate::hypothesis::directory::split_userid(subject).is_none() {
        return Err(Refusal::Fault);
    }
    let user = state.directory.of_userid(subject);
    let user = user.ok_or_else(|| grant("Grant token subject (sub) could not be found."))?;
    if user.authority != client.authority {
        return Err(grant("Grant token subject (sub) does not match issuer (iss)."));
    }
    let userid = user.userid();
    Ok(paired(state, asked, &userid, client_id, None))
}

/// `expires_in` is a float (seen); the scope is left out in the answer to an assertion.
fn paired(state: &mut Hypothesis, asked: &Asked, userid: &str, client_id: &str, scope: Option<&str>) -> Success {
    let (pair, token) = state.oauth.pairs.add(userid, client_id, asked.now);
    state.tokens.insert(pair.access_token.clone(), token);
    #[expect(clippy::cast_precision_loss, reason = "an hour's seconds are exact")]
    let expires_in = ACCESS_LIFE_SECONDS as f64;
    let mut body = json!({
        "access_token": pair.access_token,
        "expires_in": expires_in,
        "token_type": "Bearer",
    });
    if let (Value::Object(members), Some(scope)) = (&mut body, scope) {
        members.insert("scope".to_owned(), scope.into());
    }
    if let Value::Object(members) = &mut body {
        members.insert("refresh_token".to_owned(), pair.refresh_token.into());
    }
    Success::Json(body)
}

fn bad(error: &str) -> Refusal {
    Refusal::Invalid(format!("{{\"error\": \"{error}\"}}"))
}

fn described(error: &str, words: &str) -> Refusal {
    Refusal::Invalid(format!(
        "{{\"error\": \"{error}\", \"error_description\": \"{words}\"}}"
    ))
}

pub(super) fn request(words: &str) -> Refusal {
    described("invalid_request", words)
}

fn grant(words: &str) -> Refusal {
    described("invalid_grant", words)
}

pub(super) fn invalid_client() -> Refusal {
    Refusal::Unauthorized("{\"error\": \"invalid_client\"}".to_owned())
}
