//! Owns the fields of a group as a body gives them, and what is wrong with them. Must not keep them.
//!
//! Source: h/schemas/api/group.py and the recorded exchanges of file 04.

use serde_json::Value;

use super::collection::GroupType;
use crate::hypothesis::answer::Refusal;
use crate::hypothesis::schema::{Rule, faults};

const GROUPID_PATTERN: &str = r"^group:([a-zA-Z0-9._\-+!~*()']{1,1024})@(.*)$";

const PROPERTIES: Rule = Rule::Properties(&[
    ("name", &[Rule::Text, Rule::Shortest(3), Rule::Longest(25)]),
    ("description", &[Rule::Text, Rule::Longest(250)]),
    ("groupid", &[Rule::Text, Rule::Pattern(GROUPID_PATTERN, fits_groupid)]),
    ("type", &[Rule::OneOf(&["private", "restricted", "open"])]),
    ("pre_moderated", &[Rule::Truth]),
]);
const NEW: &[Rule] = &[Rule::Object, PROPERTIES, Rule::Required(&["name"])];
const KNOWN: &[Rule] = &[Rule::Object, PROPERTIES];

/// What a body asks for. `pre_moderated` is taken and dropped: its switch is off (seen).
pub(super) struct Fields {
    pub(super) name: Option<String>,
    pub(super) description: Option<String>,
    pub(super) groupid: Option<String>,
    pub(super) kind: Option<GroupType>,
}

impl Fields {
    pub(super) fn of_new(body: &Value, authority: &str, server_authority: &str) -> Result<Self, Refusal> {
        Self::read(NEW, body, authority, server_authority)
    }

    pub(super) fn of_known(body: &Value, authority: &str, server_authority: &str) -> Result<Self, Refusal> {
        Self::read(KNOWN, body, authority, server_authority)
    }

    fn read(rules: &[Rule], body: &Value, authority: &str, server_authority: &str) -> Result<Self, Refusal> {
        faults(rules, body).map_or(Ok(()), |words| Err(Refusal::Invalid(words)))?;
        let text = |field: &str| body.get(field).and_then(Value::as_str).map(str::to_owned);
        let fields = Self {
            name: text("name"),
            description: text("description"),
            groupid: text("groupid"),
            kind: text("type").as_deref().and_then(GroupType::parse),
        };
        match fields.fault(authority, server_authority) {
            Some(words) => Err(Refusal::Invalid(words)),
            None if fields.holds_nul() => Err(Refusal::Fault),
            None => Ok(fields),
        }
    }

    fn fault(&self, authority: &str, server_authority: &str) -> Option<String> {
        if self.name.as_ref().is_some_and(|name| name.trim() != name) {
            return Some("Group names can't have leading or trailing whitespace.".to_owned());
        }
        let groupid = self.groupid.as_ref()?;
        if authority == server_authority {
            return Some(format!(
                "groupid may only be set on groups outside of the default authority '{server_authority}'"
            ));
        }
        let of = groupid.rsplit_once('@').map(|(_, of)| of);
        (of != Some(authority)).then(|| format!("Invalid authority specified in groupid '{groupid}'"))
    }

    /// The database takes none in a text.
    fn holds_nul(&self) -> bool {
        let texts = [&self.name, &self.description, &self.groupid];
        texts.into_iter().flatten().any(|text| text.contains('\0'))
    }
}

fn fits_groupid(text: &str) -> bool {
    let Some((local, _)) = text.strip_prefix("group:").and_then(|rest| rest.split_once('@')) else {
        return false;
    };
    let fits = |character: char| character.is_ascii_alphanumeric() || "._-+!~*()'".contains(character);
    (1..=1024).contains(&local.len()) && local.chars().all(fits)
}
