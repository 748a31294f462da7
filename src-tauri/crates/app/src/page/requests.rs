//! Owns the shapes of the Requests screen. A request is a path below the connection's own API, never an address.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use countersign_domain::Failure;

/// A GET that the service documents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct DocumentedRequest {
    /// The group it belongs to: `profile`, `groups`, `controls`, …
    pub resource: String,
    /// The path with its placeholders in braces, such as `/groups/{id}/members`.
    pub path: String,
    /// The service's own description, or ours where it gives none.
    pub description: String,
    /// Documented query parameters.
    pub parameters: Vec<String>,
}

/// One name and value of a query.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[ts(export)]
pub struct QueryPair {
    /// The name, not encoded.
    pub name: String,
    /// The value, not encoded.
    pub value: String,
}

/// A request to make.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[ts(export)]
pub struct RequestDraft {
    /// Below the connection's API, beginning with `/`; placeholders are filled in. Matches one of the documented requests.
    pub path: String,
    /// The query.
    pub query: Vec<QueryPair>,
}

/// An answer as it came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct RequestAnswer {
    /// The HTTP status.
    pub status: u16,
    /// `Content-Type`.
    pub content_type: Option<String>,
    /// How long it took, in ms.
    #[ts(type = "number")]
    pub milliseconds: u64,
    /// Bytes of the body.
    #[ts(type = "number")]
    pub bytes: u64,
    /// The body as text, invalid bytes replaced, at most 1 MiB; what the credential was is removed.
    pub text: String,
    /// Whether `text` was cut.
    pub cut: bool,
    /// Whether `text` is JSON from beginning to end, so that it can be shown as a tree.
    pub is_json: bool,
    /// What the status means, for 4xx and 5xx.
    pub failure: Option<Failure>,
    /// Whether the credential went along.
    pub authenticated: bool,
}

/// A request of the history, newest first, kept in the connection's encrypted ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct RequestRemembered {
    /// What was asked.
    pub request: RequestDraft,
    /// When, ISO 8601.
    pub at: String,
    /// The status, or `null` when no answer came.
    pub status: Option<u16>,
}

/// Which annotations are searched.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[ts(export)]
pub struct AnnotationsQuery {
    /// Own annotations (`user` = the connection's own userid) or all that may be read.
    pub mine: bool,
    /// Words in any field; empty for all.
    pub words: String,
    /// The page that was annotated; empty for all.
    pub uri: String,
    /// A tag; empty for all.
    pub tag: String,
    /// `search_after` of the page before; `null` for the first.
    pub after: Option<String>,
}

/// An annotation as a row. Fields that the service left out are `null`; dates as they came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct AnnotationShown {
    /// The identifier.
    pub id: String,
    /// Who wrote it.
    pub user: Option<String>,
    /// The annotated page.
    pub uri: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// What was written.
    pub text: Option<String>,
    /// What was marked on the page.
    pub quote: Option<String>,
    /// Tags.
    pub tags: Vec<String>,
    /// The group it stands in.
    pub group: Option<String>,
    /// When it was written.
    pub created: Option<String>,
    /// When it was last changed.
    pub updated: Option<String>,
}

/// At most 200 annotations.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct AnnotationsPage {
    /// The rows.
    pub rows: Vec<AnnotationShown>,
    /// All that match, as the service counts them.
    #[ts(type = "number | null")]
    pub total: Option<u64>,
    /// To be sent as `after` for the next page; `null` at the end.
    pub next: Option<String>,
}
