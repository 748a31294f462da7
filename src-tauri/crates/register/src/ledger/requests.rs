//! Owns the requests that a person made by hand, so that they can be made again. Must not hold an answer or a header.

use countersign_domain::Timestamp;
use rusqlite::types::Type;
use rusqlite::{Connection, Row, params};

use crate::error::RegisterError;

/// Requests kept of one connection.
pub const MOST_REQUESTS_KEPT: u32 = 500;

/// One request as it was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestEntry {
    /// When it was asked.
    pub at: Timestamp,
    /// The path below the connection's API, as it was typed.
    pub path: String,
    /// Names and values of the query, in order, not encoded.
    pub query: Vec<(String, String)>,
    /// The HTTP status; none when no answer came.
    pub status: Option<u16>,
}

pub(super) fn record(connection: &Connection, request: &RequestEntry) -> Result<(), RegisterError> {
    let transaction = connection.unchecked_transaction()?;
    transaction
        .prepare_cached("INSERT INTO request (at, path, query, status) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![
            request.at,
            request.path,
            serde_json::json!(request.query).to_string(),
            request.status
        ])?;
    transaction
        .prepare_cached(
            "DELETE FROM request WHERE number <= (SELECT number FROM request ORDER BY number DESC LIMIT 1 OFFSET ?1)",
        )?
        .execute([MOST_REQUESTS_KEPT])?;
    transaction.commit()?;
    Ok(())
}

pub(super) fn recent(connection: &Connection, limit: u32) -> Result<Vec<RequestEntry>, RegisterError> {
    let requests = connection
        .prepare_cached("SELECT at, path, query, status FROM request ORDER BY number DESC LIMIT ?1")?
        .query_map([limit], read)?
        .collect::<Result<Vec<_>, _>>()?;
    Ok(requests)
}

fn read(row: &Row<'_>) -> rusqlite::Result<RequestEntry> {
    let query: String = row.get(2)?;
    Ok(RequestEntry {
        at: row.get(0)?,
        path: row.get(1)?,
        query: serde_json::from_str(&query)
            .map_err(|fault| rusqlite::Error::FromSqlConversionFailure(2, Type::Text, Box::new(fault)))?,
        status: row.get(3)?,
    })
}
