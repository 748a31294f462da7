//! Fifty callers at once over an access token that has ended: one token request for all of them, whatever buys it.
//!
//! A use-case that begins stops an earlier one of the same name on the same connection, so fifty calls of `App` are never
//! fifty that all go on: the mix here is what one connection can do at once (a test, a walk of the doctor, a request by
//! hand, and a sync or a search), again and again. The four that nobody stops are answered, the others are told that they
//! were stopped, and all of it costs one token. That fifty who all go on cost one as well is shown below `App`, in the
//! gateway's and the services' own tests.

use std::pin::Pin;
use std::sync::Arc;

use countersign_app::App;
use countersign_app::page::{AnnotationsQuery, ConnectionCard, ConnectionState, DoctorState};
use countersign_domain::{ConnectionKind, ErrorCode, Failure};
use countersign_sandbox::FaultKind;
use tokio::sync::Barrier;

use super::{BUYING, asks, each, token_endpoint};
use crate::browser::Does;
use crate::desk::{synced, until};
use crate::study::{HOUR, Study};

const CALLERS: usize = 50;

/// Long enough that all of them come while the token is being bought.
const SLOW: FaultKind = FaultKind::Latency { milliseconds: 1_000 };

type Call = Pin<Box<dyn Future<Output = Result<(), Failure>> + Send>>;

/// How the calls of one use-case ended.
type Outcomes = Vec<Result<(), Failure>>;

/// What a connection can do at once, each with a name that no other has.
const AT_ONCE: [fn(&App, &ConnectionCard) -> Call; 4] = [test, walk, request, read];

fn test(app: &App, card: &ConnectionCard) -> Call {
    let (app, id) = (app.clone(), card.id.clone());
    Box::pin(async move {
        let card = app.test_connection(&id).await?;
        assert_eq!(
            card.state,
            ConnectionState::Working,
            "a test that was stopped says nothing"
        );
        Ok(())
    })
}

fn walk(app: &App, card: &ConnectionCard) -> Call {
    let (app, id) = (app.clone(), card.id.clone());
    Box::pin(async move {
        let report = app.run_doctor(&id, Arc::new(|_| {})).await?;
        let mut layers = report.findings.iter();
        assert!(
            layers.all(|found| found.state != DoctorState::Failed),
            "{}",
            report.text
        );
        Ok(())
    })
}

fn request(app: &App, card: &ConnectionCard) -> Call {
    let (app, card) = (app.clone(), card.clone());
    Box::pin(async move {
        assert_eq!(asks(&app, &card).await?.status, 200);
        Ok(())
    })
}

/// A sync, or a search where there is no register.
fn read(app: &App, card: &ConnectionCard) -> Call {
    let (app, card) = (app.clone(), card.clone());
    Box::pin(async move {
        if card.reads_controls {
            assert_eq!(synced(&app, &card).await?, 370);
            return Ok(());
        }
        let query = AnnotationsQuery {
            mine: true,
            words: String::new(),
            uri: String::new(),
            tag: String::new(),
            after: None,
        };
        app.search_annotations(&card.id, &query).await.map(|_| ())
    })
}

impl Study {
    /// A connection of `kind` whose access token has ended, and whose next one takes its time.
    async fn about_to_buy(kind: ConnectionKind) -> (Self, ConnectionCard) {
        let study = Self::new(Does::Allows).await;
        let card = study.saved(kind).await;
        // Fifty would otherwise wait for the pace of Hypothesis, one after the other.
        study.app.set_rate(&card.id, Some(100.0), Some(1_000)).unwrap();
        study.later(HOUR * 2);
        study.services.provoke("POST", token_endpoint(kind), SLOW);
        (study, card)
    }

    /// How all of them ended, by use-case. None begins before the last of them is ready to.
    async fn crowd(&self, card: &ConnectionCard) -> [Outcomes; 4] {
        let together = Arc::new(Barrier::new(CALLERS));
        let calls = AT_ONCE.iter().enumerate().cycle().take(CALLERS);
        let called: Vec<_> = calls
            .map(|(use_case, begin)| {
                let (call, together) = (begin(&self.app, card), Arc::clone(&together));
                let called = tokio::spawn(async move {
                    together.wait().await;
                    call.await
                });
                (use_case, called)
            })
            .collect();
        let mut ended = [const { Outcomes::new() }; 4];
        for (use_case, called) in called {
            ended[use_case].push(called.await.unwrap());
        }
        ended
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_callers_during_a_renewal_cost_one_token_request_whatever_the_kind() {
    each(&BUYING, |kind| async move {
        let (study, card) = Study::about_to_buy(kind).await;
        let before = study.purchases(kind);
        for outcomes in study.crowd(&card).await {
            let stopped =
                |outcome: &Result<(), Failure>| matches!(outcome, Err(failure) if failure.code == ErrorCode::Cancelled);
            assert!(
                outcomes.iter().all(|outcome| outcome.is_ok() || stopped(outcome)),
                "nothing but a later one of its name stops a call: {outcomes:?}"
            );
            assert!(
                outcomes.iter().any(Result::is_ok),
                "the last of each name is answered: {outcomes:?}"
            );
        }
        assert_eq!(study.purchases(kind), before + 1, "one token request for all fifty");
        assert_eq!(study.tested(&card).await.state, ConnectionState::Working);
        assert_eq!(study.purchases(kind), before + 1, "and the token is kept for the next");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn all_that_a_connection_can_do_at_once_is_answered_with_one_token() {
    each(&BUYING, |kind| async move {
        let (study, card) = Study::about_to_buy(kind).await;
        let before = study.purchases(kind);
        let calls = AT_ONCE.map(|begin| tokio::spawn(begin(&study.app, &card)));
        for call in calls {
            assert_eq!(call.await.unwrap(), Ok(()));
        }
        assert_eq!(study.purchases(kind), before + 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_asked_first_and_is_stopped_leaves_the_token_to_the_others() {
    each(&BUYING, |kind| async move {
        let (study, card) = Study::about_to_buy(kind).await;
        let before = study.purchases(kind);
        let first = tokio::spawn(test(&study.app, &card));
        until("the token is asked for", || study.purchases(kind) > before).await;
        let other = tokio::spawn(request(&study.app, &card));
        assert!(study.app.cancel_operation(&format!("test:{}", card.id)));
        first.await.unwrap().unwrap();
        other.await.unwrap().unwrap();
        assert_eq!(
            study.purchases(kind),
            before + 1,
            "what the first began serves the other"
        );
    })
    .await;
}
