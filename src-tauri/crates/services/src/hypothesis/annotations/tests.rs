//! Owns the tests of reading and asking for annotations. Must not call a server.

use serde_json::json;

use super::*;

/// An account of a service with rows at these moments, newest first, asked page by page as the program asks.
fn read_through(moments: &[i64]) -> Vec<String> {
    let at = |millisecond: i64| Timestamp::from_millisecond(millisecond).unwrap();
    let all: Vec<(i64, Value)> = moments
        .iter()
        .enumerate()
        .map(|(number, moment)| {
            (
                *moment,
                json!({ "id": format!("a{number}"), "updated": at(*moment).to_string() }),
            )
        })
        .collect();
    let (mut read, mut place) = (Vec::new(), None::<Place>);
    for _page in 0..50 {
        let after = place
            .as_ref()
            .map(|place: &Place| moment(&place.search_after()).unwrap());
        let answered: Vec<Value> = all
            .iter()
            .filter(|(moment, _)| after.is_none_or(|after| *moment < after))
            .take(PAGE)
            .map(|(_, row)| row.clone())
            .collect();
        let page = found(&answered, Some(1), place.as_ref());
        read.extend(page.rows.into_iter().map(|row| row.id));
        match page.next {
            Some(next) => place = Some(Place::read(&next).unwrap()),
            None => return read,
        }
    }
    panic!("the list does not end")
}

#[test]
fn rows_of_one_millisecond_are_neither_lost_nor_told_twice() {
    let by_threes: Vec<i64> = (0..1_000).map(|row| 1_700_000_000_000 - row / 3).collect();
    let read = read_through(&by_threes);
    assert_eq!(read, (0..1_000).map(|row| format!("a{row}")).collect::<Vec<_>>());
}

#[test]
fn a_list_of_one_moment_ends() {
    let read = read_through(&[1_700_000_000_000; 450]);
    assert_eq!(read.len(), PAGE, "no page can tell the rest apart");
}

#[test]
fn a_row_says_what_the_service_said() {
    let row = annotation(&json!({
        "id": "abc", "user": "acct:jo@x", "uri": "https://e.example/", "text": "<b>words</b>", "tags": ["a", 7],
        "group": "__world__", "created": "2024-01-02T03:04:05.678901+00:00", "updated": 7,
        "document": { "title": ["A title"] },
        "target": [{ "source": "x", "selector": [{ "type": "RangeSelector" }, { "type": "TextQuoteSelector", "exact": "marked" }] }],
    }))
    .unwrap();
    assert_eq!(
        (row.title.as_deref(), row.quote.as_deref()),
        (Some("A title"), Some("marked"))
    );
    assert_eq!(
        (row.text.as_deref(), row.updated.as_deref()),
        (Some("<b>words</b>"), None)
    );
    assert_eq!(row.tags, ["a"]);
    assert_eq!(annotation(&json!({ "text": "nobody's" })), None);
}

#[test]
fn a_place_that_no_page_told_is_refused() {
    for text in ["", "yesterday", "2024-13-01T00:00:00Z", &"x".repeat(30_000)] {
        assert_eq!(
            Place::read(text).unwrap_err().code(),
            ErrorCode::InputInvalid,
            "{text:.20}"
        );
    }
}

#[test]
fn filters_that_are_empty_are_not_sent() {
    let asked = AnnotationsAsked {
        words: " climate ".to_owned(),
        ..AnnotationsAsked::default()
    };
    let sent = call(&asked, None).unwrap().query;
    let expected = [
        ("limit", "200"),
        ("sort", "updated"),
        ("order", "desc"),
        ("any", "climate"),
    ];
    assert_eq!(sent, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
}
