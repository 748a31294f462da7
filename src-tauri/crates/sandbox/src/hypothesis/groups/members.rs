//! Owns `/api/groups/{id}/members`: list, read, add, change, remove. Must not decide what a role may do.
//!
//! Source: `h/views/api/group_members.py`, hypothesis-api section 3 and the recorded exchanges of file 05.

use axum::Router;
use axum::routing::MethodFilter;
use serde_json::{Value, json};

use super::collection::{Group, Membership};
use super::roles::Role;
use super::{visible, visible_to_person};
use crate::hypothesis::answer::{Refusal, Success, on};
use crate::hypothesis::asked::Asked;
use crate::hypothesis::schema::{Rule, faults};
use crate::hypothesis::{Hypothesis, Shared};
use crate::python::iso;

const ROLES: &[Rule] = &[
    Rule::Object,
    Rule::Properties(&[(
        "roles",
        &[
            Rule::Array,
            Rule::NotEmpty,
            Rule::AtMost(1),
            Rule::Items(&[Rule::OneOf(&["member", "moderator", "admin", "owner"])]),
        ],
    )]),
    Rule::Required(&["roles"]),
];

pub(super) fn routes() -> Router<Shared> {
    let one = on(MethodFilter::GET, read)
        .merge(on(MethodFilter::POST, add))
        .merge(on(MethodFilter::PATCH, change))
        .merge(on(MethodFilter::DELETE, remove));
    Router::new()
        .route("/api/groups/{group}/members", on(MethodFilter::GET, list))
        .route("/api/groups/{group}/members/{user}", one)
}

/// All members in an array; with `page[number]` a page of them.
fn list(state: &mut Hypothesis, asked: &Asked) -> Result<Success, Refusal> {
    if asked.parameter() == state.world_group.id {
        return Ok(Success::Json(json!([])));
    }
    let group = visible(state, asked)?;
    let page = page(asked)?;
    let told = |member: &Membership| presented(state, group, member, asked);
    let Some((skipped, size)) = page else {
        return Ok(Success::Json(group.members.iter().map(told).collect()));
    };
    let data: Value = group.members.iter().skip(skipped).take(size).map(told).collect();
    let total = group.members.len();
    Ok(Success::Json(json!({"meta": {"page": {"total": total}}, "data": data})))
}

/// How many to leave out and how many to tell; `None` for the old form, which `page[size]` alone asks for too (seen).
fn page(asked: &Asked) -> Result<Option<(usize, usize)>, Refusal> {
    let Some(number) = asked.query("page[number]") else {
        return Ok(None);
    };
    let number = counted("page[number]", &number, usize::MAX);
    let size = asked.query("page[size]").unwrap_or_else(|| "20".to_owned());
    match (number, counted("page[size]", &size, 100)) {
        (Ok(number), Ok(size)) => Ok(Some(((number - 1).saturating_mul(size), size))),
        (number, size) => {
            let words: Vec<String> = [number.err(), size.err()].into_iter().flatten().collect();
            Err(Refusal::Invalid(words.join("\n")))
        }
    }
}

fn counted(name: &str, text: &str, most: usize) -> Result<usize, String> {
    let number: i64 = text
        .trim()
        .parse()
        .map_err(|_| format!("{name}: \"{text}\" is not a number"))?;
    match usize::try_from(number) {
        Err(_) | Ok(0) => Err(format!("{name}: {number} is less than minimum value 1")),
        Ok(number) if number > most => Err(format!("{name}: {number} is greater than maximum value {most}")),
        Ok(number) => Ok(number),
    }
}

/// Client credentials count as nobody here (seen).
fn read(state: &mut Hypothesis, asked: &Asked) -> Result<Success, Refusal> {
    let (group, member) = found(state, asked)?;
    if !visible_to_person(state, group, asked) {
        return Err(Refusal::NotFound);
    }
    Ok(Success::Json(presented(state, group, member, asked)))
}

