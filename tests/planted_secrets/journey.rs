//! Owns the journey: every command, with success and with every error that can be provoked. Must not judge: it walks,
//! and keeps what it was told.

use std::collections::{BTreeMap, BTreeSet};

use countersign_domain::{ConnectionKind, ErrorCode};
use countersign_sandbox::PracticeCredentials;
use serde_json::{Value, json};

use super::codes;
use super::desk::Desk;
use super::page::{Page, Reply};
use super::person::Does;
use super::places::Place;
use super::samples::sample;

/// Characters that look different in every form of writing: a colon, quotes, signs of addresses, accents, a key.
pub(crate) const HYPERPROOF: &str = "pl4nted:hyperproof sécret+/=&\"\\🗝%";
pub(crate) const HYPOTHESIS: &str = "pl4nted:hypothesis sécret+/=&\"\\🗝%";
pub(crate) const TOKEN: &str = "6879-pl4nted-personal-token_0123456789";
pub(crate) const GRANT: &str = "pl4nted:grant-token sécret+/=&\"\\🗝%";
/// What people type into the services' own pages, and the program never sees.
pub(crate) const HYPERPROOF_PASSWORD: &str = "pl4nted:hyperproof password+/=&\"\\🗝%";
pub(crate) const HYPOTHESIS_PASSWORD: &str = "pl4nted:hypothesis password+/=&\"\\🗝%";
pub(crate) const PROXY: &str = "pl4nted:proxy pássword+/=&\"\\🗝%";
/// The signature of a token that is pasted to be looked at.
pub(crate) const PASTED_SIGNATURE: &str = "pl4ntedViF2PP8Cct0q1Z_coGO-j33_fw26JRvv4iA";
/// A secret that no service takes.
pub(crate) const REFUSED: &str = "pl4nted:refused sécret+/=&\"\\🗝%";
/// A secret that is pasted into boxes where it does not belong.
pub(crate) const MISPLACED: &str = "pl4nted:misplaced-secret/0123456789";

pub(crate) fn credentials() -> PracticeCredentials {
    PracticeCredentials {
        hyperproof_secret: HYPERPROOF.into(),
        hypothesis_secret: HYPOTHESIS.into(),
        hypothesis_personal_token: TOKEN.into(),
        hypothesis_grant_secret: GRANT.into(),
        hyperproof_password: HYPERPROOF_PASSWORD.into(),
        hypothesis_password: HYPOTHESIS_PASSWORD.into(),
        ..PracticeCredentials::random()
    }
}

/// The connections of the journey, by their identifiers.
#[derive(Default)]
pub(crate) struct Cards {
    pub(crate) kinds: Vec<(ConnectionKind, String)>,
    pub(crate) this_run: String,
    pub(crate) behind_proxy: String,
}

impl Cards {
    pub(crate) fn of(&self, kind: ConnectionKind) -> String {
        let found = self.kinds.iter().find(|(known, _)| *known == kind);
        found.unwrap_or_else(|| panic!("{kind:?} is connected")).1.clone()
    }

    pub(crate) fn all(&self) -> Vec<String> {
        self.kinds.iter().map(|(_, id)| id.clone()).collect()
    }
}

/// A journey under way.
pub(crate) struct Journey<'a> {
    pub(crate) desk: &'a Desk,
    pub(crate) page: Page,
    pub(crate) cards: Cards,
    /// What the window was told, as it came.
    pub(crate) told: Vec<Place>,
    /// How often each command answered and refused.
    pub(crate) outcomes: BTreeMap<String, (u32, u32)>,
    /// The codes of all failures that the window was told of.
    pub(crate) codes: BTreeSet<String>,
}

impl<'a> Journey<'a> {
    pub(crate) fn begin(desk: &'a Desk) -> Self {
        Self {
            desk,
            page: desk.start(desk.keychain.clone()),
            cards: Cards::default(),
            told: Vec::new(),
            outcomes: BTreeMap::default(),
            codes: BTreeSet::default(),
        }
    }

    /// Everything that works.
    pub(crate) fn work(&mut self) {
        self.page.reconciles();
        self.connect();
        self.go_through_a_proxy();
        self.look_around();
        self.read_controls();
        self.administer();
        self.ask_around();
        self.sign_in_again();
    }

