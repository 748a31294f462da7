//! What people type and paste into the boxes of the forms.

use serde_json::{Value, json};

use super::Office;
use super::samples::sample;

fn with(draft: &Value, name: &str, value: &str) -> Value {
    let mut draft = draft.clone();
    draft[name] = json!(value);
    draft
}

#[test]
fn malformed_tokens_are_refused_at_the_secret() {
    let office = Office::open();
    let draft = office.desk.personal_token();
    for token in [
        "",
        "   ",
        "6879-with space",
        "6879-é",
        "6879-🗝",
        "6879-a\nb",
        "6879-\0",
        &"6".repeat(2_561),
    ] {
        let (code, field, words) = office.refused(&with(&draft, "secret", token));
        assert_eq!((code.as_str(), field), ("input-invalid", json!("secret")), "{token:?}");
        assert!(token.trim().is_empty() || !words.contains(token), "{words}");
    }
    for token in ["6879-nobodys", "5768-an-access-token", "Bearer"] {
        assert_eq!(
            office.refused(&with(&draft, "secret", token)).0,
            "credential-refused",
            "{token}"
        );
    }
    office.has_lost_nothing();
}

#[test]
fn a_token_copied_with_white_space_around_it_is_taken() {
    let office = Office::open();
    let draft = office.desk.personal_token();
    let token = format!(" {}\r\n", draft["secret"].as_str().unwrap());
    let card = office
        .page
        .call("connection_save", json!({ "draft": with(&draft, "secret", &token) }));
    assert_eq!(card.ok()["state"]["is"], "working");
}

#[test]
fn colons_and_emoji_are_sent_in_a_secret_and_refused_in_a_client_id() {
    let office = Office::open();
    for draft in [office.desk.hyperproof(), office.desk.hypothesis()] {
        for text in ["a:b", "🗝🗝", "a:🗝\"\\é&=+%"] {
            let (code, ..) = office.refused(&with(&draft, "secret", text));
            assert_eq!(code, "credential-refused", "the service was asked: {text}");
            let (code, field, words) = office.refused(&with(&draft, "clientId", text));
            assert_eq!((code.as_str(), field), ("input-invalid", json!("clientId")), "{text}");
            assert!(!words.contains(text), "{words}");
        }
    }
    office.has_lost_nothing();
}

#[test]
fn line_breaks_and_nul_are_refused_in_secrets_client_ids_and_names() {
    let office = Office::open();
    for draft in [office.desk.hyperproof(), office.desk.hypothesis()] {
        for name in ["secret", "clientId", "label"] {
            for text in ["two\nlines", "two\r\nlines", "a\0b", "a\u{1b}[31mb"] {
                let (code, field, _) = office.refused(&with(&draft, name, text));
                assert_eq!(
                    (code.as_str(), field),
                    ("input-invalid", json!(name)),
                    "{name} {text:?}"
                );
            }
        }
    }
    office.has_lost_nothing();
}

#[test]
fn addresses_that_lead_elsewhere_are_refused_at_their_field() {
    let office = Office::open();
    let addresses = [
        "",
        "nonsense",
        "http://example.com",
        "ftp://example.com",
        "https://user:pass@example.com",
        "https://10.0.0.1",
        "https://example.com/?token=x",
        "https://example.com/#x",
        "https://example.com.",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://",
        "https://exa mple.com",
        "https://[::2]",
        "\0",
    ];
    for address in addresses {
        let (code, field, _) = office.refused(&with(&office.desk.hyperproof(), "tokenAddress", address));
        assert_eq!(
            (code.as_str(), field),
            ("input-invalid", json!("tokenAddress")),
            "{address:?}"
        );
        for draft in [office.desk.hyperproof(), office.desk.hypothesis()] {
            let (code, field, _) = office.refused(&with(&draft, "apiAddress", address));
            assert_eq!(
                (code.as_str(), field),
                ("input-invalid", json!("apiAddress")),
                "{address:?}"
            );
        }
    }
    office.has_lost_nothing();
}

