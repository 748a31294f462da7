//! Owns the counts beside the filters. Must not put a value into SQL text.

use rusqlite::{Connection, params_from_iter};

use super::query::{facet_column, filtered, searched};
use super::types::{ControlsQuery, Facet, FacetField, FacetValue, MOST_FACET_VALUES};
use crate::error::RegisterError;
use crate::fold;

const COLUMNS: &str = "health, freshness, status, domain, owner";

/// Every value that a field has anywhere in the register, counted under the search and the filters of the other fields:
/// a value that no row is left with stays, so that it can be chosen. The searched rows are found once for all fields.
pub(super) fn facets(connection: &Connection, query: &ControlsQuery) -> Result<Vec<Facet>, RegisterError> {
    let words = fold::words(&query.search);
    let found = searched(&words);
    let kept = if words.is_empty() {
        "NOT MATERIALIZED"
    } else {
        "MATERIALIZED"
    };
    let mut values = found.values;
    let mut counts = Vec::with_capacity(FacetField::ALL.len());
    for (place, field) in FacetField::ALL.into_iter().enumerate() {
        let others = filtered(&query.filters, Some(field));
        counts.push(count(place, facet_column(field), &others.sql));
        values.extend(others.values);
    }
    let sql = format!(
        "WITH found AS {kept} (SELECT {COLUMNS}{}) {}",
        found.sql,
        counts.join(" UNION ALL ")
    );
    let mut facets = empty();
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query(params_from_iter(values))?;
    while let Some(row) = rows.next()? {
        let place: usize = row.get(0)?;
        if let Some(facet) = facets.get_mut(place) {
            let (value, count) = (row.get(1)?, row.get(2)?);
            facet.values.push(FacetValue { value, count });
        }
    }
    Ok(facets)
}

fn count(place: usize, column: &str, others: &str) -> String {
    format!(
        "SELECT * FROM (SELECT {place}, {column}, sum(here) AS count FROM \
         (SELECT {column}, count(*) AS here FROM found WHERE 1{others} GROUP BY {column} \
         UNION ALL SELECT DISTINCT {column}, 0 FROM control) \
         GROUP BY {column} ORDER BY count DESC, {column} IS NULL, {column} LIMIT {MOST_FACET_VALUES})"
    )
}

fn empty() -> Vec<Facet> {
    let empty = |field| Facet {
        field,
        values: Vec::new(),
    };
    FacetField::ALL.into_iter().map(empty).collect()
}
