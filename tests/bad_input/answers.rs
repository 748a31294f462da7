//! Answers that no service documents: pages, cut JSON, other shapes, unknown words, odd dates.

use std::collections::BTreeMap;

use countersign_sandbox::FaultKind;
use serde_json::{Value, json};

use super::Office;
use super::samples::sample;

const CONTROLS: &str = "/hyperproof/v1/controls";

fn answer(status: u16, body: &str) -> FaultKind {
    let (body, content_type) = (body.to_owned(), "application/json".to_owned());
    let headers = BTreeMap::default();
    FaultKind::Status {
        status,
        body,
        content_type,
        headers,
    }
}

/// Bodies that are no answer, whoever gives them.
fn nonsense() -> Vec<FaultKind> {
    let deep = "[".repeat(100_000);
    let bodies = [
        "",
        " ",
        "null",
        "true",
        "7",
        "\"text\"",
        "{",
        "[{",
        "[1,2]",
        "{\"a\":",
        "\u{feff}{}",
        "{}{}",
        "NaN",
        &deep,
    ];
    let mut kinds: Vec<_> = bodies.iter().map(|body| answer(200, body)).collect();
    kinds.extend([FaultKind::Html, FaultKind::CutBody, answer(204, ""), answer(299, "{")]);
    kinds
}

#[test]
fn a_list_that_is_no_list_is_refused_and_the_register_stays() {
    let office = Office::open();
    for kind in nonsense() {
        office.desk.provoke("GET", CONTROLS, kind.clone());
        let reply = office
            .page
            .call("controls_sync", sample("controls_sync", &office.hyperproof));
        let codes = ["answer-unreadable", "unreachable", "refused"];
        assert!(codes.contains(&reply.code()), "{kind:?}: {}", reply.code());
    }
    office.has_lost_nothing();
}

#[test]
fn a_proof_that_cannot_be_read_is_said_on_the_card() {
    let office = Office::open();
    for kind in nonsense() {
        for (id, method, path) in [
            (&office.hyperproof, "GET", "/hyperproof/v1"),
            (&office.hypothesis, "POST", "/api/users"),
        ] {
            office.desk.provoke(method, path, kind.clone());
            let card = office.page.call("connection_test", json!({ "id": id }));
            let state = card.ok()["state"].clone();
            let told =
                state["is"] == "working" || state["failure"]["message"].as_str().is_some_and(|it| !it.is_empty());
            assert!(told, "{kind:?}: {state}");
            office.desk.calm();
        }
    }
    office.has_lost_nothing();
}

#[test]
fn a_token_answer_without_a_usable_token_is_refused() {
    let office = Office::open();
    let draft = office.desk.hyperproof();
    for body in [
        "{}",
        "{\"access_token\":\"\"}",
        "{\"access_token\":7}",
        "{\"access_token\":\"two words\"}",
        "{\"access_token\":\"a\\nb\"}",
        "{\"access_token\":\"🗝\"}",
        "[]",
        "<html>",
        "{\"access_token\":\"x",
    ] {
        office
            .desk
            .provoke("POST", "/hyperproof/oauth/token", answer(200, body));
        let (code, ..) = office.refused(&draft);
        assert_eq!(code, "answer-unreadable", "{body}");
    }
    office.has_lost_nothing();
}

#[test]
fn a_write_whose_answer_cannot_be_read_is_read_back_and_sent_once() {
    let office = Office::open();
    for (number, kind) in [
        FaultKind::Html,
        FaultKind::CutBody,
        answer(200, "{"),
        answer(200, "{\"userid\":7}"),
    ]
    .into_iter()
    .enumerate()
    {
        let username = format!("reader{number}");
        let email = format!("{username}@practice.example");
        office.desk.provoke("POST", "/api/users", kind.clone());
        let request = json!({ "username": username, "email": email, "displayName": "" });
        let reply = office.page.call(
            "account_create",
            json!({ "connection": office.hypothesis, "request": request }),
        );
        // A cut answer comes after the write, the others in its place.
        let expected = if kind == FaultKind::CutBody {
            "doneReadBack"
        } else {
            "notDone"
        };
        assert_eq!(reply.ok()["is"], expected, "{kind:?}");
    }
}

#[test]
fn rows_with_unknown_words_odd_dates_and_wrong_types_are_kept_as_they_came() {
    let office = Office::open();
    let rows = json!([
        { "id": "1", "controlIdentifier": "X-1", "name": "Odd", "health": "purple", "freshness": "", "status": null,
          "updatedOn": "2024-05-06T07:08:09..123Z", "owner": 7, "new": { "deep": [1] } },
        { "id": "2", "name": ["a", "list"], "updatedOn": "31.02.2024", "implementation": true },
        { "id": "3" },
        { "name": "no identifier" },
        "no object",
        null,
    ]);
    office.desk.provoke("GET", CONTROLS, answer(200, &rows.to_string()));
    let synced = office
        .page
        .call("controls_sync", sample("controls_sync", &office.hyperproof));
    assert_eq!(
        (&synced.ok()["snapshot"]["rows"], &synced.ok()["skipped"]),
        (&json!(3), &json!(3))
    );
    let mut request = sample("controls_window", &office.hyperproof);
    request["query"]["filters"] = json!([]);
    request["query"]["sort"] = json!("updated");
    request["query"]["limit"] = json!(200);
    let window = office.page.call("controls_window", request).ok().clone();
    let row = |id: &str| {
        let rows = window["rows"].as_array().unwrap().iter();
        rows.clone().find(|row| row["id"] == id).unwrap().clone()
    };
    assert_eq!(
        row("1")["updated"],
        "2024-05-06T07:08:09..123Z",
        "a date with two dots is shown raw"
    );
    assert_eq!(row("1")["health"], "purple", "an unknown word as well");
    assert_eq!(row("3")["name"], Value::Null, "what is missing is missing");
    let detail = office
        .page
        .call("control_detail", json!({ "connection": office.hyperproof, "id": "1" }));
    let fields = detail.ok()["fields"].to_string();
    for kept in ["purple", "2024-05-06T07:08:09..123Z", "new.deep"] {
        assert!(fields.contains(kept), "{kept} in {fields}");
    }
}

#[test]
fn an_account_with_fields_missing_or_odd_is_said_unreadable() {
    let office = Office::open();
    for body in [
        "{}",
        "{\"userid\":null}",
        "{\"userid\":\"nobody\"}",
        "{\"userid\":\"acct:other@other.example\",\"username\":7}",
    ] {
        office.desk.provoke("GET", "/api/users", answer(200, body));
        let request = json!({ "connection": office.hypothesis, "text": "jbloggs1" });
        assert_eq!(
            office.page.call("account_look_up", request).code(),
            "answer-unreadable",
            "{body}"
        );
    }
    office.has_lost_nothing();
}
