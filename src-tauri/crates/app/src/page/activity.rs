//! Owns the shapes of calls: what one was, that one waits; never what it carried.

use serde::Serialize;
use ts_rs::TS;

/// A call of the activity list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct CallShown {
    /// The connection it was made for.
    pub connection: String,
    /// Ties it to the log's lines and to the service's own record.
    pub correlation: String,
    /// 1 for the first attempt of a call.
    pub attempt: u32,
    /// When it began, ISO 8601.
    pub at: String,
    /// `GET`, `POST`, …
    pub method: String,
    /// The path, without query.
    pub path: String,
    /// The HTTP status, or `None` when no answer came.
    pub status: Option<u16>,
    /// The error code when no answer came.
    pub code: Option<String>,
    /// How long it took, in ms.
    #[ts(type = "number")]
    pub milliseconds: u64,
    /// Bytes of the answer's body.
    #[ts(type = "number")]
    pub bytes: u64,
}

/// A call that waits because its service asked for it, and goes on by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct WaitShown {
    /// The connection it is made for.
    pub connection: String,
    /// How long from now, in s.
    pub seconds: u32,
}
