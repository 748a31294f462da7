//! The ledger: accounts seen and calls made.

use std::path::PathBuf;
use std::time::Duration;

use countersign_domain::{Account, Authority, ConnectionId, CorrelationId, ErrorCode, Userid};
use countersign_register::{CallEntry, Ledger, MOST_CALLS_KEPT, RegisterError};

use crate::{Place, key, second};

fn ledger(place: &Place) -> Ledger {
    let path: PathBuf = place.file().with_file_name("ledger.db");
    Ledger::open(&path, &key(7)).unwrap()
}

fn account(username: &str, display_name: Option<&str>) -> Account {
    Account {
        userid: Userid::new(username, &Authority::parse("example.com").unwrap()),
        username: username.to_owned(),
        authority: "example.com".to_owned(),
        email: Some(format!("{username}@mail.example")),
        display_name: display_name.map(str::to_owned),
    }
}

fn call(connection: &ConnectionId, at: i64, outcome: Result<u16, ErrorCode>) -> CallEntry {
    CallEntry {
        connection: connection.clone(),
        correlation: CorrelationId::random(),
        at: second(at),
        method: "GET".to_owned(),
        path: format!("/v1/controls/{at}"),
        outcome,
        duration: Duration::from_micros(1_234_567),
        bytes: 42,
        attempt: 2,
    }
}

fn usernames(ledger: &Ledger, search: &str) -> Vec<String> {
    let found = ledger.accounts(search, 200).unwrap();
    assert_eq!(found.matched as usize, found.rows.len(), "{search}");
    found.rows.into_iter().map(|row| row.username).collect()
}

#[test]
fn accounts_are_found_by_any_of_their_names_best_match_first() {
    let place = Place::new();
    let ledger = ledger(&place);
    assert_eq!(ledger.accounts("", 200).unwrap().total, 0);
    for (username, display_name) in [
        ("jbloggs10", Some("Joe")),
        ("J.Bloggs1", Some("Jürgen Błoggs")),
        ("jbloggs2", None),
        ("xjbloggs1", Some("")),
        ("unrelated", Some("100%_sure")),
    ] {
        ledger
            .record_account(&account(username, display_name), second(1))
            .unwrap();
    }
    assert_eq!(
        usernames(&ledger, ""),
        ["J.Bloggs1", "jbloggs2", "jbloggs10", "unrelated", "xjbloggs1"]
    );
    assert_eq!(usernames(&ledger, "jbloggs1"), ["J.Bloggs1", "jbloggs10", "xjbloggs1"]);
    assert_eq!(
        usernames(&ledger, "JB.LOGGS1"),
        ["J.Bloggs1", "jbloggs10", "xjbloggs1"],
        "periods do not count"
    );
    assert_eq!(usernames(&ledger, "acct:J.Bloggs1@EXAMPLE.com"), ["J.Bloggs1"]);
    assert_eq!(usernames(&ledger, "jurgen bloggs"), ["J.Bloggs1"]);
    assert_eq!(usernames(&ledger, "jbloggs2@mail"), ["jbloggs2"]);
    assert_eq!(
        usernames(&ledger, "%_"),
        ["unrelated"],
        "no character has a special meaning"
    );
    assert_eq!(usernames(&ledger, "' OR 1=1 --"), Vec::<String>::new());
    let few = ledger.accounts("bloggs", 2).unwrap();
    assert_eq!((few.rows.len(), few.matched, few.total), (2, 4, 5));
    assert!(matches!(ledger.accounts("", 0), Err(RegisterError::Question(_))));
    assert!(matches!(
        ledger.accounts(&"a".repeat(201), 10),
        Err(RegisterError::Question(_))
    ));
}

#[test]
fn the_last_answer_about_an_account_is_the_one_kept() {
    let place = Place::new();
    let first = ledger(&place);
    first
        .record_account(&account("jane", Some("Before")), second(1))
        .unwrap();
    let now = Account {
        email: None,
        ..account("jane", Some(""))
    };
    first.record_account(&now, second(2)).unwrap();
    drop(first);
    let ledger = ledger(&place);
    let known = ledger.account(&now.userid).unwrap().unwrap();
    assert_eq!(
        (known.email, known.display_name.as_deref(), known.read),
        (None, Some(""), second(2))
    );
    assert_eq!(usernames(&ledger, "before"), Vec::<String>::new());
    assert_eq!(ledger.accounts("", 10).unwrap().total, 1);
    ledger.forget_account(&now.userid).unwrap();
    ledger.forget_account(&now.userid).unwrap();
    assert_eq!(ledger.account(&now.userid).unwrap(), None);
}

#[test]
fn calls_come_back_as_they_were_newest_first() {
    let place = Place::new();
    let ledger = ledger(&place);
    let (one, other) = (ConnectionId::random(), ConnectionId::random());
    let calls = [
        call(&one, 1, Ok(200)),
        call(&one, 2, Ok(403)),
        call(&other, 3, Err(ErrorCode::TimedOut)),
        call(&one, 4, Ok(204)),
        call(&one, 5, Err(ErrorCode::Cancelled)),
    ];
    ledger.record_calls(&calls).unwrap();
    ledger.record_calls(&[]).unwrap();
    let mut newest_first = calls.to_vec();
    newest_first.reverse();
    assert_eq!(ledger.recent_calls(None, 200).unwrap(), newest_first);
    let of_one = ledger.recent_calls(Some(&one), 2).unwrap();
    assert_eq!(of_one, [calls[4].clone(), calls[3].clone()]);
    assert_eq!(
        ledger.last_refusal(Some(&one)).unwrap(),
        Some(calls[1].clone()),
        "what a person stopped is none"
    );
    assert_eq!(ledger.last_refusal(None).unwrap(), Some(calls[2].clone()));
    assert_eq!(ledger.last_refusal(Some(&ConnectionId::random())).unwrap(), None);
    ledger.forget().unwrap();
    assert_eq!(ledger.recent_calls(None, 200).unwrap(), []);
}

#[test]
fn the_oldest_calls_of_a_connection_make_room_for_its_newest() {
    let place = Place::new();
    let ledger = ledger(&place);
    let (busy, quiet) = (ConnectionId::random(), ConnectionId::random());
    let oldest = call(&quiet, 0, Ok(200));
    ledger.record_calls(std::slice::from_ref(&oldest)).unwrap();
    let refused = call(&busy, 1, Ok(500));
    ledger.record_calls(std::slice::from_ref(&refused)).unwrap();
    let many: Vec<_> = (0..i64::from(MOST_CALLS_KEPT) - 1)
        .map(|number| call(&busy, number, Ok(200)))
        .collect();
    ledger.record_calls(&many).unwrap();
    assert_eq!(ledger.last_refusal(Some(&busy)).unwrap(), Some(refused), "10,000 fit");
    ledger.record_calls(&[call(&busy, 9, Ok(200))]).unwrap();
    assert_eq!(
        ledger.last_refusal(Some(&busy)).unwrap(),
        None,
        "the 10,001st drops the oldest"
    );
    assert_eq!(
        ledger.recent_calls(Some(&quiet), 10).unwrap(),
        [oldest],
        "another connection's stay"
    );
}
