//! Owns the smaller resources of the API: which there are, how each is asked for, and their rows from
//! `resources.json` (hyperproof-api section 4). Must not change a row.

use std::collections::HashMap;
use std::sync::LazyLock;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{MethodRouter, get, put};
use serde_json::{Map, Value, json};
use url::form_urlencoded;

use super::{Shared, answer, failure, list, nothing_there};
use crate::world::World;

/// Rows by resource. `@control:N`, `@orguser:N`, `@user:N` and `@org` stand for ids of the register.
static ROWS: LazyLock<HashMap<String, Vec<Value>>> =
    LazyLock::new(|| serde_json::from_str(include_str!("resources.json")).unwrap_or_default());

/// What of a resource can be asked for.
struct Resource {
    name: &'static str,
    /// Parameters of the list, each with the field that it must equal; `None` for a resource without a list.
    list: Option<&'static [(&'static str, &'static str)]>,
    one: bool,
    summaries: bool,
    /// Members of the body of `PUT /filter`, each with the field that it lists values for.
    filter: Option<&'static [(&'static str, &'static str)]>,
    /// Names under one row.
    parts: &'static [&'static str],
}

/// A resource that is only a list.
const fn listed(name: &'static str) -> Resource {
    Resource {
        name,
        list: Some(&[]),
        one: false,
        summaries: false,
        filter: None,
        parts: &[],
    }
}

/// A resource that is a list of things that can be asked for.
const fn readable(name: &'static str) -> Resource {
    Resource {
        one: true,
        ..listed(name)
    }
}

const RESOURCES: &[Resource] = &[
    Resource {
        summaries: true,
        ..readable("labels")
    },
    Resource {
        list: None,
        filter: Some(&[
            ("taskIds", "id"),
            ("targetObjectIds", "targetId"),
            ("assigneeIds", "assigneeId"),
        ]),
        parts: &["proof", "comments"],
        ..readable("tasks")
    },
    listed("taskstatuses"),
    Resource {
        list: Some(&[("riskRegisterId", "riskRegisterId")]),
        filter: Some(&[("riskIds", "id"), ("riskStage", "riskStage")]),
        ..readable("risks")
    },
    Resource {
        list: None,
        filter: Some(&[
            ("issueIds", "id"),
            ("assigneeIds", "assigneeId"),
            ("workItemStatus", "workItemStatus"),
        ]),
        ..listed("issues")
    },
    readable("programs"),
    Resource {
        list: Some(&[("objectType", "availableOn")]),
        ..listed("customfields")
    },
    readable("scopes"),
    readable("groups"),
    listed("roles"),
    Resource {
        filter: Some(&[("vendorIds", "id")]),
        ..listed("vendors")
    },
    listed("policies"),
    Resource {
        list: Some(&[("policyId", "policyId")]),
        ..listed("policyversions")
    },
    listed("questionnaires"),
    Resource {
        list: Some(&[("objectType", "objectType"), ("objectId", "objectId")]),
        ..listed("externalcontacts")
    },
    Resource {
        parts: &["events", "stats"],
        ..readable("customapps")
    },
];

pub(super) fn routes() -> Router<Shared> {
    RESOURCES
        .iter()
        .flat_map(Resource::routes)
        .fold(Router::new(), |router, (path, method)| router.route(&path, method))
}

impl Resource {
    fn routes(&'static self) -> Vec<(String, MethodRouter<Shared>)> {
        let name = self.name;
        let mut routes = Vec::new();
        if let Some(parameters) = self.list {
            let all = async move |State(world): State<Shared>, RawQuery(query): RawQuery| {
                list(self.listed(&world, parameters, &query.unwrap_or_default()))
            };
            routes.push((format!("/{name}"), get(all)));
        }
        if self.summaries {
            let all = async move |State(world): State<Shared>, RawQuery(query): RawQuery| {
                let rows = self.listed(&world, &[], &query.unwrap_or_default());
                list(rows.iter().map(summary).collect())
            };
            routes.push((format!("/{name}/summaries"), get(all)));
        }
        if let Some(members) = self.filter {
            let filter = async move |State(world): State<Shared>, body: Bytes| self.filtered(&world, members, &body);
            routes.push((format!("/{name}/filter"), put(filter)));
        }
        if self.one {
            let one = async move |State(world): State<Shared>, Path(id): Path<String>| self.one(&world, &id);
            routes.push((format!("/{name}/{{id}}"), get(one)));
        }
        for part in self.parts {
            let of_one = async move |State(world): State<Shared>, Path(id): Path<String>| self.part(&world, &id, part);
            routes.push((format!("/{name}/{{id}}/{part}"), get(of_one)));
        }
        routes
    }

