//! Owns `/api/groups` and who may see or change a group. Must not keep groups itself.
//!
//! Source: h/views/api/groups.py, hypothesis-api sections 1 and 3, and the recorded exchanges of file 04.

mod annotations;
mod collection;
mod fields;
mod members;
mod presented;
mod roles;

use axum::Router;
use axum::routing::MethodFilter;
use serde_json::Value;

pub(crate) use collection::{Group, Groups};
use collection::{GroupType, Membership};
use fields::Fields;
pub(crate) use presented::in_session;
use presented::{Expanded, presented, world_presented};
use roles::Role;

use super::answer::{Refusal, Success, on};
use super::asked::Asked;
use super::index::Link;
use super::{Hypothesis, Shared};

/// What the index says of this resource.
pub(crate) const LINKS: &[Link] = &[
    Link::new("group.create", "POST", "/groups", "Create a new group"),
    Link::new("group.read", "GET", "/groups/:id", "Fetch a group"),
    Link::new("group.update", "PATCH", "/groups/:id", "Update a group"),
    Link::new("groups.read", "GET", "/groups", "Fetch the user's groups"),
    Link::new(
        "group.members.read",
        "GET",
        "/groups/:pubid/members",
        "Fetch a list of all members of a group",
    ),
    Link::new(
        "group.member.read",
        "GET",
        "/groups/:pubid/members/:userid",
        "Fetch a group membership",
    ),
    Link::new(
        "group.member.add",
        "POST",
        "/groups/:pubid/members/:userid",
        "Add a user to a group",
    ),
    Link::new(
        "group.member.edit",
        "PATCH",
        "/groups/:pubid/members/:userid",
        "Change a user's role in a group",
    ),
    Link::new(
        "group.member.delete",
        "DELETE",
        "/groups/:pubid/members/:userid",
        "Remove a user from a group",
    ),
    Link::new(
        "group.annotations.read",
        "GET",
        "/groups/:pubid/annotations",
        "Fetch a list of a group's annotations",
    ),
];

pub(crate) fn routes() -> Router<Shared> {
    Router::new()
        .route(
            "/api/groups",
            on(MethodFilter::GET, list).merge(on(MethodFilter::POST, create)),
        )
        .route(
            "/api/groups/{group}",
            on(MethodFilter::GET, read).merge(on(MethodFilter::PATCH, update)),
        )
        .merge(members::routes())
        .merge(annotations::routes())
}

fn create(state: &mut Hypothesis, asked: &Asked) -> Result<Success, Refusal> {
    let creator = state.actor(asked).ok_or(Refusal::NotFound)?;
    let (userid, authority) = (creator.userid(), creator.authority.clone());
    let body = asked.json()?;
    let fields = Fields::of_new(&body, &authority, &state.server_authority)?;
    refuse_taken(state, &fields, None)?;
    let group = Group {
        pubid: state.groups.next_pubid(),
        groupid: fields.groupid,
        name: fields.name.unwrap_or_default(),
        description: fields.description,
        kind: fields.kind.unwrap_or_default(),
        authority,
        members: vec![Membership::new(&userid, Role::Owner, asked.now)],
    };
    let told = told(&group, asked, &state.server_authority);
    state.groups.add(group);
    Ok(Success::Json(told))
}

fn read(state: &mut Hypothesis, asked: &Asked) -> Result<Success, Refusal> {
    if asked.parameter() == state.world_group.id {
        return Ok(Success::Json(world_presented(state, asked)));
    }
    let group = visible(state, asked)?;
    let expanded = Expanded::of(asked);
    Ok(Success::Json(presented(
        group,
        asked,
        &state.server_authority,
        expanded,
    )))
}

