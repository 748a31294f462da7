//! Owns the checking of bodies by rules, in the words of Python's `jsonschema` (Draft 4). Must not know a resource.
//!
//! The order of rules is the order of the words, as h writes its schemas.

use serde_json::Value;

use crate::python::{repr, repr_text};

/// One rule for a value.
pub(crate) enum Rule {
    /// `"type": "object"`
    Object,
    /// `"type": "array"`
    Array,
    /// `"type": "string"`
    Text,
    /// `"type": "boolean"`
    Truth,
    /// `"enum"` of texts.
    OneOf(&'static [&'static str]),
    /// `"properties"`, in the schema's order.
    Properties(&'static [(&'static str, &'static [Rule])]),
    /// `"items"`
    Items(&'static [Rule]),
    /// `"minItems": 1`
    NotEmpty,
    /// `"maxItems"`
    AtMost(usize),
    /// `"minLength"` in characters.
    Shortest(usize),
    /// `"maxLength"` in characters.
    Longest(usize),
    /// `"pattern"`: as it is quoted, and as it is checked.
    Pattern(&'static str, fn(&str) -> bool),
    /// `"format": "email"`: an `@` somewhere.
    Email,
    /// `"required"`
    Required(&'static [&'static str]),
    /// `"anyOf"` of lists of required members.
    AnyOfRequired(&'static [&'static [&'static str]]),
}

/// All faults of `value` as h joins them; `None` when there are none.
pub(crate) fn faults(rules: &[Rule], value: &Value) -> Option<String> {
    let mut found = Vec::new();
    check(rules, value, "", &mut found);
    (!found.is_empty()).then(|| found.join(", "))
}

fn check(rules: &[Rule], value: &Value, place: &str, found: &mut Vec<String>) {
    for rule in rules {
        match rule {
            Rule::Properties(members) => {
                for (name, rules) in *members {
                    if let Some(member) = value.get(name) {
                        check(rules, member, &under(place, name), found);
                    }
                }
            }
            Rule::Items(rules) => {
                for (at, item) in value.as_array().into_iter().flatten().enumerate() {
                    check(rules, item, &under(place, &at.to_string()), found);
                }
            }
            Rule::Required(names) => {
                for name in missing(value, names) {
                    found.push(placed(place, &format!("{} is a required property", repr_text(name))));
                }
            }
            Rule::Object
            | Rule::Array
            | Rule::Text
            | Rule::Truth
            | Rule::OneOf(_)
            | Rule::NotEmpty
            | Rule::AtMost(_)
            | Rule::Shortest(_)
            | Rule::Longest(_)
            | Rule::Pattern(..)
            | Rule::Email
            | Rule::AnyOfRequired(_) => found.extend(broken(rule, value).map(|words| placed(place, &words))),
        }
    }
}

/// The words for one rule that looks at the value alone.
fn broken(rule: &Rule, value: &Value) -> Option<String> {
    let words = match rule {
        Rule::Object => wrong_type(!value.is_object(), "object"),
        Rule::Array => wrong_type(!value.is_array(), "array"),
        Rule::Text => wrong_type(!value.is_string(), "string"),
        Rule::Truth => wrong_type(!value.is_boolean(), "boolean"),
        Rule::OneOf(choices) => {
            let known = value.as_str().is_some_and(|text| choices.contains(&text));
            (!known).then(|| format!("is not one of {}", repr(&Value::from(choices.to_vec()))))
        }
        Rule::AtMost(most) => value
            .as_array()
            .filter(|items| items.len() > *most)
            .map(|_| "is too long".to_owned()),
        Rule::NotEmpty => value
            .as_array()
            .filter(|items| items.is_empty())
            .map(|_| "should be non-empty".to_owned()),
        Rule::Shortest(least) => length(value)
            .filter(|length| length < least)
            .map(|_| "is too short".to_owned()),
        Rule::Longest(most) => length(value)
            .filter(|length| length > most)
            .map(|_| "is too long".to_owned()),
        Rule::Pattern(pattern, fits) => {
            let text = value.as_str().filter(|text| !fits(text));
            text.map(|_| format!("does not match {}", repr_text(pattern)))
        }
        Rule::Email => value
            .as_str()
            .filter(|text| !text.contains('@'))
            .map(|_| "is not a 'email'".to_owned()),
        Rule::AnyOfRequired(choices) => {
            let none = value.is_object() && choices.iter().all(|names| missing(value, names).next().is_some());
            none.then(|| "is not valid under any of the given schemas".to_owned())
        }
        Rule::Properties(_) | Rule::Items(_) | Rule::Required(_) => None,
    };
    words.map(|words| format!("{} {words}", repr(value)))
}

fn wrong_type(wrong: bool, expected: &str) -> Option<String> {
    wrong.then(|| format!("is not of type '{expected}'"))
}

fn length(value: &Value) -> Option<usize> {
    value.as_str().map(|text| text.chars().count())
}

fn missing<'a>(value: &'a Value, names: &'a [&'static str]) -> impl Iterator<Item = &'static str> + 'a {
    let object = value.as_object();
    let names = names.iter().copied();
    names.filter(move |name| object.is_some_and(|object| !object.contains_key(*name)))
}

fn under(place: &str, name: &str) -> String {
    if place.is_empty() {
        name.to_owned()
    } else {
        format!("{place}.{name}")
    }
}

fn placed(place: &str, words: &str) -> String {
    if place.is_empty() {
        words.to_owned()
    } else {
        format!("{place}: {words}")
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const RULES: &[Rule] = &[
        Rule::Object,
        Rule::Properties(&[(
            "identities",
            &[
                Rule::Array,
                Rule::NotEmpty,
                Rule::Items(&[Rule::Object, Rule::Required(&["provider"])]),
            ],
        )]),
    ];

    #[test]
    fn a_fault_says_where_it_is() {
        assert_eq!(
            faults(RULES, &json!({"identities": [{"provider": "p"}, {}]})).unwrap(),
            "identities.1: 'provider' is a required property"
        );
        assert_eq!(
            faults(RULES, &json!({"identities": []})).unwrap(),
            "identities: [] should be non-empty"
        );
        assert_eq!(faults(RULES, &json!([1])).unwrap(), "[1] is not of type 'object'");
        assert_eq!(faults(RULES, &json!({"identities": [{"provider": "p"}]})), None);
    }
}
