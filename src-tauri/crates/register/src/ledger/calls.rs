//! Owns the activity: which calls left this computer and how they ended. Must not hold a query, a header or a body.

use std::time::Duration;

use countersign_domain::{ConnectionId, CorrelationId, ErrorCode, Timestamp};
use rusqlite::types::Type;
use rusqlite::{Connection, Row, params};

use crate::error::RegisterError;

/// Calls kept of one connection.
pub const MOST_CALLS_KEPT: u32 = 10_000;

const COLUMNS: &str = "connection, correlation, at, method, path, status, code, microseconds, bytes, attempt";

/// One call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallEntry {
    /// The connection it was made for.
    pub connection: ConnectionId,
    /// Ties it to its log lines.
    pub correlation: CorrelationId,
    /// When it began.
    pub at: Timestamp,
    /// `GET`, `POST`, ...
    pub method: String,
    /// The path, without query.
    pub path: String,
    /// The HTTP status, or why there was no answer.
    pub outcome: Result<u16, ErrorCode>,
    /// How long it took, kept to the microsecond.
    pub duration: Duration,
    /// Bytes of the answer's body.
    pub bytes: u64,
    /// Which attempt of the same call it was, from 1.
    pub attempt: u32,
}

pub(super) fn record(connection: &Connection, calls: &[CallEntry]) -> Result<(), RegisterError> {
    let transaction = connection.unchecked_transaction()?;
    for call in calls {
        insert(&transaction, call)?;
    }
    let mut connections: Vec<&ConnectionId> = calls.iter().map(|call| &call.connection).collect();
    connections.sort_unstable();
    connections.dedup();
    for of in connections {
        transaction
            .prepare_cached(
                "DELETE FROM call WHERE connection = ?1 AND number <= \
                 (SELECT number FROM call WHERE connection = ?1 ORDER BY number DESC LIMIT 1 OFFSET ?2)",
            )?
            .execute(params![of.as_str(), MOST_CALLS_KEPT])?;
    }
    transaction.commit()?;
    Ok(())
}

fn insert(connection: &Connection, call: &CallEntry) -> rusqlite::Result<()> {
    let sql = format!("INSERT INTO call ({COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)");
    connection.prepare_cached(&sql)?.execute(params![
        call.connection.as_str(),
        call.correlation.to_string(),
        call.at,
        call.method,
        call.path,
        call.outcome.ok(),
        call.outcome.err().map(ErrorCode::as_str),
        i64::try_from(call.duration.as_micros()).unwrap_or(i64::MAX),
        i64::try_from(call.bytes).unwrap_or(i64::MAX),
        call.attempt,
    ])?;
    Ok(())
}

pub(super) fn recent(
    connection: &Connection,
    of: Option<&ConnectionId>,
    limit: u32,
) -> Result<Vec<CallEntry>, RegisterError> {
    select(connection, of, "1", limit)
}

pub(super) fn last_refusal(
    connection: &Connection,
    of: Option<&ConnectionId>,
) -> Result<Option<CallEntry>, RegisterError> {
    let refused = select(connection, of, "(status >= 400 OR code <> 'cancelled')", 1)?;
    Ok(refused.into_iter().next())
}

fn select(
    connection: &Connection,
    of: Option<&ConnectionId>,
    condition: &str,
    limit: u32,
) -> Result<Vec<CallEntry>, RegisterError> {
    let owner = if of.is_some() { "connection = ?1" } else { "?1 IS NULL" };
    let sql = format!("SELECT {COLUMNS} FROM call WHERE {owner} AND {condition} ORDER BY number DESC LIMIT ?2");
    let calls = connection
        .prepare_cached(&sql)?
        .query_map(params![of.map(ConnectionId::as_str), limit], read)?
        .collect::<Result<Vec<_>, _>>()?;
    Ok(calls)
}

fn read(row: &Row<'_>) -> rusqlite::Result<CallEntry> {
    let connection: String = row.get(0)?;
    let correlation: String = row.get(1)?;
    Ok(CallEntry {
        connection: ConnectionId::parse(&connection).map_err(|fault| misshapen(0, fault))?,
        correlation: serde_json::from_value(correlation.into()).map_err(|fault| misshapen(1, fault))?,
        at: row.get(2)?,
        method: row.get(3)?,
        path: row.get(4)?,
        outcome: outcome(row)?,
        duration: Duration::from_micros(row.get(7)?),
        bytes: row.get(8)?,
        attempt: row.get(9)?,
    })
}

fn outcome(row: &Row<'_>) -> rusqlite::Result<Result<u16, ErrorCode>> {
    if let Some(status) = row.get::<_, Option<u16>>(5)? {
        return Ok(Ok(status));
    }
    let code: String = row.get(6)?;
    let known = serde_json::from_value(code.into()).map_err(|fault| misshapen(6, fault))?;
    Ok(Err(known))
}

fn misshapen(column: usize, fault: impl std::error::Error + Send + Sync + 'static) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(column, Type::Text, Box::new(fault))
}
