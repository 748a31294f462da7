//! Owns `/login`: the form, and what it takes to be logged in. Must not decide what the person may do then.
//!
//! Source: h/views/accounts.py, h/schemas/forms/accounts/login.py and the recorded exchanges of file 09.

use axum::Router;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::MethodFilter;
use serde_json::{Map, Value, json};

use super::pages::{self, LogIn};
use super::session::{Sessions, set_session};
use super::site::{found, html, on, with_cookie};
use crate::hypothesis::asked::Asked;
use crate::hypothesis::{Hypothesis, Shared};

pub(super) fn routes() -> Router<Shared> {
    let login = on(MethodFilter::GET, show).merge(on(MethodFilter::POST, log_in));
    Router::new().route("/login", login)
}

fn show(state: &mut Hypothesis, asked: &Asked) -> Response {
    if state.oauth.sessions.userid(asked).is_some() {
        return found(&next(asked));
    }
    form(state, asked, json!({"data": {"username": null}}))
}

fn log_in(state: &mut Hypothesis, asked: &Asked) -> Response {
    if !state.oauth.sessions.accepts(asked) {
        return html(StatusCode::FORBIDDEN, pages::invalid_session());
    }
    let field = |name: &str| asked.form(name).unwrap_or_default();
    let (username, password) = (field("username"), field("password"));
    match recognised(state, &username, &password) {
        Ok(userid) => {
            let cookies = state.oauth.sessions.log_in(userid);
            cookies
                .iter()
                .fold(found(&next(asked)), |response, cookie| with_cookie(response, cookie))
        }
        Err(errors) => {
            let typed = json!({"password": password, "username": username});
            form(state, asked, json!({"data": typed, "errors": errors}))
        }
    }
}

/// The userid that name (or e-mail address) and password belong to, or what to say at which field.
fn recognised(state: &Hypothesis, username: &str, password: &str) -> Result<String, Map<String, Value>> {
    let mut errors = Map::new();
    for (field, text) in [("username", username), ("password", password)] {
        if text.is_empty() {
            errors.insert(field.to_owned(), "Required".into());
        }
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    let known = &state.directory;
    let user = known
        .named(username, &state.server_authority)
        .or_else(|| known.with_email(username, &state.server_authority));
    let Some(user) = user else {
        errors.insert("username".to_owned(), "User does not exist.".into());
        return Err(errors);
    };
    let userid = user.userid();
    if state.oauth.passwords.get(&userid).is_none_or(|known| known != password) {
        errors.insert("password".to_owned(), "Wrong password.".into());
        return Err(errors);
    }
    Ok(userid)
}

fn form(state: &Hypothesis, asked: &Asked, form: Value) -> Response {
    let session = Sessions::session(asked);
    let sign_up = format!("{}/signup{}", asked.base(), question(asked));
    let page = LogIn {
        csrf_token: &state.oauth.sessions.csrf_token(&session),
        for_oauth: asked.query("for_oauth").is_some_and(|value| !value.is_empty()),
        action: &asked.url(),
        sign_up: &sign_up,
        form,
    };
    with_cookie(html(StatusCode::OK, pages::log_in(&page)), &set_session(&session))
}

fn question(asked: &Asked) -> String {
    let url = asked.url();
    url.split_once('?')
        .map_or_else(String::new, |(_, query)| format!("?{query}"))
}

/// Where the person wanted to go; never to another server.
fn next(asked: &Asked) -> String {
    let home = format!("{}/", asked.base());
    asked
        .query("next")
        .filter(|next| next.starts_with(&home))
        .unwrap_or(home)
}
