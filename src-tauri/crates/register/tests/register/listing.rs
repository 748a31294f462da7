//! The list: order, search and filters.

use countersign_domain::ControlDocument;
use countersign_register::{ControlColumn, ControlsFilter, ControlsQuery, ControlsRegister, FacetField};
use serde_json::json;

use crate::{Place, control, everything, ids, rows, search, sync};

fn sorted(column: ControlColumn, descending: bool) -> ControlsQuery {
    ControlsQuery {
        sort: column,
        descending,
        ..everything()
    }
}

fn only(field: FacetField, values: &[Option<&str>]) -> ControlsFilter {
    let values = values.iter().map(|value| value.map(str::to_owned)).collect();
    ControlsFilter { field, values }
}

fn filled(place: &Place, documents: &[ControlDocument]) -> ControlsRegister {
    let register = place.register();
    sync(&register, documents);
    register
}

fn identified(identifiers: &[&str]) -> Vec<ControlDocument> {
    let document = |(number, identifier): (usize, &&str)| {
        control(&json!({"id": number.to_string(), "controlIdentifier": identifier}))
    };
    identifiers.iter().enumerate().map(document).collect()
}

fn identifiers(register: &ControlsRegister, query: &ControlsQuery) -> Vec<String> {
    rows(register, query)
        .into_iter()
        .filter_map(|row| row.identifier)
        .collect()
}

#[test]
fn identifiers_stand_in_natural_order() {
    let place = Place::new();
    let register = filled(
        &place,
        &identified(&["AC-10", "AU-2", "AC-2(10)", "ac-3", "AC-2", "AC-2(1)"]),
    );
    let expected = ["AC-2", "AC-2(1)", "AC-2(10)", "ac-3", "AC-10", "AU-2"];
    assert_eq!(identifiers(&register, &everything()), expected);
    let mut turned = expected;
    turned.reverse();
    assert_eq!(identifiers(&register, &sorted(ControlColumn::Identifier, true)), turned);
}

#[test]
fn health_stands_worst_first_and_rows_without_it_last_either_way() {
    let place = Place::new();
    let values = [
        None,
        Some("healthy"),
        Some("splendid"),
        Some("critical"),
        Some("notAvailable"),
        Some("atRisk"),
    ];
    let documents: Vec<_> = values
        .iter()
        .map(|health| control(&json!({"id": health.unwrap_or("missing"), "health": health})))
        .collect();
    let register = filled(&place, &documents);
    let worst_first = ["critical", "atRisk", "healthy", "notAvailable", "splendid", "missing"];
    assert_eq!(ids(&register, &sorted(ControlColumn::Health, false)), worst_first);
    let best_first = ["splendid", "notAvailable", "healthy", "atRisk", "critical", "missing"];
    assert_eq!(ids(&register, &sorted(ControlColumn::Health, true)), best_first);
}

#[test]
fn every_column_sorts_and_equals_stand_by_identifier_then_id() {
    let place = Place::new();
    let row = |id: &str, identifier: &str, value: &str| {
        control(&json!({
            "id": id, "controlIdentifier": identifier, "name": value, "domainName": value, "implementation": value,
            "testingStatus": value, "freshness": value, "health": value, "owner": value, "updatedOn": value,
        }))
    };
    let register = filled(
        &place,
        &[
            row("4", "A-10", "Éa"),
            row("3", "A-9", "ea"),
            row("2", "A-9", "EA"),
            row("1", "A-1", "éb"),
        ],
    );
    for column in [
        ControlColumn::Name,
        ControlColumn::Domain,
        ControlColumn::Implementation,
        ControlColumn::Testing,
        ControlColumn::Freshness,
        ControlColumn::Health,
        ControlColumn::Owner,
        ControlColumn::Updated,
    ] {
        assert_eq!(
            ids(&register, &sorted(column, false)),
            ["2", "3", "4", "1"],
            "{column:?}"
        );
        assert_eq!(
            ids(&register, &sorted(column, true)),
            ["1", "2", "3", "4"],
            "{column:?} turned round"
        );
    }
}

