//! Owns `/api/users`: create, read, update of an authority's accounts. Must not keep accounts itself.
//!
//! Source: h/views/api/users.py, h/schemas/api/user.py and the recorded exchanges of file 03.

use axum::Router;
use axum::routing::MethodFilter;
use serde_json::{Map, Value};

use super::answer::{Refusal, Success, on};
use super::asked::Asked;
use super::directory::{Identity, Preferences, User, split_userid};
use super::index::Link;
use super::schema::{Rule, faults};
use super::{Hypothesis, Shared};

/// What the index says of this resource.
pub(crate) const LINKS: &[Link] = &[
    Link::new("user.create", "POST", "/users", "Create a new user"),
    Link::new("user.read", "GET", "/users/:userid", "Fetch a user"),
    Link::new("user.update", "PATCH", "/users/:username", "Update a user"),
];

const USERNAME_PATTERN: &str = "^[A-Za-z0-9_][A-Za-z0-9._]+[A-Za-z0-9_]$";

const EMAIL: &[Rule] = &[Rule::Text, Rule::Email, Rule::Longest(100)];
const DISPLAY_NAME: &[Rule] = &[Rule::Text, Rule::Longest(30)];

const IDENTITY: &[Rule] = &[
    Rule::Object,
    Rule::Properties(&[("provider", &[Rule::Text]), ("provider_unique_id", &[Rule::Text])]),
    Rule::Required(&["provider", "provider_unique_id"]),
];

const CREATE: &[Rule] = &[
    Rule::Object,
    Rule::Properties(&[
        ("authority", &[Rule::Text]),
        (
            "username",
            &[
                Rule::Text,
                Rule::Shortest(3),
                Rule::Longest(30),
                Rule::Pattern(USERNAME_PATTERN, fits_username),
            ],
        ),
        ("email", EMAIL),
        ("display_name", DISPLAY_NAME),
        ("identities", &[Rule::Array, Rule::NotEmpty, Rule::Items(IDENTITY)]),
    ]),
    Rule::AnyOfRequired(&[
        &["authority", "username", "email"],
        &["authority", "username", "identities"],
    ]),
];

const UPDATE: &[Rule] = &[
    Rule::Object,
    Rule::Properties(&[("email", EMAIL), ("display_name", DISPLAY_NAME)]),
];

const DOCUMENTED: [&str; 5] = ["authority", "username", "email", "display_name", "identities"];

pub(crate) fn routes() -> Router<Shared> {
    Router::new().route("/api/users", on(MethodFilter::POST, create)).route(
        "/api/users/{user}",
        on(MethodFilter::GET, read).merge(on(MethodFilter::PATCH, update)),
    )
}

fn create(state: &mut Hypothesis, asked: &Asked) -> Result<Success, Refusal> {
    let authority = state.client_authority(asked)?;
    let body = asked.json()?;
    faults(CREATE, &body).map_or(Ok(()), |words| Err(Refusal::Invalid(words)))?;
    let wanted = wanted(&body);
    if wanted.authority != authority {
        let words = format!("authority '{}' does not match client authority", wanted.authority);
        return Err(Refusal::Invalid(words));
    }
    let conflicts = state.directory.conflicts(&wanted);
    if !conflicts.is_empty() {
        return Err(Refusal::Conflict(conflicts.join(", ")));
    }
    if has_unknown_field(&body) || holds_nul(&body) {
        return Err(Refusal::Fault);
    }
    let presented = wanted.presented();
    state.directory.add(wanted);
    Ok(Success::Json(presented))
}

fn read(state: &mut Hypothesis, asked: &Asked) -> Result<Success, Refusal> {
    let userid = asked.parameter();
    let Some((username, authority)) = split_userid(userid) else {
        return Err(Refusal::Invalid(format!("User id '{userid}' is not valid")));
    };
    if state.client_authority(asked)? != authority {
        return Err(Refusal::NotFound);
    }
    let user = state.directory.named(username, authority).ok_or(Refusal::NotFound)?;
    Ok(Success::Json(user.presented()))
}

fn update(state: &mut Hypothesis, asked: &Asked) -> Result<Success, Refusal> {
    let authority = state.client_authority(asked)?;
    let user = state
        .directory
        .named(asked.parameter(), &authority)
        .ok_or(Refusal::NotFound)?;
    let userid = user.userid();
    let body = asked.json()?;
    faults(UPDATE, &body).map_or(Ok(()), |words| Err(Refusal::Invalid(words)))?;
    let (email, display_name) = (text(&body, "email"), text(&body, "display_name"));
    let taken = |email: &String| state.directory.email_is_anothers(email, &authority, &userid);
    if email.as_ref().is_some_and(taken) || holds_nul(&body) {
        // The server does not look first: its database refuses, and that is a fault of the server's (seen).
        return Err(Refusal::Fault);
    }
    let changed = state.directory.change(&userid, |user| {
        user.email = email.or(user.email.take());
        user.display_name = display_name.or(user.display_name.take());
    });
    changed
        .map(|user| Success::Json(user.presented()))
        .ok_or(Refusal::NotFound)
}

/// The account that a body with no faults asks for.
fn wanted(body: &Value) -> User {
    let identities = body.get("identities").and_then(Value::as_array).into_iter().flatten();
    User {
        username: text(body, "username").unwrap_or_default(),
        authority: text(body, "authority").unwrap_or_default(),
        email: text(body, "email"),
        display_name: text(body, "display_name"),
        identities: identities
            .map(|identity| Identity {
                provider: text(identity, "provider").unwrap_or_default(),
                provider_unique_id: text(identity, "provider_unique_id").unwrap_or_default(),
            })
            .collect(),
        preferences: Preferences::default(),
    }
}

fn text(body: &Value, field: &str) -> Option<String> {
    body.get(field).and_then(Value::as_str).map(str::to_owned)
}

/// The real server would set a field that is the name of a column and fail for any other; here all fail.
fn has_unknown_field(body: &Value) -> bool {
    let unknown = |members: &Map<String, Value>| members.keys().any(|key| !DOCUMENTED.contains(&key.as_str()));
    body.as_object().is_some_and(unknown)
}

/// The database takes no NUL in a text (seen: 500).
fn holds_nul(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains('\0'),
        Value::Array(items) => items.iter().any(holds_nul),
        Value::Object(members) => members.values().any(holds_nul),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

/// `$` of a Python pattern also matches before one newline at the end (seen: such a name is taken).
fn fits_username(text: &str) -> bool {
    let text = text.strip_suffix('\n').unwrap_or(text);
    let word = |character: char| character.is_ascii_alphanumeric() || character == '_';
    let length = text.chars().count();
    let ends = text.starts_with(word) && text.ends_with(word);
    ends && length >= 3 && text.chars().all(|character| word(character) || character == '.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pattern_takes_what_pythons_takes() {
        for name in ["abc", "J.Doe_2", "___", "joe\n"] {
            assert!(fits_username(name), "{name:?}");
        }
        for name in ["ab", ".joe", "joe.", "jo-e", "jürgen", "ab\n", "abc\n\n", ""] {
            assert!(!fits_username(name), "{name:?}");
        }
    }
}
