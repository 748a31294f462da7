//! Owns the order of search results and what lies after a given place in it. Must not filter.

use std::cmp::Ordering;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

use super::Annotation;

/// What results are ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    Created,
    Updated,
    Group,
    Id,
    User,
}

/// A value of the field that orders. Dates have milliseconds, as the index keeps them.
#[derive(Debug, Clone, PartialEq, PartialOrd)]
pub(super) enum Place {
    Date(f64),
    Text(String),
}

impl Sort {
    pub(super) fn named(name: &str) -> Self {
        match name {
            "created" => Self::Created,
            "group" => Self::Group,
            "id" => Self::Id,
            "user" => Self::User,
            _ => Self::Updated,
        }
    }

    pub(super) fn is_date(self) -> bool {
        matches!(self, Self::Created | Self::Updated)
    }

    /// The place that `search_after` names; `None` for what is no date where a date orders.
    pub(super) fn place(self, text: &str) -> Option<Place> {
        if self.is_date() {
            date(text).map(Place::Date)
        } else {
            Some(Place::Text(text.to_owned()))
        }
    }

    pub(super) fn of(self, annotation: &Annotation) -> Place {
        match self {
            Self::Created => Place::Date(milliseconds(annotation.created)),
            Self::Updated => Place::Date(milliseconds(annotation.updated)),
            Self::Group => Place::Text(annotation.group.clone()),
            Self::Id => Place::Text(annotation.id.clone()),
            Self::User => Place::Text(annotation.userid.clone()),
        }
    }

    pub(super) fn compare(self, one: &Annotation, other: &Annotation, descending: bool) -> Ordering {
        let order = self.of(one).partial_cmp(&self.of(other)).unwrap_or(Ordering::Equal);
        if descending { order.reverse() } else { order }
    }
}

/// Whether `place` comes strictly after `after`: of several with the same value none comes again.
pub(super) fn is_after(place: &Place, after: &Place, descending: bool) -> bool {
    if descending { place < after } else { place > after }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "milliseconds since 1970 are exact until far beyond any date here"
)]
fn milliseconds(instant: Timestamp) -> f64 {
    instant.as_millisecond() as f64
}

/// Milliseconds since 1970. Numbers under 9999 are years, others are milliseconds already (h/search/query.py,
/// `_parse_date`); a time without a zone is in UTC.
pub(super) fn date(text: &str) -> Option<f64> {
    let text = text.trim();
    if let Some(number) = text.parse::<f64>().ok().filter(|number| *number >= 9999.0) {
        return Some(number);
    }
    // A plus sign that was not encoded arrives as a space.
    let text = text.replace(' ', "+");
    let instant = text.parse::<Timestamp>().ok();
    let civil = || text.parse::<DateTime>().ok();
    let day = || {
        text.parse::<Date>()
            .ok()
            .map(|day| day.to_datetime(jiff::civil::Time::midnight()))
    };
    let year = || {
        Some(
            Date::new(text.parse().ok()?, 1, 1)
                .ok()?
                .to_datetime(jiff::civil::Time::midnight()),
        )
    };
    let local = || civil().or_else(day).or_else(year)?.to_zoned(TimeZone::UTC).ok();
    instant.or_else(|| Some(local()?.timestamp())).map(milliseconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_written_in_many_ways() {
        let day = 1_767_225_600_000.0;
        for text in [
            "2026-01-01",
            "2026",
            "2026-01-01T00:00:00",
            "2026-01-01T00:00:00Z",
            "2026-01-01T01:00:00.000000+01:00",
            "2026-01-01T01:00:00.000000 01:00",
            "1767225600000",
        ] {
            assert_eq!(date(text), Some(day), "{text}");
        }
        assert_eq!(date("yesterday"), None);
    }

    #[test]
    fn the_place_itself_is_not_after_itself() {
        let place = |number| Place::Date(number);
        assert!(is_after(&place(1.0), &place(2.0), true) && is_after(&place(2.0), &place(1.0), false));
        assert!(!is_after(&place(1.0), &place(1.0), true) && !is_after(&place(1.0), &place(1.0), false));
    }
}
