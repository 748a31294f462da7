//! Hyperproof's double over HTTP: tokens, the gate, the list and its odd rows.

use std::collections::HashSet;
use std::time::Duration;

use crate::support::{Answer, FORM, asked, minting};
use countersign_sandbox::{ControlsSource, Sandbox, SandboxSettings};
use serde_json::Value;

struct Opened {
    sandbox: Sandbox,
    bearer: String,
}

impl Opened {
    async fn start(settings: SandboxSettings) -> Self {
        let form = minting(&settings.credentials);
        let sandbox = Sandbox::start(settings).await.unwrap();
        let minted = asked(&sandbox.hyperproof_token_endpoint(), "POST", &[FORM], &form)
            .await
            .unwrap();
        let bearer = format!("Bearer {}", minted.json()["access_token"].as_str().unwrap());
        Self { sandbox, bearer }
    }

    async fn get(&self, path: &str) -> Answer {
        let url = format!("{}{path}", self.sandbox.hyperproof_api());
        asked(&url, "GET", &[("Authorization", &self.bearer)], "")
            .await
            .unwrap()
    }

    async fn list(&self, query: &str) -> Vec<Value> {
        let answer = self.get(&format!("/controls{query}")).await;
        assert_eq!(answer.status, 200);
        assert_eq!(
            answer.header("transfer-encoding").unwrap(),
            "chunked",
            "the list is streamed"
        );
        answer.json().as_array().unwrap().clone()
    }
}

fn generated(count: u32, seed: u64) -> SandboxSettings {
    SandboxSettings {
        controls: ControlsSource::Generated { count, seed },
        ..SandboxSettings::default()
    }
}

#[tokio::test]
async fn a_token_is_given_for_a_form_with_the_right_secret_only() {
    let settings = generated(1, 1);
    let form = minting(&settings.credentials);
    let sandbox = Sandbox::start(settings).await.unwrap();
    let url = sandbox.hyperproof_token_endpoint();
    let good = asked(&url, "POST", &[FORM], &form).await.unwrap();
    assert_eq!(good.json()["token_type"], "Bearer");
    assert!(good.json()["expires_in"].is_u64());
    for (headers, body, status, error) in [
        (&[FORM][..], format!("{form}x"), 401, "invalid_client"),
        (
            &[FORM][..],
            form.replace("client_credentials", "password"),
            400,
            "unsupported_grant_type",
        ),
        (&[FORM][..], String::new(), 400, "invalid_request"),
        (
            &[("Content-Type", "application/json")][..],
            form.clone(),
            400,
            "invalid_request",
        ),
    ] {
        let refused = asked(&url, "POST", headers, &body).await.unwrap();
        assert_eq!(
            (refused.status, refused.json()["error"].as_str().unwrap()),
            (status, error)
        );
    }
}

#[tokio::test]
async fn nothing_is_told_without_a_token_that_is_good() {
    let opened = Opened::start(generated(3, 1)).await;
    assert_eq!(opened.get("/users/me").await.json()["givenName"], "Morgan");
    let url = format!("{}/controls", opened.sandbox.hyperproof_api());
    for headers in [&[][..], &[("Authorization", "Bearer nope")][..]] {
        let refused = asked(&url, "GET", headers, "").await.unwrap();
        assert_eq!(refused.status, 401);
        assert_eq!(refused.json()["statusCode"], 401);
    }
    opened.sandbox.advance_clock(Duration::from_secs(3601));
    assert_eq!(opened.get("/users/me").await.status, 401, "the token has expired");
}

#[tokio::test]
async fn the_list_has_what_its_parameters_ask_for() {
    let opened = Opened::start(generated(200, 7)).await;
    let plain = opened.list("").await;
    assert_eq!(plain.len(), 200);
    assert!(
        plain
            .iter()
            .all(|row| row["status"] == "active" && row["controlType"] == "simple")
    );
    let archived = opened.list("?status=archived").await;
    assert!(!archived.is_empty() && archived.iter().all(|row| row["status"] == "archived"));
    let scoped = opened.list("?expandScopes=true").await;
    assert!(scoped.len() > 200 && scoped.iter().any(|row| row["scopeName"].is_string()));
    assert!(opened.list("?expandTeams=true").await.len() > 200);
    assert!(opened.list("?canLink=true").await.len() < 200);
    assert_eq!(opened.list("?status=deleted").await.len(), 0);
}

