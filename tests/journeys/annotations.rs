//! Searching annotations: everybody's without a credential, one's own with one, to the end of the list.

use std::collections::BTreeSet;

use countersign_app::App;
use countersign_app::page::{AnnotationShown, AnnotationsQuery, ConnectionCard, ConnectionState};
use countersign_domain::{ErrorCode, Failure};

use super::browser::Does;
use super::desk::Desk;
use super::services::Services;
use super::study::Study;

fn everything(mine: bool) -> AnnotationsQuery {
    AnnotationsQuery {
        mine,
        words: String::new(),
        uri: String::new(),
        tag: String::new(),
        after: None,
    }
}

/// Every page to the end, and what the service counts.
async fn all(app: &App, card: &ConnectionCard, query: AnnotationsQuery) -> Result<Vec<AnnotationShown>, Failure> {
    let (mut rows, mut query) = (Vec::new(), query);
    for page in 0..20 {
        let found = app.search_annotations(&card.id, &query).await?;
        assert!(found.rows.len() <= 200, "a page");
        rows.extend(found.rows);
        if found.next.is_none() {
            assert_eq!(found.total.filter(|_| page == 0), found.total.filter(|_| page == 0));
            return Ok(rows);
        }
        query.after = found.next;
    }
    panic!("the list does not end")
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_reads_public_annotations_two_hundred_at_a_time() {
    let (desk, services) = (Desk::new(), Services::start().await);
    let app = desk.start();
    let card = app.save_connection(&services.anonymous()).await.unwrap();
    let first = app.search_annotations(&card.id, &everything(false)).await.unwrap();
    let total = usize::try_from(first.total.unwrap()).unwrap();
    assert!(first.rows.len() == 200 && total > 200, "{total} in all");
    let rows = all(&app, &card, everything(false)).await.unwrap();
    let ids: BTreeSet<_> = rows.iter().map(|row| row.id.as_str()).collect();
    assert_eq!(
        (rows.len(), ids.len()),
        (total, total),
        "none is missing and none comes twice"
    );
    assert!(rows.iter().all(|row| row.group.as_deref() == Some("__world__")));
    let updated: Vec<_> = rows.iter().map(|row| row.updated.clone().unwrap()).collect();
    assert!(updated.is_sorted_by(|one, other| one >= other), "newest first");
}

#[tokio::test(flavor = "multi_thread")]
async fn ones_own_annotations_are_those_of_the_tokens_account() {
    let (desk, services) = (Desk::new(), Services::start().await);
    let app = desk.start();
    let card = app.save_connection(&services.personal_token()).await.unwrap();
    let own = all(&app, &card, everything(true)).await.unwrap();
    let name = &services.credentials.hypothesis_username;
    assert!(!own.is_empty());
    for row in &own {
        assert!(
            row.user.as_ref().unwrap().starts_with(&format!("acct:{name}@")),
            "{row:?}"
        );
    }
    let everybody = all(&app, &card, everything(false)).await.unwrap();
    assert!(everybody.len() > own.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dead_token_is_never_answered_with_everybodys() {
    let (desk, services) = (Desk::new(), Services::start().await);
    let app = desk.start();
    let card = app.save_connection(&services.personal_token()).await.unwrap();
    services.sandbox.end_hypothesis_tokens(false);
    let failure = app.search_annotations(&card.id, &everything(true)).await.unwrap_err();
    assert_eq!(failure.code, ErrorCode::CredentialRefused);
    assert_eq!(
        app.connections().remove(0).state,
        ConnectionState::Failing { failure },
        "the card says so too"
    );
    assert_eq!(
        services.asked("GET", "/api/search"),
        0,
        "nothing was searched in nobody's name"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_access_token_that_the_service_ended_is_renewed_before_ones_own_are_listed() {
    let study = Study::new(Does::Allows).await;
    let card = study.signs_in().await.unwrap();
    study.services.sandbox.end_hypothesis_tokens(false);
    all(&study.app, &card, everything(true)).await.unwrap();
    assert_eq!(study.bought(), 2, "the code, then one renewal");
    study.services.sandbox.end_hypothesis_tokens(true);
    let ended = study
        .app
        .search_annotations(&card.id, &everything(true))
        .await
        .unwrap_err();
    assert_eq!(
        ended.code,
        ErrorCode::SignedOut,
        "no secret is to be replaced: {ended:?}"
    );
    let state = study.app.connections().remove(0).state;
    assert_eq!(state, ConnectionState::Failing { failure: ended });
}

#[tokio::test(flavor = "multi_thread")]
async fn filters_narrow_the_list_and_what_cannot_be_asked_is_refused() {
    let (desk, services) = (Desk::new(), Services::start().await);
    let app = desk.start();
    let card = app.save_connection(&services.anonymous()).await.unwrap();
    let rows = app.search_annotations(&card.id, &everything(false)).await.unwrap().rows;
    let tag = rows.iter().find_map(|row| row.tags.first()).unwrap();
    let by_tag = AnnotationsQuery {
        tag: tag.clone(),
        ..everything(false)
    };
    let tagged = all(&app, &card, by_tag).await.unwrap();
    assert!(!tagged.is_empty() && tagged.iter().all(|row| row.tags.contains(tag)));
    let uri = rows.first().and_then(|row| row.uri.clone()).unwrap();
    let by_page = AnnotationsQuery {
        uri: uri.clone(),
        ..everything(false)
    };
    let there = all(&app, &card, by_page).await.unwrap();
    assert!(there.iter().all(|row| row.uri.as_deref() == Some(&*uri)), "{uri}");
    let (app, id) = (&app, card.id.as_str());
    let refused = |query| async move { app.search_annotations(id, &query).await.unwrap_err().code };
    assert_eq!(
        refused(everything(true)).await,
        ErrorCode::KindUnsuited,
        "nobody has none of their own"
    );
    let nowhere = AnnotationsQuery {
        after: Some("yesterday".into()),
        ..everything(false)
    };
    assert_eq!(refused(nowhere).await, ErrorCode::InputInvalid);
    let endless = AnnotationsQuery {
        words: "x".repeat(3_000),
        ..everything(false)
    };
    assert_eq!(refused(endless).await, ErrorCode::InputInvalid);
    let state = app.connections().remove(0).state;
    assert_eq!(
        state,
        ConnectionState::Working,
        "what was typed says nothing of the connection"
    );
}
