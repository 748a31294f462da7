//! Requests by hand: paths that lead elsewhere, and answers that no page can show whole.

use std::collections::BTreeMap;

use countersign_sandbox::FaultKind;
use serde_json::json;

use super::Office;

fn answer(body: String) -> FaultKind {
    FaultKind::Status {
        status: 200,
        body,
        content_type: "application/json".into(),
        headers: BTreeMap::default(),
    }
}

#[test]
fn paths_that_lead_elsewhere_are_refused_and_nothing_is_sent() {
    let office = Office::open();
    let before = office.desk.sandbox.requests().len();
    for path in [
        "",
        "/",
        "users/me",
        "//evil.example/users/me",
        "https://evil.example/",
        "/users/../../oauth/token",
        "/users/%2e%2e/%2e%2e/oauth/token",
        "/users\\me",
        "/users/me?expand=x",
        "/users/me#x",
        "/users/me\r\nX-Forwarded-User: admin",
        "/users/\0",
        "/nothing/documented",
        "file:///etc/passwd",
        "@evil.example",
        "/🗝",
        &"/x".repeat(50_000),
    ] {
        for command in ["request_send", "request_as_curl"] {
            let request = json!({ "path": path, "query": [] });
            let reply = office
                .page
                .call(command, json!({ "connection": office.hyperproof, "request": request }));
            assert_eq!(reply.code(), "input-invalid", "{command} {path:.100}");
        }
    }
    assert_eq!(office.desk.sandbox.requests().len(), before, "nothing was sent");
    office.has_lost_nothing();
}

#[test]
fn queries_are_data_and_bounded() {
    let office = Office::open();
    let send = |query: serde_json::Value| {
        let request = json!({ "path": "/users/me", "query": query });
        office.page.call(
            "request_send",
            json!({ "connection": office.hyperproof, "request": request }),
        )
    };
    let odd = json!([{ "name": "expand", "value": "a&b=c#d?e\r\nX: y 🗝\0" }]);
    let reply = send(odd);
    assert!(
        reply.outcome.is_ok() || reply.code() == "input-invalid",
        "{:?}",
        reply.outcome
    );
    let many: Vec<_> = (0..5_000)
        .map(|number| json!({ "name": format!("n{number}"), "value": "v" }))
        .collect();
    assert_eq!(send(json!(many)).code(), "input-invalid");
    let long = json!([{ "name": "expand", "value": "v".repeat(100_000) }]);
    assert_eq!(send(long).code(), "input-invalid");
    office.has_lost_nothing();
}

#[test]
fn answers_that_are_deep_or_endless_are_bounded_and_break_nothing() {
    let office = Office::open();
    let send = || {
        let request = json!({ "path": "/users/me", "query": [] });
        office.page.call(
            "request_send",
            json!({ "connection": office.hyperproof, "request": request }),
        )
    };
    let provoke = |body: String| office.desk.provoke("GET", "/hyperproof/v1/users/me", answer(body));
    for body in [
        "[".repeat(1_000_000),
        "[".repeat(500_000) + &"]".repeat(500_000),
        "{\"a\":".repeat(200_000),
        "\"".to_owned() + &"x".repeat(3 * 1024 * 1024) + "\"",
        "\u{0}\u{1b}[31m".repeat(1_000),
        format!("{{\"n\":{}}}", "9".repeat(100_000)),
    ] {
        provoke(body);
        let reply = send();
        let shown = reply.ok();
        assert!(shown["text"].as_str().unwrap().len() <= 1024 * 1024);
        assert!(shown["bytes"].as_u64().unwrap() > 1_000);
        assert!(shown["cut"].as_bool().unwrap() == (shown["bytes"].as_u64().unwrap() > 1024 * 1024));
    }
    provoke("\"".to_owned() + &"x".repeat(200 * 1024 * 1024) + "\"");
    let reply = send();
    assert_eq!(
        reply.code(),
        "answer-too-large",
        "two hundred megabytes are not taken in"
    );
    office.has_lost_nothing();
}
