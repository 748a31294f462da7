//! Owns the comparison of a recorded JSON value with a live one, at every depth. Must not be looser than documented:
//! only carried values and dates may differ, and each such place is noted.

use serde_json::{Map, Value};

use crate::carried::Carried;

/// What was found in one answer.
#[derive(Debug, Default)]
pub(crate) struct Comparison {
    pub(crate) differences: Vec<String>,
    pub(crate) masked: Vec<String>,
}

impl Comparison {
    pub(crate) fn differs(&mut self, place: &str, recorded: &str, live: &str) {
        self.differences
            .push(format!("{place}: recorded {recorded}, got {live}"));
    }

    /// Compares two texts that a carried value may stand in.
    pub(crate) fn text(&mut self, place: &str, recorded: &str, live: &str, carried: &Carried) {
        if carried.applied(recorded) == live {
            if recorded != live {
                self.masked.push(format!("{place}: carried or this server's address"));
            }
        } else if is_date(recorded) && is_date(live) {
            self.masked.push(format!("{place}: a date"));
        } else {
            self.differs(place, &format!("{recorded:?}"), &format!("{live:?}"));
        }
    }

    pub(crate) fn json(&mut self, place: &str, recorded: &Value, live: &Value, carried: &Carried) {
        match (recorded, live) {
            (Value::Object(recorded), Value::Object(live)) => self.members(place, recorded, live, carried),
            (Value::Array(recorded), Value::Array(live)) => {
                if recorded.len() != live.len() {
                    self.differs(place, &format!("{} elements", recorded.len()), &live.len().to_string());
                }
                for (at, (recorded, live)) in recorded.iter().zip(live).enumerate() {
                    self.json(&format!("{place}[{at}]"), recorded, live, carried);
                }
            }
            (Value::String(recorded), Value::String(live)) => self.text(place, recorded, live, carried),
            _ if written(recorded) == written(live) => {}
            _ => self.differs(place, &written(recorded), &written(live)),
        }
    }

    fn members(&mut self, place: &str, recorded: &Map<String, Value>, live: &Map<String, Value>, carried: &Carried) {
        for (key, value) in recorded {
            match live.get(key) {
                Some(live) => self.json(&format!("{place}.{key}"), value, live, carried),
                None => self.differs(&format!("{place}.{key}"), &written(value), "nothing"),
            }
        }
        for (key, value) in live.iter().filter(|(key, _)| !recorded.contains_key(*key)) {
            self.differs(&format!("{place}.{key}"), "nothing", &written(value));
        }
    }
}

/// As JSON: `3600.0` and `3600` are two things.
fn written(value: &Value) -> String {
    let text = value.to_string();
    if text.chars().count() <= 300 {
        return text;
    }
    text.chars().take(300).chain(['…']).collect()
}

/// `2026-11-21T20:45:49…`
fn is_date(text: &str) -> bool {
    let form = "dddd-dd-ddTdd:dd:dd";
    let fits = |(wanted, found): (char, char)| {
        if wanted == 'd' {
            found.is_ascii_digit()
        } else {
            wanted == found
        }
    };
    text.len() >= form.len() && form.chars().zip(text.chars()).all(fits)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn compared(recorded: &Value, live: &Value) -> Comparison {
        let mut carried = Carried::new("h:1".to_owned(), "h:2".to_owned(), String::new());
        carried.learn(recorded, live);
        let mut comparison = Comparison::default();
        comparison.json("body", recorded, live, &carried);
        comparison
    }

    #[test]
    fn only_carried_values_and_dates_may_differ() {
        let recorded = json!({"id": "aaaa1111", "url": "http://h:1/g/aaaa1111", "created": "2026-11-21T20:45:49Z"});
        let live = json!({"id": "bbbb2222", "url": "http://h:2/g/bbbb2222", "created": "2026-01-01T00:00:00Z"});
        let comparison = compared(&recorded, &live);
        assert_eq!(comparison.differences, Vec::<String>::new());
        assert_eq!(comparison.masked.len(), 3, "each is noted");
    }

    #[test]
    fn every_other_difference_is_one() {
        for (recorded, live) in [
            (json!({"a": 1}), json!({"a": 1, "b": 2})),
            (json!({"a": 1}), json!({})),
            (json!({"expires_in": 3600.0}), json!({"expires_in": 3600})),
            (json!([1, 2]), json!([1])),
            (json!({"name": "x"}), json!({"name": "y"})),
            (json!({"id": "x"}), json!({"id": null})),
            (json!(null), json!("")),
        ] {
            assert_eq!(compared(&recorded, &live).differences.len(), 1, "{recorded} {live}");
        }
    }
}
