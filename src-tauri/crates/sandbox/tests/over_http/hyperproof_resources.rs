//! The smaller resources of Hyperproof's double over HTTP: lists, filters, pages, and the scopes that open them.

use countersign_sandbox::{Sandbox, SandboxSettings};
use serde_json::{Value, json};

use crate::support::{Answer, FORM, asked, minting};

struct Opened {
    sandbox: Sandbox,
    bearer: String,
}

impl Opened {
    async fn with(settings: SandboxSettings, scope: &str) -> Self {
        let form = minting(&settings.credentials) + scope;
        let sandbox = Sandbox::start(settings).await.unwrap();
        let minted = asked(&sandbox.hyperproof_token_endpoint(), "POST", &[FORM], &form)
            .await
            .unwrap();
        let bearer = format!("Bearer {}", minted.json()["access_token"].as_str().unwrap());
        Self { sandbox, bearer }
    }

    async fn new() -> Self {
        Self::with(SandboxSettings::default(), "").await
    }

    async fn ask(&self, method: &str, path: &str, body: &str) -> Answer {
        let url = format!("{}{path}", self.sandbox.hyperproof_api());
        asked(&url, method, &[("Authorization", &self.bearer)], body)
            .await
            .unwrap()
    }

    async fn rows(&self, path: &str) -> Vec<Value> {
        let answer = self.ask("GET", path, "").await;
        assert_eq!(answer.status, 200, "{path}");
        answer.json().as_array().unwrap().clone()
    }
}

const LISTS: [&str; 15] = [
    "labels",
    "users",
    "taskstatuses",
    "risks",
    "programs",
    "customfields",
    "scopes",
    "groups",
    "roles",
    "vendors",
    "policies",
    "policyversions",
    "questionnaires",
    "externalcontacts",
    "customapps",
];

#[tokio::test]
async fn every_documented_list_has_rows_and_one_row_can_be_asked_for() {
    let opened = Opened::new().await;
    for list in LISTS {
        let rows = opened.rows(&format!("/{list}")).await;
        assert!(
            !rows.is_empty() && rows.iter().all(|row| row["id"].is_string()),
            "{list}"
        );
        assert!(
            !json!(rows).to_string().contains("\"@"),
            "{list}: every mark stands for an id"
        );
    }
    for list in ["labels", "risks", "programs", "scopes", "groups", "customapps"] {
        let first = opened.rows(&format!("/{list}")).await[0].clone();
        let one = opened
            .ask("GET", &format!("/{list}/{}", first["id"].as_str().unwrap()), "")
            .await;
        assert_eq!(one.json(), first, "{list}");
        assert_eq!(opened.ask("GET", &format!("/{list}/nope"), "").await.status, 404);
    }
    assert_eq!(
        opened.ask("GET", "/tasks", "").await.status,
        404,
        "there is no plain list of tasks"
    );
}

#[tokio::test]
async fn a_list_is_of_active_rows_unless_another_status_is_asked_for() {
    let opened = Opened::new().await;
    let count = async |query: &str| opened.rows(&format!("/risks{query}")).await.len();
    let (active, archived) = (count("").await, count("?status=archived").await);
    assert!(active > 0 && archived > 0);
    assert_eq!(count("?status=active,archived").await, active + archived);
    let apart = opened.rows("/externalcontacts?objectType=vendor&objectId=nope").await;
    assert_eq!(apart.len(), 0);
}

#[tokio::test]
async fn a_filter_is_a_question_with_a_body() {
    let opened = Opened::new().await;
    let all = opened.ask("PUT", "/tasks/filter", "{}").await.json();
    let all = all.as_array().unwrap();
    let wanted = json!({"taskIds": [all[1]["id"], all[2]["id"], "nope"]}).to_string();
    let found = opened.ask("PUT", "/tasks/filter", &wanted).await.json();
    assert_eq!(found.as_array().unwrap(), &all[1..3]);
    assert_eq!(opened.ask("PUT", "/issues/filter", "[]").await.status, 400);
    let controls = opened.rows("/controls").await;
    let wanted = json!({"controlIds": [controls[4]["id"], controls[2]["id"]]}).to_string();
    let found = opened.ask("PUT", "/controls/filter", &wanted).await.json();
    assert_eq!(found, json!([controls[2], controls[4]]));
    assert_eq!(opened.ask("PUT", "/controls/filter", "{}").await.status, 400);
}

