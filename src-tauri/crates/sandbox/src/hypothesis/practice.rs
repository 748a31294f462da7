//! Owns the state that the practice service starts from: its people and clients. Must not hold real names of anybody in particular.

use std::collections::HashMap;

use jiff::Timestamp;

use super::annotations;
use super::directory::{Directory, Preferences, User};
use super::{Client, Grant, Groups, Hypothesis, OAuth, Token, WorldGroup};
use crate::credentials::PracticeCredentials;

/// The server's own authority; the accounts that a client administers are of another, as on the real service.
const SERVER_AUTHORITY: &str = "hypothesis.practice.example";

/// Username, display name ("-" for none). The names try what lists and forms must bear.
const PEOPLE: [(&str, &str); 24] = [
    ("agnieszka.zielinska", "Agnieszka Zielińska"),
    ("amina_okafor", "Amina Okafor"),
    ("anais.lefevre", "Anaïs Lefèvre"),
    ("Bjorn.Astrom", "Björn Åström"),
    ("c_oneill", "Ciarán O'Neill"),
    ("dvorak77", "Tomáš Dvořák"),
    ("elif.yildiz", "Elif Yıldız"),
    ("f.mueller", "Friederike Müller-Lüdenscheidt"),
    ("giorgos_p", "Γιώργος Παπαδόπουλος"),
    ("hana.suzuki", "鈴木 花"),
    ("i.petrova", "Ирина Петрова"),
    ("j.smith", "John Smith"),
    ("j_smith", "John Smith"),
    ("Jane.Doe_2", "Jane Döe"),
    ("khalid_amin", "خالد أمين"),
    ("l.nguyen", "Nguyễn Thị Lan"),
    ("m.garcia", "María García Ibáñez"),
    ("mx_0042", "-"),
    ("noa.levi", "נועה לוי"),
    ("olafur.jonsson", "Ólafur Jónsson"),
    ("priya.r", "Priya Raghunathan"),
    ("q__", ""),
    ("szabo.eszter", "Szabó Eszter"),
    ("z.wisniewska_2026", "Zofia Wiśniewska"),
];

/// The state a practice service starts from.
pub(crate) fn practice(credentials: &PracticeCredentials, now: Timestamp) -> Hypothesis {
    let reader = person(&credentials.hypothesis_username, "Practice Reader", SERVER_AUTHORITY);
    let token = Token::personal(reader.userid(), now);
    let password = (reader.userid(), credentials.hypothesis_password.clone());
    let people = PEOPLE
        .iter()
        .map(|(username, name)| person(username, name, &credentials.authority));
    let authors = annotations::authors().map(|(username, name)| person(username, name, SERVER_AUTHORITY));
    let world_group = WorldGroup::default();
    Hypothesis {
        server_authority: SERVER_AUTHORITY.to_owned(),
        annotations: annotations::seeds(&reader.userid(), SERVER_AUTHORITY, &world_group.id),
        world_group,
        features: HashMap::new(),
        directory: Directory::of(people.chain(authors).chain([reader])),
        groups: Groups::default(),
        clients: clients(credentials),
        tokens: HashMap::from([(credentials.hypothesis_personal_token.clone(), token)]),
        oauth: OAuth::of([password]),
    }
}

/// One client of each kind, as a site's administrator would register them.
fn clients(credentials: &PracticeCredentials) -> HashMap<String, Client> {
    let administrator = Client {
        name: "Practice administration".to_owned(),
        authority: credentials.authority.clone(),
        grant: Grant::ClientCredentials,
        secret: Some(credentials.hypothesis_secret.clone()),
    };
    let desktop = Client {
        name: "Practice desktop".to_owned(),
        authority: SERVER_AUTHORITY.to_owned(),
        grant: Grant::AuthorizationCode {
            redirect_uri: credentials.hypothesis_redirect_uri.clone(),
            trusted: false,
        },
        secret: None,
    };
    let publisher = Client {
        name: "Practice publisher".to_owned(),
        authority: credentials.authority.clone(),
        grant: Grant::JwtBearer,
        secret: Some(credentials.hypothesis_grant_secret.clone()),
    };
    HashMap::from([
        (credentials.hypothesis_client_id.clone(), administrator),
        (credentials.hypothesis_oauth_client_id.clone(), desktop),
        (credentials.hypothesis_grant_client_id.clone(), publisher),
    ])
}

fn person(username: &str, display_name: &str, authority: &str) -> User {
    User {
        username: username.to_owned(),
        authority: authority.to_owned(),
        email: Some(format!("{}@mail.practice.example", username.to_lowercase())),
        display_name: (display_name != "-").then(|| display_name.to_owned()),
        identities: Vec::new(),
        preferences: Preferences::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_people_are_the_same_to_the_service() {
        let state = practice(&PracticeCredentials::from_secret("x"), Timestamp::UNIX_EPOCH);
        let names = |user: &User| state.directory.of_userid(&user.userid()).unwrap().username.clone();
        for user in state.directory.users() {
            assert_eq!(names(user), user.username, "found under its own name");
            assert!(user.display_name.as_deref().unwrap_or_default().chars().count() <= 30);
        }
    }
}
