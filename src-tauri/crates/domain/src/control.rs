//! Owns a control as Hyperproof serves it: the verbatim document and the columns a list shows.
//! Must not invent a value: a missing field stays `None`, an unknown one stays as it came.
//!
//! Shapes: hyperproof `GET /v1/controls`; every field but `id` may be missing (rows come reduced, `_isPartialData`).

use serde::{Deserialize, Serialize};
use serde_json::Value;
use thiserror::Error;

/// Longest control document kept, in bytes.
pub const LONGEST_DOCUMENT: usize = 4 * 1024 * 1024;

/// A control's `id`, opaque. 1 to 200 characters.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ControlId(String);

impl ControlId {
    /// Takes any text of 1 to 200 characters.
    ///
    /// # Errors
    /// `ControlFault::Identifier` otherwise.
    pub fn parse(text: &str) -> Result<Self, ControlFault> {
        let fits = !text.is_empty() && text.chars().count() <= 200;
        if fits {
            Ok(Self(text.to_owned()))
        } else {
            Err(ControlFault::Identifier)
        }
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Why an element of the answer is no control.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ControlFault {
    /// Not a JSON object.
    #[error("an element of the list is not an object")]
    NotAnObject,
    /// No usable `id`.
    #[error("an element of the list has no id")]
    Identifier,
    /// Larger than 4 MiB.
    #[error("an element of the list is too large")]
    TooLarge,
}

/// One control: the document as it came and the columns of the list, each `None` where the server gave none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ControlDocument {
    /// `id`
    pub id: ControlId,
    /// The element's JSON text, verbatim.
    pub verbatim: String,
    /// The columns a list shows, filters and sorts by.
    pub listed: ListedFields,
}

/// The columns of the controls list, as raw text from the server. Field names are the API's.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ListedFields {
    /// `controlIdentifier`
    pub control_identifier: Option<String>,
    /// `name`
    pub name: Option<String>,
    /// `domainName`
    pub domain_name: Option<String>,
    /// `implementation`
    pub implementation: Option<String>,
    /// `testingStatus`
    pub testing_status: Option<String>,
    /// `freshness`
    pub freshness: Option<String>,
    /// `health`
    pub health: Option<String>,
    /// `status`
    pub status: Option<String>,
    /// A person's name made of `owner.givenName` and `owner.surname`, else the e-mail, else the id.
    pub owner: Option<String>,
    /// `updatedOn`, raw.
    pub updated_on: Option<String>,
    /// `description`: searched, not listed.
    pub description: Option<String>,
    /// `_isPartialData`: the server left fields out of this row.
    pub is_partial: bool,
}

impl ControlDocument {
    /// Reads one element of the controls array.
    ///
    /// # Errors
    /// `ControlFault` when it is no object, has no id or is too large.
    pub fn from_json(verbatim: &str) -> Result<Self, ControlFault> {
        if verbatim.len() > LONGEST_DOCUMENT {
            return Err(ControlFault::TooLarge);
        }
        let value: Value = serde_json::from_str(verbatim).map_err(|_| ControlFault::NotAnObject)?;
        if !value.is_object() {
            return Err(ControlFault::NotAnObject);
        }
        let id = text(&value, "id").ok_or(ControlFault::Identifier)?;
        Ok(Self {
            id: ControlId::parse(&id)?,
            verbatim: verbatim.to_owned(),
            listed: listed(&value),
        })
    }
}

fn listed(value: &Value) -> ListedFields {
    ListedFields {
        control_identifier: text(value, "controlIdentifier"),
        name: text(value, "name"),
        domain_name: text(value, "domainName"),
        implementation: text(value, "implementation"),
        testing_status: text(value, "testingStatus"),
        freshness: text(value, "freshness"),
        health: text(value, "health"),
        status: text(value, "status"),
        owner: owner(value.get("owner")),
        updated_on: text(value, "updatedOn"),
        description: text(value, "description"),
        is_partial: value.get("_isPartialData").and_then(Value::as_bool).unwrap_or(false),
    }
}

/// A field as text: strings as they are, numbers and booleans written out; `null`, missing and "" are `None`.
fn text(value: &Value, field: &str) -> Option<String> {
    match value.get(field)? {
        Value::String(text) if text.is_empty() => None,
        Value::String(text) => Some(text.clone()),
        Value::Null => None,
        other @ (Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_)) => Some(other.to_string()),
    }
}

/// `owner` may be an object, an id string, null or missing (hyperproof-api 3.2).
fn owner(value: Option<&Value>) -> Option<String> {
    let value = value?;
    if let Value::String(id) = value {
        return (!id.is_empty()).then(|| id.clone());
    }
    let names = [text(value, "givenName"), text(value, "surname")];
    let name = names.into_iter().flatten().collect::<Vec<_>>().join(" ");
    if name.is_empty() {
        text(value, "email").or_else(|| text(value, "id"))
    } else {
        Some(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reduced_row_keeps_its_gaps() {
        let control =
            ControlDocument::from_json(r#"{"id":"1","name":"A","_isPartialData":true,"owner":null}"#).unwrap();
        assert_eq!(control.listed.health, None, "no default is invented");
        assert!(control.listed.is_partial);
        assert_eq!(control.listed.owner, None);
    }

    #[test]
    fn an_owner_may_be_an_object_or_an_id() {
        let owner = |json: &str| ControlDocument::from_json(json).unwrap().listed.owner;
        assert_eq!(
            owner(r#"{"id":"1","owner":{"givenName":"Jan","surname":"Kowalski"}}"#).unwrap(),
            "Jan Kowalski"
        );
        assert_eq!(owner(r#"{"id":"1","owner":{"email":"a@b"}}"#).unwrap(), "a@b");
        assert_eq!(owner(r#"{"id":"1","owner":"u-1"}"#).unwrap(), "u-1");
    }

    #[test]
    fn unknown_values_stay_as_they_came() {
        let control = ControlDocument::from_json(r#"{"id":"1","health":"splendid","freshness":7}"#).unwrap();
        assert_eq!(control.listed.health.as_deref(), Some("splendid"));
        assert_eq!(control.listed.freshness.as_deref(), Some("7"));
    }

    #[test]
    fn an_element_without_an_id_is_no_control() {
        assert_eq!(
            ControlDocument::from_json(r#"{"name":"A"}"#),
            Err(ControlFault::Identifier)
        );
        assert_eq!(ControlDocument::from_json("[1]"), Err(ControlFault::NotAnObject));
    }
}
