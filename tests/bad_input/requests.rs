//! Requests that no page sends: wrong shapes, missing and unknown fields, numbers out of range, far too much.

use countersign::COMMANDS;
use serde_json::{Value, json};
use tauri::ipc::InvokeBody;

use super::Office;
use super::page::Reply;
use super::samples::{sample, spoilt};

/// What Tauri and serde would quote.
const SENT: &str = "sent-in-a-wrong-place";

/// An answer, or a failure with code and words that does not quote what was sent.
fn is_told(reply: &Reply) {
    if let Err(failure) = &reply.outcome {
        let _has_words = reply.code();
        assert!(!failure.to_string().contains(SENT), "{}: {failure}", reply.command);
    }
}

#[test]
fn every_spoilt_request_of_every_command_is_refused_in_words_that_quote_nothing() {
    let office = Office::open();
    for command in COMMANDS {
        for request in spoilt(&sample(command, &office.hyperproof), SENT) {
            is_told(&office.page.call(command, request));
        }
    }
    office.has_lost_nothing();
}

#[test]
fn an_argument_that_is_missing_or_of_another_type_names_itself() {
    let office = Office::open();
    for (command, request, name) in [
        ("connection_test", json!({}), "id"),
        ("connection_test", json!({ "id": 7 }), "id"),
        ("connection_save", json!({ "draft": SENT }), "draft"),
        (
            "connection_save",
            json!({ "draft": { "kind": SENT, "label": "", "secret": SENT } }),
            "draft",
        ),
        (
            "connection_save",
            json!({ "draft": { "kind": "practice", "label": "", "secret": [SENT] } }),
            "draft",
        ),
        (
            "recent_calls",
            json!({ "connection": office.hyperproof, "limit": SENT }),
            "limit",
        ),
        (
            "controls_sync",
            json!({ "connection": office.hyperproof, "progress": SENT }),
            "progress",
        ),
        (
            "connection_replace_secret",
            json!({ "id": office.hyperproof, "secret": { SENT: 1 } }),
            "secret",
        ),
    ] {
        let reply = office.page.call(command, request);
        assert_eq!(reply.code(), "input-invalid");
        is_told(&reply);
        let words = reply.outcome.unwrap_err()["message"].to_string();
        assert!(words.contains(&format!("“{name}”")), "{words}");
    }
    office.has_lost_nothing();
}

#[test]
fn unknown_fields_and_unknown_choices_are_refused() {
    let office = Office::open();
    let spoil = |command: &str, place: &str, value: Value| {
        let mut request = sample(command, &office.hyperproof);
        let (parent, name) = place.rsplit_once('/').unwrap();
        let parent = request.pointer_mut(parent).unwrap().as_object_mut().unwrap();
        parent.insert(name.to_owned(), value);
        office.page.call(command, request).code().to_owned()
    };
    for (command, place, value) in [
        ("controls_window", "/query/sql", json!("1=1")),
        ("controls_window", "/query/sort", json!("rowid; DROP TABLE control")),
        ("controls_window", "/query/filters/0/field", json!("secret")),
        ("controls_window", "/query/filters/0/operator", json!("like")),
        ("connection_save", "/draft/kind", json!("ftp")),
        ("connection_save", "/draft/region", json!("moon")),
        ("connection_save", "/draft/id", json!(office.hyperproof)),
        ("account_create", "/request/authority", json!("other.example")),
        ("account_update", "/request/username", json!("other")),
        ("sign_in_save", "/draft/authorizePath", json!("/etc/passwd")),
        ("connection_save", "/draft/file", json!("/etc/passwd")),
        (
            "connection_set_network",
            "/network/certificateFile",
            json!("/etc/passwd"),
        ),
        ("connection_set_network", "/network/proxy", json!("socks")),
        ("request_send", "/request/url", json!("https://evil.example")),
        ("request_send", "/request/method", json!("DELETE")),
        ("request_send", "/request/headers", json!({ "Authorization": "x" })),
        ("annotations_search", "/query/user", json!("acct:other@example.com")),
        ("preferences_save", "/preferences/contrast", json!("less")),
        ("preferences_save", "/preferences/theme", json!("dark")),
        ("preferences_save", "/preferences/paneWidths/roster", json!(240)),
    ] {
        assert_eq!(spoil(command, place, value), "input-invalid", "{place}");
    }
    office.has_lost_nothing();
}

