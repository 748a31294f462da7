//! Owns the part of the journey on which the person, the page and the keychain fail: wrong secrets, secrets in wrong
//! places, connections that are not there, keychains in trouble. Must not judge.

use countersign::COMMANDS;
use countersign_app::{Keychain, KeychainSettings};
use countersign_domain::ConnectionKind;
use countersign_keychain::{KeychainError, Lacking};
use serde_json::json;
use tauri::ipc::InvokeBody;

use super::journey::{HYPERPROOF, Journey, MISPLACED, REFUSED};
use super::person::Does;
use super::reluctant;
use super::samples::{sample, spoilt};

/// The commands that a keychain in trouble is asked by.
const KEYCHAIN_COMMANDS: [&str; 16] = [
    "app_status",
    "keychain_probe",
    "connection_list",
    "connection_test",
    "connection_set_network",
    "connection_forget",
    "controls_sync",
    "controls_window",
    "controls_facets",
    "recent_calls",
    "accounts_known",
    "activity_list",
    "request_history",
    "doctor_run",
    "sign_in_again",
    "sign_out",
];

impl Journey<'_> {
    /// Secrets that the services refuse, and requests about connections that are not there.
    pub(crate) fn be_refused(&mut self) {
        self.desk.person.does_from_now_on(Does::Allows);
        for kind in [
            ConnectionKind::HyperproofClientCredentials,
            ConnectionKind::HyperproofAuthorizationCode,
            ConnectionKind::HypothesisClientCredentials,
            ConnectionKind::HypothesisGrantToken,
        ] {
            let mut draft = self.desk.draft(kind);
            draft["secret"] = json!(REFUSED);
            let command = if kind.signs_in() {
                "sign_in_save"
            } else {
                "connection_save"
            };
            let reply = self.ask(command, json!({ "draft": draft, "progress": "__CHANNEL__:1" }));
            assert_eq!(reply.code(), "credential-refused", "{kind:?}");
        }
        self.desk.person.does_from_now_on(Does::Declines);
        for kind in ConnectionKind::ALL.into_iter().filter(|kind| kind.signs_in()) {
            let request = json!({ "draft": self.desk.draft(kind), "progress": "__CHANNEL__:1" });
            assert_eq!(self.ask("sign_in_save", request).code(), "sign-in-refused", "{kind:?}");
        }
        let personal = json!({ "draft": { "secret": "6879-pl4nted-refused", "kind": "hypothesisPersonalToken",
            "label": "", "region": null, "apiAddress": self.desk.personal_token()["apiAddress"] } });
        self.ask("connection_save", personal);
        for kind in [
            ConnectionKind::HyperproofClientCredentials,
            ConnectionKind::HypothesisClientCredentials,
            ConnectionKind::HypothesisGrantToken,
        ] {
            let id = self.cards.of(kind);
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
            "authorizeAddress",
            "clientId",
            "authority",
            "userid",
            "scopes",
            "region",
            "kind",
            "callbackPort",
            "network",
        ];
        for kind in ConnectionKind::ALL {
            let command = if kind.signs_in() {
                "sign_in_save"
            } else {
                "connection_save"
            };
            for name in boxes.into_iter().filter(|name| !shown(kind, name)) {
                let mut draft = self.desk.draft(kind);
                draft[name] = json!(MISPLACED);
                draft["secret"] = json!(REFUSED);
                // A box that this kind has not is not looked at, and what stands in it goes nowhere.
                let reply = self.ask(command, json!({ "draft": draft, "progress": "__CHANNEL__:1" }));
                if let Ok(card) = reply.outcome {
                    self.good("connection_forget", json!({ "id": card["id"] }));
                }
            }
        }
        let hyperproof = self.cards.of(ConnectionKind::HyperproofClientCredentials);
        for command in COMMANDS {
            for request in spoilt(&sample(command, &hyperproof), MISPLACED) {
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
        self.rotate_in_vain();
        for opener in TROUBLES {
            let keychain = Keychain::with_store(KeychainSettings::default(), Box::new(move || Err(opener())));
            let working = std::mem::replace(&mut self.page, self.desk.start(keychain));
            for draft in [self.desk.hyperproof(), self.desk.personal_token()] {
                let reply = self.ask("connection_save", json!({ "draft": draft }));
                assert!(reply.code().starts_with("keychain-"), "{}", reply.code());
            }
            for kind in [
                ConnectionKind::HyperproofClientCredentials,
                ConnectionKind::HypothesisSignIn,
                ConnectionKind::HypothesisGrantToken,
            ] {
                let id = self.cards.of(kind);
                self.ask("connection_replace_secret", json!({ "id": id, "secret": HYPERPROOF }));
                for command in KEYCHAIN_COMMANDS {
                    self.ask(command, sample(command, &id));
                }
            }
            self.page = working;
        }
    }

    /// A keychain that does not take the token of a renewal, and quotes it as it says so.
    fn rotate_in_vain(&mut self) {
        let refuses = |quoted: String| KeychainError::Denied {
            source: format!("may not write {quoted}").into(),
        };
        let reluctant = self.desk.start(reluctant::keychain(&self.desk.keychain, refuses));
        let working = std::mem::replace(&mut self.page, reluctant);
        let id = self.cards.of(ConnectionKind::HypothesisSignIn);
        let card = self.good("connection_test", json!({ "id": id }));
        assert_eq!(card["notKept"]["code"], "keychain-denied", "{card}");
        self.page = working;
    }
}

/// What a person typed there is data once it is accepted: the name of a card, the scopes in the address of a page.
fn shown(kind: ConnectionKind, name: &str) -> bool {
    let asks_nobody = matches!(kind, ConnectionKind::HypothesisAnonymous | ConnectionKind::Practice);
    (name == "label" && asks_nobody) || (name == "scopes" && kind == ConnectionKind::HyperproofAuthorizationCode)
}

const TROUBLES: [fn() -> KeychainError; 5] = [
    || KeychainError::TimedOut,
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
