//! Faults, the rate limit, the ledger and the control listener.

use std::time::Duration;

use crate::support::{Answer, asked, basic};
use countersign_sandbox::{Fault, FaultKind, Limiter, Sandbox, SandboxSettings};
use serde_json::{Value, json};

const JSON: (&str, &str) = ("Content-Type", "application/json");

fn fault(kind: &Value) -> Fault {
    let mut fault = json!({"path_prefix": "/api/users"});
    fault.as_object_mut().unwrap().extend(kind.as_object().unwrap().clone());
    serde_json::from_value(fault).unwrap()
}

struct Provoked {
    sandbox: Sandbox,
    basic: String,
    authority: String,
}

impl Provoked {
    async fn start(settings: SandboxSettings) -> Self {
        Self {
            basic: basic(&settings.credentials),
            authority: settings.credentials.authority.clone(),
            sandbox: Sandbox::start(settings).await.unwrap(),
        }
    }

    async fn create(&self, username: &str) -> Option<Answer> {
        let body = json!({"authority": self.authority, "username": username, "email": format!("{username}@x")});
        let url = format!("{}/api/users", self.sandbox.hypothesis_server());
        asked(&url, "POST", &[("Authorization", &self.basic)], &body.to_string()).await
    }
}

#[tokio::test]
async fn an_answer_can_be_lost_after_the_write_was_done() {
    let provoked = Provoked::start(SandboxSettings::default()).await;
    provoked
        .sandbox
        .provoke(fault(&json!({"kind": "drop_after_write", "method": "post"})));
    assert!(provoked.create("lost1").await.is_none(), "not a byte came");
    assert_eq!(
        provoked.create("lost1").await.unwrap().status,
        409,
        "it was created all the same"
    );
    assert_eq!(
        provoked.sandbox.requests().first().unwrap().status,
        None,
        "the client saw no status"
    );
}

#[tokio::test]
async fn a_request_can_be_lost_before_the_write() {
    let provoked = Provoked::start(SandboxSettings::default()).await;
    provoked.sandbox.provoke(fault(&json!({"kind": "drop_before"})));
    assert!(provoked.create("lost1").await.is_none());
    assert_eq!(provoked.create("lost1").await.unwrap().status, 200);
}

#[tokio::test]
async fn answers_of_other_makers_come_as_told_and_as_often() {
    let provoked = Provoked::start(SandboxSettings::default()).await;
    let told = json!({"kind": "status", "status": 503, "body": "<p>busy</p>", "content_type": "text/html",
                      "headers": {"Retry-After": "7"}, "times": 2});
    provoked.sandbox.provoke(fault(&told));
    for _ in 0..2 {
        let answer = provoked.create("other1").await.unwrap();
        assert_eq!((answer.status, answer.body.as_str()), (503, "<p>busy</p>"));
        assert_eq!(answer.header("retry-after").unwrap(), "7");
    }
    assert_eq!(provoked.create("other1").await.unwrap().status, 200, "two times only");
    provoked.sandbox.provoke(fault(&json!({"kind": "html"})));
    assert_eq!(
        provoked.create("other2").await.unwrap().header("content-type").unwrap(),
        "text/html; charset=utf-8"
    );
    provoked
        .sandbox
        .provoke(fault(&json!({"kind": "redirect", "to": "https://elsewhere.example/"})));
    let moved = provoked.create("other2").await.unwrap();
    assert_eq!(
        (moved.status, moved.header("location").unwrap().as_str()),
        (302, "https://elsewhere.example/")
    );
}

#[tokio::test]
async fn a_body_can_be_cut() {
    let provoked = Provoked::start(SandboxSettings::default()).await;
    provoked.sandbox.provoke(fault(&json!({"kind": "cut_body"})));
    let answer = provoked.create("cut1").await.unwrap();
    assert_eq!(answer.status, 200);
    assert!(!answer.whole && !answer.body.is_empty());
}

#[tokio::test]
async fn a_hanging_request_does_not_hold_the_others() {
    let provoked = Provoked::start(SandboxSettings::default()).await;
    provoked.sandbox.provoke(fault(&json!({"kind": "hang"})));
    let host = provoked.sandbox.hypothesis_server().replace("http://", "");
    let mut hanging = tokio::net::TcpStream::connect(&host).await.unwrap();
    let request = format!("GET /api/users HTTP/1.1\r\nHost: {host}\r\n\r\n");
    tokio::io::AsyncWriteExt::write_all(&mut hanging, request.as_bytes())
        .await
        .unwrap();
    while provoked.sandbox.requests().is_empty() {
        tokio::task::yield_now().await;
    }
    assert_eq!(provoked.create("free1").await.unwrap().status, 200);
    assert_eq!(
        provoked.sandbox.requests().first().unwrap().status,
        None,
        "it still hangs"
    );
}

#[tokio::test]
async fn the_limiter_refuses_with_nothing_but_the_bare_429() {
    let settings = SandboxSettings {
        limiter: Limiter::Scaled {
            per_second: 0.001,
            burst: 2,
        },
        ..SandboxSettings::default()
    };
    let provoked = Provoked::start(settings).await;
    for at in 0..3 {
        assert_eq!(provoked.create(&format!("fast{at}")).await.unwrap().status, 200);
    }
    let refused = provoked.create("fast3").await.unwrap();
    assert_eq!(refused.status, 429);
    assert_eq!(refused.header("content-type").unwrap(), "application/octet-stream");
    assert_eq!(refused.header("retry-after"), None);
    assert_eq!(refused.json()["reason"], "Request rate limit exceeded");
    let url = format!("{}/api/profile", provoked.sandbox.hypothesis_server());
    assert_eq!(
        asked(&url, "GET", &[], "").await.unwrap().status,
        200,
        "without a key there is no limit"
    );
}

