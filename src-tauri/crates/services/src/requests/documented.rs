//! Owns one documented GET, and the merging of what a server says with what this program knows. Must not call anything.

use super::template::Template;

/// A GET that a service documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Documented {
    /// The group it belongs to: `profile`, `controls`, …
    pub resource: String,
    /// The service's own description, or ours where it gives none.
    pub description: String,
    /// Documented query parameters.
    pub parameters: Vec<String>,
    template: Template,
}

impl Documented {
    pub(super) fn new(resource: &str, template: Template, description: &str, parameters: &[&str]) -> Self {
        Self {
            resource: resource.to_owned(),
            template,
            description: description.to_owned(),
            parameters: parameters.iter().map(ToString::to_string).collect(),
        }
    }

    /// The path below the API, with its placeholders in braces.
    pub fn path(&self) -> String {
        self.template.to_string()
    }

    pub(super) fn template(&self) -> &Template {
        &self.template
    }

    /// `known` with what the server says of itself: its words hold for a path that both have, its further paths follow.
    #[must_use]
    pub fn merged(known: Vec<Self>, told: Vec<Self>) -> Vec<Self> {
        let mut all = known;
        for one in told {
            match all.iter_mut().find(|other| other.template.is_like(&one.template)) {
                Some(same) => same.description = one.description,
                None => all.push(one),
            }
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(path: &str, description: &str) -> Documented {
        Documented::new("group", Template::parse(path).unwrap(), description, &["expand"])
    }

    #[test]
    fn the_servers_words_hold_and_what_only_it_knows_follows() {
        let known = vec![one("/groups", "ours"), one("/groups/{id}", "ours")];
        let told = vec![one("/groups/{pubid}", "theirs"), one("/new", "theirs")];
        let merged: Vec<_> = Documented::merged(known, told)
            .into_iter()
            .map(|one| (one.path(), one.description))
            .collect();
        let expected = [("/groups", "ours"), ("/groups/{id}", "theirs"), ("/new", "theirs")];
        assert_eq!(
            merged,
            expected.map(|(path, words)| (path.to_owned(), words.to_owned()))
        );
    }
}
