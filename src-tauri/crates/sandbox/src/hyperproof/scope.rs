//! Owns what an access token may be used for: the names of the scopes and which one a path needs (hyperproof-api 1.6).
//! Must not know tokens.

use std::collections::BTreeSet;

/// Scopes by name, such as `control.read`.
pub(crate) type Scopes = BTreeSet<String>;

/// The object of a scope by the first segment under `/v1`. Only some of these names were seen; the rest follow the
/// pattern.
const OBJECTS: [(&str, &str); 19] = [
    ("controls", "control"),
    ("customapps", "customapp"),
    ("customfields", "customfield"),
    ("externalcontacts", "externalcontact"),
    ("groups", "group"),
    ("issues", "issue"),
    ("labels", "label"),
    ("policies", "policy"),
    ("policyversions", "policyversion"),
    ("programs", "program"),
    ("proof", "proof"),
    ("questionnaires", "questionnaire"),
    ("risks", "risk"),
    ("roles", "role"),
    ("scopes", "scope"),
    ("tasks", "task"),
    ("taskstatuses", "taskstatus"),
    ("users", "user"),
    ("vendors", "vendor"),
];

/// Everything that a client can be given for reading.
pub(crate) fn all() -> Scopes {
    OBJECTS.iter().map(|(_, object)| format!("{object}.read")).collect()
}

/// The scope that reading `path` (under `/v1`) needs; `None` for what does not exist.
pub(super) fn needed(path: &str) -> Option<String> {
    let first = path.trim_start_matches('/').split('/').next().unwrap_or_default();
    OBJECTS
        .iter()
        .find_map(|(segment, object)| (*segment == first).then(|| format!("{object}.read")))
}

/// The scopes that a text names, separated by spaces.
pub(super) fn read(text: &str) -> Scopes {
    text.split_whitespace().map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_needs_the_scope_of_its_first_segment() {
        assert_eq!(needed("/controls/summaries").as_deref(), Some("control.read"));
        assert_eq!(needed("/policies").as_deref(), Some("policy.read"));
        assert_eq!(needed("/nothing"), None);
        assert_eq!(all().len(), 19);
    }
}
