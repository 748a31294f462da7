//! Owns the accounts of all authorities and what makes each unique. Must not know requests or schemas.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

/// One account. Its name is kept as spelt at its creation.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct User {
    pub(crate) username: String,
    pub(crate) authority: String,
    pub(crate) email: Option<String>,
    pub(crate) display_name: Option<String>,
    #[serde(default)]
    pub(crate) identities: Vec<Identity>,
    #[serde(default)]
    pub(crate) preferences: Preferences,
}

/// An account elsewhere that belongs to the same person; unique over all authorities.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) struct Identity {
    pub(crate) provider: String,
    pub(crate) provider_unique_id: String,
}

/// What a person may choose with `PATCH /api/profile`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Preferences {
    pub(crate) show_sidebar_tutorial: bool,
    pub(crate) show_youtube_gdpr_banner: bool,
    pub(crate) shortcuts: Option<Map<String, Value>>,
}

impl Default for Preferences {
    fn default() -> Self {
        Self {
            show_sidebar_tutorial: true,
            show_youtube_gdpr_banner: true,
            shortcuts: None,
        }
    }
}

impl User {
    pub(crate) fn userid(&self) -> String {
        format!("acct:{}@{}", self.username, self.authority)
    }

    /// The account as `/api/users` answers it; identities are never told.
    pub(crate) fn presented(&self) -> Value {
        json!({
            "authority": self.authority,
            "userid": self.userid(),
            "username": self.username,
            "display_name": self.display_name,
            "email": self.email,
        })
    }
}

/// All accounts, found by each thing that must be unique.
#[derive(Debug, Default)]
pub(crate) struct Directory {
    users: Vec<User>,
    by_name: HashMap<(String, String), usize>,
    by_email: HashMap<(String, String), usize>,
    by_identity: HashMap<Identity, usize>,
    changes: u64,
}

impl Directory {
    pub(crate) fn of(users: impl IntoIterator<Item = User>) -> Self {
        let mut directory = Self::default();
        for user in users {
            directory.add(user);
        }
        directory.changes = 0;
        directory
    }

    pub(crate) fn users(&self) -> &[User] {
        &self.users
    }

    /// Grows with each change, so that a caller sees whether there is something to keep.
    pub(crate) fn changes(&self) -> u64 {
        self.changes
    }

    pub(crate) fn add(&mut self, user: User) {
        let at = self.users.len();
        self.by_name.insert(name_key(&user.username, &user.authority), at);
        if let Some(email) = &user.email {
            self.by_email.insert(email_key(email, &user.authority), at);
        }
        for identity in &user.identities {
            self.by_identity.insert(identity.clone(), at);
        }
        self.users.push(user);
        self.changes += 1;
    }

    /// The account with that name, whatever its case and periods.
    pub(crate) fn named(&self, username: &str, authority: &str) -> Option<&User> {
        self.users.get(*self.by_name.get(&name_key(username, authority))?)
    }

    /// The account with that e-mail address, whatever its case.
    pub(crate) fn with_email(&self, email: &str, authority: &str) -> Option<&User> {
        self.users.get(*self.by_email.get(&email_key(email, authority))?)
    }

    /// The account of a full userid.
    pub(crate) fn of_userid(&self, userid: &str) -> Option<&User> {
        let (username, authority) = split_userid(userid)?;
        self.named(username, authority)
    }

    /// Changes an account in place; names, authorities and identities do not change.
    pub(crate) fn change(&mut self, userid: &str, change: impl FnOnce(&mut User)) -> Option<&User> {
        let (username, authority) = split_userid(userid)?;
        let at = *self.by_name.get(&name_key(username, authority))?;
        let user = self.users.get_mut(at)?;
        let before = user.email.clone();
        change(user);
        if before != user.email {
            let authority = user.authority.clone();
            before.map(|email| self.by_email.remove(&email_key(&email, &authority)));
            let after = user.email.clone();
            after.map(|email| self.by_email.insert(email_key(&email, &authority), at));
        }
        self.changes += 1;
        self.users.get(at)
    }

    /// Whether another account of that authority than `userid` has the e-mail address.
    pub(crate) fn email_is_anothers(&self, email: &str, authority: &str, userid: &str) -> bool {
        let holder = self.by_email.get(&email_key(email, authority));
        holder
            .and_then(|at| self.users.get(*at))
            .is_some_and(|user| user.userid() != userid)
    }

    /// Everything of `wanted` that is taken, in the server's words and order (`h/services/user_unique.py`).
    pub(crate) fn conflicts(&self, wanted: &User) -> Vec<String> {
        let mut found = Vec::new();
        if let Some(email) = &wanted.email
            && self.by_email.contains_key(&email_key(email, &wanted.authority))
        {
            found.push(format!("user with email address {} already exists", quoted(email)));
        }
        if self
            .by_name
            .contains_key(&name_key(&wanted.username, &wanted.authority))
        {
            found.push(format!(
                "user with username {} already exists",
                quoted(&wanted.username)
            ));
        }
        for identity in wanted
            .identities
            .iter()
            .filter(|identity| self.by_identity.contains_key(identity))
        {
            found.push(format!(
                "user with provider {} and unique id {} already exists",
                quoted(&identity.provider),
                quoted(&identity.provider_unique_id)
            ));
        }
        found
    }
}

/// These sentences put plain quotes around the text; nothing in it is escaped.
fn quoted(text: &str) -> String {
    format!("'{text}'")
}

/// The username and the authority of `acct:NAME@AUTHORITY`.
pub(crate) fn split_userid(userid: &str) -> Option<(&str, &str)> {
    let (username, authority) = userid.strip_prefix("acct:")?.split_once('@')?;
    (!username.is_empty()).then_some((username, authority))
}

/// Usernames are unique without case and periods (h/models/user.py).
fn name_key(username: &str, authority: &str) -> (String, String) {
    let name = username
        .chars()
        .filter(|character| *character != '.')
        .flat_map(char::to_lowercase);
    (authority.to_owned(), name.collect())
}

fn email_key(email: &str, authority: &str) -> (String, String) {
    (authority.to_owned(), email.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn user(username: &str, email: &str) -> User {
        User {
            username: username.to_owned(),
            authority: "example.com".to_owned(),
            email: Some(email.to_owned()),
            display_name: None,
            identities: Vec::new(),
            preferences: Preferences::default(),
        }
    }

    #[test]
    fn an_account_is_found_without_case_and_periods() {
        let directory = Directory::of([user("J.Bloggs1", "j@x")]);
        assert_eq!(
            directory.of_userid("acct:jbloggs1@example.com").unwrap().username,
            "J.Bloggs1"
        );
        assert!(directory.of_userid("acct:jbloggs1@other.org").is_none());
        assert!(directory.of_userid("jbloggs1").is_none());
    }

    #[test]
    fn a_changed_address_frees_the_old_one() {
        let mut directory = Directory::of([user("one", "old@x")]);
        directory
            .change("acct:one@example.com", |user| user.email = Some("new@x".to_owned()))
            .unwrap();
        assert_eq!(directory.conflicts(&user("two", "OLD@x")), Vec::<String>::new());
        assert_eq!(directory.conflicts(&user("two", "NEW@x")).len(), 1);
        assert!(directory.email_is_anothers("new@X", "example.com", "acct:two@example.com"));
        assert!(!directory.email_is_anothers("new@X", "example.com", "acct:one@example.com"));
    }
}
