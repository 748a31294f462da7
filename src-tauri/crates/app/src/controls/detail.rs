//! Owns the detail of a control: its document laid out as fields with paths, and as indented JSON.
//! Must not drop a field, translate a value or fail on one it does not know.

use countersign_register::StoredControl;
use serde_json::Value;

use super::query::row_shown;
use crate::page::{ControlDetail, FieldShown};
use crate::text::beginning;

/// Fields laid out; a document with more shows the rest in Raw.
const MOST_FIELDS: usize = 500;
/// The raw text shown, in bytes.
const LONGEST_RAW: usize = 256 * 1_000;
/// What ends a raw text that was cut.
const CUT: &str = "\n… cut here: the document is longer than 256 kB";

/// The detail of a stored control.
pub(super) fn shown(stored: &StoredControl) -> ControlDetail {
    let document: Value = serde_json::from_str(&stored.verbatim).unwrap_or(Value::Null);
    let mut fields = Vec::new();
    lay_out("", &document, &mut fields);
    let row = row_shown(stored.row.clone());
    ControlDetail {
        partial: row.partial,
        row,
        fields,
        raw: raw(&document),
    }
}

fn lay_out(path: &str, value: &Value, fields: &mut Vec<FieldShown>) {
    if fields.len() >= MOST_FIELDS {
        return;
    }
    match value {
        Value::Object(members) if !members.is_empty() => {
            for (name, member) in members {
                lay_out(&joined(path, name), member, fields);
            }
        }
        Value::Array(elements) if elements.iter().any(Value::is_object) => {
            for (index, element) in elements.iter().enumerate() {
                lay_out_element(path, index, element, fields);
            }
        }
        Value::Object(_) | Value::Array(_) | Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            fields.push(FieldShown {
                path: path.to_owned(),
                value: text(value),
            });
        }
    }
}

/// A custom field is shown under its own name; any other element under its number.
fn lay_out_element(path: &str, index: usize, element: &Value, fields: &mut Vec<FieldShown>) {
    let name = element.get("fieldName").and_then(Value::as_str);
    let values = ["textValue", "numberValue", "dateValue", "userValue", "selections"];
    let value = values.iter().find_map(|name| element.get(name));
    match (name, value) {
        (Some(name), Some(value)) => lay_out(&joined(path, name), value, fields),
        _ => lay_out(&joined(path, &(index + 1).to_string()), element, fields),
    }
}

fn joined(path: &str, name: &str) -> String {
    if path.is_empty() {
        name.to_owned()
    } else {
        format!("{path}.{name}")
    }
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        Value::Array(elements) => Some(
            elements
                .iter()
                .map(|element| text(element).unwrap_or_default())
                .collect::<Vec<_>>()
                .join(", "),
        ),
        Value::Bool(_) | Value::Number(_) | Value::Object(_) => Some(value.to_string()),
    }
}

fn raw(document: &Value) -> String {
    let text = serde_json::to_string_pretty(document).unwrap_or_default();
    if text.len() <= LONGEST_RAW {
        return text;
    }
    format!("{}{CUT}", beginning(&text, LONGEST_RAW))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(json: &str) -> Vec<(String, Option<String>)> {
        let mut fields = Vec::new();
        lay_out("", &serde_json::from_str(json).unwrap(), &mut fields);
        fields.into_iter().map(|field| (field.path, field.value)).collect()
    }

    #[test]
    fn every_field_keeps_its_path_its_order_and_its_raw_value() {
        let laid_out = fields(r#"{"z":1,"owner":{"email":"a@b"},"a":null,"list":["x","y"],"empty":[],"health":"odd"}"#);
        let expected = [
            ("z", Some("1")),
            ("owner.email", Some("a@b")),
            ("a", None),
            ("list", Some("x, y")),
            ("empty", Some("")),
            ("health", Some("odd")),
        ];
        let expected: Vec<_> = expected
            .map(|(path, value)| (path.to_owned(), value.map(ToOwned::to_owned)))
            .into_iter()
            .collect();
        assert_eq!(laid_out, expected);
    }

    #[test]
    fn a_custom_field_is_shown_under_its_own_name() {
        let json =
            r#"{"customFields":[{"fieldId":"1","fieldName":"Framework","fieldType":"text","textValue":"NIST"}]}"#;
        assert_eq!(
            fields(json),
            [("customFields.Framework".to_owned(), Some("NIST".to_owned()))]
        );
    }

    #[test]
    fn a_long_document_is_cut_between_characters() {
        let cut = raw(&Value::String("é".repeat(LONGEST_RAW)));
        assert!(cut.ends_with(CUT) && cut.len() <= LONGEST_RAW + CUT.len());
    }
}