fn update(state: &mut Hypothesis, asked: &Asked) -> Result<Success, Refusal> {
    let group = state.groups.find(asked.parameter()).ok_or(Refusal::NotFound)?;
    let role = state.person(asked).and_then(|person| group.role_of(&person.userid()));
    let by_client = state
        .client_authority(asked)
        .is_ok_and(|authority| authority == group.authority);
    if !by_client && role.is_none_or(|role| role < Role::Moderator) {
        return Err(Refusal::NotFound);
    }
    let fields = Fields::of_known(&asked.json()?, &group.authority, &state.server_authority)?;
    refuse_taken(state, &fields, Some(&group.pubid))?;
    let pubid = group.pubid.clone();
    let group = state.groups.change(&pubid, |group| {
        group.name = fields.name.unwrap_or_else(|| group.name.clone());
        group.description = fields.description.or_else(|| group.description.take());
        group.groupid = fields.groupid.or_else(|| group.groupid.take());
        group.kind = fields.kind.unwrap_or(group.kind);
    });
    let group = group.ok_or(Refusal::NotFound)?;
    Ok(Success::Json(told(group, asked, &state.server_authority)))
}

/// The world group and the private groups of the person; open and restricted ones are listed for documents alone, and
/// no group here is scoped to any.
#[expect(clippy::unnecessary_wraps, reason = "one shape for every view")]
fn list(state: &mut Hypothesis, asked: &Asked) -> Result<Success, Refusal> {
    let person = state.person(asked);
    let asked_for = asked.query("authority").filter(|_| person.is_none());
    let authority = person.map(|person| person.authority.clone()).or(asked_for);
    let authority = authority.unwrap_or_else(|| state.server_authority.clone());
    let mut listed = Vec::new();
    if authority == state.server_authority {
        listed.push(world_presented(state, asked));
    }
    let expanded = Expanded::of(asked);
    let own = person.map_or_else(Vec::new, |person| state.groups.of_member(&person.userid()));
    let private = own.into_iter().filter(|group| group.kind == GroupType::Private);
    listed.extend(private.map(|group| presented(group, asked, &state.server_authority, expanded)));
    Ok(Success::Json(Value::Array(listed)))
}

/// All memberships of a person (`/api/profile/groups`); none of nobody.
pub(crate) fn of_person(state: &Hypothesis, asked: &Asked) -> Value {
    let userid = state.person(asked).map(super::User::userid).unwrap_or_default();
    let expanded = Expanded::of(asked);
    let groups = state.groups.of_member(&userid).into_iter();
    groups
        .map(|group| presented(group, asked, &state.server_authority, expanded))
        .collect()
}

/// The group of the path, where the request may see it: anybody the public ones, members and the authority's client
/// all.
fn visible<'a>(state: &'a Hypothesis, asked: &Asked) -> Result<&'a Group, Refusal> {
    let group = state.groups.find(asked.parameter()).ok_or(Refusal::NotFound)?;
    let by_client = || {
        state
            .client_authority(asked)
            .is_ok_and(|authority| authority == group.authority)
    };
    if visible_to_person(state, group, asked) || by_client() {
        return Ok(group);
    }
    Err(Refusal::NotFound)
}

fn visible_to_person(state: &Hypothesis, group: &Group, asked: &Asked) -> bool {
    let person = state.person(asked);
    group.kind.is_public() || person.is_some_and(|person| group.role_of(&person.userid()).is_some())
}

/// Whether the person (a userid; "" for nobody) may read what is shared in that group.
pub(crate) fn is_readable(state: &Hypothesis, id: &str, userid: &str) -> bool {
    let group = state.groups.find(id);
    group.is_some_and(|group| group.kind.is_public() || group.role_of(userid).is_some())
}

fn refuse_taken(state: &Hypothesis, fields: &Fields, own: Option<&str>) -> Result<(), Refusal> {
    let Some(groupid) = &fields.groupid else {
        return Ok(());
    };
    match state.groups.find(groupid) {
        Some(holder) if own != Some(holder.pubid.as_str()) => Err(Refusal::Conflict(format!(
            "group with groupid '{groupid}' already exists"
        ))),
        Some(_) | None => Ok(()),
    }
}

/// A write answers with the scopes.
fn told(group: &Group, asked: &Asked, server_authority: &str) -> Value {
    let expanded = Expanded {
        organization: false,
        scopes: true,
    };
    presented(group, asked, server_authority, expanded)
}
