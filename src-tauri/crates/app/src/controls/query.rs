//! Owns the translation between the page's queries and the register's. Must not answer one.

use countersign_domain::{ErrorCode, Failure};
use countersign_register as register;

use super::snapshot_shown;
use crate::page::{ControlColumn, ControlRow, ControlsFacet, ControlsQuery, ControlsWindow, FacetField, FacetValue};

const MOST_ROWS: u32 = 200;
const MOST_VALUES: usize = 200;
const LONGEST_SEARCH: usize = 200;

/// The register's query, or a fault where the page asks for more than it may.
pub(super) fn checked(query: &ControlsQuery) -> Result<register::ControlsQuery, Failure> {
    let values = query.filters.iter().all(|filter| filter.values.len() <= MOST_VALUES);
    let search = query.search.chars().count() <= LONGEST_SEARCH;
    if !(1..=MOST_ROWS).contains(&query.limit) || !values || !search {
        return Err(Failure::new(
            ErrorCode::InputInvalid,
            "A search has at most 200 characters, a window 200 rows.",
        ));
    }
    let filters = query.filters.iter().map(|filter| register::ControlsFilter {
        field: field(filter.field),
        values: filter.values.clone(),
    });
    Ok(register::ControlsQuery {
        search: query.search.clone(),
        filters: filters.collect(),
        sort: column(query.sort),
        descending: query.descending,
        offset: query.offset,
        limit: query.limit,
    })
}

/// The register's window in the page's form.
pub(super) fn window_shown(window: register::ControlsWindow) -> ControlsWindow {
    ControlsWindow {
        rows: window.rows.into_iter().map(row_shown).collect(),
        matched: window.matched,
        total: window.total,
        partial: window.partial,
        snapshot: window.snapshot.as_ref().map(snapshot_shown),
    }
}

/// A row in the page's form.
pub(super) fn row_shown(row: register::ControlRow) -> ControlRow {
    ControlRow {
        id: row.id.as_str().to_owned(),
        identifier: row.identifier,
        name: row.name,
        domain: row.domain,
        implementation: row.implementation,
        testing: row.testing,
        freshness: row.freshness,
        health: row.health,
        owner: row.owner,
        updated: row.updated,
        partial: row.partial,
    }
}

/// A facet in the page's form.
pub(super) fn facet_shown(facet: register::Facet) -> ControlsFacet {
    let value = |value: register::FacetValue| FacetValue {
        value: value.value,
        count: value.count,
    };
    ControlsFacet {
        field: field_shown(facet.field),
        values: facet.values.into_iter().map(value).collect(),
    }
}

fn column(column: ControlColumn) -> register::ControlColumn {
    match column {
        ControlColumn::Identifier => register::ControlColumn::Identifier,
        ControlColumn::Name => register::ControlColumn::Name,
        ControlColumn::Domain => register::ControlColumn::Domain,
        ControlColumn::Implementation => register::ControlColumn::Implementation,
        ControlColumn::Testing => register::ControlColumn::Testing,
        ControlColumn::Freshness => register::ControlColumn::Freshness,
        ControlColumn::Health => register::ControlColumn::Health,
        ControlColumn::Owner => register::ControlColumn::Owner,
        ControlColumn::Updated => register::ControlColumn::Updated,
    }
}

fn field(field: FacetField) -> register::FacetField {
    match field {
        FacetField::Health => register::FacetField::Health,
        FacetField::Freshness => register::FacetField::Freshness,
        FacetField::Status => register::FacetField::Status,
        FacetField::Domain => register::FacetField::Domain,
        FacetField::Owner => register::FacetField::Owner,
    }
}

fn field_shown(field: register::FacetField) -> FacetField {
    match field {
        register::FacetField::Health => FacetField::Health,
        register::FacetField::Freshness => FacetField::Freshness,
        register::FacetField::Status => FacetField::Status,
        register::FacetField::Domain => FacetField::Domain,
        register::FacetField::Owner => FacetField::Owner,
    }
}
