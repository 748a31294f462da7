//! Requests made by hand: kept in order, bounded, gone with the ledger, and added to a file of the form before.

use countersign_register::{Ledger, MOST_REQUESTS_KEPT, RequestEntry};

use crate::{Place, key, opened_by_hand, second};

fn entry(number: i64) -> RequestEntry {
    RequestEntry {
        at: second(number),
        path: format!("/groups/{number}"),
        query: vec![
            ("expand".to_owned(), "é & 'x'".to_owned()),
            ("expand".to_owned(), String::new()),
        ],
        status: (number % 2 == 0).then_some(200),
    }
}

fn ledger(place: &Place) -> Ledger {
    Ledger::open(&place.file().with_file_name("ledger.db"), &key(7)).unwrap()
}

#[test]
fn requests_come_back_as_they_were_asked_newest_first() {
    let place = Place::new();
    let written = ledger(&place);
    written.record_request(&entry(1)).unwrap();
    written.record_request(&entry(2)).unwrap();
    drop(written);
    assert_eq!(ledger(&place).recent_requests(10).unwrap(), [entry(2), entry(1)]);
    ledger(&place).forget().unwrap();
    assert_eq!(ledger(&place).recent_requests(10).unwrap(), []);
}

#[test]
fn only_the_newest_are_kept() {
    let place = Place::new();
    let ledger = ledger(&place);
    let more = i64::from(MOST_REQUESTS_KEPT) + 3;
    for number in 0..more {
        ledger.record_request(&entry(number)).unwrap();
    }
    let kept = ledger.recent_requests(1_000).unwrap();
    assert_eq!(kept.len(), usize::try_from(MOST_REQUESTS_KEPT).unwrap());
    assert_eq!(kept.first(), Some(&entry(more - 1)));
}

#[test]
fn a_ledger_of_the_form_before_keeps_what_it_has_and_takes_requests() {
    let place = Place::new();
    drop(ledger(&place));
    let path = place.file().with_file_name("ledger.db");
    let before = opened_by_hand(&path);
    before
        .execute_batch("DROP TABLE request; PRAGMA user_version = 1;")
        .unwrap();
    before.close().unwrap();
    let ledger = ledger(&place);
    ledger.record_request(&entry(1)).unwrap();
    assert_eq!(ledger.recent_requests(1).unwrap(), [entry(1)]);
    assert!(
        path.with_file_name("ledger.db.before-2").exists(),
        "a copy of the form before is kept"
    );
}
