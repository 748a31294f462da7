//! Hypothesis' double over HTTP where no recording tells: negotiation, the index, what is kept between runs.

use crate::support::{Answer, asked, basic};
use countersign_sandbox::{PracticeCredentials, Sandbox, SandboxSettings};
use serde_json::json;

async fn get(sandbox: &Sandbox, path: &str, headers: &[(&str, &str)]) -> Answer {
    asked(&format!("{}{path}", sandbox.hypothesis_server()), "GET", headers, "")
        .await
        .unwrap()
}

async fn create(sandbox: &Sandbox, credentials: &PracticeCredentials, username: &str, accept: &str) -> Answer {
    let body = json!({"authority": credentials.authority, "username": username, "email": "new@x"}).to_string();
    let headers = [("Authorization", basic(credentials)), ("Accept", accept.to_owned())];
    let headers: Vec<(&str, &str)> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
    asked(
        &format!("{}/api/users", sandbox.hypothesis_server()),
        "POST",
        &headers,
        &body,
    )
    .await
    .unwrap()
}

#[tokio::test]
async fn the_accepted_types_decide_the_form() {
    let settings = SandboxSettings::default();
    let credentials = settings.credentials.clone();
    let sandbox = Sandbox::start(settings).await.unwrap();
    let v2 = "application/vnd.hypothesis.v2+json";
    for (accept, status, media_type) in [
        ("application/json", 200, Some("application/vnd.hypothesis.v1+json")),
        ("*/*", 200, Some("application/vnd.hypothesis.v1+json")),
        (v2, 200, Some(v2)),
        (
            "application/vnd.hypothesis.v2+json, application/json;q=0.5",
            200,
            Some(v2),
        ),
        ("text/html", 406, None),
    ] {
        let answer = get(&sandbox, "/api/profile", &[("Accept", accept)]).await;
        assert_eq!(answer.status, status, "{accept}");
        assert_eq!(
            answer.header("hypothesis-media-type").as_deref(),
            media_type,
            "{accept}"
        );
    }
    let refused = create(&sandbox, &credentials, ".", v2).await;
    assert_eq!(
        (refused.status, refused.header("content-type").unwrap().as_str()),
        (400, "text/plain; charset=UTF-8")
    );
    let refused = create(&sandbox, &credentials, ".", "*/*").await;
    assert_eq!(refused.json()["status"], "failure");
}