#[tokio::test]
async fn the_ledger_names_headers_and_never_their_values() {
    let provoked = Provoked::start(SandboxSettings::default()).await;
    provoked.create("entry1").await.unwrap();
    let entries = serde_json::to_string(&provoked.sandbox.requests()).unwrap();
    assert!(entries.contains(r#""authorized":true"#) && entries.contains(r#""authorization""#));
    assert!(!entries.contains(provoked.basic.split(' ').next_back().unwrap()));
    assert!(!entries.contains("entry1"), "no body either");
}

#[tokio::test]
async fn another_process_can_steer_it() {
    let settings = SandboxSettings {
        control_port: Some(0),
        ..SandboxSettings::default()
    };
    let provoked = Provoked::start(settings).await;
    let control = provoked.sandbox.control_url().unwrap();
    let steer = async |path: &str, body: Value| {
        asked(&format!("{control}{path}"), "POST", &[JSON], &body.to_string())
            .await
            .unwrap()
    };
    let set = steer("/clock", json!({"now": "2030-01-01T00:00:00Z"})).await;
    assert!(set.json()["now"].as_str().unwrap().starts_with("2030-01-01T00:00"));
    let moved = steer("/clock", json!({"advance_seconds": 86_400})).await;
    assert!(moved.json()["now"].as_str().unwrap().starts_with("2030-01-02T00:00"));
    assert_eq!(steer("/clock", json!({"tomorrow": 1})).await.status, 422);
    let told = json!({"path_prefix": "/api/users", "method": "POST", "times": 1, "kind": "status", "status": 500});
    assert_eq!(steer("/faults", told).await.status, 204);
    assert_eq!(provoked.create("steered1").await.unwrap().status, 500);
    assert_eq!(provoked.create("steered1").await.unwrap().status, 200);
    let requests = asked(&format!("{control}/requests"), "GET", &[], "")
        .await
        .unwrap()
        .json();
    let statuses: Vec<&Value> = requests
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| &entry["status"])
        .collect();
    assert_eq!(statuses, [500, 200]);
    steer("/reset", json!({})).await;
    assert_eq!(
        provoked.create("steered1").await.unwrap().status,
        200,
        "nothing is left of before"
    );
    assert_eq!(provoked.sandbox.requests().len(), 1);
}

#[test]
fn a_fault_meets_only_what_fits_it() {
    let fault = fault(&json!({"kind": "latency", "milliseconds": 1}));
    assert_eq!(fault.times, 1, "once unless told otherwise");
    assert_eq!(fault.kind, FaultKind::Latency { milliseconds: 1 });
}

#[tokio::test]
async fn a_late_answer_is_the_right_one() {
    let settings = SandboxSettings {
        latency: Duration::from_millis(1),
        ..SandboxSettings::default()
    };
    let provoked = Provoked::start(settings).await;
    provoked
        .sandbox
        .provoke(fault(&json!({"kind": "latency", "milliseconds": 1})));
    assert_eq!(provoked.create("late1").await.unwrap().status, 200);
}

#[tokio::test]
async fn a_wait_is_named_in_the_header_in_the_words_or_nowhere() {
    let provoked = Provoked::start(SandboxSettings::default()).await;
    for (kind, status, header, words) in [
        (FaultKind::throttled(7, true), 429, Some("7"), "try again in 7 seconds"),
        (FaultKind::throttled(7, false), 429, None, "try again in 7 seconds"),
        (
            FaultKind::throttled_until("Sun, 22 Nov 2026 07:00:00 GMT"),
            429,
            Some("Sun, 22 Nov 2026 07:00:00 GMT"),
            "exceeded",
        ),
        (
            FaultKind::quota(9, true),
            403,
            Some("9"),
            "quota is exceeded, try again in 9 seconds",
        ),
        (FaultKind::quota(9, false), 403, None, "quota"),
        (FaultKind::bare_limit(), 429, None, "request rate limit exceeded"),
        (FaultKind::html_error(502), 502, None, "<title>502 bad gateway"),
    ] {
        provoked.sandbox.provoke(Fault {
            path_prefix: "/api/users".to_owned(),
            method: None,
            times: 1,
            kind,
        });
        let answer = provoked.create("waiting").await.unwrap();
        assert_eq!(
            (answer.status, answer.header("retry-after").as_deref()),
            (status, header),
            "{words}"
        );
        assert!(answer.body.to_lowercase().contains(words), "{words}: {}", answer.body);
    }
}

#[tokio::test]
async fn a_redirect_may_be_of_any_kind_and_go_anywhere() {
    let provoked = Provoked::start(SandboxSettings::default()).await;
    for status in [301, 302, 303, 307, 308] {
        let to = format!("http://other.example/{status}");
        provoked.sandbox.provoke(Fault {
            path_prefix: "/api/users".to_owned(),
            method: None,
            times: 1,
            kind: FaultKind::redirection(status, &to),
        });
        let answer = provoked.create("moved").await.unwrap();
        assert_eq!((answer.status, answer.header("location")), (status, Some(to)));
    }
}
