//! The search of Hypothesis' double over HTTP: who sees what, pages by `search_after`, and what is refused.

use std::collections::HashSet;

use countersign_sandbox::{PracticeCredentials, Sandbox, SandboxSettings};
use serde_json::Value;

use crate::support::asked;

struct Desk {
    sandbox: Sandbox,
    credentials: PracticeCredentials,
}

impl Desk {
    async fn new() -> Self {
        let settings = SandboxSettings::default();
        let credentials = settings.credentials.clone();
        let sandbox = Sandbox::start(settings).await.unwrap();
        Self { sandbox, credentials }
    }

    async fn ask(&self, query: &str, own: bool) -> (u16, Value) {
        let url = format!("{}/api/{query}", self.sandbox.hypothesis_server());
        let bearer = format!("Bearer {}", self.credentials.hypothesis_personal_token);
        let headers = if own {
            &[("Authorization", bearer.as_str())][..]
        } else {
            &[]
        };
        let answer = asked(&url, "GET", headers, "").await.unwrap();
        (answer.status, answer.json())
    }

    async fn found(&self, query: &str) -> Vec<Value> {
        let (status, answer) = self.ask(&format!("search?limit=200&{query}"), false).await;
        assert_eq!(status, 200, "{answer}");
        answer["rows"].as_array().unwrap().clone()
    }

    /// The same where something must be found.
    async fn some(&self, query: &str) -> Vec<Value> {
        let rows = self.found(query).await;
        assert!(!rows.is_empty(), "{query}");
        rows
    }

    fn reader(&self) -> String {
        format!(
            "acct:{}@hypothesis.practice.example",
            self.credentials.hypothesis_username
        )
    }
}

fn text<'a>(row: &'a Value, name: &str) -> &'a str {
    row[name].as_str().unwrap()
}

#[tokio::test]
async fn own_private_annotations_are_told_to_their_author_alone() {
    let desk = Desk::new().await;
    let query = format!("search?limit=200&user={}", desk.reader());
    let (_, anonymous) = desk.ask(&query, false).await;
    let (_, own) = desk.ask(&query, true).await;
    let (seen, all) = (anonymous["total"].as_u64().unwrap(), own["total"].as_u64().unwrap());
    assert!(0 < seen && seen < all, "{seen} of {all}");
    let private = own["rows"]
        .as_array()
        .unwrap()
        .iter()
        .find(|row| row["permissions"]["read"][0] == desk.reader());
    let path = format!("annotations/{}", text(private.unwrap(), "id"));
    assert_eq!(desk.ask(&path, true).await.0, 200);
    assert_eq!(desk.ask(&path, false).await.0, 404);
    let rows = anonymous["rows"].as_array().unwrap();
    assert!(
        rows.iter()
            .all(|row| row["permissions"]["read"][0] == "group:__world__")
    );
}

#[tokio::test]
async fn pages_follow_each_other_by_search_after_and_nothing_is_missed_or_doubled() {
    let desk = Desk::new().await;
    for (sort, order) in [("updated", "desc"), ("created", "asc"), ("id", "asc")] {
        let (mut after, mut seen, mut total) = (String::new(), Vec::new(), 0);
        loop {
            let query = format!("search?limit=200&sort={sort}&order={order}&offset=7{after}");
            let (_, page) = desk.ask(&query, true).await;
            let rows = page["rows"].as_array().unwrap().clone();
            total = usize::try_from(page["total"].as_u64().unwrap()).unwrap().max(total);
            let Some(last) = rows.last() else { break };
            let value = text(last, sort).replace('+', "%2B");
            after = format!("&search_after={value}");
            seen.extend(rows);
        }
        let ids: HashSet<&str> = seen.iter().map(|row| text(row, "id")).collect();
        // The offset counts on the first page alone.
        assert_eq!((seen.len() + 7, ids.len() + 7), (total, total), "{sort}");
        assert!(total > 400);
    }
}

#[tokio::test]
async fn every_parameter_narrows_the_search() {
    let desk = Desk::new().await;
    for row in desk.some("any=EVIDENCE+export").await {
        assert!(text(&row, "text").contains("Evidence") || row["tags"].to_string().contains("evidence"));
    }
    assert!(
        desk.found("tag=audit+2026")
            .await
            .iter()
            .all(|row| row["tags"].to_string().contains("audit 2026"))
    );
    assert!(!desk.found("tag=audit+2026&tag=question").await.is_empty());
    let page = "http://LIBRARY.practice.example/standards/ac-2/%23x";
    let exact = desk.found(&format!("uri={page}")).await;
    assert!(!exact.is_empty() && exact.iter().all(|row| text(row, "uri").ends_with("/ac-2")));
    let wild = desk
        .found("wildcard_uri=https://library.practice.example/standards/ac-_")
        .await;
    assert!(wild.len() > exact.len() && wild.iter().all(|row| text(row, "uri").contains("/ac-")));
    assert!(
        desk.some("quote=scan+vulnerabilities")
            .await
            .iter()
            .all(|row| text(row, "uri").ends_with("ra-5"))
    );
    assert!(
        desk.some("user=D.OSEI")
            .await
            .iter()
            .all(|row| text(row, "user").starts_with("acct:d.osei@"))
    );
    assert!(desk.found("group=nope").await.is_empty());
    assert!(
        desk.found("no_such_field=1").await.is_empty(),
        "an unknown parameter is a field that nothing has"
    );
}

#[tokio::test]
async fn replies_are_told_apart_when_asked_for() {
    let desk = Desk::new().await;
    let (_, apart) = desk.ask("search?limit=200&_separate_replies=true", false).await;
    let rows = apart["rows"].as_array().unwrap();
    assert!(rows.iter().all(|row| row.get("references").is_none()));
    let replies = apart["replies"].as_array().unwrap();
    let parent = &replies[0]["references"][0];
    assert!(rows.iter().any(|row| row["id"] == *parent));
    let of_parent = desk.found(&format!("references={}", parent.as_str().unwrap())).await;
    assert!(of_parent.contains(&replies[0]));
}

#[tokio::test]
async fn wrong_parameters_are_refused_in_one_sentence_each() {
    let desk = Desk::new().await;
    for (query, reason) in [
        ("limit=201", "limit: 201 is greater than maximum value 200"),
        (
            "limit=-1&offset=9801",
            "limit: -1 is less than minimum value 0\noffset: 9801 is greater than maximum value 9800",
        ),
        ("limit=many", "limit: \"many\" is not a number"),
        (
            "sort=colour",
            "sort: \"colour\" is not one of created, updated, group, id, user",
        ),
        ("order=up", "order: \"up\" is not one of asc, desc"),
    ] {
        let (status, answer) = desk.ask(&format!("search?{query}"), false).await;
        assert_eq!((status, text(&answer, "reason")), (400, reason));
    }
    for query in ["search_after=yesterday", "wildcard_uri=http://*.example/"] {
        assert_eq!(desk.ask(&format!("search?{query}"), false).await.0, 400, "{query}");
    }
    let (status, answer) = desk.ask("search?limit=0", false).await;
    assert_eq!((status, answer["rows"].as_array().unwrap().len()), (200, 0));
}