#[tokio::test]
async fn an_answer_that_is_known_is_not_sent_again() {
    let sandbox = Sandbox::start(SandboxSettings::default()).await.unwrap();
    let tag = get(&sandbox, "/api/profile", &[]).await.header("etag").unwrap();
    let again = get(&sandbox, "/api/profile", &[("If-None-Match", &tag)]).await;
    assert_eq!((again.status, again.body.as_str()), (304, ""));
    assert_eq!(
        get(&sandbox, "/api/profile", &[("If-None-Match", "\"other\"")])
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn the_index_tells_what_is_served() {
    let sandbox = Sandbox::start(SandboxSettings::default()).await.unwrap();
    let index = get(&sandbox, "/api/", &[]).await;
    let create = &index.json()["links"]["user"]["create"];
    assert_eq!(create["method"], "POST");
    assert_eq!(create["url"], format!("{}/api/users", sandbox.hypothesis_server()));
    assert_eq!(index.header("cache-control").unwrap(), "public, max-age=300");
    assert!(get(&sandbox, "/api/links", &[]).await.json()["oauth.authorize"].is_string());
    let moved = get(&sandbox, "/api", &[]).await;
    assert_eq!(moved.status, 307);
    assert_eq!(
        moved.header("location").unwrap(),
        format!("{}/api/", sandbox.hypothesis_server())
    );
    for path in ["/api/users/", "/api/groups/", "/api/profile/"] {
        let absent = get(&sandbox, path, &[]).await;
        assert_eq!(
            (absent.status, absent.json()["status"].as_str().unwrap()),
            (404, "failure"),
            "{path}"
        );
    }
    assert!(get(&sandbox, "/else", &[]).await.body.contains("Page Not Found"));
}

#[tokio::test]
async fn what_the_database_refuses_is_the_servers_fault() {
    let settings = SandboxSettings::default();
    let credentials = settings.credentials.clone();
    let sandbox = Sandbox::start(settings).await.unwrap();
    let url = format!("{}/api/users", sandbox.hypothesis_server());
    let basic = basic(&credentials);
    let with = |display_name: &str| {
        let authority = &credentials.authority;
        format!(r#"{{"authority":"{authority}","username":"nul1","email":"nul@x","display_name":"{display_name}"}}"#)
    };
    for name in ["a\\u0000b", "a\\ud800b"] {
        let headers = [("Authorization", basic.as_str()), ("Accept", "application/json")];
        let answer = asked(&url, "POST", &headers, &with(name)).await.unwrap();
        assert_eq!(
            (answer.status, answer.json()["status"].as_str().unwrap()),
            (500, "failure"),
            "{name}"
        );
        let answer = asked(&url, "POST", &[("Authorization", basic.as_str())], &with(name))
            .await
            .unwrap();
        assert!(answer.body.contains("Server Error"), "a page without an Accept");
    }
    assert_eq!(
        get(&sandbox, "/api/users/acct%3Aa%00b@x", &[("Accept", "application/json")])
            .await
            .status,
        500
    );
}

#[tokio::test]
async fn the_personal_token_belongs_to_a_person() {
    let settings = SandboxSettings::default();
    let bearer = format!("Bearer {}", settings.credentials.hypothesis_personal_token);
    let sandbox = Sandbox::start(settings).await.unwrap();
    let profile = get(&sandbox, "/api/profile", &[("Authorization", &bearer)])
        .await
        .json();
    assert_eq!(profile["userid"], "acct:practice_reader@hypothesis.practice.example");
    assert_eq!(profile["groups"][0]["id"], "__world__");
}

#[tokio::test]
async fn accounts_and_groups_survive_when_they_are_kept() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("deeper").join("practice.json");
    let credentials = PracticeCredentials::from_secret("kept");
    let settings = SandboxSettings::practice(credentials.clone(), Some(file.clone()));
    let sandbox = Sandbox::start(settings.clone()).await.unwrap();
    assert_eq!(create(&sandbox, &credentials, "newcomer", "*/*").await.status, 200);
    let groupid = format!("group:kept@{}", credentials.authority);
    let group = json!({"name": "Kept", "groupid": groupid}).to_string();
    let newcomer = format!("acct:newcomer@{}", credentials.authority);
    let basic_header = basic(&credentials);
    let headers = [
        ("Authorization", basic_header.as_str()),
        ("X-Forwarded-User", &newcomer),
    ];
    let url = format!("{}/api/groups", sandbox.hypothesis_server());
    assert_eq!(asked(&url, "POST", &headers, &group).await.unwrap().status, 200);
    sandbox.stop().await;
    let again = Sandbox::start(settings.clone()).await.unwrap();
    let members = get(
        &again,
        &format!("/api/groups/{groupid}/members"),
        &[("Authorization", &basic_header)],
    )
    .await;
    assert_eq!(
        (&members.json()[0]["userid"], &members.json()[0]["roles"][0]),
        (&json!(newcomer), &json!("owner"))
    );
    assert_eq!(create(&again, &credentials, "New.Comer", "*/*").await.status, 409);
    let read = format!("/api/users/acct:newcomer@{}", credentials.authority);
    assert_eq!(
        get(&again, &read, &[("Authorization", &basic(&credentials))])
            .await
            .json()["email"],
        "new@x"
    );
    again.stop().await;
    std::fs::write(&file, "{").unwrap();
    assert!(
        Sandbox::start(settings)
            .await
            .unwrap_err()
            .to_string()
            .contains("practice accounts")
    );
}
