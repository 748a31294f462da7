//! Owns the journey: every command, with success and with every error that can be provoked. Must not judge: it walks,
//! and keeps what it was told.

use std::collections::BTreeMap;

use countersign::COMMANDS;
use countersign_app::{Keychain, KeychainSettings};
use countersign_keychain::{KeychainError, Lacking};
use countersign_sandbox::PracticeCredentials;
use serde_json::{Value, json};
use tauri::ipc::InvokeBody;

use super::desk::{Desk, Page, Reply};
use super::places::Place;
use super::samples::{sample, spoilt};

/// Characters that look different in every form of writing: a colon, quotes, signs of addresses, accents, a key.
pub(crate) const HYPERPROOF: &str = "pl4nted:hyperproof sécret+/=&\"\\🗝%";
pub(crate) const HYPOTHESIS: &str = "pl4nted:hypothesis sécret+/=&\"\\🗝%";
pub(crate) const TOKEN: &str = "6879-pl4nted-personal-token_0123456789";
/// A secret that no service takes.
pub(crate) const REFUSED: &str = "pl4nted:refused sécret+/=&\"\\🗝%";
/// A secret that is pasted into boxes where it does not belong.
pub(crate) const MISPLACED: &str = "pl4nted:misplaced-secret/0123456789";

pub(crate) fn credentials() -> PracticeCredentials {
    PracticeCredentials {
        hyperproof_secret: HYPERPROOF.into(),
        hypothesis_secret: HYPOTHESIS.into(),
        hypothesis_personal_token: TOKEN.into(),
        ..PracticeCredentials::random()
    }
}

/// The connections of the journey, by their identifiers.
#[derive(Default)]
pub(crate) struct Cards {
    pub(crate) hyperproof: String,
    pub(crate) hypothesis: String,
    pub(crate) personal: String,
    pub(crate) practice: String,
    pub(crate) this_run: String,
}

/// A journey under way.
pub(crate) struct Journey<'a> {
    pub(crate) desk: &'a Desk,
    page: Page,
    pub(crate) cards: Cards,
    /// What the window was told, as it came.
    pub(crate) told: Vec<Place>,
    /// How often each command answered and refused.
    pub(crate) outcomes: BTreeMap<String, (u32, u32)>,
}

impl<'a> Journey<'a> {
    pub(crate) fn begin(desk: &'a Desk) -> Self {
        Self {
            desk,
            page: desk.start(desk.keychain.clone()),
            cards: Cards::default(),
            told: Vec::new(),
            outcomes: BTreeMap::default(),
        }
    }

    /// Everything that works.
    pub(crate) fn work(&mut self) {
        self.connect();
        self.look_around();
        self.read_controls();
        self.administer();
    }

    fn connect(&mut self) {
        self.cards.hyperproof = self.save(&self.desk.hyperproof());
        self.cards.hypothesis = self.save(&self.desk.hypothesis());
        self.cards.personal = self.save(&self.desk.personal_token());
        self.cards.practice = self.save(&json!({ "kind": "practice", "label": "", "region": null, "secret": "" }));
        let mut here = self.desk.hyperproof();
        here["thisRunOnly"] = json!(true);
        self.cards.this_run = self.save(&here);
        for (id, secret) in [
            (self.cards.hyperproof.clone(), HYPERPROOF),
            (self.cards.hypothesis.clone(), HYPOTHESIS),
            (self.cards.personal.clone(), TOKEN),
            (self.cards.this_run.clone(), HYPERPROOF),
        ] {
            self.good("connection_replace_secret", json!({ "id": id, "secret": secret }));
            self.good("connection_test", json!({ "id": id }));
            self.good("connection_rename", json!({ "id": id, "label": "Renamed" }));
        }
    }

    fn save(&mut self, draft: &Value) -> String {
        let card = self.good("connection_save", json!({ "draft": draft }));
        card["id"].as_str().unwrap().to_owned()
    }

    fn look_around(&mut self) {
        for command in ["app_status", "connection_list", "keychain_probe"] {
            self.good(command, json!({}));
        }
        self.good("operation_cancel", json!({ "operation": "none" }));
        let all = [&self.cards.hyperproof, &self.cards.hypothesis, &self.cards.practice];
        for id in all.map(Clone::clone) {
            self.good("recent_calls", json!({ "connection": id, "limit": 200 }));
        }
    }

    fn read_controls(&mut self) {
        let all = [&self.cards.hyperproof, &self.cards.practice, &self.cards.this_run];
        for id in all.map(Clone::clone) {
            self.good("controls_sync", sample("controls_sync", &id));
            let window = self.good("controls_window", sample("controls_window", &id));
            self.good("controls_facets", sample("controls_facets", &id));
            let control = json!({ "connection": id, "id": window["rows"][0]["id"] });
            self.good("control_detail", control);
        }
    }