    fn listed(&self, world: &World, parameters: &[(&str, &str)], query: &str) -> Vec<Value> {
        let given = |name: &str| {
            let mut pairs = form_urlencoded::parse(query.as_bytes());
            pairs.find_map(|(key, value)| (key == name && !value.is_empty()).then(|| value.into_owned()))
        };
        let statuses = given("status").unwrap_or_else(|| "active".to_owned());
        let mut rows = rows(world, self.name);
        rows.retain(|row| has_status(row, &statuses));
        for (parameter, field) in parameters {
            if let Some(wanted) = given(parameter) {
                rows.retain(|row| holds(row.get(*field), &wanted));
            }
        }
        rows
    }

    /// A query by body: it writes nothing (hyperproof-api 2.2).
    fn filtered(&self, world: &World, members: &[(&str, &str)], body: &[u8]) -> Response {
        let Some(asked) = filter_body(body) else {
            return not_an_object();
        };
        let mut rows = rows(world, self.name);
        for (member, field) in members {
            let wanted = asked.get(*member).and_then(Value::as_array);
            let wanted = wanted.filter(|wanted| !wanted.is_empty());
            if let Some(wanted) = wanted {
                let texts: Vec<&str> = wanted.iter().filter_map(Value::as_str).collect();
                rows.retain(|row| texts.iter().any(|text| holds(row.get(*field), text)));
            }
        }
        list(rows)
    }

    fn one(&self, world: &World, id: &str) -> Response {
        let found = rows(world, self.name).into_iter().find(|row| holds(row.get("id"), id));
        found.map_or_else(nothing_there, |row| answer(StatusCode::OK, &row))
    }

    fn part(&self, world: &World, id: &str, part: &str) -> Response {
        if !rows(world, self.name).iter().any(|row| holds(row.get("id"), id)) {
            return nothing_there();
        }
        let mut found = rows(world, &format!("{}/{part}", self.name));
        found.retain(|row| holds(row.get("objectId"), id));
        if part == "stats" {
            return answer(StatusCode::OK, &json!({"runs": 14, "failures": 0, "lastRunOn": null}));
        }
        list(found)
    }
}

/// The members of the body of `PUT /filter`; `None` when it is no JSON object.
pub(super) fn filter_body(body: &[u8]) -> Option<Map<String, Value>> {
    serde_json::from_slice(body).ok()
}

pub(super) fn not_an_object() -> Response {
    failure(StatusCode::BAD_REQUEST, "The body must be a JSON object.")
}

/// The light form of a row. Its shape was not found (hyperproof-api section 10): a few fields of the row itself.
pub(super) fn summary(row: &Value) -> Value {
    let fields = ["id", "controlIdentifier", "name", "status"];
    let known = fields
        .iter()
        .filter_map(|field| Some(((*field).to_owned(), row.get(*field)?.clone())));
    Value::Object(known.collect())
}

/// Whether the row's status is one of `statuses`, separated by commas; rows without one have every status.
fn has_status(row: &Value, statuses: &str) -> bool {
    let status = row.get("status").and_then(Value::as_str);
    status.is_none_or(|status| statuses.split(',').any(|wanted| wanted.trim() == status))
}

/// Whether a field is that text, or a list with it.
fn holds(field: Option<&Value>, text: &str) -> bool {
    match field {
        Some(Value::String(value)) => value == text,
        Some(Value::Array(values)) => values.iter().any(|value| value.as_str() == Some(text)),
        Some(Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_)) | None => false,
    }
}

fn rows(world: &World, name: &str) -> Vec<Value> {
    let rows = ROWS.get(name).map(Vec::as_slice).unwrap_or_default();
    rows.iter().map(|row| resolved(world, row)).collect()
}

/// The row with ids in place of the marks.
fn resolved(world: &World, value: &Value) -> Value {
    match value {
        Value::String(text) => world.register.named(text).map_or_else(|| value.clone(), Value::String),
        Value::Array(items) => items.iter().map(|item| resolved(world, item)).collect(),
        Value::Object(members) => {
            let members = members
                .iter()
                .map(|(name, value)| (name.clone(), resolved(world, value)));
            Value::Object(members.collect())
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => value.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_resource_has_rows_and_every_row_an_id() {
        for resource in RESOURCES {
            let rows = ROWS.get(resource.name).unwrap();
            assert!(
                !rows.is_empty() && rows.iter().all(|row| row["id"].is_string()),
                "{}",
                resource.name
            );
        }
    }
}
