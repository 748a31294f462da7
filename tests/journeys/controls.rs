//! Syncing and reading controls.

use std::collections::BTreeMap;
use std::sync::Arc;

use countersign_app::page::{ControlsFilter, ControlsQuery, FacetField, PermissionState};
use countersign_domain::{ConnectionKind, ErrorCode};
use countersign_sandbox::FaultKind;

use super::desk::{Desk, query, synced, until};
use super::services::{Services, draft};

const CONTROLS: &str = "/hyperproof/v1/controls";

#[tokio::test(flavor = "multi_thread")]
async fn what_was_synced_is_listed_searched_filtered_and_opened() {
    let (desk, services) = (Desk::new(), Services::start().await);
    let app = desk.start();
    let card = app.save_connection(&services.hyperproof()).await.unwrap();
    assert_eq!(
        app.controls_window(&card.id, query("")).await.unwrap().snapshot,
        None,
        "nothing before the first sync"
    );
    assert_eq!(synced(&app, &card).await.unwrap(), 370);
    let again = app.sync_controls(&card.id, Arc::new(|_| {})).await.unwrap();
    assert_eq!(
        (again.snapshot.number, again.snapshot.changed),
        (2, 0),
        "nothing changed in between"
    );
    let permissions = &app.connections()[0].permissions;
    let controls = permissions.iter().find(|permission| permission.name == "controls");
    assert_eq!(
        controls.unwrap().state,
        PermissionState::Allowed,
        "what was done is known to be allowed"
    );
    let all = app.controls_window(&card.id, query("")).await.unwrap();
    assert_eq!((all.rows.len(), all.total, all.matched), (200, 370, 370));
    let word = all.rows.iter().find_map(|row| row.name.clone()).unwrap();
    let found = app.controls_window(&card.id, query(&word)).await.unwrap();
    assert!(
        found.matched >= 1 && found.matched < 370,
        "{word} matches some, not all"
    );
    let facets = app.controls_facets(&card.id, query("")).await.unwrap();
    let health = facets.iter().find(|facet| facet.field == FacetField::Health).unwrap();
    assert_eq!(
        health.values.iter().map(|value| value.count).sum::<u32>(),
        370,
        "every row is counted once"
    );
    let chosen = &health.values[0];
    let filter = ControlsFilter {
        field: FacetField::Health,
        values: vec![chosen.value.clone()],
    };
    let filtered = ControlsQuery {
        filters: vec![filter],
        ..query("")
    };
    assert_eq!(
        app.controls_window(&card.id, filtered).await.unwrap().matched,
        chosen.count
    );
    let detail = app.control_detail(&card.id, &all.rows[0].id).await.unwrap();
    assert!(
        detail.fields.iter().any(|field| field.path == "id"),
        "everything the server sent"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broken_answer_leaves_the_register_as_it_was() {
    let (desk, services) = (Desk::new(), Services::start().await);
    let app = desk.start();
    let card = app.save_connection(&services.hyperproof()).await.unwrap();
    synced(&app, &card).await.unwrap();
    let broken = FaultKind::Status {
        status: 200,
        body: "{\"a\": 1}".into(),
        content_type: "application/json".into(),
        headers: BTreeMap::default(),
    };
    for (kind, codes) in [
        (
            FaultKind::CutBody,
            vec![ErrorCode::AnswerUnreadable, ErrorCode::Unreachable],
        ),
        (FaultKind::Html, vec![ErrorCode::AnswerUnreadable]),
        (broken, vec![ErrorCode::AnswerUnreadable]),
        (
            FaultKind::Redirect {
                to: "https://evil.example/".into(),
            },
            vec![ErrorCode::Redirected],
        ),
    ] {
        services.provoke("GET", CONTROLS, kind.clone());
        let failure = synced(&app, &card).await.unwrap_err();
        assert!(codes.contains(&failure.code), "{kind:?} gave {failure}");
        let window = app.controls_window(&card.id, query("")).await.unwrap();
        assert_eq!(
            (window.total, window.snapshot.unwrap().number),
            (370, 1),
            "after {kind:?}"
        );
    }
    assert_eq!(
        synced(&app, &card).await.unwrap(),
        370,
        "and the next sync is good again"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stopped_sync_leaves_the_register_as_it_was() {
    let (desk, services) = (Desk::new(), Services::start().await);
    let app = desk.start();
    let card = app.save_connection(&services.hyperproof()).await.unwrap();
    synced(&app, &card).await.unwrap();
    services.provoke("GET", CONTROLS, FaultKind::Hang);
    let running = tokio::spawn({
        let (app, card) = (app.clone(), card.clone());
        async move { app.sync_controls(&card.id, Arc::new(|_| {})).await }
    });
    until("the request is under way", || services.asked("GET", CONTROLS) == 2).await;
    assert!(app.cancel_operation(&format!("sync:{}", card.id)));
    assert_eq!(running.await.unwrap().unwrap_err().code, ErrorCode::Cancelled);
    assert_eq!(
        app.controls_window(&card.id, query(""))
            .await
            .unwrap()
            .snapshot
            .unwrap()
            .number,
        1
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sync_begun_again_takes_the_place_of_the_one_before() {
    let (desk, services) = (Desk::new(), Services::start().await);
    let app = desk.start();
    let card = app.save_connection(&services.hyperproof()).await.unwrap();
    services.provoke("GET", CONTROLS, FaultKind::Hang);
    let before = tokio::spawn({
        let (app, card) = (app.clone(), card.clone());
        async move { synced(&app, &card).await }
    });
    until("the first is under way", || services.asked("GET", CONTROLS) == 1).await;
    assert_eq!(synced(&app, &card).await.unwrap(), 370);
    assert_eq!(before.await.unwrap().unwrap_err().code, ErrorCode::Cancelled);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_during_a_sync_is_said_on_the_card() {
    let (desk, services) = (Desk::new(), Services::start().await);
    let app = desk.start();
    let card = app.save_connection(&services.hyperproof()).await.unwrap();
    let forbidden = FaultKind::Status {
        status: 403,
        body: "{\"statusCode\":403,\"message\":\"bandwidth quota exceeded, try again in 90 seconds\"}".into(),
        content_type: "application/json".into(),
        headers: BTreeMap::default(),
    };
    services.provoke("GET", CONTROLS, forbidden);
    let failure = synced(&app, &card).await.unwrap_err();
    assert_eq!(
        (failure.code, failure.wait_seconds),
        (ErrorCode::QuotaExceeded, Some(90)),
        "a wait, not a refusal"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_window_larger_than_a_screen_asks_for_is_refused() {
    let desk = Desk::new();
    let app = desk.start();
    let card = app.save_connection(&draft(ConnectionKind::Practice)).await.unwrap();
    for query in [
        ControlsQuery {
            limit: 201,
            ..query("")
        },
        ControlsQuery { limit: 0, ..query("") },
    ] {
        assert_eq!(
            app.controls_window(&card.id, query).await.unwrap_err().code,
            ErrorCode::InputInvalid
        );
    }
    let long = query(&"x".repeat(10_000_000));
    assert_eq!(
        app.controls_window(&card.id, long).await.unwrap_err().code,
        ErrorCode::InputInvalid
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_personal_token_reads_no_controls() {
    let (desk, services) = (Desk::new(), Services::start().await);
    let app = desk.start();
    let card = app.save_connection(&services.personal_token()).await.unwrap();
    assert_eq!(synced(&app, &card).await.unwrap_err().code, ErrorCode::KindUnsuited);
}
