//! Owns the search for annotations, 200 at a time, newest first, to the end of any list. Must not say whose a token is: a
//! dead one is answered here as nobody's.
//!
//! Source: hypothesis-api section 3 (`GET /search`); `search_after` drops `offset` and takes the last row's sort value.

use countersign_domain::{ErrorCode, Failure, Timestamp};
use countersign_gateway::{Call, CallLimits};
use serde_json::Value;
use tokio_util::sync::CancellationToken;

use super::refusal::{refused, unreadable};
use super::{ACCEPT, Hypothesis};
use crate::error::{AnswerFault, ServiceError};
use crate::proof::text;
use crate::received::Received;

/// Rows of one page: the most that the service gives.
const PAGE: usize = 200;
/// The largest page read, in bytes.
const LARGEST_PAGE: u64 = 16 * 1024 * 1024;
/// The longest text of a row kept, in characters; the whole stands in the answer to `GET /annotations/{id}`.
const LONGEST_TEXT: usize = 20_000;
/// The longest value of a filter, in characters.
const LONGEST_FILTER: usize = 2_000;

/// Which annotations are asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AnnotationsAsked {
    /// Only those of this account.
    pub user: Option<String>,
    /// Words in any field; "" for all.
    pub words: String,
    /// The annotated page; "" for all.
    pub uri: String,
    /// A tag; "" for all.
    pub tag: String,
    /// Where the page before ended, as it was told there.
    pub after: Option<String>,
}

/// An annotation. What the service left out is none; dates as they came.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Annotation {
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

/// A page of annotations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnnotationsFound {
    /// At most 200.
    pub rows: Vec<Annotation>,
    /// All that match, as the service counts them.
    pub total: Option<u64>,
    /// Where the next page begins; none at the end.
    pub next: Option<String>,
}

impl Hypothesis {
    /// One page of the annotations that this credential may read.
    ///
    /// # Errors
    /// `ServiceError`; filters that are too long are `InputInvalid`, and nothing is sent.
    pub async fn annotations(
        &self,
        asked: &AnnotationsAsked,
        cancel: &CancellationToken,
    ) -> Result<AnnotationsFound, ServiceError> {
        let place = asked.after.as_deref().map(Place::read).transpose()?;
        let answer = self.gateway.send(call(asked, place.as_ref())?, cancel).await?;
        let received = Received::from(&answer);
        if !received.is_success() {
            return Err(refused(&received));
        }
        let page = received.json().map_err(|fault| unreadable(&received, fault))?;
        let rows = page.get("rows").and_then(Value::as_array);
        let rows = rows.ok_or_else(|| unreadable(&received, AnswerFault::Shape))?;
        Ok(found(rows, page.get("total").and_then(Value::as_u64), place.as_ref()))
    }
}

/// Where a page ended: the sort value of its last row, and every row that has it. The service sorts by the millisecond,
/// so that rows of one millisecond are asked for again and passed over.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Place {
    updated: String,
    seen: Vec<String>,
}

impl Place {
    /// Reads `<date> <id> <id>…`, as `write` wrote it.
    fn read(text: &str) -> Result<Self, ServiceError> {
        let mut words = text.split(' ').map(str::to_owned);
        let updated = words.next().unwrap_or_default();
        if text.len() > 20_000 || moment(&updated).is_none() {
            return Err(invalid(
                "The place in the list is none that a page before told. Nothing was sent; search anew.",
            ));
        }
        let seen = words.collect();
        Ok(Self { updated, seen })
    }

    fn write(&self) -> String {
        format!("{} {}", self.updated, self.seen.join(" "))
    }

    /// The first moment after the row's own millisecond.
    fn search_after(&self) -> String {
        let after = moment(&self.updated).and_then(|at| Timestamp::from_millisecond(at + 1).ok());
        after.map_or_else(|| self.updated.clone(), |after| after.to_string())
    }
}

fn moment(updated: &str) -> Option<i64> {
    updated.parse::<Timestamp>().ok().map(Timestamp::as_millisecond)
}

