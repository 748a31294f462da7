//! Owns what a person may choose and the words for what may not be chosen. Must not know requests.
//!
//! Source: the recorded exchanges of file 02; the actions are those of the official client's shortcuts.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::directory::Preferences;
use crate::python::{repr, type_name};

const KEYS: [&str; 3] = [
    "show_sidebar_tutorial",
    "show_youtube_gdpr_banner",
    "shortcuts_preferences",
];
const ACTIONS: [&str; 7] = [
    "applyUpdates",
    "openSearch",
    "annotateSelection",
    "highlightSelection",
    "toggleHighlights",
    "showSelection",
    "hideAdder",
];

/// `known` with what `wanted` changes, or the server's words for why not.
pub(crate) fn changed(known: &Preferences, wanted: &Value) -> Result<Preferences, String> {
    let Some(wanted) = wanted.as_object() else {
        return Err(format!(
            "h.services.user.UserService.update_preferences() argument after ** must be a mapping, not {}",
            type_name(wanted)
        ));
    };
    refuse_others(wanted, &KEYS, "settings")?;
    let mut preferences = known.clone();
    if let Some(shown) = wanted.get("show_sidebar_tutorial") {
        preferences.show_sidebar_tutorial = truth(shown);
    }
    if let Some(shown) = wanted.get("show_youtube_gdpr_banner") {
        preferences.show_youtube_gdpr_banner = truth(shown);
    }
    if let Some(shortcuts) = wanted.get("shortcuts_preferences") {
        preferences.shortcuts = self::shortcuts(shortcuts)?;
    }
    Ok(preferences)
}

fn shortcuts(wanted: &Value) -> Result<Option<Map<String, Value>>, String> {
    let wanted = match wanted {
        Value::Null => return Ok(None),
        Value::Object(wanted) => wanted,
        Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
            return Err("shortcuts_preferences must be a dictionary".to_owned());
        }
    };
    refuse_others(wanted, &ACTIONS, "shortcuts_preferences")?;
    let mut actions: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for (action, key) in wanted.iter().filter(|(_, key)| !key.is_null()) {
        actions.entry(repr(key)).or_default().push(action);
    }
    let mut doubled: Vec<&str> = actions
        .into_values()
        .filter(|actions| actions.len() > 1)
        .flatten()
        .collect();
    doubled.sort_unstable();
    if doubled.is_empty() {
        return Ok(Some(wanted.clone()));
    }
    let doubled = doubled.join(", ");
    Err(format!(
        "shortcuts_preferences has duplicate shortcut values for actions {doubled}"
    ))
}

fn refuse_others(wanted: &Map<String, Value>, allowed: &[&str], what: &str) -> Result<(), String> {
    let mut others: Vec<&str> = wanted
        .keys()
        .map(String::as_str)
        .filter(|key| !allowed.contains(key))
        .collect();
    others.sort_unstable();
    if others.is_empty() {
        return Ok(());
    }
    Err(format!("{what} with keys {} are not allowed", others.join(", ")))
}

/// Python's `bool(value)`.
fn truth(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(truth) => *truth,
        Value::Number(number) => number.as_f64() != Some(0.0),
        Value::String(text) => !text.is_empty(),
        Value::Array(items) => !items.is_empty(),
        Value::Object(members) => !members.is_empty(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn two_actions_cannot_share_a_key() {
        let wanted = json!({"shortcuts_preferences": {"openSearch": "/", "hideAdder": "/"}});
        assert_eq!(
            changed(&Preferences::default(), &wanted).unwrap_err(),
            "shortcuts_preferences has duplicate shortcut values for actions hideAdder, openSearch"
        );
    }

    #[test]
    fn two_actions_may_both_have_no_key() {
        let wanted = json!({"shortcuts_preferences": {"openSearch": null, "hideAdder": null}});
        assert!(changed(&Preferences::default(), &wanted).unwrap().shortcuts.is_some());
    }
}