/// Only a client of the group's authority adds members, owners do not (seen).
fn add(state: &mut Hypothesis, asked: &Asked) -> Result<Success, Refusal> {
    let authority = state.client_authority(asked)?;
    let group = state.groups.find(asked.parameter()).ok_or(Refusal::NotFound)?;
    let user = state
        .directory
        .of_userid(asked.second_parameter())
        .ok_or(Refusal::NotFound)?;
    if group.authority != authority || user.authority != authority {
        return Err(Refusal::NotFound);
    }
    let role = if asked.has_body() {
        role(&asked.json()?)?
    } else {
        Role::Member
    };
    let (pubid, userid) = (group.pubid.clone(), user.userid());
    match group.role_of(&userid) {
        Some(known) if known != role => {
            let words = "The user is already a member of the group, with conflicting membership attributes";
            return Err(Refusal::Conflict(words.to_owned()));
        }
        Some(_) => {}
        None => {
            let joined = Membership::new(&userid, role, asked.now);
            state.groups.change(&pubid, |group| group.members.push(joined));
        }
    }
    told(state, &pubid, &userid, asked)
}

fn change(state: &mut Hypothesis, asked: &Asked) -> Result<Success, Refusal> {
    let (group, member) = found(state, asked)?;
    let caller = state.person(asked).ok_or(Refusal::NotFound)?.userid();
    let own = caller == member.userid;
    let caller = group.role_of(&caller).ok_or(Refusal::NotFound)?;
    let wanted = role(&asked.json()?)?;
    if !caller.may_change(member.role, own, wanted) {
        return Err(Refusal::NotFound);
    }
    let (pubid, userid, now) = (group.pubid.clone(), member.userid.clone(), asked.now);
    state.groups.change(&pubid, |group| {
        let member = group.members.iter_mut().find(|member| member.userid == userid);
        if let Some(member) = member.filter(|member| member.role != wanted) {
            member.role = wanted;
            member.updated = now;
        }
    });
    told(state, &pubid, &userid, asked)
}

fn remove(state: &mut Hypothesis, asked: &Asked) -> Result<Success, Refusal> {
    let (group, member) = found(state, asked)?;
    let caller = state.person(asked).ok_or(Refusal::NotFound)?.userid();
    let own = caller == member.userid;
    let caller = group.role_of(&caller).ok_or(Refusal::NotFound)?;
    if !caller.may_remove(member.role, own) {
        return Err(Refusal::NotFound);
    }
    let (pubid, userid) = (group.pubid.clone(), member.userid.clone());
    state
        .groups
        .change(&pubid, |group| group.members.retain(|member| member.userid != userid));
    Ok(Success::NoContent)
}

/// Group and membership of the path; `me` is the person who asks.
fn found<'a>(state: &'a Hypothesis, asked: &Asked) -> Result<(&'a Group, &'a Membership), Refusal> {
    let group = state.groups.find(asked.parameter()).ok_or(Refusal::NotFound)?;
    let user = match asked.second_parameter() {
        "me" => state.person(asked),
        userid => state.directory.of_userid(userid),
    };
    let member = user.and_then(|user| group.member(&user.userid()));
    member.map(|member| (group, member)).ok_or(Refusal::NotFound)
}

fn role(body: &Value) -> Result<Role, Refusal> {
    faults(ROLES, body).map_or(Ok(()), |words| Err(Refusal::Invalid(words)))?;
    let name = body.pointer("/roles/0").and_then(Value::as_str);
    name.and_then(Role::parse).ok_or(Refusal::Fault)
}

fn told(state: &Hypothesis, pubid: &str, userid: &str, asked: &Asked) -> Result<Success, Refusal> {
    let group = state.groups.find(pubid).ok_or(Refusal::NotFound)?;
    let member = group.member(userid).ok_or(Refusal::NotFound)?;
    Ok(Success::Json(presented(state, group, member, asked)))
}

/// `actions` are those of the person who asks; a client has none.
fn presented(state: &Hypothesis, group: &Group, member: &Membership, asked: &Asked) -> Value {
    let user = state.directory.of_userid(&member.userid);
    let caller = state.person(asked).map(super::super::User::userid);
    let actions = caller.and_then(|caller| {
        let role = group.role_of(&caller)?;
        Some(role.actions(member.role, caller == member.userid))
    });
    json!({
        "authority": group.authority,
        "userid": member.userid,
        "username": user.map(|user| user.username.as_str()),
        "display_name": user.and_then(|user| user.display_name.as_deref()),
        "roles": [member.role.name()],
        "actions": actions.unwrap_or_default(),
        "created": iso(member.created),
        "updated": iso(member.updated),
    })
}
