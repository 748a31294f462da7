//! Owns what a role may do to another membership. Must not know requests.
//!
//! Source: h/security/predicates.py, hypothesis-api section 3 (Members) and the recorded `actions` of file 05.

use serde::{Deserialize, Serialize};

/// In rising order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Role {
    Member,
    Moderator,
    Admin,
    Owner,
}

impl Role {
    pub(super) const ALL: [Self; 4] = [Self::Member, Self::Moderator, Self::Admin, Self::Owner];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Member => "member",
            Self::Moderator => "moderator",
            Self::Admin => "admin",
            Self::Owner => "owner",
        }
    }

    pub(super) fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == text)
    }

    /// Whether it may end that membership; `own` when it is its own.
    pub(super) fn may_remove(self, target: Self, own: bool) -> bool {
        own || match self {
            Self::Owner => true,
            Self::Admin | Self::Moderator => target < self,
            Self::Member => false,
        }
    }

    /// Whether it may make that membership one of `wanted`.
    pub(super) fn may_change(self, target: Self, own: bool, wanted: Self) -> bool {
        match self {
            Self::Owner => true,
            Self::Admin if own => wanted < Self::Owner,
            Self::Admin => target < self && wanted < self,
            Self::Moderator => own && wanted <= self,
            Self::Member => false,
        }
    }

    /// What the caller may do, as a membership tells it.
    pub(super) fn actions(self, target: Self, own: bool) -> Vec<String> {
        let delete = self.may_remove(target, own).then(|| "delete".to_owned());
        let changes = Self::ALL
            .into_iter()
            .filter(|wanted| self.may_change(target, own, *wanted));
        let changes = changes.map(|wanted| format!("updates.roles.{}", wanted.name()));
        delete.into_iter().chain(changes).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_but_an_owner_makes_owners() {
        for caller in [Role::Member, Role::Moderator, Role::Admin] {
            for (target, own) in [(Role::Member, false), (caller, true)] {
                assert!(!caller.may_change(target, own, Role::Owner), "{caller:?}");
            }
        }
        assert!(Role::Owner.may_change(Role::Owner, false, Role::Member));
    }

    #[test]
    fn everybody_may_leave_and_nobody_removes_an_equal() {
        for role in Role::ALL {
            assert!(role.may_remove(role, true));
            assert_eq!(role.may_remove(role, false), role == Role::Owner);
        }
        assert!(Role::Moderator.may_remove(Role::Member, false));
        assert_eq!(Role::Member.actions(Role::Member, true), ["delete"]);
    }
}
