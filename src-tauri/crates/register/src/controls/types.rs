//! Owns the questions asked of a controls register and their answers. Values are the server's raw text.
//! Must not hold SQL.

use countersign_domain::Timestamp;

use crate::error::RegisterError;

/// Most rows of one window.
pub const LONGEST_WINDOW: u32 = 200;
/// Longest search, in characters.
pub const LONGEST_SEARCH: usize = 200;
/// Most values a facet lists and a filter takes.
pub const MOST_FACET_VALUES: usize = 200;

/// A column that can be listed and sorted by. Rows without a value stand last in either direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ControlColumn {
    /// `controlIdentifier`, in natural order (AC-2 before AC-10).
    Identifier,
    /// `name`
    Name,
    /// `domainName`
    Domain,
    /// `implementation`, least done first.
    Implementation,
    /// `testingStatus`, ineffective first.
    Testing,
    /// `freshness`, expired first.
    Freshness,
    /// `health`, worst first.
    Health,
    /// `owner`
    Owner,
    /// `updatedOn`, by time.
    Updated,
}

/// A field that can be filtered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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

impl FacetField {
    /// Every field there is, in the order facets are answered.
    pub const ALL: [Self; 5] = [Self::Health, Self::Freshness, Self::Status, Self::Domain, Self::Owner];
}

/// "Field is one of `values`", `None` meaning "not provided". Without any value it filters nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ControlsFilter {
    /// The field.
    pub field: FacetField,
    /// Raw values as `FacetValue` gave them; at most 200.
    pub values: Vec<Option<String>>,
}

/// A window over the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ControlsQuery {
    /// Words, each of which must occur somewhere in identifier, name, domain, owner or description, without regard to
    /// case and accents; no character has a special meaning. At most 200 characters.
    pub search: String,
    /// AND-ed; at most one a field.
    pub filters: Vec<ControlsFilter>,
    /// The column sorted by; rows that are equal there stand by identifier, then id.
    pub sort: ControlColumn,
    /// Turns the order of `sort` round, not the one among equals.
    pub descending: bool,
    /// First row wanted, from 0.
    pub offset: u32,
    /// Rows wanted, 1 to 200.
    pub limit: u32,
}

impl ControlsQuery {
    /// Refuses what no screen asks.
    pub(crate) fn check(&self) -> Result<(), RegisterError> {
        let mut fields: Vec<FacetField> = self.filters.iter().map(|filter| filter.field).collect();
        fields.sort_unstable_by_key(|field| *field as u8);
        fields.dedup();
        let rules = [
            ((1..=LONGEST_WINDOW).contains(&self.limit), "a window has 1 to 200 rows"),
            (
                self.search.chars().count() <= LONGEST_SEARCH,
                "a search has at most 200 characters",
            ),
            (fields.len() == self.filters.len(), "a field is filtered once"),
            (
                self.filters
                    .iter()
                    .all(|filter| filter.values.len() <= MOST_FACET_VALUES),
                "a filter has at most 200 values",
            ),
        ];
        match rules.iter().find(|(kept, _)| !kept) {
            Some((_, rule)) => Err(RegisterError::Question(rule)),
            None => Ok(()),
        }
    }
}

/// A row of the list. Values of more than 1,000 characters are cut here; the document has them whole.
#[derive(Debug, Clone, PartialEq, Eq)]
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
    /// `status`
    pub status: Option<String>,
    /// A person's name, e-mail or id.
    pub owner: Option<String>,
    /// `updatedOn`, raw.
    pub updated: Option<String>,
    /// The server left fields out of this row.
    pub partial: bool,
}

/// Rows and counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ControlsWindow {
    /// The rows from `offset` on, at most `limit`.
    pub rows: Vec<ControlRow>,
    /// Rows that match search and filters.
    pub matched: u32,
    /// Rows in the register.
    pub total: u32,
    /// Rows in the register with fields left out by the server.
    pub partial: u32,
    /// The snapshot shown; `None` before the first sync.
    pub snapshot: Option<Snapshot>,
}

/// A field's values with their counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facet {
    /// The field.
    pub field: FacetField,
    /// Most frequent first, then by value, "not provided" last among equals; at most 200.
    pub values: Vec<FacetValue>,
}

/// A value of a facet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetValue {
    /// The raw value; `None` is "not provided".
    pub value: Option<String>,
    /// Rows with it.
    pub count: u32,
}

/// One control whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredControl {
    /// The row of the list.
    pub row: ControlRow,
    /// The document's JSON as the server sent it.
    pub verbatim: String,
}

/// A finished sync.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Snapshot {
    /// Its number, from 1.
    pub number: u32,
    /// When it began.
    pub started: Timestamp,
    /// When it was finished.
    pub finished: Timestamp,
    /// Controls it holds.
    pub rows: u32,
    /// Controls it holds with fields left out by the server.
    pub partial: u32,
    /// Controls that the snapshot before did not hold; all of them in the first.
    pub added: u32,
    /// Controls whose document differs from the one in the snapshot before.
    pub changed: u32,
    /// Controls that only the snapshot before holds.
    pub gone: u32,
    /// Rows of the answer whose id had come before in the same answer; the last one counts.
    pub repeated: u32,
}
