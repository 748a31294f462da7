//! Owns the control listener of a sandbox in another process: its ledger, clock and faults. Must not serve a service.
//!
//! `GET /requests`, `GET|POST|DELETE /faults`, `GET|POST /clock` with `{"now": ISO}` or `{"advance_seconds": n}`,
//! `POST /controls` with `{"id": ID, "set": {…}}` (somebody worked on a control), `POST /secrets` with
//! `{"service": "hyperproof" | "hypothesis", "secret": TEXT}` (a rotation), `POST /tokens/end` with
//! `{"service": …, "refresh_tokens": BOOL}`, `POST /reset`.

use std::sync::{Arc, PoisonError};
use std::time::Duration;

use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json, Router};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::fault::Fault;
use super::ledger::RequestEntry;
use crate::clock::ClockStart;
use crate::world::World;

type Shared = State<Arc<World>>;

pub(crate) fn control(world: &Arc<World>) -> Router {
    Router::new()
        .route("/requests", get(requests))
        .route("/faults", post(add_fault).delete(clear_faults))
        .route("/clock", get(clock).post(set_clock))
        .route("/controls", post(change_control))
        .route("/secrets", post(rotate))
        .route("/tokens/end", post(end_tokens))
        .route("/reset", post(reset))
        .with_state(Arc::clone(world))
}

async fn requests(State(world): Shared) -> Json<Vec<RequestEntry>> {
    Json(world.provocation.requests())
}

async fn add_fault(State(world): Shared, Json(fault): Json<Fault>) -> StatusCode {
    world.provocation.add(fault);
    StatusCode::NO_CONTENT
}

async fn clear_faults(State(world): Shared) -> StatusCode {
    world.provocation.clear_faults();
    StatusCode::NO_CONTENT
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum ClockChange {
    Now(Timestamp),
    AdvanceSeconds(u64),
}

async fn clock(State(world): Shared) -> Json<Value> {
    Json(json!({"now": world.clock.now()}))
}

async fn set_clock(State(world): Shared, Json(change): Json<ClockChange>) -> Json<Value> {
    match change {
        ClockChange::Now(instant) => world.clock.set(ClockStart::At(instant)),
        ClockChange::AdvanceSeconds(seconds) => world.clock.advance(Duration::from_secs(seconds)),
    }
    clock(State(world)).await
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ControlChange {
    id: String,
    set: Map<String, Value>,
}

async fn change_control(State(world): Shared, Json(change): Json<ControlChange>) -> StatusCode {
    world.register.change(&change.id, change.set);
    StatusCode::NO_CONTENT
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Service {
    Hyperproof,
    Hypothesis,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rotation {
    service: Service,
    secret: String,
}

async fn rotate(State(world): Shared, Json(rotation): Json<Rotation>) -> StatusCode {
    let secret = &rotation.secret;
    match rotation.service {
        Service::Hyperproof => world
            .hyperproof
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .rotate(secret),
        Service::Hypothesis => world
            .hypothesis
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .rotate(secret),
    }
    StatusCode::NO_CONTENT
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct End {
    service: Service,
    #[serde(default)]
    refresh_tokens: bool,
}

async fn end_tokens(State(world): Shared, Json(end): Json<End>) -> StatusCode {
    match end.service {
        Service::Hyperproof => world
            .hyperproof
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .end_tokens(end.refresh_tokens),
        Service::Hypothesis => world
            .hypothesis
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .end_tokens(end.refresh_tokens),
    }
    StatusCode::NO_CONTENT
}

async fn reset(State(world): Shared) -> StatusCode {
    world.reset();
    StatusCode::NO_CONTENT
}
