//! Owns `/api/search` and `/api/annotations/{id}`: who may see an annotation, and how it is told. Must not change one.
//!
//! Source: h/views/api/annotations.py, `h/services/annotation_json.py`, hypothesis-api section 3.

mod asked_for;
mod order;
mod search;
mod seeds;
mod uri;
mod words;

use axum::Router;
use axum::routing::MethodFilter;
use jiff::Timestamp;
use serde_json::{Value, json};

pub(crate) use seeds::{authors, seeds};

use super::answer::{Refusal, Success, on};
use super::asked::Asked;
use super::index::Link;
use super::{Hypothesis, Shared, User, groups};
use crate::python::iso;

/// What the index says of this resource.
pub(crate) const LINKS: &[Link] = &[
    Link::new("annotation.read", "GET", "/annotations/:id", "Fetch an annotation"),
    Link::new("search", "GET", "/search", "Search for annotations"),
];

/// One annotation, or a reply to one.
#[derive(Debug, Clone)]
pub(crate) struct Annotation {
    /// 22 URL-safe characters.
    id: String,
    created: Timestamp,
    updated: Timestamp,
    userid: String,
    uri: String,
    title: String,
    text: String,
    tags: Vec<String>,
    group: String,
    /// Whether its group may read it; else its author alone.
    shared: bool,
    /// The words of the document that it is about; empty for a note on the whole page.
    quote: String,
    /// Ids from the top of the thread to the parent; none for a top-level annotation.
    references: Vec<String>,
}

pub(crate) fn routes() -> Router<Shared> {
    Router::new()
        .route("/api/search", on(MethodFilter::GET, search::search))
        .route("/api/annotations/{id}", on(MethodFilter::GET, read))
}

fn read(state: &mut Hypothesis, asked: &Asked) -> Result<Success, Refusal> {
    let person = state.person(asked);
    let mut all = state.annotations.iter();
    let found = all.find(|annotation| annotation.id == asked.parameter());
    let found = found.filter(|annotation| is_visible(state, annotation, person));
    let found = found.ok_or(Refusal::NotFound)?;
    Ok(Success::Json(presented(state, found, asked)))
}

/// Everybody sees what is shared in a group that everybody sees; members the rest of their groups; authors their own.
fn is_visible(state: &Hypothesis, annotation: &Annotation, person: Option<&User>) -> bool {
    let userid = person.map(User::userid);
    let own = userid.as_deref() == Some(annotation.userid.as_str());
    let readable = annotation.group == state.world_group.id
        || groups::is_readable(state, &annotation.group, userid.as_deref().unwrap_or_default());
    readable && (annotation.shared || own)
}

fn presented(state: &Hypothesis, annotation: &Annotation, asked: &Asked) -> Value {
    let (id, userid) = (&annotation.id, &annotation.userid);
    let document = if annotation.title.is_empty() {
        json!({})
    } else {
        json!({"title": [annotation.title]})
    };
    let display_name = state
        .directory
        .of_userid(userid)
        .and_then(|user| user.display_name.clone());
    let mut told = json!({
        "id": id,
        "created": iso(annotation.created),
        "updated": iso(annotation.updated),
        "user": userid,
        "uri": annotation.uri,
        "text": annotation.text,
        "tags": annotation.tags,
        "group": annotation.group,
        "permissions": {
            "read": [read_permission(annotation)],
            "admin": [userid],
            "update": [userid],
            "delete": [userid],
        },
        "target": [target(annotation)],
        "document": document,
        "links": {
            "html": format!("{}/a/{id}", asked.base()),
            "json": format!("{}/api/annotations/{id}", asked.base()),
        },
        "mentions": [],
        "user_info": {"display_name": display_name},
        "flagged": false,
        "hidden": false,
        "moderation_status": if annotation.shared { json!("APPROVED") } else { Value::Null },
        "actions": [],
    });
    if let (Value::Object(told), false) = (&mut told, annotation.references.is_empty()) {
        told.insert("references".to_owned(), json!(annotation.references));
    }
    told
}

fn read_permission(annotation: &Annotation) -> String {
    if annotation.shared {
        format!("group:{}", annotation.group)
    } else {
        annotation.userid.clone()
    }
}

fn target(annotation: &Annotation) -> Value {
    if annotation.quote.is_empty() {
        return json!({"source": annotation.uri});
    }
    let selector = json!({"type": "TextQuoteSelector", "exact": annotation.quote, "prefix": "", "suffix": ""});
    json!({"source": annotation.uri, "selector": [selector]})
}
