//! Owns the values that earlier answers gave: recorded on the left, given by the sandbox on the right.
//! Must not take over a value that the fixture fixes, nor one from a place that is not known to give values.

use std::collections::BTreeMap;

use serde_json::Value;
use url::Url;

/// Members of an answer whose values a server makes up.
const GIVEN: [&str; 6] = ["id", "access_token", "refresh_token", "code", "csrfToken", "csrf_token"];

#[derive(Debug)]
pub(crate) struct Carried {
    /// Longest first, so that no value replaces a part of another.
    values: BTreeMap<std::cmp::Reverse<usize>, Vec<(String, String)>>,
    cookies: BTreeMap<String, String>,
    recorded_host: String,
    host: String,
    fixed: String,
}

impl Carried {
    /// `recorded_host` and `host` are `name:port`; what `fixed` holds is never taken over.
    pub(crate) fn new(recorded_host: String, host: String, fixed: String) -> Self {
        Self {
            values: BTreeMap::new(),
            cookies: BTreeMap::new(),
            recorded_host,
            host,
            fixed,
        }
    }

    /// Cookies belong to one file.
    pub(crate) fn forget_cookies(&mut self) {
        self.cookies.clear();
    }

    /// The `Cookie` header, where there are any.
    pub(crate) fn cookie_header(&self) -> Option<String> {
        let pairs: Vec<String> = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        (!pairs.is_empty()).then(|| pairs.join("; "))
    }

    pub(crate) fn learn_cookie(&mut self, header: &str) {
        let pair = header.split(';').next().unwrap_or_default();
        if let Some((name, value)) = pair.split_once('=') {
            self.cookies.insert(name.trim().to_owned(), value.trim().to_owned());
        }
    }

    /// Takes over the values that stand in the same place of both answers.
    pub(crate) fn learn(&mut self, recorded: &Value, live: &Value) {
        match (recorded, live) {
            (Value::Object(recorded), Value::Object(live)) => {
                for (key, recorded) in recorded {
                    let Some(live) = live.get(key) else { continue };
                    match (recorded.as_str(), live.as_str()) {
                        (Some(recorded), Some(live)) if GIVEN.contains(&key.as_str()) => self.take(recorded, live),
                        _ => self.learn(recorded, live),
                    }
                }
            }
            (Value::Array(recorded), Value::Array(live)) => {
                for (recorded, live) in recorded.iter().zip(live) {
                    self.learn(recorded, live);
                }
            }
            _ => {}
        }
    }

    /// Takes over what a redirection gives in its query.
    pub(crate) fn learn_location(&mut self, recorded: &str, live: &str) {
        let given = |location: &str| {
            let url = Url::parse(location).ok()?;
            url.query_pairs()
                .find_map(|(key, value)| (key == "code").then(|| value.into_owned()))
        };
        if let (Some(recorded), Some(live)) = (given(recorded), given(live)) {
            self.take(&recorded, &live);
        }
    }

    fn take(&mut self, recorded: &str, live: &str) {
        let fixed = recorded.is_empty() || self.fixed.contains(&format!("\"{recorded}\""));
        let same_length = self.values.entry(std::cmp::Reverse(recorded.len())).or_default();
        if !fixed && !same_length.iter().any(|(known, _)| known == recorded) {
            same_length.push((recorded.to_owned(), live.to_owned()));
        }
    }

    /// A recorded text with everything in it that is another here: carried values, and the server's address in plain
    /// and percent-encoded writing.
    pub(crate) fn applied(&self, recorded: &str) -> String {
        let mut text = recorded.to_owned();
        for colon in [":", "%3A", "%253A", "%25253A"] {
            let here = self.host.replace(':', colon);
            text = text.replace(&self.recorded_host.replace(':', colon), &here);
        }
        for (recorded, live) in self.values.values().flatten() {
            text = text.replace(recorded, live);
        }
        text
    }

    /// The same for all texts of a body.
    pub(crate) fn applied_to(&self, recorded: &Value) -> Value {
        match recorded {
            Value::String(text) => Value::String(self.applied(text)),
            Value::Array(items) => items.iter().map(|item| self.applied_to(item)).collect(),
            Value::Object(members) => {
                let members = members.iter().map(|(key, value)| (key.clone(), self.applied_to(value)));
                Value::Object(members.collect())
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => recorded.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn carried() -> Carried {
        Carried::new(
            "127.0.0.1:15000".to_owned(),
            "127.0.0.1:7".to_owned(),
            r#"{"pubid": "__world__"}"#.to_owned(),
        )
    }

    #[test]
    fn a_given_id_goes_into_later_texts() {
        let mut carried = carried();
        carried.learn(
            &json!([{"id": "abcd1234", "name": "x"}]),
            &json!([{"id": "LIVE0001", "name": "y"}]),
        );
        assert_eq!(
            carried.applied("/api/groups/abcd1234/members"),
            "/api/groups/LIVE0001/members"
        );
        assert_eq!(carried.applied("x"), "x", "a name is not given by the server");
    }

    #[test]
    fn what_the_fixture_fixes_is_not_taken_over() {
        let mut carried = carried();
        carried.learn(&json!({"id": "__world__"}), &json!({"id": "other"}));
        assert_eq!(carried.applied("__world__"), "__world__");
    }

    #[test]
    fn the_address_is_replaced_in_every_writing() {
        let recorded = "http://127.0.0.1:15000/a?next=http%3A%2F%2F127.0.0.1%3A15000";
        assert_eq!(
            carried().applied(recorded),
            "http://127.0.0.1:7/a?next=http%3A%2F%2F127.0.0.1%3A7"
        );
    }

    #[test]
    fn a_code_is_found_in_a_redirection() {
        let mut carried = carried();
        carried.learn_location(
            "http://127.0.0.1:1/cb?code=old&state=s",
            "http://127.0.0.1:1/cb?code=new&state=s",
        );
        assert_eq!(carried.applied("old"), "new");
    }
}
