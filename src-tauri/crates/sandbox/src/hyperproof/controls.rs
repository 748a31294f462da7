//! Owns `/v1/controls`, its summaries, its filter and one control: which rows are asked for, and their stream. Must not
//! make rows.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Path, Query, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, put};
use futures_util::stream;
use serde::Deserialize;
use serde_json::Value;

use super::register::{Register, Selection};
use super::resources::{filter_body, summary};
use super::{Shared, answer, failure, nothing_there};

/// Rows sent at once.
const ROWS_A_CHUNK: usize = 40;

/// Booleans are text in this API (hyperproof-api 2.3); other parameters are ignored.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Asked {
    can_link: String,
    expand_scopes: String,
    expand_teams: String,
    status: Option<String>,
}

pub(crate) fn routes() -> Router<Shared> {
    Router::new()
        .route("/controls", get(list))
        .route("/controls/filter", put(filter))
        .route("/controls/summaries", get(summaries))
        .route("/controls/{id}", get(one))
}

impl Asked {
    fn selection(self) -> Selection {
        let is = |text: &str| text.eq_ignore_ascii_case("true");
        Selection {
            linkable_only: is(&self.can_link),
            scopes: is(&self.expand_scopes),
            teams: is(&self.expand_teams),
            status: self
                .status
                .filter(|status| !status.is_empty())
                .unwrap_or_else(|| "active".to_owned()),
        }
    }
}

async fn list(State(world): State<Shared>, Query(asked): Query<Asked>) -> Response {
    let content_type = HeaderValue::from_static("application/json; charset=utf-8");
    let body = streamed(Arc::clone(&world.register), &asked.selection());
    (StatusCode::OK, [(header::CONTENT_TYPE, content_type)], body).into_response()
}

/// One bare array, rows made while they are sent: a long list starts at once and needs no memory.
fn streamed(register: Arc<Register>, selection: &Selection) -> Body {
    let rows = register.selected(selection);
    let chunks: Vec<Vec<usize>> = rows.chunks(ROWS_A_CHUNK).map(<[usize]>::to_vec).collect();
    let mut first = true;
    let pieces = chunks.into_iter().map(move |chunk| {
        let mut text = String::new();
        for at in chunk {
            text.push(if std::mem::take(&mut first) { '[' } else { ',' });
            text.push_str(&register.text(at));
        }
        text
    });
    let end = if rows.is_empty() { "[]" } else { "]" };
    let pieces = pieces.chain([end.to_owned()]);
    Body::from_stream(stream::iter(
        pieces.map(|piece| Ok::<_, std::convert::Infallible>(Bytes::from(piece))),
    ))
}

/// The light list: no scopes, no teams.
async fn summaries(State(world): State<Shared>, Query(asked): Query<Asked>) -> Response {
    let selection = Selection {
        scopes: false,
        teams: false,
        ..asked.selection()
    };
    let rows = world.register.selected(&selection).into_iter();
    let rows = rows.filter_map(|at| serde_json::from_str(&world.register.text(at)).ok());
    super::list(rows.map(|row: Value| summary(&row)).collect())
}

/// The rows with the ids of the body; ids that nothing has are passed over.
async fn filter(State(world): State<Shared>, body: Bytes) -> Response {
    let asked = filter_body(&body);
    let ids = asked.as_ref().and_then(|asked| asked.get("controlIds")?.as_array());
    let Some(ids) = ids else {
        return failure(StatusCode::BAD_REQUEST, "controlIds must be an array.");
    };
    let ids: Vec<&str> = ids.iter().filter_map(Value::as_str).collect();
    super::list(world.register.with_ids(&ids))
}

async fn one(State(world): State<Shared>, Path(id): Path<String>) -> Response {
    match world.register.control(&id) {
        Some(control) => answer(StatusCode::OK, &control),
        None => nothing_there(),
    }
}
