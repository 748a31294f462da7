//! A sync is seen whole or not at all, and remembers what it changed.

use countersign_domain::ControlId;
use countersign_register::{RegisterError, Snapshot};
use serde_json::json;

use crate::{Place, control, everything, ids, opened_by_hand, rows, search, second, sync};

fn counts(snapshot: &Snapshot) -> [u32; 5] {
    let Snapshot {
        rows,
        added,
        changed,
        gone,
        repeated,
        ..
    } = *snapshot;
    [rows, added, changed, gone, repeated]
}

#[test]
fn an_empty_register_answers_with_nothing() {
    let register = Place::new();
    let register = register.register();
    let window = register.window(&everything()).unwrap();
    assert_eq!((window.rows.len(), window.matched, window.total), (0, 0, 0));
    assert_eq!(window.snapshot, None);
    assert_eq!(register.row_count().unwrap(), 0);
    assert_eq!(register.document(&ControlId::parse("1").unwrap()).unwrap(), None);
}

#[test]
fn a_sync_without_rows_is_a_snapshot_too() {
    let place = Place::new();
    let register = place.register();
    assert_eq!(counts(&sync(&register, &[])), [0, 0, 0, 0, 0]);
    assert_eq!(register.window(&everything()).unwrap().snapshot.unwrap().number, 1);
    sync(&register, &[control(&json!({"id": "1"}))]);
    assert_eq!(counts(&sync(&register, &[])), [0, 0, 0, 1, 0]);
    assert_eq!(ids(&register, &everything()), Vec::<String>::new());
}

#[test]
fn a_sync_counts_what_it_changed() {
    let place = Place::new();
    let register = place.register();
    let stays = control(&json!({"id": "a", "name": "stays"}));
    let first = [
        stays.clone(),
        control(&json!({"id": "b", "name": "changes"})),
        control(&json!({"id": "c", "name": "goes", "_isPartialData": true})),
    ];
    let one = sync(&register, &first);
    assert_eq!(counts(&one), [3, 3, 0, 0, 0]);
    assert_eq!((one.number, one.partial), (1, 1));
    assert_eq!((one.started, one.finished), (second(0), second(60)));
    assert_eq!(
        counts(&sync(&register, &first)),
        [3, 0, 0, 0, 0],
        "the same again changes nothing"
    );
    let third = [
        stays,
        control(&json!({"id": "b", "name": "changed"})),
        control(&json!({"id": "d"})),
    ];
    let three = sync(&register, &third);
    assert_eq!(counts(&three), [3, 1, 1, 1, 0]);
    assert_eq!(register.latest_snapshot().unwrap(), Some(three));
    assert_eq!(
        ids(&register, &search("changes")),
        Vec::<String>::new(),
        "the old text is not found"
    );
    assert_eq!(ids(&register, &search("changed")), ["b"]);
    assert_eq!(register.document(&ControlId::parse("c").unwrap()).unwrap(), None);
}

#[test]
fn the_history_keeps_the_documents_from_before() {
    let place = Place::new();
    let register = place.register();
    let changes = control(&json!({"id": "b", "name": "before"}));
    let goes = control(&json!({"id": "c", "name": "goes"}));
    sync(&register, &[changes.clone(), goes.clone()]);
    sync(
        &register,
        &[
            control(&json!({"id": "b", "name": "after"})),
            control(&json!({"id": "d"})),
        ],
    );
    drop(register);
    let file = opened_by_hand(&place.file());
    let mut statement = file
        .prepare("SELECT id, change, earlier FROM control_history WHERE snapshot = 2 ORDER BY id")
        .unwrap();
    let history: Vec<(String, String, Option<String>)> = statement
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let expected = [
        ("b".to_owned(), "changed".to_owned(), Some(changes.verbatim)),
        ("c".to_owned(), "gone".to_owned(), Some(goes.verbatim)),
        ("d".to_owned(), "added".to_owned(), None),
    ];
    assert_eq!(history, expected);
}

#[test]
fn an_id_that_comes_twice_counts_once_with_its_last_form() {
    let place = Place::new();
    let register = place.register();
    let original = control(&json!({"id": "a", "name": "original"}));
    let other = control(&json!({"id": "a", "name": "other"}));
    let new = |name: &str| control(&json!({"id": "n", "name": name}));
    sync(&register, std::slice::from_ref(&original));
    let returned = [other.clone(), new("1"), original.clone(), new("2")];
    assert_eq!(
        counts(&sync(&register, &returned)),
        [2, 1, 0, 0, 2],
        "last as before is no change"
    );
    assert_eq!(rows(&register, &search("2")).len(), 1);
    assert_eq!(
        counts(&sync(&register, &[original, other.clone(), new("2")])),
        [2, 0, 1, 0, 1]
    );
    let stored = register.document(&other.id).unwrap().unwrap();
    assert_eq!(stored.verbatim, other.verbatim);
}

#[test]
fn an_unfinished_sync_is_not_seen_and_leaves_nothing() {
    let place = Place::new();
    let register = place.register();
    let kept = sync(&register, &[control(&json!({"id": "a", "name": "old"}))]);
    let mut writer = register.begin_snapshot(second(100)).unwrap();
    writer
        .write(&[
            control(&json!({"id": "b"})),
            control(&json!({"id": "a", "name": "new"})),
        ])
        .unwrap();
    assert_eq!(
        ids(&register, &everything()),
        ["a"],
        "readers go on while it is written"
    );
    assert_eq!(ids(&register, &search("new")), Vec::<String>::new());
    assert!(register.facets(&everything()).is_ok());
    let busy = register.begin_snapshot(second(101)).unwrap_err();
    assert!(matches!(busy, RegisterError::WriterBusy), "{busy:?}");
    drop(writer);
    assert_eq!(register.latest_snapshot().unwrap(), Some(kept));
    assert_eq!(ids(&register, &search("old")), ["a"]);
    assert_eq!(sync(&register, &[]).number, 2, "and the next one begins where it began");
}

#[test]
fn a_list_looked_at_before_a_sync_is_looked_up_again_after_it() {
    let place = Place::new();
    let register = place.register();
    sync(&register, &[control(&json!({"id": "a"}))]);
    assert_eq!(ids(&register, &everything()), ["a"]);
    sync(&register, &[control(&json!({"id": "b"}))]);
    let window = register.window(&everything()).unwrap();
    assert_eq!((window.matched, window.total), (1, 1));
    assert_eq!(ids(&register, &everything()), ["b"]);
}

#[test]
fn snapshots_outlive_the_program() {
    let place = Place::new();
    let document = control(&json!({"id": "a", "name": "Zażółć\n\u{0}\u{1F5DD}", "odd": [1, null, {"x": 0.1}]}));
    let kept = sync(&place.register(), std::slice::from_ref(&document));
    let register = place.register();
    assert_eq!(register.latest_snapshot().unwrap(), Some(kept));
    let stored = register.document(&document.id).unwrap().unwrap();
    assert_eq!(stored.verbatim, document.verbatim);
    assert_eq!(stored.row.name, document.listed.name);
}
