//! Owns the shapes of the Controls screen. Values are the server's raw text; the page finds words for those it knows.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A column that can be listed and sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum ControlColumn {
    /// `controlIdentifier`, sorted naturally (AC-2 before AC-10).
    Identifier,
    /// `name`
    Name,
    /// `domainName`
    Domain,
    /// `implementation`
    Implementation,
    /// `testingStatus`
    Testing,
    /// `freshness`
    Freshness,
    /// `health`, worst first.
    Health,
    /// `owner`
    Owner,
    /// `updatedOn`
    Updated,
}

/// A field with facets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum FacetField {
    /// `health`
    Health,
    /// `freshness`
    Freshness,
    /// `status`
    Status,
    /// `domainName`
    Domain,
    /// `owner`
    Owner,
}

/// "Field is one of": `None` among the values means "Not provided". Values of one filter are OR-ed, filters AND-ed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[ts(export)]
pub struct ControlsFilter {
    /// The field.
    pub field: FacetField,
    /// Raw values; at most 200.
    pub values: Vec<Option<String>>,
}

/// A window over the register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[ts(export)]
pub struct ControlsQuery {
    /// Words searched in identifier, name, domain, owner and description; every word must occur. At most 200 characters.
    #[serde(default)]
    pub search: String,
    /// At most one a field.
    #[serde(default)]
    pub filters: Vec<ControlsFilter>,
    /// The column sorted by.
    pub sort: ControlColumn,
    /// Descending.
    #[serde(default)]
    pub descending: bool,
    /// First row wanted, from 0.
    #[serde(default)]
    pub offset: u32,
    /// Rows wanted, 1 to 200.
    pub limit: u32,
}

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ControlRow {
    /// `id`
    pub id: String,
    /// `controlIdentifier`
    pub identifier: Option<String>,
    /// `name`
    pub name: Option<String>,
    /// `domainName`
    pub domain: Option<String>,
    /// `implementation`
    pub implementation: Option<String>,
    /// `testingStatus`
    pub testing: Option<String>,
    /// `freshness`
    pub freshness: Option<String>,
    /// `health`
    pub health: Option<String>,
    /// A person's name, e-mail or id.
    pub owner: Option<String>,
    /// `updatedOn`, raw.
    pub updated: Option<String>,
    /// The server left fields out of this row.
    pub partial: bool,
}

/// Rows and counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ControlsWindow {
    /// The rows from `offset` on.
    pub rows: Vec<ControlRow>,
    /// Rows that match search and filters.
    pub matched: u32,
    /// Rows in the register.
    pub total: u32,
    /// Rows in the register with fields left out by the server.
    pub partial: u32,
    /// The snapshot shown; `None` before the first sync.
    pub snapshot: Option<SnapshotShown>,
}

/// A finished sync.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct SnapshotShown {
    /// Its number, from 1.
    pub number: u32,
    /// When it finished, ISO 8601.
    pub finished: String,
    /// Rows it holds.
    pub rows: u32,
    /// Rows new, changed or gone since the one before; 0 for the first. 0 for the first.
    pub changed: u32,
}

/// A facet: its values with counts under the other filters and the search.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ControlsFacet {
    /// The field.
    pub field: FacetField,
    /// Its values, most frequent first; at most 200.
    pub values: Vec<FacetValue>,
}

/// A value of a facet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct FacetValue {
    /// The raw value; `None` is "Not provided".
    pub value: Option<String>,
    /// Rows with it.
    pub count: u32,
}

/// Everything the server sent of one control.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ControlDetail {
    /// The row.
    pub row: ControlRow,
    /// Every field of the document in the server's order, the nested ones with a path such as `owner.email`.
    pub fields: Vec<FieldShown>,
    /// The document's JSON, indented, for the Raw tab; at most 256 kB, cut with a mark beyond.
    pub raw: String,
    /// The server left fields out of this row.
    pub partial: bool,
}

/// A field of the detail pane.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct FieldShown {
    /// The API's name, with its path.
    pub path: String,
    /// Text as it came; `None` where the server wrote `null`.
    pub value: Option<String>,
}

/// A step of a sync, at most ten a second.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct SyncProgress {
    /// Rows read so far.
    pub rows: u32,
    /// Bytes read so far.
    #[ts(type = "number")]
    pub bytes: u64,
}

/// How a sync ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct SyncOutcome {
    /// The new snapshot.
    pub snapshot: SnapshotShown,
    /// Rows that were no control and were left out.
    pub skipped: u32,
    /// The row count is one at which services cut lists (25, 50, 100, 200, 250, 500, 1000): perhaps not all.
    pub suspicious_count: bool,
}
