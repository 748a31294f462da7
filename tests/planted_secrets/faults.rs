//! Owns the part of the journey on which services and networks fail, and careless ones repeat all that they were sent.
//! Must not provoke what no service could do: it knows what it was sent, and nothing else.

use std::collections::BTreeMap;

use countersign_domain::ConnectionKind;
use countersign_sandbox::FaultKind;
use serde_json::{Value, json};

use super::careless::{Careless, Writes};
use super::journey::Journey;
use super::samples::sample;

/// What a careless service may answer; the two that are waited for and asked again are met in one way of writing only.
const STATUSES: [u16; 7] = [200, 400, 401, 403, 404, 409, 500];
const WAITED_FOR: [u16; 2] = [429, 503];

/// A request that fails, and the command that makes it.
#[derive(Clone)]
struct Occasion {
    method: &'static str,
    path: &'static str,
    command: &'static str,
    request: Value,
    /// Whether the access token ends before, so that another is bought.
    buys: bool,
}

impl Journey<'_> {
    /// Walks through every fault of every service.
    pub(crate) fn meet_faults(&mut self) {
        for occasion in self.occasions() {
            self.hurry();
            for kind in faults() {
                self.prepare(&occasion);
                self.desk.provoke(occasion.method, occasion.path, kind);
                self.ask(occasion.command, occasion.request.clone());
                self.ask("app_status", json!({}));
                self.desk.calm();
            }
            let mut met = 0;
            for (status, writes) in answers() {
                self.prepare(&occasion);
                let asked = format!("{} {}", occasion.method, occasion.path);
                self.desk.wire.repeats(Careless { asked, status, writes });
                self.ask(occasion.command, occasion.request.clone());
                self.ask("app_status", json!({}));
                met += u32::from(self.desk.wire.repeated());
                self.desk.calm();
            }
            let Occasion {
                method, path, command, ..
            } = occasion;
            assert!(
                met > 10,
                "the careless service was asked {met} times: {command}, {method} {path}"
            );
        }
        self.revoke_carelessly();
    }

    /// The journey waits for no limiter; what a service refused meanwhile is forgotten.
    pub(crate) fn hurry(&mut self) {
        for id in self.cards.all() {
            self.good(
                "connection_set_rate",
                json!({ "id": id, "perSecond": 100.0, "burst": 1_000 }),
            );
        }
    }

    fn prepare(&self, occasion: &Occasion) {
        if occasion.buys {
            self.desk.end_access_token();
        }
    }

    fn occasions(&self) -> Vec<Occasion> {
        let of = |kind, method, path, command: &'static str| Occasion {
            method,
            path,
            command,
            request: sample(command, &self.cards.of(kind)),
            buys: false,
        };
        let sends = |kind, path: &'static str, asked: &str| Occasion {
            request: json!({ "connection": self.cards.of(kind), "request": { "path": asked, "query": [] } }),
            ..of(kind, "GET", path, "request_send")
        };
        let buys = |occasion| Occasion { buys: true, ..occasion };
        let (hyperproof, person) = (
            ConnectionKind::HyperproofClientCredentials,
            ConnectionKind::HyperproofAuthorizationCode,
        );
        let client = ConnectionKind::HypothesisClientCredentials;
        let mut all = vec![
            of(hyperproof, "GET", "/hyperproof/v1", "connection_test"),
            of(hyperproof, "GET", "/hyperproof/v1", "controls_sync"),
            sends(hyperproof, "/hyperproof/v1", "/users/me"),
            sends(person, "/hyperproof/v1", "/users/me"),
            of(client, "POST", "/api", "connection_test"),
            of(client, "POST", "/api", "account_create"),
            of(client, "PATCH", "/api", "account_update"),
            of(client, "GET", "/api", "account_look_up"),
            sends(client, "/api", "/groups"),
            sends(ConnectionKind::HypothesisAnonymous, "/api", "/groups"),
            of(ConnectionKind::HypothesisPersonalToken, "GET", "/api", "doctor_run"),
        ];
        for kind in [hyperproof, person] {
            all.push(buys(of(kind, "POST", "/hyperproof/oauth/token", "connection_test")));
        }
        for kind in [ConnectionKind::HypothesisSignIn, ConnectionKind::HypothesisGrantToken] {
            all.push(buys(of(kind, "POST", "/api/token", "connection_test")));
        }
        for kind in [
            ConnectionKind::HypothesisPersonalToken,
            ConnectionKind::HypothesisSignIn,
            ConnectionKind::HypothesisGrantToken,
        ] {
            all.push(of(kind, "GET", "/api", "connection_test"));
            all.push(of(kind, "GET", "/api/search", "annotations_search"));
            all.push(sends(kind, "/api", "/profile"));
        }
        all
    }

    /// The end of a sign-in, repeated by the place where it is ended.
    fn revoke_carelessly(&mut self) {
        let id = self.cards.of(ConnectionKind::HypothesisSignIn);
        for writes in Writes::ALL {
            let asked = "POST /oauth/revoke".to_owned();
            self.desk.wire.repeats(Careless {
                asked,
                status: 400,
                writes,
            });
            self.ask("sign_out", json!({ "id": id })).code();
            assert!(self.desk.wire.repeated());
        }
    }
}

fn answers() -> Vec<(u16, Writes)> {
    let all = STATUSES
        .into_iter()
        .flat_map(|status| Writes::ALL.map(|writes| (status, writes)));
    all.chain(WAITED_FOR.map(|status| (status, Writes::Json))).collect()
}

/// What services and networks do.
fn faults() -> Vec<FaultKind> {
    let to = "https://elsewhere.example/".to_owned();
    vec![
        FaultKind::Html,
        FaultKind::CutBody,
        FaultKind::DropBefore,
        FaultKind::DropAfterWrite,
        FaultKind::Redirect { to },
        FaultKind::Status {
            status: 400,
            body: "no".into(),
            content_type: "text/plain".into(),
            headers: BTreeMap::default(),
        },
    ]
}