#[tokio::test]
async fn the_summaries_are_the_list_with_less_in_each_row() {
    let opened = Opened::new().await;
    let (rows, light) = (opened.rows("/controls").await, opened.rows("/controls/summaries").await);
    assert_eq!(rows.len(), light.len());
    assert_eq!((&light[3]["id"], &light[3]["name"]), (&rows[3]["id"], &rows[3]["name"]));
    assert!(light[3].get("description").is_none());
    assert!(!opened.rows("/labels/summaries").await.is_empty());
}

#[tokio::test]
async fn proof_comes_in_pages_that_name_the_next() {
    let opened = Opened::new().await;
    let (mut path, mut seen) = ("/proof?sortDirection=asc".to_owned(), Vec::new());
    loop {
        let page = opened.ask("GET", &path, "").await.json();
        seen.extend(page["data"].as_array().unwrap().clone());
        let Some(next) = page["nextToken"].as_str() else { break };
        path = format!("/proof?sortDirection=asc&nextToken={next}");
    }
    let whole = opened.ask("GET", "/proof?sortDirection=asc&limit=500", "").await.json();
    assert_eq!(whole["data"], json!(seen));
    assert!(seen.len() > 50);
    assert_eq!(opened.ask("GET", "/proof?limit=501", "").await.status, 400);
    let id = seen[1]["id"].as_str().unwrap();
    let contents = opened.ask("GET", &format!("/proof/{id}/contents"), "").await;
    assert_eq!(contents.header("content-type").unwrap(), "text/plain");
}

#[tokio::test]
async fn a_token_opens_what_its_scopes_name_and_nothing_else() {
    let opened = Opened::with(SandboxSettings::default(), "&scope=control.read%20label.read").await;
    for (path, status) in [
        ("/controls", 200),
        ("/labels", 200),
        ("/risks", 403),
        ("/users/me", 403),
    ] {
        let answer = opened.ask("GET", path, "").await;
        assert_eq!(answer.status, status, "{path}");
        if status == 403 {
            assert!(answer.json()["message"].as_str().unwrap().contains("scope"));
        }
    }
    assert_eq!(opened.ask("PUT", "/issues/filter", "{}").await.status, 403);
}

#[tokio::test]
async fn a_client_is_given_no_scope_that_it_does_not_have() {
    let settings = SandboxSettings {
        hyperproof_scopes: Some(vec!["control.read".to_owned()]),
        ..SandboxSettings::default()
    };
    let form = minting(&settings.credentials) + "&scope=risk.read";
    let opened = Opened::with(settings, "").await;
    assert_eq!(opened.ask("GET", "/controls", "").await.status, 200);
    assert_eq!(opened.ask("GET", "/risks", "").await.status, 403);
    let refused = asked(&opened.sandbox.hyperproof_token_endpoint(), "POST", &[FORM], &form)
        .await
        .unwrap();
    assert_eq!(
        (refused.status, refused.json()["error"].as_str().unwrap()),
        (400, "invalid_scope")
    );
}

#[tokio::test]
async fn the_owners_of_controls_are_people_of_the_list() {
    let opened = Opened::new().await;
    let people = opened.rows("/users").await;
    let ids: Vec<&Value> = people
        .iter()
        .flat_map(|person| [&person["id"], &person["userId"]])
        .collect();
    for control in opened.rows("/controls").await {
        let owner = if control["owner"].is_object() {
            &control["owner"]["id"]
        } else {
            &control["owner"]
        };
        assert!(owner.is_null() || ids.contains(&owner), "{owner}");
    }
    let me = opened.ask("GET", "/users/me", "").await.json();
    assert!(ids.contains(&&me["id"]));
    assert_eq!(
        opened.rows("/users?includeDeactivated=true").await.len(),
        people.len() + 1
    );
}
