//! Owns the part of the journey on which services and networks fail, and repeat what they were sent. Must not provoke
//! what no service could do: it knows what it was sent, and nothing else.

use std::collections::BTreeMap;

use countersign_sandbox::FaultKind;
use serde_json::json;

use super::journey::{HYPERPROOF, HYPOTHESIS, Journey, TOKEN};
use super::samples::sample;

const TOKEN_ENDPOINT: &str = "/hyperproof/oauth/token";
const HYPERPROOF_API: &str = "/hyperproof/v1";
const HYPOTHESIS_API: &str = "/api";

/// A request that fails, and the command that makes it.
struct Occasion<'a> {
    method: &'a str,
    path: &'a str,
    command: &'a str,
    id: &'a str,
    /// What the service was sent; `None` for the access token that is in use.
    sent: Option<&'a str>,
}

impl Journey<'_> {
    /// Walks through every fault of every service.
    pub(crate) fn meet_faults(&mut self) {
        let cards = std::mem::take(&mut self.cards);
        let hyperproof = |method, path, command, sent| Occasion {
            method,
            path,
            command,
            id: &cards.hyperproof,
            sent,
        };
        let hypothesis = |method, command| Occasion {
            method,
            path: HYPOTHESIS_API,
            command,
            id: &cards.hypothesis,
            sent: Some(HYPOTHESIS),
        };
        let personal = Occasion {
            id: &cards.personal,
            sent: Some(TOKEN),
            ..hypothesis("GET", "connection_test")
        };
        for occasion in [
            hyperproof("POST", TOKEN_ENDPOINT, "connection_test", Some(HYPERPROOF)),
            hyperproof("GET", HYPERPROOF_API, "connection_test", None),
            hyperproof("GET", HYPERPROOF_API, "controls_sync", None),
            hypothesis("POST", "connection_test"),
            hypothesis("POST", "account_create"),
            hypothesis("PATCH", "account_update"),
            hypothesis("GET", "account_look_up"),
            personal,
        ] {
            self.meet(&occasion);
        }
        self.cards = cards;
    }

    fn meet(&mut self, occasion: &Occasion<'_>) {
        for number in 0..faults("").len() {
            if occasion.sent.is_none() {
                // A good call first, so that the access token in use is the one that was given last.
                self.good("connection_test", json!({ "id": occasion.id }));
            }
            let given = self.desk.wire.access_tokens().pop().unwrap();
            let kind = faults(occasion.sent.unwrap_or(&given)).swap_remove(number);
            if occasion.path == TOKEN_ENDPOINT {
                // Drops the access token, so that the next call asks for another.
                self.desk.provoke("GET", HYPERPROOF_API, status(401, "{}"));
            }
            self.desk.provoke(occasion.method, occasion.path, kind);
            self.ask(occasion.command, sample(occasion.command, occasion.id));
            self.ask("app_status", json!({}));
            self.desk.calm();
        }
    }
}

/// What services and networks do; `sent` is what a careless one repeats.
fn faults(sent: &str) -> Vec<FaultKind> {
    let to = "https://elsewhere.example/".to_owned();
    let mut faults = vec![
        FaultKind::Html,
        FaultKind::CutBody,
        FaultKind::DropBefore,
        FaultKind::DropAfterWrite,
        FaultKind::Redirect { to },
        status(400, &format!("you sent {sent}")),
    ];
    faults.extend([200, 400, 401, 403, 404, 409, 429, 500, 503].map(|code| status(code, &echo(sent))));
    faults
}

fn echo(sent: &str) -> String {
    let said = format!("You sent client_secret={sent} or Authorization: Bearer {sent}");
    json!({ "error": "invalid_request", "error_description": said, "message": said, "reason": said }).to_string()
}

fn status(status: u16, body: &str) -> FaultKind {
    let headers = BTreeMap::default();
    let (body, content_type) = (body.to_owned(), "application/json".to_owned());
    FaultKind::Status {
        status,
        body,
        content_type,
        headers,
    }
}
