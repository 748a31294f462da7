//! Owns all groups with their members. Must not know requests or who may do what.

use std::collections::HashMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::roles::Role;
use crate::random;

/// The letters of a pubid, in their order (h/pubid.py).
const LETTERS: &[u8; 47] = b"123456789ABDEGJKLMNPQRVWXYZabdeghijkmnopqrvwxyz";

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Group {
    pub(crate) pubid: String,
    /// `group:LOCAL@authority`, chosen by a client; unique.
    pub(crate) groupid: Option<String>,
    pub(crate) name: String,
    /// Can be written and is never told.
    pub(crate) description: Option<String>,
    #[serde(rename = "type")]
    pub(crate) kind: GroupType,
    pub(crate) authority: String,
    /// In the order they joined.
    #[serde(default)]
    pub(crate) members: Vec<Membership>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum GroupType {
    #[default]
    Private,
    Restricted,
    Open,
}

impl GroupType {
    pub(crate) fn parse(text: &str) -> Option<Self> {
        match text {
            "private" => Some(Self::Private),
            "restricted" => Some(Self::Restricted),
            "open" => Some(Self::Open),
            _ => None,
        }
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Private => "private",
            Self::Restricted => "restricted",
            Self::Open => "open",
        }
    }

    /// Whether anybody may read it.
    pub(crate) fn is_public(self) -> bool {
        self != Self::Private
    }
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Membership {
    pub(crate) userid: String,
    pub(crate) role: Role,
    pub(crate) created: Timestamp,
    pub(crate) updated: Timestamp,
}

impl Membership {
    pub(super) fn new(userid: &str, role: Role, now: Timestamp) -> Self {
        Self {
            userid: userid.to_owned(),
            role,
            created: now,
            updated: now,
        }
    }
}

impl Group {
    pub(super) fn member(&self, userid: &str) -> Option<&Membership> {
        self.members.iter().find(|member| member.userid == userid)
    }

    pub(super) fn role_of(&self, userid: &str) -> Option<Role> {
        self.member(userid).map(|member| member.role)
    }
}

#[derive(Debug, Default)]
pub(crate) struct Groups {
    all: Vec<Group>,
    /// By pubid and by groupid.
    places: HashMap<String, usize>,
    changes: u64,
}

impl Groups {
    pub(crate) fn of(groups: impl IntoIterator<Item = Group>) -> Self {
        let mut collection = Self::default();
        collection.all.extend(groups);
        for at in 0..collection.all.len() {
            collection.index(at);
        }
        collection
    }

    pub(crate) fn all(&self) -> &[Group] {
        &self.all
    }

    /// Grows with each change, so that a caller sees whether there is something to keep.
    pub(crate) fn changes(&self) -> u64 {
        self.changes
    }

    /// Eight letters. Of two groups with one name the newer is listed first, as in the recording: lists go by name and
    /// then by pubid, so the first half falls with each group and only the second is random.
    pub(crate) fn next_pubid(&self) -> String {
        let letters = LETTERS.len();
        let mut rest = (letters.pow(4) / 2).saturating_sub(self.all.len());
        let mut pubid = Vec::new();
        for _ in 0..4 {
            pubid.insert(0, rest % letters);
            rest /= letters;
        }
        pubid.extend(random::token().bytes().take(4).map(|byte| usize::from(byte) % letters));
        let letter = |at: usize| LETTERS.get(at).map(|letter| char::from(*letter));
        pubid.into_iter().filter_map(letter).collect()
    }

    /// Adds a group whose ids are free.
    pub(crate) fn add(&mut self, group: Group) {
        let at = self.all.len();
        self.all.push(group);
        self.index(at);
        self.changes += 1;
    }

    /// The group of a pubid or groupid.
    pub(crate) fn find(&self, id: &str) -> Option<&Group> {
        self.all.get(*self.places.get(id)?)
    }

    pub(crate) fn change(&mut self, id: &str, change: impl FnOnce(&mut Group)) -> Option<&Group> {
        let at = *self.places.get(id)?;
        let group = self.all.get_mut(at)?;
        let before = group.groupid.clone();
        change(group);
        before.map(|groupid| self.places.remove(&groupid));
        self.index(at);
        self.changes += 1;
        self.all.get(at)
    }

    /// All groups of a member, by name without case and then by pubid (`h/services/group_list.py`).
    pub(crate) fn of_member(&self, userid: &str) -> Vec<&Group> {
        let mut found: Vec<&Group> = self
            .all
            .iter()
            .filter(|group| group.role_of(userid).is_some())
            .collect();
        found.sort_by_cached_key(|group| (group.name.to_lowercase(), group.pubid.clone()));
        found
    }

    fn index(&mut self, at: usize) {
        let Some(group) = self.all.get(at) else { return };
        self.places.insert(group.pubid.clone(), at);
        if let Some(groupid) = &group.groupid {
            self.places.insert(groupid.clone(), at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(groups: &mut Groups, name: &str, groupid: Option<&str>) -> String {
        let group = Group {
            pubid: groups.next_pubid(),
            groupid: groupid.map(str::to_owned),
            name: name.to_owned(),
            description: None,
            kind: GroupType::Private,
            authority: "a".to_owned(),
            members: vec![Membership::new("acct:u@a", Role::Owner, Timestamp::UNIX_EPOCH)],
        };
        let pubid = group.pubid.clone();
        groups.add(group);
        pubid
    }

    #[test]
    fn lists_go_by_name_without_case_and_the_newer_first() {
        let mut groups = Groups::default();
        let (older, other, newer) = (
            named(&mut groups, "reading", None),
            named(&mut groups, "Apart", None),
            named(&mut groups, "Reading", None),
        );
        assert!(older.len() == 8 && older != newer);
        let listed: Vec<String> = groups
            .of_member("acct:u@a")
            .iter()
            .map(|group| group.pubid.clone())
            .collect();
        assert_eq!(listed, [other, newer, older]);
        assert!(groups.of_member("acct:v@a").is_empty());
    }

    #[test]
    fn a_changed_groupid_frees_the_old_one() {
        let mut groups = Groups::default();
        let pubid = named(&mut groups, "one", Some("group:old@a"));
        groups.change("group:old@a", |group| group.groupid = Some("group:new@a".to_owned()));
        assert!(groups.find("group:old@a").is_none());
        assert_eq!(groups.find("group:new@a").unwrap().pubid, pubid);
    }
}
