//! Owns the GETs of Hyperproof's public API, `v1`, that are documented or were seen in the vendor's own code.
//! Must not name its beta or web API, nor anything that writes.
//!
//! Source: hyperproof-api sections 3, 4 and 5.

use super::documented::Documented;
use super::template::Template;

/// Resource, the object its scope is likely named after, path, what it gives, query parameters.
type Row = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static [&'static str],
);

const LINKABLE: &[&str] = &["canLink", "status"];
const STATUS: &[&str] = &["status"];
const NONE: &[&str] = &[];

const TABLE: &[Row] = &[
    (
        "controls",
        "control",
        "/controls",
        "Every control",
        &["canLink", "expandScopes", "expandTeams", "status"],
    ),
    (
        "controls",
        "control",
        "/controls/summaries",
        "Every control, in short",
        LINKABLE,
    ),
    ("controls", "control", "/controls/{controlId}", "One control", NONE),
    ("labels", "label", "/labels", "Every label", LINKABLE),
    (
        "labels",
        "label",
        "/labels/summaries",
        "Every label, in short",
        LINKABLE,
    ),
    ("labels", "label", "/labels/{labelId}", "One label", NONE),
    (
        "proof",
        "proof",
        "/proof",
        "Proof, a page at a time",
        &[
            "limit",
            "nextToken",
            "sortBy",
            "sortDirection",
            "objectType",
            "objectId",
        ],
    ),
    ("proof", "proof", "/proof/{proofId}", "What is known of one proof", NONE),
    (
        "proof",
        "proof",
        "/proof/{proofId}/contents",
        "The contents of one proof",
        &["version"],
    ),
    ("users", "user", "/users/me", "Who this connection is", &["expand"]),
    (
        "users",
        "user",
        "/users",
        "Everybody in the organisation",
        &["expand", "includeDeactivated"],
    ),
    ("groups", "group", "/groups", "Every group", &["status", "expand"]),
    ("groups", "group", "/groups/{groupId}", "One group", NONE),
    ("roles", "role", "/roles", "Every role", NONE),
    ("tasks", "task", "/tasks/{taskId}", "One task", NONE),
    (
        "tasks",
        "task",
        "/tasks/{taskId}/proof",
        "The proof of one task",
        &["sourceFileId"],
    ),
    (
        "tasks",
        "task",
        "/tasks/{taskId}/comments",
        "The comments on one task",
        NONE,
    ),
    (
        "taskstatuses",
        "taskstatus",
        "/taskstatuses",
        "Every status a task can have",
        NONE,
    ),
    (
        "risks",
        "risk",
        "/risks",
        "Every risk",
        &["riskRegisterId", "status", "expand"],
    ),
    ("risks", "risk", "/risks/{riskId}", "One risk", NONE),
    ("programs", "program", "/programs", "Every program", STATUS),
    ("programs", "program", "/programs/{programId}", "One program", NONE),
    (
        "customfields",
        "customfield",
        "/customfields",
        "Every custom field",
        &["objectType"],
    ),
    ("scopes", "scope", "/scopes", "Every scope", STATUS),
    ("scopes", "scope", "/scopes/{scopeId}", "One scope", NONE),
    ("vendors", "vendor", "/vendors", "Every vendor", STATUS),
    ("policies", "policy", "/policies", "Every policy", STATUS),
    (
        "policyversions",
        "policyversion",
        "/policyversions",
        "The versions of a policy",
        &["policyId"],
    ),
    (
        "questionnaires",
        "questionnaire",
        "/questionnaires",
        "Every questionnaire",
        STATUS,
    ),
    (
        "externalcontacts",
        "externalcontact",
        "/externalcontacts",
        "The contacts of a vendor",
        &["objectType", "objectId"],
    ),
    ("customapps", "customapp", "/customapps", "Every custom app", NONE),
    ("customapps", "customapp", "/customapps/{appId}", "One custom app", NONE),
    (
        "customapps",
        "customapp",
        "/customapps/{appId}/events",
        "What a custom app did",
        NONE,
    ),
    (
        "customapps",
        "customapp",
        "/customapps/{appId}/stats",
        "How a custom app fares",
        NONE,
    ),
];

/// The table.
pub(super) fn known() -> Vec<Documented> {
    let entry = |(resource, _, path, words, parameters): &Row| {
        Template::parse(path).map(|template| Documented::new(resource, template, words, parameters))
    };
    TABLE.iter().filter_map(entry).collect()
}

/// The object that the scope for `resource` is likely named after.
pub(super) fn object(resource: &str) -> &'static str {
    let found = TABLE.iter().find(|(name, ..)| *name == resource);
    found.map_or("object", |(_, object, ..)| object)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_table_is_offered_with_its_likely_scope() {
        assert_eq!(known().len(), TABLE.len());
        assert_eq!(object("policies"), "policy");
    }
}
