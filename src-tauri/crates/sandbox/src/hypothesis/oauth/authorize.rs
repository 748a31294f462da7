//! Owns `/oauth/authorize`: what is refused, who must log in first, consent, and the code. Must not exchange codes.
//!
//! Every refusal is a page, never a redirection (hypothesis-api section 2). Source: h/views/api/auth.py, the order of
//! oauthlib's `AuthorizationCodeGrant` and the recorded exchanges of file 09.

use axum::Router;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::MethodFilter;
use url::form_urlencoded::byte_serialize;

use super::client::{Client, Grant};
use super::pages::{self, Consent};
use super::redirect::{is_absolute, origin, rendered, with_code};
use super::site::{found, html, on};
use super::token::SCOPES;
use crate::hypothesis::answer::Refusal;
use crate::hypothesis::asked::Asked;
use crate::hypothesis::{Hypothesis, Shared, page};

pub(super) fn routes() -> Router<Shared> {
    let authorize = on(MethodFilter::GET, ask).merge(on(MethodFilter::POST, allow));
    Router::new().route("/oauth/authorize", authorize)
}

/// A request with nothing wrong.
struct Wanted {
    client_id: String,
    redirect_uri: String,
    trusted: bool,
    state: Option<String>,
    in_message: bool,
}

fn ask(state: &mut Hypothesis, asked: &Asked) -> Response {
    let wanted = match wanted(state, asked) {
        Ok(wanted) => wanted,
        Err(refusal) => return refused(&refusal),
    };
    let Some(userid) = state.oauth.sessions.userid(asked).map(str::to_owned) else {
        return found(&log_in_first(asked));
    };
    if wanted.trusted {
        return authorized(state, asked, &wanted, userid);
    }
    consent(state, asked, &wanted, &userid)
}

/// The form's own fields are not looked at: the parameters come from the address (seen).
fn allow(state: &mut Hypothesis, asked: &Asked) -> Response {
    let Some(userid) = state.oauth.sessions.userid(asked).map(str::to_owned) else {
        return page(StatusCode::NOT_FOUND, "Page Not Found");
    };
    match wanted(state, asked) {
        Ok(wanted) => authorized(state, asked, &wanted, userid),
        Err(refusal) => refused(&refusal),
    }
}

fn wanted(state: &Hypothesis, asked: &Asked) -> Result<Wanted, Refusal> {
    let client_id = asked.query("client_id").filter(|id| !id.is_empty());
    let client_id = client_id.ok_or_else(|| words("Missing client_id parameter."))?;
    let client = state.clients.get(&client_id);
    let client = client.ok_or_else(|| words("Invalid client_id parameter value."))?;
    let redirect_uri = redirect_uri(client, asked)?;
    let response_type = asked.query("response_type");
    let response_type = response_type.ok_or_else(|| words("Missing response_type parameter."))?;
    let Grant::AuthorizationCode { trusted, .. } = client.grant else {
        return Err(Refusal::Fault);
    };
    if response_type != "code" {
        return Err(Refusal::Fault);
    }
    refuse_challenge(asked)?;
    if asked.query("scope").is_some_and(|scope| scope != SCOPES) {
        return Err(Refusal::Fault);
    }
    let in_message = |mode: Option<String>| mode.as_deref() == Some("web_message");
    Ok(Wanted {
        client_id,
        redirect_uri,
        trusted,
        state: asked.query("state"),
        in_message: in_message(asked.query("response_mode")) || in_message(asked.form("response_mode")),
    })
}

/// The one that was sent, when it is the registered one; the registered one when none was sent.
fn redirect_uri(client: &Client, asked: &Asked) -> Result<String, Refusal> {
    let registered = client.redirect_uri().ok_or(Refusal::Fault)?;
    let Some(given) = asked.query("redirect_uri") else {
        return rendered(registered, &asked.url());
    };
    if !is_absolute(&given) {
        return Err(words("Invalid redirect URI."));
    }
    if rendered(registered, &given)? != given {
        return Err(words("Mismatching redirect URI."));
    }
    Ok(given)
}

/// A challenge is neither kept nor asked for again; only its method is looked at (seen).
fn refuse_challenge(asked: &Asked) -> Result<(), Refusal> {
    let method = asked
        .query("code_challenge")
        .and_then(|_| asked.query("code_challenge_method"));
    match method.as_deref() {
        None | Some("plain" | "S256") => Ok(()),
        Some(_) => Err(words("Transform algorithm not supported.")),
    }
}

fn words(words: &str) -> Refusal {
    Refusal::Authorization(words.to_owned())
}

fn refused(refusal: &Refusal) -> Response {
    match refusal {
        Refusal::Authorization(words) => html(StatusCode::BAD_REQUEST, pages::refused_authorization(words)),
        Refusal::NotFound
        | Refusal::NotAcceptable
        | Refusal::Invalid(_)
        | Refusal::Unauthorized(_)
        | Refusal::Conflict(_)
        | Refusal::Fault => page(StatusCode::INTERNAL_SERVER_ERROR, "Server Error"),
    }
}

/// The address that this request comes back from.
fn log_in_first(asked: &Asked) -> String {
    let next: String = byte_serialize(asked.url().as_bytes()).collect();
    let sign_up = asked.query("action").as_deref() == Some("signup");
    let to = if sign_up { "signup" } else { "login" };
    format!("{}/{to}?next={next}&for_oauth=True", asked.base())
}

fn consent(state: &Hypothesis, asked: &Asked, wanted: &Wanted, userid: &str) -> Response {
    let user = state.directory.of_userid(userid);
    let client = state.clients.get(&wanted.client_id);
    let Some((user, client)) = user.zip(client) else {
        return refused(&Refusal::Fault);
    };
    let response_mode = asked.query("response_mode").unwrap_or_else(|| "None".to_owned());
    let mut inputs = vec![
        ("response_mode", response_mode),
        ("response_type", "code".to_owned()),
        ("client_id", wanted.client_id.clone()),
    ];
    inputs.extend(wanted.state.clone().map(|state| ("state", state)));
    let page = Consent {
        username: &user.username,
        client_name: &client.name,
        action: &asked.url(),
        inputs: &inputs,
    };
    html(StatusCode::OK, pages::consent(&page))
}

fn authorized(state: &mut Hypothesis, asked: &Asked, wanted: &Wanted, userid: String) -> Response {
    let code = state.oauth.pairs.add_code(userid, wanted.client_id.clone(), asked.now);
    if wanted.in_message {
        let origin = origin(&wanted.redirect_uri);
        return html(
            StatusCode::OK,
            pages::web_message(&code, &origin, wanted.state.as_deref()),
        );
    }
    found(&with_code(&wanted.redirect_uri, &code, wanted.state.as_deref()))
}
