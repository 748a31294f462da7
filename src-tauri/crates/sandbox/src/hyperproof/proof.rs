//! Owns `/v1/proof`, the one list that is paged, one proof and its bytes (hyperproof-api section 5). Must not take
//! uploads.

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Shared, answer, failure, nothing_there};
use crate::world::World;

const COUNT: usize = 63;
const DEFAULT_LIMIT: usize = 25;
const MOST: usize = 500;
/// Stands before the place where the next page begins.
const TOKEN: &str = "next-";

/// File name without the month, content type, extension.
const FILES: [(&str, &str, &str); 4] = [
    ("access-review", "text/csv", "csv"),
    ("restore-test", "text/plain", "txt"),
    ("firewall-rules", "application/json", "json"),
    ("minutes", "text/markdown", "md"),
];

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Asked {
    limit: Option<String>,
    next_token: Option<String>,
    sort_direction: Option<String>,
    object_type: Option<String>,
    object_id: Option<String>,
}

pub(super) fn routes() -> Router<Shared> {
    Router::new()
        .route("/proof", get(page))
        .route("/proof/{id}", get(one))
        .route("/proof/{id}/contents", get(contents))
}

async fn page(State(world): State<Shared>, Query(asked): Query<Asked>) -> Response {
    let limit = asked.limit.as_deref().map_or(Ok(DEFAULT_LIMIT), str::parse);
    let start = match &asked.next_token {
        None => Some(0),
        Some(token) => token.strip_prefix(TOKEN).and_then(|place| place.parse::<usize>().ok()),
    };
    let (Ok(limit @ 1..=MOST), Some(start)) = (limit, start) else {
        return failure(
            StatusCode::BAD_REQUEST,
            "limit must be from 1 to 500, nextToken from the page before.",
        );
    };
    let mut rows: Vec<Value> = (0..COUNT).map(|at| row(&world, at)).collect();
    rows.retain(|row| belongs(row, &asked));
    if asked.sort_direction.as_deref() != Some("asc") {
        rows.reverse();
    }
    let data: Vec<&Value> = rows.iter().skip(start).take(limit).collect();
    let end = start + data.len();
    let next = (end < rows.len()).then(|| format!("{TOKEN}{end}"));
    answer(StatusCode::OK, &json!({"data": data, "nextToken": next}))
}

/// Every third proof belongs to a control, the others to nothing that can be asked for.
fn belongs(row: &Value, asked: &Asked) -> bool {
    let wanted = asked.object_type.as_deref().zip(asked.object_id.as_deref());
    wanted.is_none_or(|(object_type, id)| object_type == "control" && row["ownedByControl"] == id)
}

async fn one(State(world): State<Shared>, Path(id): Path<String>) -> Response {
    let found = place(&id).map(|at| row(&world, at));
    found.map_or_else(nothing_there, |row| answer(StatusCode::OK, &row))
}

async fn contents(Path(id): Path<String>) -> Response {
    let Some((at, (name, content_type, _))) = place(&id).and_then(|at| Some((at, *FILES.get(at % FILES.len())?)))
    else {
        return nothing_there();
    };
    let text = format!("{name};{at}\nmade up;nothing is proved\n");
    (
        StatusCode::OK,
        [(header::CONTENT_TYPE, HeaderValue::from_static(content_type))],
        text,
    )
        .into_response()
}

fn place(id: &str) -> Option<usize> {
    (0..COUNT).find(|at| proof_id(*at) == id)
}

fn proof_id(at: usize) -> String {
    format!("0000f11e-{at:04x}-11ee-8a00-0242ac12{at:04x}")
}

fn row(world: &World, at: usize) -> Value {
    let (name, content_type, extension) = FILES.get(at % FILES.len()).copied().unwrap_or_default();
    let (year, month) = (2021 + at / 12, at % 12 + 1);
    let uploaded = format!("{year}-{month:02}-03T08:{at:02}:00.120000Z");
    let person = world.register.named(&format!("@user:{}", at % 11));
    let mut row = json!({
        "id": proof_id(at),
        "orgId": world.register.named("@org"),
        "filename": format!("{name}-{year}-{month:02}.{extension}"),
        "contentType": content_type,
        "fileExtension": extension,
        "size": 40 + at,
        "version": at % 3,
        "source": "localComputer",
        "ownedBy": person,
        "isPrivate": false,
        "uploadedOn": uploaded,
        "status": "active",
        "createdBy": person,
        "createdOn": uploaded,
        "updatedBy": person,
        "updatedOn": uploaded,
    });
    if at.is_multiple_of(3)
        && let (Some(members), Some(control)) = (
            row.as_object_mut(),
            world.register.named(&format!("@control:{}", at / 3)),
        )
    {
        members.insert("ownedByControl".to_owned(), control.into());
    }
    row
}
