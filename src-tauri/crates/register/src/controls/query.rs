//! Owns the list: which rows match, in which order, and the window over them. All of it is decided by the database;
//! what is kept here is only the order it gave last. Must not put a value into SQL text.

use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use super::row::{self, LISTED};
use super::snapshot;
use super::types::{ControlColumn, ControlRow, ControlsFilter, ControlsQuery, ControlsWindow, FacetField};
use crate::error::RegisterError;
use crate::fold;

/// Row numbers of a list in its order, 8 bytes a row, good for one snapshot.
#[derive(Debug)]
pub(super) struct View {
    words: Vec<String>,
    filters: Vec<ControlsFilter>,
    sort: ControlColumn,
    descending: bool,
    snapshot: u32,
    rows: Vec<i64>,
}

impl View {
    fn answers(&self, query: &ControlsQuery, words: &[String], snapshot: u32) -> bool {
        self.snapshot == snapshot
            && self.sort == query.sort
            && self.descending == query.descending
            && self.words == words
            && self.filters == query.filters
    }
}

/// The columns of `control` that a `FacetField` stands for.
pub(super) fn facet_column(field: FacetField) -> &'static str {
    match field {
        FacetField::Health => "health",
        FacetField::Freshness => "freshness",
        FacetField::Status => "status",
        FacetField::Domain => "domain",
        FacetField::Owner => "owner",
    }
}

fn key_column(column: ControlColumn) -> &'static str {
    match column {
        ControlColumn::Identifier => "identifier_key",
        ControlColumn::Name => "name_key",
        ControlColumn::Domain => "domain_key",
        ControlColumn::Implementation => "implementation_key",
        ControlColumn::Testing => "testing_key",
        ControlColumn::Freshness => "freshness_key",
        ControlColumn::Health => "health_key",
        ControlColumn::Owner => "owner_key",
        ControlColumn::Updated => "updated_key",
    }
}

/// A piece of SQL made of fixed texts, with the values for its question marks in their order.
#[derive(Debug, Default)]
pub(super) struct Piece {
    pub(super) sql: String,
    pub(super) values: Vec<Value>,
}

/// The tables a list is taken from, and the condition that every one of `words` occurs.
///
/// A search scans the folded text first (the order of a cross join is kept), row by row with `instr`: exact for parts
/// of words from one character on, where a trigram index knows nothing below three and doubles the file.
pub(super) fn searched(words: &[String]) -> Piece {
    if words.is_empty() {
        let sql = " FROM control WHERE 1".to_owned();
        return Piece {
            sql,
            values: Vec::new(),
        };
    }
    let mut sql = " FROM control_search CROSS JOIN control USING (row) WHERE 1".to_owned();
    for _ in words {
        sql.push_str(" AND instr(folded, ?) > 0");
    }
    let values = words.iter().cloned().map(Value::Text).collect();
    Piece { sql, values }
}

/// ` AND (field IN (...) OR field IS NULL)` for each filter but those of `except`.
pub(super) fn filtered(filters: &[ControlsFilter], except: Option<FacetField>) -> Piece {
    let mut piece = Piece::default();
    let applied = filters
        .iter()
        .filter(|filter| Some(filter.field) != except && !filter.values.is_empty());
    for filter in applied {
        let column = facet_column(filter.field);
        let given: Vec<Value> = filter.values.iter().flatten().cloned().map(Value::Text).collect();
        let marks = vec!["?"; given.len()].join(", ");
        let missing = if filter.values.contains(&None) {
            format!(" OR {column} IS NULL")
        } else {
            String::new()
        };
        piece
            .sql
            .push_str(&[" AND (", column, " IN (", &marks, ")", &missing, ")"].concat());
        piece.values.extend(given);
    }
    piece
}

/// Answers `query` within one read transaction, taking the order from `view` where it still holds.
pub(super) fn window(
    connection: &Connection,
    query: &ControlsQuery,
    view: &mut Option<View>,
) -> Result<ControlsWindow, RegisterError> {
    let transaction = connection.unchecked_transaction()?;
    let snapshot = snapshot::latest(&transaction)?;
    let number = snapshot.map_or(0, |snapshot| snapshot.number);
    let words = fold::words(&query.search);
    let kept = view.take().filter(|kept| kept.answers(query, &words, number));
    let current = match kept {
        Some(kept) => kept,
        None => look(&transaction, query, words, number)?,
    };
    let answer = ControlsWindow {
        rows: rows(&transaction, &current.rows, query)?,
        matched: u32::try_from(current.rows.len()).unwrap_or(u32::MAX),
        total: snapshot.map_or(0, |snapshot| snapshot.rows),
        partial: snapshot.map_or(0, |snapshot| snapshot.partial),
        snapshot,
    };
    *view = Some(current);
    Ok(answer)
}

fn look(
    connection: &Connection,
    query: &ControlsQuery,
    words: Vec<String>,
    snapshot: u32,
) -> Result<View, RegisterError> {
    let from = searched(&words);
    let filters = filtered(&query.filters, None);
    let order = ordered(query.sort, query.descending);
    let sql = format!("SELECT control.row{}{} ORDER BY {order}", from.sql, filters.sql);
    let mut statement = connection.prepare_cached(&sql)?;
    let values = from.values.into_iter().chain(filters.values);
    let rows = statement
        .query_map(params_from_iter(values), |row| row.get(0))?
        .collect::<Result<Vec<i64>, _>>()?;
    Ok(View {
        words,
        filters: query.filters.clone(),
        sort: query.sort,
        descending: query.descending,
        snapshot,
        rows,
    })
}

fn ordered(sort: ControlColumn, descending: bool) -> String {
    let key = key_column(sort);
    let direction = if descending { "DESC" } else { "ASC" };
    format!("{key} IS NULL, {key} {direction}, identifier_key IS NULL, identifier_key, id")
}

fn rows(connection: &Connection, order: &[i64], query: &ControlsQuery) -> Result<Vec<ControlRow>, RegisterError> {
    let mut statement = connection.prepare_cached(&format!("SELECT {LISTED} FROM control WHERE row = ?1"))?;
    let offset = usize::try_from(query.offset).unwrap_or(usize::MAX);
    let limit = usize::try_from(query.limit).unwrap_or(usize::MAX);
    let wanted = order.iter().skip(offset).take(limit);
    wanted
        .map(|number| statement.query_row([number], row::read).map_err(RegisterError::from))
        .collect()
}