#[test]
fn dates_of_any_form_stand_by_time() {
    let place = Place::new();
    let dated = |id: &str, updated: &str| control(&json!({"id": id, "updatedOn": updated}));
    let register = filled(
        &place,
        &[
            dated("unreadable", "soon"),
            dated("late", "2025-07-06T15:00:00.0941592+00:00"),
            dated("early", "2025-07-06T15:00:00+0100"),
            dated("two dots", "2025-07-06T14:30:00.00.5365Z"),
        ],
    );
    let expected = ["early", "two dots", "late", "unreadable"];
    assert_eq!(ids(&register, &sorted(ControlColumn::Updated, false)), expected);
}

#[test]
fn a_search_finds_every_word_anywhere_from_one_character_on() {
    let place = Place::new();
    let documents = [
        control(&json!({
            "id": "account", "controlIdentifier": "AC-2(1)", "name": "Account Management", "domainName": "Access Control",
            "description": "Automated 100% mechanisms_x", "owner": {"givenName": "Łucja", "surname": "Żak"},
        })),
        control(&json!({"id": "audit", "controlIdentifier": "AU-12", "name": "Audit Record Generation"})),
        control(&json!({"id": "notes", "notes": "account", "status": "account", "health": "account"})),
    ];
    let register = filled(&place, &documents);
    for (text, expected) in [
        ("acc", vec!["account"]),
        ("AC-2(", vec!["account"]),
        ("(1)", vec!["account"]),
        ("mechan lucja", vec!["account"]),
        ("ŻAK MANAGEMENT", vec!["account"]),
        ("g", vec!["account", "audit"]),
        ("a 2", vec!["account", "audit"]),
        ("audit account", vec![]),
        ("ac-2(1)account", vec![]),
        ("100%", vec!["account"]),
        ("%", vec!["account"]),
        ("s_x", vec!["account"]),
        ("a_c", vec![]),
        ("*", vec![]),
        ("AC-2*", vec![]),
        ("\"account\"", vec![]),
        ("account OR audit", vec![]),
        ("' OR 1=1 --", vec![]),
        ("'; DROP TABLE control; --", vec![]),
        ("\\", vec![]),
        ("\u{0}", vec![]),
        ("?1", vec![]),
    ] {
        assert_eq!(ids(&register, &search(text)), expected, "{text:?}");
        assert_eq!(
            register.window(&search(text)).unwrap().matched as usize,
            expected.len(),
            "{text:?}"
        );
    }
    assert_eq!(
        ids(&register, &search("  \t ")).len(),
        3,
        "white space asks for nothing"
    );
}

#[test]
fn values_of_a_filter_are_alternatives_and_filters_add_up() {
    let place = Place::new();
    let documents = [
        control(&json!({"id": "1", "health": "critical", "freshness": "expired", "status": "active"})),
        control(&json!({"id": "2", "health": "healthy", "freshness": "fresh", "status": "active"})),
        control(&json!({"id": "3", "freshness": "expired", "status": "archived", "domainName": "it's \"odd\""})),
        control(&json!({"id": "4", "health": "critical", "name": "found"})),
    ];
    let register = filled(&place, &documents);
    let listed = |filters: Vec<ControlsFilter>| {
        ids(
            &register,
            &ControlsQuery {
                filters,
                ..everything()
            },
        )
    };
    let health = |values: &[Option<&str>]| only(FacetField::Health, values);
    assert_eq!(listed(vec![health(&[Some("critical")])]), ["1", "4"]);
    assert_eq!(listed(vec![health(&[Some("critical"), None])]), ["1", "3", "4"]);
    assert_eq!(listed(vec![health(&[None])]), ["3"]);
    assert_eq!(
        listed(vec![health(&[Some("Critical")])]),
        Vec::<String>::new(),
        "raw values are exact"
    );
    assert_eq!(
        listed(vec![health(&[])]).len(),
        4,
        "a filter without values filters nothing"
    );
    let both = vec![
        health(&[Some("critical"), None]),
        only(FacetField::Freshness, &[Some("expired")]),
    ];
    assert_eq!(listed(both), ["1", "3"]);
    assert_eq!(listed(vec![only(FacetField::Domain, &[Some("it's \"odd\"")])]), ["3"]);
    let query = ControlsQuery {
        filters: vec![health(&[Some("critical")])],
        ..search("found")
    };
    let window = register.window(&query).unwrap();
    assert_eq!((window.rows.len(), window.matched, window.total), (1, 1, 4));
}