#[test]
fn texts_just_too_long_are_refused_at_their_field() {
    let office = Office::open();
    let draft = office.desk.hyperproof();
    for (name, length) in [
        ("label", 81),
        ("clientId", 201),
        ("secret", 2_561),
        ("scopes", 1_001),
        ("apiAddress", 100_000),
    ] {
        let (code, field, words) = office.refused(&with(&draft, name, &"x".repeat(length)));
        assert_eq!((code.as_str(), field), ("input-invalid", json!(name)));
        assert!(words.len() < 300, "{words}");
    }
    let (code, field, _) = office.refused(&with(&office.desk.hypothesis(), "authority", &"x".repeat(100_000)));
    assert_eq!((code.as_str(), field), ("input-invalid", json!("authority")));
    let long = json!({ "id": office.hyperproof, "label": "x".repeat(100_000) });
    assert_eq!(office.page.call("connection_rename", long).code(), "input-invalid");
    office.has_lost_nothing();
}

#[test]
fn half_a_character_is_replaced_and_never_panics() {
    let office = Office::open();
    // JavaScript's texts may hold half of a pair; JSON writes it as an escape that no Rust text can hold.
    let request = r#"{"id":"\ud800","label":"\udc00"}"#;
    assert!(
        serde_json::from_str::<Value>(request).is_err(),
        "such a request is no request"
    );
    for text in [
        "\u{fffd}",
        "\u{202e}gnp.exe",
        "\u{feff}x",
        "e\u{301}\u{301}\u{301}",
        "👨‍👩‍👧‍👦",
    ] {
        let reply = office
            .page
            .call("connection_rename", json!({ "id": office.hyperproof, "label": text }));
        assert!(reply.outcome.is_err() || reply.ok()["label"] == text, "{text:?}");
        for command in ["controls_window", "controls_facets"] {
            let mut request = sample(command, &office.hyperproof);
            request["query"]["search"] = json!(text);
            office.page.call(command, request).ok();
        }
        let search = json!({ "connection": office.hypothesis, "search": text });
        office.page.call("accounts_known", search).ok();
    }
}

#[test]
fn searches_are_words_and_never_a_language() {
    let office = Office::open();
    for text in [
        "'",
        "\"",
        "%",
        "_",
        "\\",
        "*",
        "a OR b",
        "NEAR(a b)",
        "-x",
        "name:x",
        "(",
        "\0",
        "'; DROP TABLE control; --",
    ] {
        let mut request = sample("controls_window", &office.hyperproof);
        request["query"]["search"] = json!(text);
        let window = office.page.call("controls_window", request);
        assert!(
            window.ok()["matched"].as_u64() < Some(370),
            "{text:?} is not everything"
        );
        office
            .page
            .call(
                "accounts_known",
                json!({ "connection": office.hypothesis, "search": text }),
            )
            .ok();
    }
    office.has_lost_nothing();
}

#[test]
fn accounts_that_cannot_be_are_refused_beside_their_fields_and_not_sent() {
    let office = Office::open();
    for (name, value) in [
        ("username", "a"),
        ("username", "jo:e\nx"),
        ("username", "é🗝é"),
        ("username", "\0\0\0"),
        ("username", "../../x"),
        ("email", "none"),
        ("email", ""),
        ("displayName", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
    ] {
        let mut request = sample("account_create", &office.hypothesis);
        request["request"][name] = json!(value);
        let outcome = office.page.call("account_create", request).ok().clone();
        assert_eq!(outcome["is"], "refused", "{name} {value:?}: {outcome}");
        assert_eq!(outcome["failures"][0]["field"], name, "{value:?}");
    }
    for text in [
        "",
        "acct:",
        "acct:a@other.example",
        "a b",
        "\0",
        "../users",
        &"x".repeat(100_000),
    ] {
        let reply = office.page.call(
            "account_look_up",
            json!({ "connection": office.hypothesis, "text": text }),
        );
        assert_eq!(reply.code(), "input-invalid", "{text:?}");
    }
    office.has_lost_nothing();
}