fn invalid(words: &str) -> ServiceError {
    ServiceError::Refused {
        status: 0,
        failure: Failure::new(ErrorCode::InputInvalid, words),
    }
}

fn call(asked: &AnnotationsAsked, place: Option<&Place>) -> Result<Call, ServiceError> {
    let filters = [
        ("user", asked.user.as_deref().unwrap_or_default()),
        ("any", asked.words.trim()),
        ("uri", asked.uri.trim()),
        ("tag", asked.tag.trim()),
    ];
    if filters.iter().any(|(_, value)| value.chars().count() > LONGEST_FILTER) {
        return Err(invalid(
            "This is longer than any annotation's fields. Nothing was sent; shorten it.",
        ));
    }
    let limits = CallLimits {
        body: Some(LARGEST_PAGE),
        ..CallLimits::default()
    };
    let page = Call::get("/search").accept(ACCEPT).limits(limits);
    let page = page
        .query("limit", PAGE.to_string())
        .query("sort", "updated")
        .query("order", "desc");
    let given = filters.into_iter().filter(|(_, value)| !value.is_empty());
    let filtered = given.fold(page, |call, (name, value)| call.query(name, value));
    Ok(match place {
        Some(place) => filtered.query("search_after", place.search_after()),
        None => filtered,
    })
}

fn found(answered: &[Value], total: Option<u64>, place: Option<&Place>) -> AnnotationsFound {
    let seen = |id: &str| place.is_some_and(|place| place.seen.iter().any(|seen| seen == id));
    let all: Vec<Annotation> = answered.iter().filter_map(annotation).collect();
    let next = (answered.len() >= PAGE).then(|| next(&all, place)).flatten();
    AnnotationsFound {
        next: next.map(|place| place.write()),
        rows: all.into_iter().filter(|row| !seen(&row.id)).collect(),
        total,
    }
}

/// Where a full page ended; none where its rows have no dates to go on from, or nothing new came.
fn next(all: &[Annotation], place: Option<&Place>) -> Option<Place> {
    let updated = all.last()?.updated.clone()?;
    let last = moment(&updated)?;
    let same = |row: &&Annotation| row.updated.as_deref().and_then(moment) == Some(last);
    let mut seen: Vec<String> = all.iter().rev().take_while(same).map(|row| row.id.clone()).collect();
    if seen.len() == all.len() {
        // A whole page of one millisecond: going on from the moment itself is all that is left, and it ends.
        seen.clear();
        let before = Timestamp::from_millisecond(last - 1).ok()?;
        let updated = before.to_string();
        return (place.is_none_or(|place| moment(&place.updated) != Some(last - 1))).then_some(Place { updated, seen });
    }
    Some(Place { updated, seen })
}

fn annotation(value: &Value) -> Option<Annotation> {
    let field = |name: &str| text(value, name).map(cut);
    let document = value.get("document");
    let title = document.and_then(|document| document.get("title")).and_then(first_text);
    let tags = value.get("tags").and_then(Value::as_array);
    let tags = tags.into_iter().flatten().filter_map(Value::as_str).map(cut);
    Some(Annotation {
        id: text(value, "id")?
            .chars()
            .take(200)
            .filter(|letter| *letter != ' ')
            .collect(),
        user: field("user"),
        uri: field("uri"),
        title: title.map(cut),
        text: field("text"),
        quote: quote(value).map(cut),
        tags: tags.collect(),
        group: field("group"),
        created: field("created"),
        updated: field("updated"),
    })
}

/// A title is a text or a list of texts.
fn first_text(value: &Value) -> Option<&str> {
    value.as_str().or_else(|| value.as_array()?.first()?.as_str())
}

/// What a `TextQuoteSelector` of the first target marks.
fn quote(value: &Value) -> Option<&str> {
    let selectors = value.get("target")?.as_array()?.first()?.get("selector")?.as_array()?;
    let quote = selectors
        .iter()
        .find(|selector| text(selector, "type") == Some("TextQuoteSelector"))?;
    text(quote, "exact")
}

/// A longer text ends with three dots.
fn cut(text: &str) -> String {
    let mut shown: String = text.chars().take(LONGEST_TEXT).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests;
