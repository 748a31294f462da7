//! The counts beside the filters.

use countersign_register::{ControlsFilter, ControlsQuery, ControlsRegister, FacetField, MOST_FACET_VALUES};
use serde_json::json;

use crate::{Place, control, everything, search, sync};

type Counted<'a> = Vec<(Option<&'a str>, u32)>;

fn facet(register: &ControlsRegister, query: &ControlsQuery, field: FacetField) -> Vec<(Option<String>, u32)> {
    let facets = register.facets(query).unwrap();
    let facet = facets.into_iter().find(|facet| facet.field == field).unwrap();
    facet
        .values
        .into_iter()
        .map(|value| (value.value, value.count))
        .collect()
}

fn owned(counted: Counted<'_>) -> Vec<(Option<String>, u32)> {
    counted
        .into_iter()
        .map(|(value, count)| (value.map(str::to_owned), count))
        .collect()
}

fn filled(place: &Place) -> ControlsRegister {
    let register = place.register();
    let row = |id: u32, health: Option<&str>, status: &str, name: &str| {
        control(&json!({"id": id.to_string(), "health": health, "status": status, "name": name}))
    };
    let documents = [
        row(1, Some("critical"), "active", "Account"),
        row(2, Some("critical"), "archived", "Account"),
        row(3, Some("healthy"), "active", "Audit"),
        row(4, None, "active", "Audit"),
        row(5, None, "archived", "Account"),
        row(6, None, "active", "Account"),
    ];
    sync(&register, &documents);
    register
}

fn active() -> ControlsFilter {
    ControlsFilter {
        field: FacetField::Status,
        values: vec![Some("active".to_owned())],
    }
}

#[test]
fn values_are_counted_most_frequent_first_with_those_not_provided() {
    let place = Place::new();
    let register = filled(&place);
    let health = facet(&register, &everything(), FacetField::Health);
    assert_eq!(
        health,
        owned(vec![(None, 3), (Some("critical"), 2), (Some("healthy"), 1)])
    );
    assert_eq!(
        facet(&register, &everything(), FacetField::Owner),
        owned(vec![(None, 6)])
    );
    let fields: Vec<_> = register
        .facets(&everything())
        .unwrap()
        .into_iter()
        .map(|facet| facet.field)
        .collect();
    assert_eq!(fields, FacetField::ALL);
}

#[test]
fn a_field_is_counted_under_the_other_filters_but_not_its_own() {
    let place = Place::new();
    let register = filled(&place);
    let query = ControlsQuery {
        filters: vec![active()],
        ..everything()
    };
    let health = facet(&register, &query, FacetField::Health);
    assert_eq!(
        health,
        owned(vec![(None, 2), (Some("critical"), 1), (Some("healthy"), 1)])
    );
    let status = facet(&register, &query, FacetField::Status);
    assert_eq!(
        status,
        owned(vec![(Some("active"), 4), (Some("archived"), 2)]),
        "its own filter stays open"
    );
}

#[test]
fn the_search_counts_too() {
    let place = Place::new();
    let register = filled(&place);
    let query = ControlsQuery {
        filters: vec![active()],
        ..search("ACC")
    };
    let health = facet(&register, &query, FacetField::Health);
    assert_eq!(
        health,
        owned(vec![(Some("critical"), 1), (None, 1), (Some("healthy"), 0)]),
        "not provided last among equals"
    );
    let status = facet(&register, &query, FacetField::Status);
    assert_eq!(status, owned(vec![(Some("active"), 2), (Some("archived"), 2)]));
    let nothing = facet(&register, &search("nowhere"), FacetField::Health);
    assert_eq!(
        nothing,
        owned(vec![(Some("critical"), 0), (Some("healthy"), 0), (None, 0)]),
        "what was counted stays"
    );
}

#[test]
fn a_value_that_the_other_filters_leave_no_row_stays_with_zero() {
    let place = Place::new();
    let register = filled(&place);
    let healthy = ControlsFilter {
        field: FacetField::Health,
        values: vec![Some("healthy".to_owned())],
    };
    let query = ControlsQuery {
        filters: vec![healthy, active()],
        ..everything()
    };
    let status = facet(&register, &query, FacetField::Status);
    assert_eq!(status, owned(vec![(Some("active"), 1), (Some("archived"), 0)]));
    let archived = ControlsFilter {
        values: vec![Some("archived".to_owned())],
        ..active()
    };
    let query = ControlsQuery {
        filters: vec![archived],
        ..search("account")
    };
    let health = facet(&register, &query, FacetField::Health);
    assert_eq!(
        health,
        owned(vec![(Some("critical"), 1), (None, 1), (Some("healthy"), 0)])
    );
    let nowhere = ControlsQuery {
        filters: vec![active()],
        ..search("nowhere")
    };
    assert_eq!(
        facet(&register, &nowhere, FacetField::Owner),
        owned(vec![(None, 0)]),
        "not provided too"
    );
}

#[test]
fn an_empty_register_has_empty_facets() {
    let place = Place::new();
    let facets = place.register().facets(&everything()).unwrap();
    assert_eq!(facets.len(), FacetField::ALL.len());
    assert!(facets.iter().all(|facet| facet.values.is_empty()));
}

#[test]
fn at_most_200_values_are_listed() {
    let place = Place::new();
    let register = place.register();
    let row = |number: u32| control(&json!({"id": number.to_string(), "owner": format!("owner {}", number % 230)}));
    sync(&register, &(0..300).map(row).collect::<Vec<_>>());
    let owners = facet(&register, &everything(), FacetField::Owner);
    assert_eq!(owners.len(), MOST_FACET_VALUES);
    let twice = owners.iter().take_while(|(_, count)| *count == 2).count();
    assert_eq!(twice, 70, "those that occur twice come first");
}
