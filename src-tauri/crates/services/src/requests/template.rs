//! Owns the forms of paths: a template with placeholders of one segment each, and a path as a person typed it.
//! Must not let a typed path have another shape than its template.

use std::fmt;

use countersign_domain::{Failure, Field};
use countersign_gateway::segment;
use percent_encoding::percent_decode_str;

use super::invalid;

/// The longest path, typed or documented, in bytes.
const LONGEST_PATH: usize = 2_000;

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Fixed(String),
    Placeholder(String),
}

/// A documented path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Template(Vec<Part>);

/// A typed path, by its segments, decoded. None for the root of the API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Written(Vec<String>);

impl Template {
    /// Reads `/groups/{id}/members`, or the same in the form of Hypothesis' index, `/groups/:id/members`.
    pub(super) fn parse(path: &str) -> Option<Self> {
        let inside = path.strip_prefix('/').filter(|_| path.len() <= LONGEST_PATH)?;
        if inside.is_empty() {
            return Some(Self(Vec::new()));
        }
        inside.split('/').map(part).collect::<Option<_>>().map(Self)
    }

    /// Whether `written` is this path with every placeholder filled in.
    pub(super) fn takes(&self, written: &Written) -> bool {
        let fits = |(part, typed): (&Part, &String)| match part {
            Part::Fixed(name) => name == typed,
            Part::Placeholder(_) => true,
        };
        self.0.len() == written.0.len() && self.0.iter().zip(&written.0).all(fits)
    }

    /// Whether both are the same path, whatever their placeholders are called.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        let same = |(one, two): (&Part, &Part)| match (one, two) {
            (Part::Fixed(one), Part::Fixed(two)) => one == two,
            (Part::Placeholder(_), Part::Placeholder(_)) => true,
            (Part::Fixed(_), Part::Placeholder(_)) | (Part::Placeholder(_), Part::Fixed(_)) => false,
        };
        self.0.len() == other.0.len() && self.0.iter().zip(&other.0).all(same)
    }
}

fn part(text: &str) -> Option<Part> {
    let braced = text.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
    if let Some(name) = braced.or_else(|| text.strip_prefix(':')) {
        let is_name = !name.is_empty()
            && name
                .chars()
                .all(|letter| letter.is_ascii_alphanumeric() || letter == '_');
        return is_name.then(|| Part::Placeholder(name.to_owned()));
    }
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "-_.".contains(letter);
    let fits = !text.is_empty() && !is_dots(text) && text.chars().all(plain);
    fits.then(|| Part::Fixed(text.to_owned()))
}

impl fmt::Display for Template {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return formatter.write_str("/");
        }
        self.0.iter().try_for_each(|part| match part {
            Part::Fixed(name) => write!(formatter, "/{name}"),
            Part::Placeholder(name) => write!(formatter, "/{{{name}}}"),
        })
    }
}

impl Written {
    /// Reads a path as typed; percent-encoding is taken for what it stands for.
    ///
    /// # Errors
    /// `input-invalid` at the path.
    pub(super) fn read(typed: &str) -> Result<Self, Failure> {
        let refuse = |why: &str| Err(invalid(Field::Path, why));
        let typed = typed.trim();
        let Some(inside) = typed.strip_prefix('/') else {
            return refuse("does not begin with a slash; it names a place below the connection's API, not an address");
        };
        if typed.len() > LONGEST_PATH {
            return refuse("is longer than any documented request");
        }
        if typed.contains(['?', '#']) {
            return refuse("holds a ? or #; the query has fields of its own");
        }
        if inside.is_empty() {
            return Ok(Self(Vec::new()));
        }
        inside.split('/').map(decoded).collect::<Result<_, _>>().map(Self)
    }

    /// The path as it is sent.
    pub(super) fn encoded(&self) -> String {
        let parts: Vec<String> = self.0.iter().map(|part| segment(part)).collect();
        format!("/{}", parts.join("/"))
    }
}

fn decoded(typed: &str) -> Result<String, Failure> {
    let Ok(text) = percent_decode_str(typed).decode_utf8() else {
        return Err(invalid(Field::Path, "holds percent-encoding that is no text"));
    };
    if text.is_empty() {
        return Err(invalid(
            Field::Path,
            "has an empty part between two slashes or at its end",
        ));
    }
    if is_dots(&text) {
        return Err(invalid(Field::Path, "holds a part of dots, which would lead elsewhere"));
    }
    if text.chars().any(char::is_control) {
        return Err(invalid(Field::Path, "holds a line break or another control character"));
    }
    if text.starts_with('{') && text.ends_with('}') {
        return Err(invalid(Field::Path, "still holds a placeholder in braces"));
    }
    Ok(text.into_owned())
}

/// `.` and `..` cannot be expressed as a part of an address, whichever way they are written.
fn is_dots(text: &str) -> bool {
    matches!(text, "." | "..")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn takes(template: &str, typed: &str) -> bool {
        let written = Written::read(typed);
        written.is_ok_and(|written| Template::parse(template).unwrap().takes(&written))
    }

    #[test]
    fn a_placeholder_takes_one_segment_and_no_more() {
        for (template, typed, fits) in [
            ("/groups/{id}/members", "/groups/x/members", true),
            ("/groups/:id/members", "/groups/group:x(1)@example.com/members", true),
            ("/groups/{id}", "/groups/x/members", false),
            ("/groups/{id}", "/groups/x%2Fmembers", true),
            ("/groups/{id}", "/groups/", false),
            ("/groups/{id}", "/groups", false),
            ("/groups/{id}", "/Groups/x", false),
            ("/", "/", true),
            ("/users/me", "/users/m%65", true),
        ] {
            assert_eq!(takes(template, typed), fits, "{template} {typed}");
        }
    }

    #[test]
    fn what_could_change_the_paths_shape_is_encoded_or_refused() {
        for (typed, sent) in [
            ("/users/acct:jo@example.com", "/users/acct:jo@example.com"),
            ("/users/acct%3Ajo%40example.com", "/users/acct:jo@example.com"),
            ("/groups/a%2F..%2Fb", "/groups/a%2F..%2Fb"),
            ("/groups/50%", "/groups/50%25"),
            ("/", "/"),
        ] {
            assert_eq!(Written::read(typed).unwrap().encoded(), sent, "{typed}");
        }
        for typed in [
            "",
            "groups",
            "https://evil.example/x",
            "//evil.example",
            "/groups/../x",
            "/groups/%2e%2E",
            "/groups/.",
            "/groups//x",
            "/x?y",
            "/x#y",
            "/x/\r\nHost: evil",
            "/x/%0d%0a",
            "/x/%ff",
            "/groups/{id}",
            &format!("/{}", "x".repeat(2_000)),
        ] {
            let failure = Written::read(typed).unwrap_err();
            assert_eq!(failure.field, Some(Field::Path), "{typed}");
            assert!(!failure.message.contains("evil"), "a value is never quoted");
        }
    }

    #[test]
    fn a_template_that_is_none_is_not_offered() {
        for path in ["", "x", "/a//b", "/..", "/:", "/:id.json", "/{a b}", "/é", "/a?b"] {
            assert_eq!(Template::parse(path), None, "{path}");
        }
        assert_eq!(Template::parse("/groups/:id").unwrap().to_string(), "/groups/{id}");
    }
}
