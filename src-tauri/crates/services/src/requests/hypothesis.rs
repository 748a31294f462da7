//! Owns the GETs of Hypothesis' API that are documented, in the places where its index would name them.
//!
//! Source: hypothesis-api sections 1 and 3. Must not name what the API does not answer (its errors are all 404).

use super::documented::Documented;
use super::template::Template;

/// Resource, path, what it gives, query parameters.
const TABLE: &[(&str, &str, &str, &[&str])] = &[
    ("index", "/", "What this server's API offers", &[]),
    ("links", "/links", "Addresses of the server's pages for people", &[]),
    (
        "search",
        "/search",
        "Search annotations",
        &[
            "limit",
            "offset",
            "sort",
            "order",
            "search_after",
            "uri",
            "wildcard_uri",
            "uri.parts",
            "user",
            "group",
            "tag",
            "tags",
            "text",
            "quote",
            "any",
            "references",
            "_separate_replies",
        ],
    ),
    ("annotation", "/annotations/{id}", "One annotation", &[]),
    ("profile", "/profile", "Who this connection is", &["authority"]),
    (
        "profile",
        "/profile/groups",
        "Every group this account is in",
        &["expand"],
    ),
    (
        "groups",
        "/groups",
        "Groups that fit a document, and own private ones",
        &["authority", "document_uri", "expand"],
    ),
    ("group", "/groups/{id}", "One group", &["expand"]),
    (
        "group",
        "/groups/{id}/members",
        "The members of a group",
        &["page[number]", "page[size]"],
    ),
    (
        "group",
        "/groups/{id}/members/{userid}",
        "One membership of a group",
        &[],
    ),
    (
        "group",
        "/groups/{id}/annotations",
        "The annotations of a group, for its moderators",
        &["page[after]", "page[size]", "moderation_status"],
    ),
    ("user", "/users/{userid}", "One account of this authority", &[]),
    ("badge", "/badge", "How many annotations a page has", &["uri"]),
];

/// The table.
pub(super) fn known() -> Vec<Documented> {
    let entry = |(resource, path, words, parameters): &(&str, &str, &str, &[&str])| {
        Template::parse(path).map(|template| Documented::new(resource, template, words, parameters))
    };
    TABLE.iter().filter_map(entry).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_table_is_offered() {
        assert_eq!(known().len(), TABLE.len());
    }
}
