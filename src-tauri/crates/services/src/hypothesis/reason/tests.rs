//! Owns the proof that every refusal recorded from a live server lands beside its field, and that values cannot forge one.

use super::*;

fn read(reason: &str, sent: &Sent<'_>) -> Vec<(Option<Field>, ErrorCode, String)> {
    failures(reason, sent)
        .into_iter()
        .map(|failure| (failure.field, failure.code, failure.server_words.unwrap_or_default()))
        .collect()
}

fn message(reason: &str, username: &str) -> String {
    let sent = Sent {
        username: Some(username),
        ..Sent::default()
    };
    failures(reason, &sent).remove(0).message
}

#[test]
fn every_recorded_refusal_lands_beside_its_field() {
    let pattern = "does not match '^[A-Za-z0-9_][A-Za-z0-9._]+[A-Za-z0-9_]$'";
    for (reason, field, code) in [
        ("user with username 'J.Bloggs1' already exists".to_owned(), Some(Field::Username), ErrorCode::AlreadyExists),
        ("user with email address 'A@b' already exists".to_owned(), Some(Field::Email), ErrorCode::AlreadyExists),
        (
            "user with provider 'sso.example.com' and unique id 'u-42' already exists".to_owned(),
            None,
            ErrorCode::AlreadyExists,
        ),
        ("username: 'aa' is too long".to_owned(), Some(Field::Username), ErrorCode::Refused),
        (format!("username: 'jürgen' {pattern}"), Some(Field::Username), ErrorCode::Refused),
        ("email: 'nonsense' is not a 'email'".to_owned(), Some(Field::Email), ErrorCode::Refused),
        ("email: None is not of type 'string'".to_owned(), Some(Field::Email), ErrorCode::Refused),
        ("display_name: 'ddd' is too long".to_owned(), Some(Field::DisplayName), ErrorCode::Refused),
        ("identities: [] should be non-empty".to_owned(), None, ErrorCode::Refused),
        ("identities.0: 'provider' is a required property".to_owned(), None, ErrorCode::Refused),
        (
            "authority 'not a host' does not match client authority".to_owned(),
            Some(Field::Authority),
            ErrorCode::Refused,
        ),
        ("User id 'jbloggs1' is not valid".to_owned(), Some(Field::Username), ErrorCode::Refused),
        ("[1] is not of type 'object'".to_owned(), None, ErrorCode::Refused),
        ("Expected a valid JSON payload, but none was found!".to_owned(), None, ErrorCode::Refused),
        (
            "{'authority': 'example.com', 'email': 'x, username: y@example.com'} is not valid under any of the given schemas"
                .to_owned(),
            None,
            ErrorCode::Refused,
        ),
    ] {
        assert_eq!(read(&reason, &Sent::default()), [(field, code, reason.clone())], "{reason}");
    }
}

#[test]
fn several_faults_are_parted_and_those_of_one_field_joined() {
    let reason = "username: 'a!' is too short, username: 'a!' does not match '^[A-Za-z0-9_][A-Za-z0-9._]+[A-Za-z0-9_]$', \
                  email: 'x' is not a 'email'";
    let sent = Sent {
        username: Some("a!"),
        email: Some("x"),
        ..Sent::default()
    };
    let failures = failures(reason, &sent);
    assert_eq!(failures.len(), 2, "{failures:?}");
    assert_eq!(
        failures[0].message,
        "A username has at least 3 characters. A username is made of letters without accents, digits, periods and \
         underscores."
    );
    assert_eq!(failures[0].field, Some(Field::Username));
    assert_eq!(failures[1].message, "An e-mail address holds an @.");
    assert_eq!(failures[1].server_words.as_deref(), Some("email: 'x' is not a 'email'"));
}

#[test]
fn a_conflict_in_three_ways_names_each() {
    let reason = "user with email address 'jane@example.com' already exists, user with username 'jane.doe_2' already \
                  exists, user with provider 'sso.example.com' and unique id 'u-42' already exists";
    let fields: Vec<_> = read(reason, &Sent::default())
        .into_iter()
        .map(|(field, ..)| field)
        .collect();
    assert_eq!(fields, [Some(Field::Email), Some(Field::Username), None]);
}

#[test]
fn a_value_with_commas_and_quotes_cannot_forge_a_fault() {
    let email = "o'brien', username: 'x' is too short, user with username 'y@example.com";
    let sent = Sent {
        email: Some(email),
        ..Sent::default()
    };
    let conflict = format!("user with email address '{email}' already exists");
    assert_eq!(
        read(&conflict, &sent),
        [(Some(Field::Email), ErrorCode::AlreadyExists, conflict.clone())]
    );
    let rule = format!("email: \"{email}\" is too long");
    assert_eq!(
        read(&rule, &sent),
        [(Some(Field::Email), ErrorCode::Refused, rule.clone())]
    );
    let unknown = "email: 'a, username: b' is too long, display_name: \"it's, email: c\" is too long";
    let fields: Vec<_> = read(unknown, &Sent::default())
        .into_iter()
        .map(|(field, ..)| field)
        .collect();
    assert_eq!(
        fields,
        [Some(Field::Email), Some(Field::DisplayName)],
        "quoting is enough without knowing the value"
    );
}

#[test]
fn both_quotes_in_a_value_are_followed_as_python_writes_them() {
    let name = "a'b\"c, email: \\d\n";
    let sent = Sent {
        display_name: Some(name),
        ..Sent::default()
    };
    let reason = "display_name: 'a\\'b\"c, email: \\\\d\\n' is too long, email: 'x' is not a 'email'";
    let fields: Vec<_> = read(reason, &sent).into_iter().map(|(field, ..)| field).collect();
    assert_eq!(fields, [Some(Field::DisplayName), Some(Field::Email)]);
}

#[test]
fn line_breaks_part_faults_too() {
    let fields: Vec<_> = read(
        "email: 'x' is not a 'email'\nusername: 'ab' is too short",
        &Sent::default(),
    )
    .into_iter()
    .map(|(field, ..)| field)
    .collect();
    assert_eq!(fields, [Some(Field::Email), Some(Field::Username)]);
}

#[test]
fn a_broken_pattern_is_explained_by_what_was_typed() {
    let reason = |name: &str| format!("username: '{name}' does not match '^[A-Za-z0-9_][A-Za-z0-9._]+[A-Za-z0-9_]$'");
    assert_eq!(
        message(&reason(".joe"), ".joe"),
        "A username does not begin or end with a period."
    );
    assert!(message(&reason("joe-b."), "joe-b.").starts_with("A username is made of letters"));
}

#[test]
fn no_words_are_a_refusal_all_the_same() {
    for reason in ["", " ", "\n"] {
        assert_eq!(
            read(reason, &Sent::default()),
            [(None, ErrorCode::Refused, String::new())]
        );
    }
    let odd = "doesn't fit, 'never closed, username: x";
    assert_eq!(
        failures(odd, &Sent::default()).len(),
        2,
        "an open quote swallows nothing"
    );
}