#[test]
fn numbers_out_of_range_are_refused_or_brought_into_range() {
    let office = Office::open();
    for limit in [
        json!(-1),
        json!(1.5),
        json!(4_294_967_296_u64),
        json!(1e300),
        json!("1"),
        json!(null),
    ] {
        let request = json!({ "connection": office.hyperproof, "limit": limit });
        assert_eq!(
            office.page.call("recent_calls", request).code(),
            "input-invalid",
            "{limit}"
        );
    }
    for limit in [0, u32::MAX] {
        let request = json!({ "connection": office.hyperproof, "limit": limit });
        assert!(office.page.call("recent_calls", request).ok().as_array().unwrap().len() <= 200);
    }
    for (name, value, fits) in [
        ("limit", json!(0), false),
        ("limit", json!(201), false),
        ("limit", json!(-1), false),
        ("offset", json!(-1), false),
        ("offset", json!(u32::MAX), true),
        (
            "filters",
            json!([{ "field": "health", "values": vec!["x"; 201] }]),
            false,
        ),
        ("search", json!("x".repeat(201)), false),
    ] {
        let mut request = sample("controls_window", &office.hyperproof);
        request["query"][name] = value;
        let reply = office.page.call("controls_window", request);
        assert_eq!(reply.outcome.is_ok(), fits, "{name}");
        is_told(&reply);
    }
    office.has_lost_nothing();
}

#[test]
fn a_look_that_cannot_be_or_is_half_is_refused() {
    let office = Office::open();
    let wide = |width: Value| json!({ "contrast": "system", "railNarrow": false, "paneWidths": { "doctor": width } });
    for preferences in [
        wide(json!(0)),
        wide(json!(119)),
        wide(json!(1201)),
        wide(json!(65_776)),
        wide(json!(-240)),
        wide(json!(240.5)),
        wide(json!("240")),
        wide(json!(null)),
        json!({ "contrast": "system" }),
        json!({ "contrast": "system", "railNarrow": false, "paneWidths": [["doctor", 240]] }),
    ] {
        let request = json!({ "preferences": preferences });
        let reply = office.page.call("preferences_save", request);
        assert_eq!(reply.code(), "input-invalid", "{preferences}");
    }
    office.has_lost_nothing();
}

#[test]
fn ten_megabytes_in_any_text_of_any_command_are_refused_at_the_door() {
    let office = Office::open();
    let much = "x".repeat(10 * 1024 * 1024);
    for command in COMMANDS {
        let request = sample(command, &office.hyperproof);
        for place in texts(&request) {
            let mut request = request.clone();
            *request.pointer_mut(&place).unwrap() = json!(much);
            assert_eq!(
                office.page.call(command, request).code(),
                "request-too-large",
                "{command} {place}"
            );
        }
    }
    office.has_lost_nothing();
}

/// The places of the texts in a request, as JSON pointers.
fn texts(request: &Value) -> Vec<String> {
    let below = |path: &str, value: &Value| match value {
        Value::Object(members) => members.keys().map(|name| format!("{path}/{name}")).collect(),
        Value::Array(values) => (0..values.len()).map(|at| format!("{path}/{at}")).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
    };
    let (mut found, mut waiting) = (Vec::new(), below("", request));
    while let Some(place) = waiting.pop() {
        let value = request.pointer(&place).unwrap();
        if value.is_string() {
            found.push(place);
        } else {
            waiting.extend(below(&place, value));
        }
    }
    found
}

#[test]
fn bytes_and_lists_in_place_of_arguments_are_refused() {
    let office = Office::open();
    for command in COMMANDS {
        for body in [
            InvokeBody::Raw(SENT.into()),
            InvokeBody::Raw(vec![0; 1024 * 1024]),
            InvokeBody::Json(json!([SENT])),
            InvokeBody::Json(json!(SENT)),
            InvokeBody::Json(Value::Null),
        ] {
            is_told(&office.page.call_with(command, body));
        }
    }
    office.has_lost_nothing();
}

#[test]
fn identifiers_that_are_paths_or_nobodys_find_nothing() {
    let office = Office::open();
    for id in [
        "",
        "../../etc/passwd",
        "..",
        "/",
        "C:\\",
        "%2e%2e",
        "\0",
        "é🗝",
        "00000000-0000-4000-8000-000000000000",
    ] {
        for command in [
            "connection_test",
            "connection_forget",
            "controls_window",
            "recent_calls",
            "account_look_up",
        ] {
            assert_eq!(
                office.page.call(command, sample(command, id)).code(),
                "connection-unknown",
                "{command} {id}"
            );
        }
    }
    office.has_lost_nothing();
}
