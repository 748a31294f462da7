//! Owns `GET /api/search`: which annotations fit, their order and the page of them. Must not check parameters.
//!
//! Source: h/search/core.py, h/search/query.py.

use serde_json::{Value, json};

use super::asked_for::AskedFor;
use super::order::is_after;
use super::words::has_all;
use super::{Annotation, is_visible, presented, uri};
use crate::hypothesis::answer::{Refusal, Success};
use crate::hypothesis::asked::Asked;
use crate::hypothesis::{Hypothesis, User};

/// Replies that one answer holds at most.
const MOST_REPLIES: usize = 200;

pub(super) fn search(state: &mut Hypothesis, asked: &Asked) -> Result<Success, Refusal> {
    let wanted = AskedFor::read(asked)?;
    let person = state.person(asked);
    let mut found = fitting(state, &wanted, person);
    if wanted.separate_replies {
        found.retain(|annotation| annotation.references.is_empty());
    }
    let total = found.len();
    let rows = page(&found, &wanted);
    let told = |rows: &[&Annotation]| -> Vec<Value> { rows.iter().map(|row| presented(state, row, asked)).collect() };
    let mut answer = json!({"total": total, "rows": told(&rows)});
    if let (Value::Object(answer), true) = (&mut answer, wanted.separate_replies) {
        answer.insert("replies".to_owned(), told(&replies(state, &rows, person)).into());
    }
    Ok(Success::Json(answer))
}

/// All that fit and may be seen, in order.
fn fitting<'a>(state: &'a Hypothesis, wanted: &AskedFor, person: Option<&User>) -> Vec<&'a Annotation> {
    if wanted.hopeless {
        return Vec::new();
    }
    let all = state.annotations.iter();
    let mut found: Vec<&Annotation> = all
        .filter(|annotation| wanted.fits(annotation) && is_visible(state, annotation, person))
        .collect();
    found.sort_by(|one, other| wanted.sort.compare(one, other, wanted.descending));
    found
}

fn page<'a>(found: &[&'a Annotation], wanted: &AskedFor) -> Vec<&'a Annotation> {
    let after = |annotation: &&&Annotation| {
        let place = wanted.sort.of(annotation);
        wanted
            .after
            .as_ref()
            .is_none_or(|after| is_after(&place, after, wanted.descending))
    };
    let rest = found.iter().filter(after).skip(wanted.offset);
    rest.take(wanted.limit).copied().collect()
}

fn replies<'a>(state: &'a Hypothesis, rows: &[&Annotation], person: Option<&User>) -> Vec<&'a Annotation> {
    let answers = |annotation: &&Annotation| {
        let mut parents = annotation.references.iter();
        parents.any(|parent| rows.iter().any(|row| row.id == *parent)) && is_visible(state, annotation, person)
    };
    state.annotations.iter().filter(answers).take(MOST_REPLIES).collect()
}

impl AskedFor {
    fn fits(&self, annotation: &Annotation) -> bool {
        let tags: Vec<&str> = annotation.tags.iter().map(String::as_str).collect();
        let all = |wanted: &[String], texts: &[&str]| wanted.iter().all(|words| has_all(words, texts));
        let anywhere = [
            &[
                annotation.quote.as_str(),
                annotation.text.as_str(),
                annotation.uri.as_str(),
            ],
            tags.as_slice(),
        ];
        is_among(&self.groups, &annotation.group)
            && is_among(&self.ids, &annotation.id)
            && self.fits_uri(annotation)
            && self.fits_user(annotation)
            && self.fits_references(annotation)
            && all(&self.tags, &tags)
            && all(&self.texts, &[&annotation.text])
            && all(&self.quotes, &[&annotation.quote])
            && all(&self.uri_parts, &[&annotation.uri])
            && all(&self.anywhere, &anywhere.concat())
    }

    fn fits_uri(&self, annotation: &Annotation) -> bool {
        let own = uri::normalized(&annotation.uri);
        let asked = !self.uris.is_empty() || !self.wildcards.is_empty();
        !asked || self.uris.contains(&own) || self.wildcards.iter().any(|pattern| uri::fits(pattern, &own))
    }

    /// A full userid, `name@authority` or a bare name (the index keeps all three).
    fn fits_user(&self, annotation: &Annotation) -> bool {
        let userid = annotation.userid.to_lowercase();
        let address = userid.strip_prefix("acct:").unwrap_or(&userid);
        let name = address.split('@').next().unwrap_or_default();
        let is_own = |user: &String| [userid.as_str(), address, name].contains(&user.as_str());
        self.users.is_empty() || self.users.iter().any(is_own)
    }

    fn fits_references(&self, annotation: &Annotation) -> bool {
        let mut parents = annotation.references.iter();
        self.references.is_empty() || parents.any(|parent| self.references.contains(parent))
    }
}

fn is_among(wanted: &[String], value: &str) -> bool {
    wanted.is_empty() || wanted.iter().any(|wanted| wanted == value)
}
