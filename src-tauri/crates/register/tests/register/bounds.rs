//! Questions nobody should ask and values nobody should send.

use countersign_register::{ControlColumn, ControlsFilter, ControlsQuery, FacetField, RegisterError};
use serde_json::json;

use crate::{Place, control, everything, ids, search, sync};

fn missing(field: FacetField, times: usize) -> ControlsFilter {
    ControlsFilter {
        field,
        values: vec![None; times],
    }
}

#[test]
fn a_question_outside_its_bounds_is_refused() {
    let place = Place::new();
    let register = place.register();
    sync(&register, &[control(&json!({"id": "A"})), control(&json!({"id": "B"}))]);
    let health = missing(FacetField::Health, 1);
    for (query, why) in [
        (
            ControlsQuery {
                limit: 0,
                ..everything()
            },
            "no rows",
        ),
        (
            ControlsQuery {
                limit: 201,
                ..everything()
            },
            "too many rows",
        ),
        (search(&"a".repeat(201)), "a search too long"),
        (
            ControlsQuery {
                filters: vec![health.clone(), health],
                ..everything()
            },
            "a field twice",
        ),
        (
            ControlsQuery {
                filters: vec![missing(FacetField::Owner, 201)],
                ..everything()
            },
            "too many values",
        ),
    ] {
        assert!(
            matches!(register.window(&query), Err(RegisterError::Question(_))),
            "{why}"
        );
        assert!(
            matches!(register.facets(&query), Err(RegisterError::Question(_))),
            "{why}"
        );
    }
    assert!(
        register.window(&search(&"é ".repeat(100))).is_ok(),
        "characters are counted, not bytes"
    );
    let beyond = ControlsQuery {
        offset: u32::MAX,
        ..everything()
    };
    let window = register.window(&beyond).unwrap();
    assert_eq!(
        (window.rows.len(), window.matched),
        (0, 2),
        "past the end there is nothing"
    );
}

#[test]
fn hostile_values_are_kept_and_answered_in_bounds() {
    let place = Place::new();
    let endless = "\u{301}Zalgo".repeat(200_000);
    let hostile = [
        control(
            &json!({"id": "'); DROP TABLE control; --", "name": "<img src=x onerror=alert(1)>", "owner": "=cmd()"}),
        ),
        control(&json!({"id": "long", "name": endless, "controlIdentifier": "9".repeat(100_000), "health": endless})),
        control(&json!({"id": "controls", "name": "a\u{0}b\u{202E}c", "domainName": "\u{0}"})),
        control(&json!({"id": "numbers", "name": 7, "health": true, "owner": {"id": 9}, "freshness": [1]})),
    ];
    let register = place.register();
    sync(&register, &hostile);
    for document in &hostile {
        let stored = register.document(&document.id).unwrap().unwrap();
        assert_eq!(stored.verbatim, document.verbatim);
    }
    let window = register
        .window(&ControlsQuery {
            sort: ControlColumn::Name,
            ..everything()
        })
        .unwrap();
    assert_eq!(window.matched, 4);
    let widest = window
        .rows
        .iter()
        .filter_map(|row| row.name.as_deref())
        .map(|name| name.chars().count())
        .max();
    assert_eq!(widest, Some(1_000), "a list shows the beginning of a value");
    assert_eq!(ids(&register, &search("zalgozalgo")), ["long"]);
    assert_eq!(ids(&register, &search("a\u{0}b")), ["controls"]);
    let facets = register.facets(&everything()).unwrap();
    assert!(
        facets
            .iter()
            .all(|facet| facet.values.iter().map(|value| value.count).sum::<u32>() == 4)
    );
}
