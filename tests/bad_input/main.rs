//! Owns the proof that nothing a page, a person or a service sends breaks the commands: each is refused with a code and
//! words, nothing is lost, nothing panics. Must go through the real commands, as the page does.
#![cfg(target_os = "linux")]
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test fails where it unwraps"
)]

mod answers;
#[expect(dead_code, reason = "the journeys let the browser do more")]
#[path = "../journeys/browser.rs"]
mod browser;
mod by_hand;
#[expect(dead_code, reason = "only the search for secrets meets a careless service")]
#[path = "../planted_secrets/careless.rs"]
mod careless;
mod certificates;
mod crash;
#[expect(dead_code, reason = "the search for secrets asks more of it")]
#[path = "../planted_secrets/desk.rs"]
mod desk;
#[path = "../planted_secrets/drafts.rs"]
mod drafts;
#[path = "../journeys/free_port.rs"]
mod free_port;
#[expect(dead_code, reason = "only the search for secrets listens to steps")]
#[path = "../planted_secrets/page.rs"]
mod page;
#[expect(dead_code, reason = "the search for secrets asks more of them")]
#[path = "../planted_secrets/person.rs"]
mod person;
mod requests;
mod requests_sent;
#[path = "../planted_secrets/samples.rs"]
mod samples;
#[expect(dead_code, reason = "only the search for secrets writes in many forms")]
#[path = "../planted_secrets/search.rs"]
mod search;
mod sign_in;
mod typed;
#[expect(dead_code, reason = "only the search for secrets listens")]
#[path = "../planted_secrets/wire.rs"]
mod wire;

use countersign_domain::ConnectionKind;
use serde_json::{Value, json};

use desk::Desk;
use page::Page;

impl Desk {
    fn hypothesis(&self) -> Value {
        self.draft(ConnectionKind::HypothesisClientCredentials)
    }
}

/// A program with one connection of each kind, and what must still be there afterwards.
struct Office {
    desk: Desk,
    page: Page,
    hyperproof: String,
    hypothesis: String,
    kept: Value,
}

impl Office {
    fn open() -> Self {
        let desk = Desk::new(countersign_sandbox::PracticeCredentials::random());
        let page = desk.start(desk.keychain.clone());
        let save = |draft: Value| {
            let card = page.call("connection_save", json!({ "draft": draft })).ok().clone();
            card["id"].as_str().unwrap().to_owned()
        };
        let (hyperproof, hypothesis) = (save(desk.hyperproof()), save(desk.hypothesis()));
        page.call("controls_sync", samples::sample("controls_sync", &hyperproof))
            .ok();
        page.call("account_create", samples::sample("account_create", &hypothesis))
            .ok();
        page.call("preferences_save", samples::sample("preferences_save", ""))
            .ok();
        let mut office = Self {
            desk,
            page,
            hyperproof,
            hypothesis,
            kept: Value::Null,
        };
        office.kept = office.possessions();
        office
    }

    /// Names and secrets of the connections, rows of the register, accounts known, the look that was chosen.
    fn possessions(&self) -> Value {
        let cards = self.page.call("connection_list", json!({})).ok().clone();
        let cards = cards
            .as_array()
            .unwrap()
            .iter()
            .filter(|card| card["keeping"] == "keychain");
        let cards: Vec<_> = cards
            .map(|card| json!([card["id"], card["label"], card["clientId"]]))
            .collect();
        let rows = self
            .page
            .call("controls_window", samples::sample("controls_window", &self.hyperproof));
        let known = self
            .page
            .call("accounts_known", samples::sample("accounts_known", &self.hypothesis));
        let works = [&self.hyperproof, &self.hypothesis].map(|id| {
            let card = self.page.call("connection_test", json!({ "id": id }));
            card.ok()["state"]["is"].clone()
        });
        let look = self.page.call("app_status", json!({})).ok()["preferences"].clone();
        json!({
            "cards": cards, "rows": rows.ok()["total"], "known": known.ok()["total"], "works": works, "look": look,
        })
    }

    fn has_lost_nothing(&self) {
        assert_eq!(self.possessions(), self.kept);
    }

    /// The failure of saving `draft`: its code, its field, its words.
    fn refused(&self, draft: &Value) -> (String, Value, String) {
        let reply = self.page.call("connection_save", json!({ "draft": draft }));
        let code = reply.code().to_owned();
        let failure = reply.outcome.expect_err("it has a code");
        (code, failure["field"].clone(), failure["message"].to_string())
    }
}
