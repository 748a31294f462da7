//! Looking up, creating and changing accounts; what is true after no answer.

use std::collections::BTreeMap;

use countersign_app::App;
use countersign_app::page::{AccountCreateRequest, AccountLookUp, AccountUpdateRequest, ConnectionCard, CreateOutcome};
use countersign_domain::{ErrorCode, Field};
use countersign_sandbox::FaultKind;

use super::desk::{Desk, until};
use super::services::Services;

struct Office {
    _desk: Desk,
    services: Services,
    app: App,
    card: ConnectionCard,
}

async fn office() -> Office {
    let (desk, services) = (Desk::new(), Services::start().await);
    let app = desk.start();
    let card = app.save_connection(&services.hypothesis()).await.unwrap();
    Office {
        _desk: desk,
        services,
        app,
        card,
    }
}

fn new_account(username: &str) -> AccountCreateRequest {
    let email = format!("{}@practice.example", username.replace('.', ""));
    AccountCreateRequest {
        username: username.into(),
        email,
        display_name: String::new(),
    }
}

impl Office {
    async fn create(&self, username: &str) -> CreateOutcome {
        self.app
            .create_account(&self.card.id, &new_account(username))
            .await
            .unwrap()
    }

    fn writes(&self) -> usize {
        // The proof of the connection is a POST as well.
        self.services.asked("POST", "/api/users") - 1
    }
}

fn refused(outcome: CreateOutcome) -> Vec<(ErrorCode, Option<Field>)> {
    let CreateOutcome::Refused { failures } = outcome else {
        panic!("refused, not {outcome:?}")
    };
    failures.iter().map(|failure| (failure.code, failure.field)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_is_created_found_edited_and_remembered() {
    let office = office().await;
    let (app, id) = (&office.app, office.card.id.as_str());
    let CreateOutcome::Done { account } = office.create("jbloggs1").await else {
        panic!("it is created")
    };
    assert_eq!(
        account.userid,
        format!("acct:jbloggs1@{}", office.services.credentials.authority)
    );
    let AccountLookUp::Found { account } = app.look_up_account(id, "J.Bloggs1").await.unwrap() else {
        panic!("case and periods do not matter")
    };
    assert_eq!(account.username, "jbloggs1");
    let change = AccountUpdateRequest {
        userid: account.userid.clone(),
        email: None,
        display_name: Some("Joe Bloggs".into()),
    };
    let CreateOutcome::Done { account } = app.update_account(id, &change).await.unwrap() else {
        panic!("changed")
    };
    assert_eq!(account.display_name.as_deref(), Some("Joe Bloggs"));
    let known = app.known_accounts(id, "bloggs").await.unwrap();
    assert_eq!(
        (known.matched, known.rows[0].display_name.as_deref()),
        (1, Some("Joe Bloggs"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_server_would_refuse_is_not_sent() {
    let office = office().await;
    let bad = AccountCreateRequest {
        username: "joe-bloggs".into(),
        email: "none".into(),
        display_name: "x".repeat(31),
    };
    let outcome = office.app.create_account(&office.card.id, &bad).await.unwrap();
    let fields: Vec<_> = refused(outcome).into_iter().filter_map(|(_, field)| field).collect();
    assert_eq!(fields, [Field::Username, Field::Email, Field::DisplayName]);
    assert_eq!(office.writes(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_taken_name_is_said_beside_the_username() {
    let office = office().await;
    office.create("jbloggs1").await;
    let again = AccountCreateRequest {
        email: "other@practice.example".into(),
        ..new_account("J.Bloggs1")
    };
    let outcome = office.app.create_account(&office.card.id, &again).await.unwrap();
    assert_eq!(refused(outcome), [(ErrorCode::AlreadyExists, Some(Field::Username))]);
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_dropped_answer_the_truth_is_read_back_and_nothing_is_sent_twice() {
    let office = office().await;
    office.services.provoke("POST", "/api/users", FaultKind::DropAfterWrite);
    let outcome = office.create("jbloggs1").await;
    assert!(
        matches!(&outcome, CreateOutcome::DoneReadBack { account } if account.username == "jbloggs1"),
        "{outcome:?}"
    );
    office.services.provoke("POST", "/api/users", FaultKind::DropBefore);
    let outcome = office.create("jbloggs2").await;
    assert!(matches!(outcome, CreateOutcome::NotDone { .. }), "{outcome:?}");
    assert_eq!(office.writes(), 2, "one request a create");
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_server_error_another_persons_account_is_not_taken_for_ours() {
    let office = office().await;
    office.create("jbloggs1").await;
    let fault = FaultKind::Status {
        status: 500,
        body: "<html>oops</html>".into(),
        content_type: "text/html".into(),
        headers: BTreeMap::default(),
    };
    office.services.provoke("POST", "/api/users", fault);
    let other = AccountCreateRequest {
        email: "somebody.else@practice.example".into(),
        ..new_account("jbloggs1")
    };
    let outcome = office.app.create_account(&office.card.id, &other).await.unwrap();
    assert!(matches!(outcome, CreateOutcome::Differs { .. }), "{outcome:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn when_nothing_is_answered_the_outcome_is_unknown() {
    let office = office().await;
    office.services.provoke("POST", "/api/users", FaultKind::DropAfterWrite);
    office.services.provoke_all("GET", "/api/users", &FaultKind::DropBefore);
    let CreateOutcome::Unknown { failure } = office.create("jbloggs1").await else {
        panic!("unknown")
    };
    office.services.sandbox.calm();
    assert_eq!(failure.code, ErrorCode::OutcomeUnknown);
    let AccountLookUp::Found { .. } = office.app.look_up_account(&office.card.id, "jbloggs1").await.unwrap() else {
        panic!("reading back later settles it")
    };
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_stop_an_account_that_is_not_there_may_still_come() {
    let office = office().await;
    office.services.provoke("POST", "/api/users", FaultKind::Hang);
    let (app, id) = (office.app.clone(), office.card.id.clone());
    let creating = tokio::spawn(async move { app.create_account(&id, &new_account("jbloggs1")).await });
    until("the create is on its way", || office.writes() == 1).await;
    assert!(office.app.cancel_operation(&format!("account:{}", office.card.id)));
    let outcome = creating.await.unwrap().unwrap();
    assert!(
        matches!(&outcome, CreateOutcome::Unknown { failure } if failure.code == ErrorCode::OutcomeUnknown),
        "{outcome:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_create_that_the_server_gave_up_is_not_done() {
    let office = office().await;
    for status in [500, 502, 503] {
        office
            .services
            .provoke("POST", "/api/users", FaultKind::html_error(status));
        let outcome = office.create("jbloggs1").await;
        assert!(
            matches!(outcome, CreateOutcome::NotDone { .. }),
            "{status}: {outcome:?}"
        );
    }
    office
        .services
        .provoke("POST", "/api/users", FaultKind::html_error(504));
    let outcome = office.create("jbloggs1").await;
    assert!(
        matches!(outcome, CreateOutcome::Unknown { .. }),
        "what stands before the server gave up, not the server: {outcome:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_that_is_not_there_is_said_so() {
    let office = office().await;
    let found = office
        .app
        .look_up_account(&office.card.id, "nobody.here")
        .await
        .unwrap();
    assert!(matches!(found, AccountLookUp::NotFound { .. }), "{found:?}");
    let failure = office
        .app
        .look_up_account(&office.card.id, "acct:a@other.example")
        .await
        .unwrap_err();
    assert_eq!(
        (failure.code, failure.field),
        (ErrorCode::InputInvalid, Some(Field::Username))
    );
}
