//! A program that ends between two steps of saving: the next start finds neither an orphan in the keychain nor a ghost
//! among the cards. A renewal that fails keeps the connection.

use countersign_domain::{ConnectionKind, CredentialPart, Service};
use serde_json::{Value, json};

use super::Office;

impl Office {
    /// The settings as a crash left them: the card of `id` was never ready.
    fn never_ready(&self, id: &str) {
        let path = self.desk.path("settings").join("settings.json");
        let mut settings: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
        let cards = settings["connections"].as_array_mut().unwrap();
        let card = cards.iter_mut().find(|card| card["connection"]["id"] == id).unwrap();
        card["connection"]["stage"] = json!("pending");
        std::fs::write(&path, settings.to_string()).unwrap();
    }

    fn parts(&self, service: Service, id: &str) -> Vec<CredentialPart> {
        let parts = [
            CredentialPart::Secret,
            CredentialPart::RefreshToken,
            CredentialPart::ProxyPassword,
        ];
        parts
            .into_iter()
            .filter(|part| self.desk.part(service, id, *part).is_some())
            .collect()
    }
}

#[test]
fn a_crash_between_keychain_and_settings_leaves_neither_orphan_nor_ghost_of_any_kind() {
    let office = Office::open();
    office.desk.person.does_from_now_on(super::person::Does::Allows);
    for kind in ConnectionKind::ALL
        .into_iter()
        .filter(|kind| *kind != ConnectionKind::Practice)
    {
        let mut draft = office.desk.draft(kind);
        draft["network"] = json!({
            "proxy": "address", "proxyAddress": "127.0.0.1:9", "proxyUsername": "jo", "proxyPassword": "a password",
        });
        let command = if kind.signs_in() {
            "sign_in_save"
        } else {
            "connection_save"
        };
        let page = office.desk.start(office.desk.keychain.clone());
        let card = page.call(command, json!({ "draft": draft, "progress": "__CHANNEL__:1" }));
        let id = card.ok()["id"].as_str().unwrap().to_owned();
        let mut kept = kind.kept().to_vec();
        kept.retain(|part| *part != CredentialPart::ProxyPassword);
        kept.push(CredentialPart::ProxyPassword);
        assert_eq!(office.parts(kind.service(), &id), kept, "{kind:?}");
        drop(page);
        office.never_ready(&id);
        let page = office.desk.start(office.desk.keychain.clone());
        let shown = page.call("connection_list", json!({}));
        assert!(!shown.ok().to_string().contains(&id), "no ghost of {kind:?}");
        page.reconciles();
        assert_eq!(office.parts(kind.service(), &id), [], "no orphan of {kind:?}");
        let settings = std::fs::read_to_string(office.desk.path("settings").join("settings.json")).unwrap();
        assert!(!settings.contains(&id), "{kind:?}: {settings}");
    }
}

#[test]
fn a_renewal_that_fails_keeps_the_connection_and_its_token() {
    let office = Office::open();
    office.desk.person.does_from_now_on(super::person::Does::Allows);
    for (kind, endpoint) in [
        (ConnectionKind::HypothesisSignIn, "/api/token"),
        (ConnectionKind::HyperproofAuthorizationCode, "/hyperproof/oauth/token"),
    ] {
        let request = json!({ "draft": office.desk.draft(kind), "progress": "__CHANNEL__:1" });
        let card = office.page.call("sign_in_save", request);
        let id = card.ok()["id"].as_str().unwrap().to_owned();
        let kept = || office.desk.part(kind.service(), &id, CredentialPart::RefreshToken);
        let before = kept();
        for body in [
            "",
            "{",
            "[]",
            "null",
            "<html>",
            "{\"access_token\":7}",
            "{\"error\":\"server_error\"}",
        ] {
            for status in [200, 400, 500] {
                office.desk.end_access_token();
                office
                    .desk
                    .provoke("POST", endpoint, countersign_sandbox::FaultKind::json(status, body));
                let card = office.page.call("connection_test", json!({ "id": id })).ok().clone();
                assert_eq!(card["state"]["is"], "failing", "{status} {body}: {card}");
                assert_eq!(kept(), before, "{kind:?} {status} {body}");
                assert_eq!(card["signIn"]["signedIn"], true, "{kind:?} {status} {body}");
                office.desk.calm();
            }
        }
        let card = office.page.call("connection_test", json!({ "id": id }));
        assert_eq!(card.ok()["state"]["is"], "working", "{kind:?}");
    }
}
