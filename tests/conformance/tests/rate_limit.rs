//! The recorded bursts against the sandbox's limiter (file 14 holds counts, no exchanges). Must not measure time: how
//! many pass beyond the burst depends on it.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops where it finds something else"
)]

use std::path::Path;

use countersign_conformance::{Answer, exchange};
use countersign_sandbox::{Limiter, Sandbox, SandboxSettings};
use serde_json::Value;

/// The first request and a burst of 44 pass whatever the time.
const AT_ONCE: usize = 45;
const ASKED: usize = 70;

fn recorded(prefix: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../recorded/hypothesis/14-rate-limit.json");
    let file: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let examples = file["examples"].as_array().unwrap();
    let named = |example: &&Value| example["name"].as_str().unwrap().starts_with(prefix);
    examples.iter().find(named).unwrap().clone()
}

async fn sandbox() -> (Sandbox, String) {
    let settings = SandboxSettings {
        limiter: Limiter::Hypothesis,
        ..SandboxSettings::default()
    };
    let token = format!("Bearer {}", settings.credentials.hypothesis_personal_token);
    (Sandbox::start(settings).await.unwrap(), token)
}

async fn burst(sandbox: &Sandbox, path: &str, headers: &[(String, String)]) -> Vec<Answer> {
    let server = sandbox.hypothesis_server();
    let host = server.strip_prefix("http://").unwrap();
    let mut answers = Vec::new();
    for _ in 0..ASKED {
        answers.push(exchange(host, "GET", path, headers, b"").await.unwrap());
    }
    answers
}

fn refused_as_recorded(answers: &[Answer], recorded: &Value) {
    let (passed, refused): (Vec<&Answer>, Vec<&Answer>) = answers.iter().partition(|answer| answer.status == 200);
    assert!(answers[..AT_ONCE].iter().all(|answer| answer.status == 200));
    assert!(!refused.is_empty(), "{} passed", passed.len());
    let wanted = &recorded["one_429"];
    for answer in refused {
        assert_eq!(answer.status, 429);
        assert_eq!(String::from_utf8_lossy(&answer.body), wanted["body"].as_str().unwrap());
        for name in [
            "Content-Type",
            "Content-Length",
            "Retry-After",
            "Access-Control-Allow-Origin",
        ] {
            let live = answer.header(&name.to_ascii_lowercase());
            assert_eq!(live, wanted["headers"][name].as_str(), "{name}");
        }
    }
}

#[tokio::test]
async fn a_burst_of_one_token_meets_the_bare_429() {
    let (sandbox, token) = sandbox().await;
    let recorded = recorded("70 GET /api/profile with one token");
    let answers = burst(&sandbox, "/api/profile", &[("Authorization".to_owned(), token)]).await;
    refused_as_recorded(&answers, &recorded);
}

#[tokio::test]
async fn without_authorization_there_is_no_limit() {
    let (sandbox, _) = sandbox().await;
    let recorded = recorded("70 anonymous GET /api/profile");
    let answers = burst(&sandbox, "/api/profile", &[]).await;
    let passed = answers.iter().filter(|answer| answer.status == 200).count();
    assert_eq!(Value::from(passed), recorded["result"]["statuses"]["200"]);
}

#[tokio::test]
async fn outside_the_api_the_429_is_a_page() {
    let (sandbox, token) = sandbox().await;
    let recorded = recorded("70 GET /login with one Authorization value");
    let answers = burst(&sandbox, "/login", &[("Authorization".to_owned(), token)]).await;
    refused_as_recorded(&answers, &recorded);
}
