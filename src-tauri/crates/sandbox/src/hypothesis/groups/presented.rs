//! Owns how a group is told. Must not decide to whom.
//!
//! Source: `h/presenters/group_json.py`, h/session.py and the recorded exchanges of files 04 and 10.

use serde_json::{Map, Value, json};

use super::collection::Group;
use crate::hypothesis::Hypothesis;
use crate::hypothesis::asked::Asked;

/// What `?expand=` asks for besides.
#[derive(Debug, Clone, Copy)]
pub(super) struct Expanded {
    pub(super) organization: bool,
    pub(super) scopes: bool,
}

impl Expanded {
    pub(super) fn of(asked: &Asked) -> Self {
        let wanted = asked.all_of_query("expand");
        Self {
            organization: wanted.iter().any(|name| name == "organization"),
            scopes: wanted.iter().any(|name| name == "scopes"),
        }
    }
}

/// A group as `/api/groups` answers it; groups of other authorities have no page.
pub(super) fn presented(group: &Group, asked: &Asked, server_authority: &str, expanded: Expanded) -> Value {
    let mut links = Map::new();
    if group.authority == server_authority {
        links.insert("html".to_owned(), address(asked, &group.pubid, &group.name).into());
    }
    let mut told = json!({
        "id": group.pubid,
        "links": links,
        "groupid": group.groupid,
        "name": group.name,
        "organization": null,
        "public": group.kind.is_public(),
        "scoped": false,
        "type": group.kind.name(),
        "pre_moderated": false,
    });
    add_scopes(&mut told, expanded);
    told
}

pub(super) fn world_presented(state: &Hypothesis, asked: &Asked) -> Value {
    let world = &state.world_group;
    let expanded = Expanded::of(asked);
    let mut told = json!({
        "id": world.id,
        "links": {"html": address(asked, &world.id, &world.name)},
        "groupid": null,
        "name": world.name,
        "organization": "__default__",
        "public": true,
        "scoped": false,
        "type": "open",
        "pre_moderated": false,
    });
    if let (Value::Object(told), true) = (&mut told, expanded.organization) {
        let organization = json!({
            "name": "Hypothesis",
            "logo": format!("{}/organizations/__default__/logo", asked.base()),
            "id": "__default__",
            "default": true,
        });
        told.insert("organization".to_owned(), organization);
    }
    add_scopes(&mut told, expanded);
    told
}

fn add_scopes(told: &mut Value, expanded: Expanded) {
    if let (Value::Object(told), true) = (told, expanded.scopes) {
        told.insert("scopes".to_owned(), json!({"enforced": false, "uri_patterns": []}));
    }
}

/// A group as a profile names it: only private ones with their address.
pub(crate) fn in_session(group: &Group, asked: &Asked) -> Value {
    let mut told = json!({"name": group.name, "id": group.pubid, "public": group.kind.is_public()});
    if let (Value::Object(told), false) = (&mut told, group.kind.is_public()) {
        told.insert("url".to_owned(), address(asked, &group.pubid, &group.name).into());
    }
    told
}

fn address(asked: &Asked, pubid: &str, name: &str) -> String {
    format!("{}/groups/{pubid}/{}", asked.base(), slug(name))
}

/// Small letters and digits, everything else one hyphen; letters with marks lose them.
fn slug(name: &str) -> String {
    let mut slug = String::new();
    for character in name.to_lowercase().chars().flat_map(plain) {
        if character.is_ascii_alphanumeric() {
            slug.push(character);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.trim_end_matches('-').to_owned()
}

/// The real server writes every script in Latin letters; here only the Latin letters of western Europe.
fn plain(character: char) -> impl Iterator<Item = char> {
    let written = match character {
        'à'..='å' | 'ā' | 'ă' | 'ą' => "a",
        'æ' => "ae",
        'ç' | 'ć' | 'č' => "c",
        'è'..='ë' | 'ē' | 'ę' | 'ě' => "e",
        'ì'..='ï' | 'ī' | 'ı' => "i",
        'ñ' | 'ń' | 'ň' => "n",
        'ò'..='ö' | 'ø' | 'ō' | 'ő' => "o",
        'ù'..='ü' | 'ū' | 'ů' | 'ű' => "u",
        'ý' | 'ÿ' => "y",
        'ß' => "ss",
        'ł' => "l",
        'ř' => "r",
        'ś' | 'š' | 'ş' => "s",
        'ź' | 'ż' | 'ž' => "z",
        _ => "",
    };
    let kept = written.is_empty().then_some(character);
    written.chars().chain(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_holds_small_plain_letters() {
        assert_eq!(slug("  Été & Straße 7! "), "ete-strasse-7");
        assert_eq!(slug("..."), "");
    }
}
