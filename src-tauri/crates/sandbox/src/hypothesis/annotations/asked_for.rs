//! Owns the parameters of a search and what the server says of wrong ones (h/schemas/annotation.py,
//! `SearchParamsSchema`). Must not look at annotations.

use std::fmt::Display;
use std::ops::RangeInclusive;

use super::order::{Place, Sort, date};
use super::uri;
use crate::hypothesis::answer::Refusal;
use crate::hypothesis::asked::Asked;

const DEFAULT_LIMIT: i64 = 20;
const LIMITS: RangeInclusive<i64> = 0..=200;
const OFFSETS: RangeInclusive<i64> = 0..=9800;
const SORTS: [&str; 5] = ["created", "updated", "group", "id", "user"];
const ORDERS: [&str; 2] = ["asc", "desc"];
/// Parameters with a meaning of their own; any other is the name of a field of the index.
const KNOWN: [&str; 20] = [
    "_separate_replies",
    "any",
    "group",
    "limit",
    "offset",
    "order",
    "quote",
    "references",
    "search_after",
    "sort",
    "tag",
    "tags",
    "text",
    "uri",
    "uri.parts",
    "url",
    "user",
    "wildcard_uri",
    "id",
    "access_token",
];
const NO_DATE: &str = "search_after must be a parsable date in the form\n                    yyyy-MM-dd'T'HH:mm:ss.SSX\n\
                       \x20                   or time in miliseconds since the epoch.";
const WRONG_WILDCARD: &str = "Wildcards (_ and *) are not permitted within the\n                domain of wildcard_uri";

/// A search with nothing wrong.
#[derive(Debug)]
pub(super) struct AskedFor {
    pub(super) limit: usize,
    pub(super) offset: usize,
    pub(super) sort: Sort,
    pub(super) descending: bool,
    pub(super) after: Option<Place>,
    pub(super) separate_replies: bool,
    /// Normalized.
    pub(super) uris: Vec<String>,
    /// Normalized, with `*` and `_`.
    pub(super) wildcards: Vec<String>,
    /// In lower case.
    pub(super) users: Vec<String>,
    pub(super) groups: Vec<String>,
    pub(super) references: Vec<String>,
    pub(super) ids: Vec<String>,
    pub(super) tags: Vec<String>,
    pub(super) texts: Vec<String>,
    pub(super) quotes: Vec<String>,
    pub(super) uri_parts: Vec<String>,
    pub(super) anywhere: Vec<String>,
    /// A field that nothing has was asked for.
    pub(super) hopeless: bool,
}

impl AskedFor {
    pub(super) fn read(asked: &Asked) -> Result<Self, Refusal> {
        let mut wrong = Vec::new();
        let sort_name = one_of(asked, "sort", &SORTS, "updated", &mut wrong);
        let order = one_of(asked, "order", &ORDERS, "desc", &mut wrong);
        let limit = number(asked, "limit", DEFAULT_LIMIT, &LIMITS, &mut wrong);
        let offset = number(asked, "offset", 0, &OFFSETS, &mut wrong);
        let wildcards = asked.all_of_query("wildcard_uri");
        if !wildcards.iter().all(|wildcard| uri::is_wildcard(wildcard)) {
            wrong.push(format!("wildcard_uri: {WRONG_WILDCARD}"));
        }
        let sort = Sort::named(&sort_name);
        let after = asked.query("search_after").filter(|after| !after.is_empty());
        if wrong.is_empty() && sort.is_date() && after.as_deref().is_some_and(|after| date(after).is_none()) {
            wrong.push(format!(": {NO_DATE}"));
        }
        if !wrong.is_empty() {
            return Err(Refusal::Invalid(wrong.join("\n")));
        }
        let all = |name: &str| asked.all_of_query(name);
        let both = |one: &str, other: &str| [all(one), all(other)].concat();
        Ok(Self {
            limit,
            offset: if after.is_some() { 0 } else { offset },
            descending: order == "desc",
            after: after.and_then(|after| sort.place(&after)),
            sort,
            separate_replies: asked.query("_separate_replies").is_some_and(|value| is_true(&value)),
            uris: both("uri", "url").iter().map(|given| uri::normalized(given)).collect(),
            wildcards: wildcards.iter().map(|given| uri::normalized_wildcard(given)).collect(),
            users: all("user").iter().map(|user| user.to_lowercase()).collect(),
            groups: all("group"),
            references: all("references"),
            ids: all("id"),
            tags: both("tag", "tags"),
            texts: all("text"),
            quotes: all("quote"),
            uri_parts: all("uri.parts"),
            anywhere: all("any"),
            hopeless: asked
                .names_of_query()
                .iter()
                .any(|name| !KNOWN.contains(&name.as_str())),
        })
    }
}

fn one_of(asked: &Asked, name: &str, known: &[&str], default: &str, wrong: &mut Vec<String>) -> String {
    let given = asked.query(name).filter(|given| !given.is_empty());
    let given = given.unwrap_or_else(|| default.to_owned());
    if !known.contains(&given.as_str()) {
        wrong.push(format!("{name}: \"{given}\" is not one of {}", known.join(", ")));
    }
    given
}

fn number(asked: &Asked, name: &str, default: i64, range: &RangeInclusive<i64>, wrong: &mut Vec<String>) -> usize {
    let mut refused = |words: &dyn Display| {
        wrong.push(format!("{name}: {words}"));
        0
    };
    let Some(given) = asked.query(name).filter(|given| !given.is_empty()) else {
        return usize::try_from(default).unwrap_or_default();
    };
    match given.trim().parse::<i64>() {
        Err(_) => refused(&format!("\"{given}\" is not a number")),
        Ok(number) if number < *range.start() => {
            refused(&format!("{number} is less than minimum value {}", range.start()))
        }
        Ok(number) if number > *range.end() => {
            refused(&format!("{number} is greater than maximum value {}", range.end()))
        }
        Ok(number) => usize::try_from(number).unwrap_or_default(),
    }
}

/// Whatever is not one of colander's words for no is a yes.
fn is_true(value: &str) -> bool {
    !["", "false", "0"].contains(&value.to_lowercase().as_str())
}