#[tokio::test]
async fn rows_are_as_uneven_as_real_ones_and_the_same_for_one_seed() {
    let opened = Opened::start(generated(400, 7)).await;
    let rows = opened.list("").await;
    let ids: HashSet<&str> = rows.iter().map(|row| row["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), rows.len());
    let has = |form: fn(&Value) -> bool| rows.iter().any(form);
    assert!(has(|row| row["_isPartialData"] == true && row.get("health").is_none()));
    assert!(
        has(|row| row["owner"].is_null()) && has(|row| row["owner"].is_string()) && has(|row| row["owner"].is_object())
    );
    assert!(has(|row| row["customFields"].is_array()));
    for end in ["Z", "+00:00", "+0000"] {
        assert!(
            rows.iter()
                .any(|row| row["updatedOn"].as_str().is_some_and(|date| date.ends_with(end))),
            "{end}"
        );
    }
    assert!(has(|row| row["updatedOn"]
        .as_str()
        .is_some_and(|date| date.matches('.').count() == 2)));
    let again = Opened::start(generated(400, 7)).await;
    assert_eq!(again.list("").await, rows);
    assert_ne!(Opened::start(generated(400, 8)).await.list("").await, rows);
}

#[tokio::test]
async fn one_control_is_found_by_its_id() {
    let opened = Opened::start(generated(50, 7)).await;
    let scoped = opened.list("?expandScopes=true").await;
    let child = scoped.iter().find(|row| row["scopeId"].is_string()).unwrap();
    let found = opened
        .get(&format!("/controls/{}", child["id"].as_str().unwrap()))
        .await
        .json();
    assert_eq!(found["name"], child["name"]);
    assert!(found.get("scopeId").is_none(), "one control does not say its scope");
    assert_eq!(opened.get("/controls/nope").await.status, 404);
}

#[tokio::test]
async fn a_control_that_was_worked_on_reads_otherwise() {
    let opened = Opened::start(generated(5, 7)).await;
    let before = opened.list("").await;
    let id = before[2]["id"].as_str().unwrap();
    let worked_on = serde_json::json!({"name": "Renamed", "health": null});
    opened
        .sandbox
        .change_control(id, worked_on.as_object().unwrap().clone());
    let after = opened.list("").await;
    assert_eq!(after[2]["name"], "Renamed");
    assert_eq!(
        (&after[..2], &after[3..]),
        (&before[..2], &before[3..]),
        "the others are as before"
    );
    assert_eq!(opened.get(&format!("/controls/{id}")).await.json()["name"], "Renamed");
    opened.sandbox.reset();
    assert_eq!(opened.get("/controls").await.status, 401, "tokens are gone too");
}

#[tokio::test]
async fn hostile_rows_come_only_when_asked_for() {
    let settings = SandboxSettings {
        hostile_rows: true,
        ..generated(20, 7)
    };
    let rows = Opened::start(settings).await.list("").await;
    assert!(rows.len() > 30);
    assert!(rows.iter().any(|row| !row.is_object()));
    assert!(rows.iter().any(|row| row.is_object() && row.get("id").is_none()));
    assert!(
        rows.iter()
            .any(|row| row["description"].as_str().is_some_and(|text| text.len() >= 64 * 1024))
    );
    assert!(
        rows.iter()
            .any(|row| row["name"].as_str().is_some_and(|name| name.contains("<script>")))
    );
    assert!(rows.iter().any(|row| row["name"].is_number()));
}

#[tokio::test]
async fn a_file_is_served_as_it_stands() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("controls.json");
    std::fs::write(
        &path,
        r#"[{"id":"b","name":"B","odd":1.50},{"id":"a","status":"archived"}]"#,
    )
    .unwrap();
    let settings = SandboxSettings {
        controls: ControlsSource::File(path.clone()),
        ..SandboxSettings::default()
    };
    let opened = Opened::start(settings.clone()).await;
    assert_eq!(
        opened.get("/controls").await.body,
        r#"[{"id":"b","name":"B","odd":1.5}]"#
    );
    assert_eq!(opened.list("?status=archived").await.len(), 1);
    std::fs::write(&path, "{}").unwrap();
    let fault = Sandbox::start(settings).await.unwrap_err();
    assert!(fault.to_string().contains("is not an array of control objects"));
}