    fn administer(&mut self) {
        let all = [&self.cards.hypothesis, &self.cards.practice];
        for id in all.map(Clone::clone) {
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

    /// Secrets that the services refuse, and requests about connections that are not there.
    pub(crate) fn be_refused(&mut self) {
        for mut draft in [self.desk.hyperproof(), self.desk.hypothesis()] {
            draft["secret"] = json!(REFUSED);
            let reply = self.ask("connection_save", json!({ "draft": draft }));
            assert_eq!(reply.code(), "credential-refused");
        }
        let personal = json!({ "draft": { "secret": "6879-pl4nted-refused", "kind": "hypothesisPersonalToken",
            "label": "", "region": null, "apiAddress": self.desk.personal_token()["apiAddress"] } });
        self.ask("connection_save", personal);
        for id in [self.cards.hyperproof.clone(), self.cards.hypothesis.clone()] {
            let reply = self.ask("connection_replace_secret", json!({ "id": id, "secret": REFUSED }));
            assert_eq!(reply.code(), "credential-refused");
        }
        let nobody = "00000000-0000-4000-8000-000000000000";
        for command in COMMANDS {
            if !["connection_save"].contains(command) {
                self.ask(command, sample(command, nobody));
            }
        }
    }

    /// A secret in every box of the form but its own, in every wrong place of every command, and far too much of it.
    pub(crate) fn misplace(&mut self) {
        let boxes = [
            "label",
            "apiAddress",
            "tokenAddress",
            "clientId",
            "authority",
            "scopes",
            "region",
            "kind",
        ];
        for draft in [
            self.desk.hyperproof(),
            self.desk.hypothesis(),
            self.desk.personal_token(),
        ] {
            for name in boxes {
                let mut draft = draft.clone();
                draft[name] = json!(MISPLACED);
                draft["secret"] = json!(REFUSED);
                let reply = self.ask("connection_save", json!({ "draft": draft }));
                assert!(reply.outcome.is_err(), "{name}: {:?}", reply.outcome);
            }
        }
        for command in COMMANDS {
            for request in spoilt(&sample(command, &self.cards.hyperproof.clone()), MISPLACED) {
                self.ask(command, request);
            }
            let much = json!({ "request": MISPLACED.repeat(300_000) });
            assert_eq!(self.ask(command, much).code(), "request-too-large");
            let raw = InvokeBody::Raw(MISPLACED.as_bytes().to_vec());
            let reply = self.page.call_with(command, raw);
            self.keep(&reply);
        }
    }

    /// Keychains that are locked, absent, denying, silent or broken; what they say of themselves is not repeated.
    pub(crate) fn lose_the_keychain(&mut self) {
        for opener in TROUBLES {
            let keychain = Keychain::with_store(KeychainSettings::default(), Box::new(move || Err(opener())));
            let working = std::mem::replace(&mut self.page, self.desk.start(keychain));
            let id = self.cards.hyperproof.clone();
            for draft in [self.desk.hyperproof(), self.desk.personal_token()] {
                let reply = self.ask("connection_save", json!({ "draft": draft }));
                assert!(reply.code().starts_with("keychain-"), "{}", reply.code());
            }
            self.ask("connection_replace_secret", json!({ "id": id, "secret": HYPERPROOF }));
            for command in [
                "app_status",
                "keychain_probe",
                "connection_list",
                "connection_test",
                "connection_forget",
                "controls_sync",
                "controls_window",
                "controls_facets",
                "recent_calls",
                "accounts_known",
            ] {
                self.ask(command, sample(command, &id));
            }
            self.page = working;
        }
    }

    /// Forgets the connections.
    pub(crate) fn forget(&mut self) {
        let Cards {
            hyperproof,
            hypothesis,
            personal,
            practice,
            this_run,
        } = std::mem::take(&mut self.cards);
        for id in [hyperproof, hypothesis, personal, practice, this_run] {
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

    fn keep(&mut self, reply: &Reply) {
        let counted = self.outcomes.entry(reply.command.clone()).or_default();
        let said = match &reply.outcome {
            Ok(answer) => {
                counted.0 += 1;
                answer.to_string()
            }
            Err(failure) => {
                counted.1 += 1;
                failure.to_string()
            }
        };
        self.told
            .push(Place::new(format!("the reply of {}", reply.command), said));
        let steps = self.page.steps().into_iter();
        self.told
            .extend(steps.map(|step| Place::new(format!("a step of {}", reply.command), step)));
    }
}

const TROUBLES: [fn() -> KeychainError; 4] = [
    || KeychainError::Locked {
        source: "locked".into(),
    },
    || KeychainError::Absent {
        lacking: Lacking::Service,
        source: "absent".into(),
    },
    || KeychainError::Denied {
        source: format!("denied {HYPERPROOF}").into(),
    },
    || KeychainError::Failed {
        source: format!("broke at {HYPERPROOF}").into(),
    },
];
