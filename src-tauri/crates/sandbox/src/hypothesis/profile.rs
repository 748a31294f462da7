//! Owns `/api/profile`, its preferences and `/api/debug-token`: what a person's token says of its person.
//! Must not administer accounts.
//!
//! Source: h/views/api/profile.py, h/session.py and the recorded exchanges of file 02.

use axum::Router;
use axum::routing::MethodFilter;
use serde_json::{Map, Value, json};

use super::answer::{Refusal, Success, on};
use super::asked::Asked;
use super::directory::{Preferences, User};
use super::groups;
use super::index::Link;
use super::preferences;
use super::{Hypothesis, Shared};
use crate::python::iso;

/// What the index says of this resource.
pub(crate) const LINKS: &[Link] = &[
    Link::new("profile.read", "GET", "/profile", "Fetch the user's profile"),
    Link::new("profile.update", "PATCH", "/profile", "Update a user's preferences"),
    Link::new(
        "profile.groups.read",
        "GET",
        "/profile/groups",
        "Fetch the current user's groups",
    ),
];

/// The switches that the server tells (seen); all off unless a fixture turns one on.
const FEATURES: [&str; 17] = [
    "client_display_names",
    "client_user_profile",
    "embed_cachebuster",
    "group_members",
    "group_moderation",
    "pre_moderation",
    "group_type",
    "html_image_annotation",
    "image_descriptions",
    "pdf_custom_text_layer",
    "pdf_image_annotation",
    "styled_highlight_clusters",
    "at_mentions",
    "log_in_with_orcid",
    "log_in_with_google",
    "log_in_with_facebook",
    "vpat_keyboard",
];

pub(crate) fn routes() -> Router<Shared> {
    let profile = on(MethodFilter::GET, read).merge(on(MethodFilter::PATCH, update));
    Router::new()
        .route("/api/profile", profile)
        .route("/api/profile/groups", on(MethodFilter::GET, groups))
        .route("/api/debug-token", on(MethodFilter::GET, debug_token))
}

#[expect(clippy::unnecessary_wraps, reason = "one shape for every view")]
fn read(state: &mut Hypothesis, asked: &Asked) -> Result<Success, Refusal> {
    let profile = match state.person(asked) {
        Some(user) => presented(state, user, asked),
        None => anonymous(state, asked.query("authority")),
    };
    Ok(Success::Json(profile))
}

fn update(state: &mut Hypothesis, asked: &Asked) -> Result<Success, Refusal> {
    let person = state.person(asked).ok_or(Refusal::NotFound)?;
    let userid = person.userid();
    // What is no JSON is not looked for here: the server falls over it (seen: 500).
    let body = asked.json().map_err(|_| Refusal::Fault)?;
    let body = body.as_object().ok_or(Refusal::Fault)?;
    let empty = Value::Object(Map::new());
    let wanted = preferences::changed(&person.preferences, body.get("preferences").unwrap_or(&empty))
        .map_err(Refusal::Invalid)?;
    state.directory.change(&userid, |user| user.preferences = wanted);
    let person = state.directory.of_userid(&userid).ok_or(Refusal::NotFound)?;
    Ok(Success::Json(presented(state, person, asked)))
}

/// All memberships of the person; none when anonymous.
#[expect(clippy::unnecessary_wraps, reason = "one shape for every view")]
fn groups(state: &mut Hypothesis, asked: &Asked) -> Result<Success, Refusal> {
    Ok(Success::Json(groups::of_person(state, asked)))
}

fn debug_token(state: &mut Hypothesis, asked: &Asked) -> Result<Success, Refusal> {
    let missing = |words: &str| {
        let body = json!({"error": "missing_token", "error_description": words});
        Ok(Success::Unauthorized(body))
    };
    if asked.bearer().is_none_or(str::is_empty) {
        return missing("Bearer token is missing in Authorization HTTP header");
    }
    let Some(token) = state.token(asked) else {
        return missing("Bearer token does not exist or is expired");
    };
    let mut told = json!({
        "userid": token.userid,
        "expires_at": token.expires.map(iso),
        "issued_at": iso(token.issued),
        "expired": false,
    });
    let client = token.client_id.as_ref().and_then(|id| state.clients.get_key_value(id));
    if let (Value::Object(told), Some((id, client))) = (&mut told, client) {
        told.insert("client".to_owned(), json!({"id": id, "name": client.name}));
    }
    Ok(Success::Json(told))
}

fn presented(state: &Hypothesis, user: &User, asked: &Asked) -> Value {
    json!({
        "userid": user.userid(),
        "authority": user.authority,
        "groups": session_groups(state, user, asked),
        "features": features(state),
        "preferences": told(&user.preferences),
        "user_info": {"display_name": user.display_name},
    })
}

fn anonymous(state: &Hypothesis, authority: Option<String>) -> Value {
    let authority = authority.unwrap_or_else(|| state.server_authority.clone());
    json!({
        "userid": null,
        "authority": authority,
        "groups": Vec::from_iter(world_group(state, &authority)),
        "features": features(state),
        "preferences": {},
    })
}

fn session_groups(state: &Hypothesis, user: &User, asked: &Asked) -> Vec<Value> {
    let own = state.groups.of_member(&user.userid());
    let own = own.into_iter().map(|group| groups::in_session(group, asked));
    world_group(state, &user.authority).into_iter().chain(own).collect()
}

/// The world group belongs to the server's own authority alone.
fn world_group(state: &Hypothesis, authority: &str) -> Option<Value> {
    let world = &state.world_group;
    (authority == state.server_authority).then(|| json!({"name": world.name, "id": world.id, "public": true}))
}

fn features(state: &Hypothesis) -> Value {
    let on = |name: &str| state.features.get(name).copied().unwrap_or(false);
    FEATURES
        .iter()
        .map(|name| ((*name).to_owned(), Value::Bool(on(name))))
        .collect::<Map<_, _>>()
        .into()
}

/// Switches that are off are left out (seen).
fn told(preferences: &Preferences) -> Value {
    let mut told = Map::new();
    if preferences.show_sidebar_tutorial {
        told.insert("show_sidebar_tutorial".to_owned(), Value::Bool(true));
    }
    if preferences.show_youtube_gdpr_banner {
        told.insert("show_youtube_gdpr_banner".to_owned(), Value::Bool(true));
    }
    if let Some(shortcuts) = &preferences.shortcuts {
        told.insert("shortcuts_preferences".to_owned(), Value::Object(shortcuts.clone()));
    }
    Value::Object(told)
}