    fn connect(&mut self) {
        self.desk.person.does_from_now_on(Does::Allows);
        for kind in ConnectionKind::ALL {
            let id = self.save(kind, &self.desk.draft(kind));
            self.good("connection_test", json!({ "id": id }));
            self.good("connection_rename", json!({ "id": id, "label": "Renamed" }));
            self.cards.kinds.push((kind, id));
        }
        self.desk.person.does_from_now_on(Does::Declines);
        let mut here = self.desk.hyperproof();
        here["thisRunOnly"] = json!(true);
        self.cards.this_run = self.save(ConnectionKind::HyperproofClientCredentials, &here);
        for (id, secret) in self.replaceable() {
            self.good("connection_replace_secret", json!({ "id": id, "secret": secret }));
        }
    }

    fn replaceable(&self) -> [(String, &'static str); 6] {
        [
            (self.cards.of(ConnectionKind::HyperproofClientCredentials), HYPERPROOF),
            (self.cards.of(ConnectionKind::HyperproofAuthorizationCode), HYPERPROOF),
            (self.cards.of(ConnectionKind::HypothesisClientCredentials), HYPOTHESIS),
            (self.cards.of(ConnectionKind::HypothesisPersonalToken), TOKEN),
            (self.cards.of(ConnectionKind::HypothesisGrantToken), GRANT),
            (self.cards.this_run.clone(), HYPERPROOF),
        ]
    }

    /// Saves a connection as the page does; gives its identifier.
    pub(crate) fn save(&mut self, kind: ConnectionKind, draft: &Value) -> String {
        let card = if kind.signs_in() {
            self.good("sign_in_save", json!({ "draft": draft, "progress": "__CHANNEL__:1" }))
        } else {
            self.good("connection_save", json!({ "draft": draft }))
        };
        assert_eq!(card["state"]["is"], "working", "{kind:?}");
        card["id"].as_str().unwrap().to_owned()
    }

    fn look_around(&mut self) {
        for command in ["app_status", "connection_list", "keychain_probe"] {
            self.good(command, json!({}));
        }
        self.good("operation_cancel", json!({ "operation": "none" }));
        self.good("preferences_save", sample("preferences_save", ""));
        for id in self.cards.all() {
            self.good("recent_calls", json!({ "connection": id, "limit": 200 }));
        }
    }

    fn read_controls(&mut self) {
        let kinds = [
            ConnectionKind::HyperproofClientCredentials,
            ConnectionKind::HyperproofAuthorizationCode,
            ConnectionKind::Practice,
        ];
        let mut all: Vec<_> = kinds.map(|kind| self.cards.of(kind)).into();
        all.push(self.cards.this_run.clone());
        for id in all {
            self.good("controls_sync", sample("controls_sync", &id));
            let window = self.good("controls_window", sample("controls_window", &id));
            self.good("controls_facets", sample("controls_facets", &id));
            let control = json!({ "connection": id, "id": window["rows"][0]["id"] });
            self.good("control_detail", control);
        }
    }

    fn administer(&mut self) {
        let kinds = [ConnectionKind::HypothesisClientCredentials, ConnectionKind::Practice];
        for id in kinds.map(|kind| self.cards.of(kind)) {
            for command in [
                "account_check",
                "account_create",
                "account_look_up",
                "account_update",
                "accounts_known",
            ] {
                self.good(command, sample(command, &id));
            }
        }
    }

    /// Forgets the connections.
    pub(crate) fn forget(&mut self) {
        let cards = std::mem::take(&mut self.cards);
        for id in cards.all().into_iter().chain([cards.this_run, cards.behind_proxy]) {
            self.good("connection_forget", json!({ "id": id }));
        }
    }

    pub(crate) fn good(&mut self, command: &str, arguments: Value) -> Value {
        self.ask(command, arguments).ok().clone()
    }

    pub(crate) fn ask(&mut self, command: &str, arguments: Value) -> Reply {
        let reply = self.page.call(command, arguments);
        self.keep(&reply);
        reply
    }

    /// Asks for what fails with `code`; the failure stands alone or inside an answer.
    pub(crate) fn meets(&mut self, code: ErrorCode, command: &str, arguments: Value) {
        self.codes.remove(code.as_str());
        let reply = self.ask(command, arguments);
        assert!(self.codes.contains(code.as_str()), "{command} meets {code}: {reply:?}");
    }

    pub(crate) fn keep(&mut self, reply: &Reply) {
        let counted = self.outcomes.entry(reply.command.clone()).or_default();
        let said = match &reply.outcome {
            Ok(answer) => {
                counted.0 += 1;
                answer
            }
            Err(failure) => {
                counted.1 += 1;
                failure
            }
        };
        codes::note(said, &mut self.codes);
        let said = said.to_string();
        self.told
            .push(Place::new(format!("the reply of {}", reply.command), said));
        let steps = self.page.steps().into_iter();
        self.told
            .extend(steps.map(|step| Place::new(format!("a step of {}", reply.command), step)));
    }
}
