//! What comes with a sign-in and with the way through the network: half-typed forms of every kind, addresses pasted, files
//! of certificates, proxies, pasted tokens.

use countersign_domain::ConnectionKind;
use serde_json::{Value, json};
use tauri::ipc::InvokeBody;

use super::Office;
use super::page::Reply;
use super::person::Does;

/// What a form of `kind` must hold.
fn needed(kind: ConnectionKind) -> &'static [&'static str] {
    match kind {
        ConnectionKind::Practice => &[],
        ConnectionKind::HypothesisAnonymous => &["apiAddress"],
        ConnectionKind::HypothesisPersonalToken => &["apiAddress", "secret"],
        ConnectionKind::HypothesisSignIn => &["apiAddress", "clientId"],
        ConnectionKind::HypothesisClientCredentials => &["apiAddress", "clientId", "authority", "secret"],
        ConnectionKind::HypothesisGrantToken => &["apiAddress", "clientId", "userid", "secret"],
        ConnectionKind::HyperproofClientCredentials => &["region", "apiAddress", "tokenAddress", "clientId", "secret"],
        ConnectionKind::HyperproofAuthorizationCode => &[
            "region",
            "apiAddress",
            "tokenAddress",
            "authorizeAddress",
            "clientId",
            "secret",
        ],
    }
}

impl Office {
    fn saves(&self, kind: ConnectionKind, draft: &Value) -> Reply {
        let command = if kind.signs_in() {
            "sign_in_save"
        } else {
            "connection_save"
        };
        let request = json!({ "draft": draft, "progress": "__CHANNEL__:1" });
        self.page.call(command, request)
    }

    fn keychain_is_as_before(&self) {
        let settings = std::fs::read_to_string(self.desk.path("settings").join("settings.json")).unwrap();
        assert!(!settings.contains("pending"), "no ghost: {settings}");
        self.has_lost_nothing();
    }
}

#[test]
fn half_typed_forms_of_every_kind_are_refused_at_the_missing_field() {
    let office = Office::open();
    for kind in ConnectionKind::ALL {
        for name in needed(kind) {
            let mut draft = office.desk.draft(kind);
            draft[name] = if *name == "region" { Value::Null } else { json!("") };
            let reply = office.saves(kind, &draft);
            assert_eq!(reply.code(), "input-invalid", "{kind:?} without {name}");
            let failure = reply.outcome.unwrap_err();
            assert_eq!(failure["field"], *name, "{kind:?}");
        }
    }
    office.keychain_is_as_before();
}

#[test]
fn a_kind_is_saved_by_its_own_door_alone() {
    let office = Office::open();
    for kind in ConnectionKind::ALL {
        let command = if kind.signs_in() {
            "connection_save"
        } else {
            "sign_in_save"
        };
        let request = json!({ "draft": office.desk.draft(kind), "progress": "__CHANNEL__:1" });
        assert_eq!(office.page.call(command, request).code(), "kind-unsuited", "{kind:?}");
    }
    office.keychain_is_as_before();
}

#[test]
fn ten_megabytes_in_any_box_of_any_kind_are_refused_and_a_little_less_too() {
    let office = Office::open();
    for kind in ConnectionKind::ALL {
        for name in needed(kind) {
            let mut draft = office.desk.draft(kind);
            draft[name] = json!("x".repeat(10 * 1024 * 1024));
            assert_eq!(
                office.saves(kind, &draft).code(),
                "request-too-large",
                "{kind:?} {name}"
            );
            draft[name] = json!("x".repeat(200 * 1024));
            let reply = office.saves(kind, &draft);
            assert_eq!(reply.code(), "input-invalid", "{kind:?} {name}");
            assert!(reply.outcome.unwrap_err().to_string().len() < 1_000, "{kind:?} {name}");
        }
    }
    for command in ["token_decode", "sign_in_paste"] {
        let name = if command == "token_decode" { "token" } else { "address" };
        for (length, code) in [(10 * 1024 * 1024, "request-too-large"), (200 * 1024, "input-invalid")] {
            let request = json!({ name: "x".repeat(length) });
            assert_eq!(office.page.call(command, request).code(), code, "{command}");
        }
    }
    office.keychain_is_as_before();
}

#[test]
fn userids_ports_and_pages_that_cannot_be_are_refused_at_their_field() {
    let office = Office::open();
    let grant = ConnectionKind::HypothesisGrantToken;
    let person = ConnectionKind::HyperproofAuthorizationCode;
    let mut wrong = Vec::new();
    for userid in [
        "jo",
        "acct:jo",
        "acct:@h",
        "acct:a b@h",
        "acct:a@b@c d",
        "🗝",
        "acct:jo\n@h.example",
    ] {
        wrong.push((grant, "userid", json!(userid)));
    }
    for port in [0, 80, 1_023] {
        wrong.push((ConnectionKind::HypothesisSignIn, "callbackPort", json!(port)));
        wrong.push((person, "callbackPort", json!(port)));
    }
    for page in [
        "http://example.com/authorize",
        "https://u:p@example.com/authorize",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://example.com/authorize?client_id=other",
        "https://example.com/#x",
        "🗝",
    ] {
        wrong.push((person, "authorizeAddress", json!(page)));
    }
    for (kind, name, value) in wrong {
        let mut draft = office.desk.draft(kind);
        draft[name] = value.clone();
        let reply = office.saves(kind, &draft);
        assert_eq!(reply.code(), "input-invalid", "{name} {value}");
        assert_eq!(reply.outcome.unwrap_err()["field"], name, "{value}");
    }
    for port in [json!(65_536), json!(-1), json!("47811"), json!(1.5)] {
        let mut draft = office.desk.draft(person);
        draft["callbackPort"] = port;
        assert_eq!(office.saves(person, &draft).code(), "input-invalid");
    }
    office.keychain_is_as_before();
}

#[test]
fn pasted_addresses_that_are_not_the_callback_change_nothing() {
    let office = Office::open();
    let person = std::sync::Arc::clone(&office.desk.person);
    let kind = ConnectionKind::HypothesisSignIn;
    person.does_from_now_on(Does::Waits);
    let request = json!({ "draft": office.desk.draft(kind), "progress": "__CHANNEL__:1" });
    let signing_in = office.page.begin("sign_in_save", InvokeBody::Json(request));
    let page = person.sees_a_page();
    let redirect = office.desk.credentials.hypothesis_redirect_uri.clone();
    let state = person.opened_with("state").pop().unwrap();
    let good = format!("{redirect}?code=0123456789&state={state}");
    for address in [
        String::new(),
        "🗝\n".to_owned(),
        redirect.clone(),
        format!("{redirect}?state={state}"),
        format!("{redirect}?code=0123456789"),
        format!("{redirect}?code=0123456789&state=another"),
        format!("{redirect}?code=0123456789&state={state}x"),
        good.replace("127.0.0.1", "localhost"),
        good.replace("127.0.0.1", "127.0.0.1.evil.example"),
        good.replace("http://", "https://"),
        good.replace("http://", "http://x@"),
        good.replace("/callback", "/callback/../x"),
        page.to_string(),
        format!("{good}&{}", "x=y&".repeat(40_000)),
    ] {
        let reply = office.page.call("sign_in_paste", json!({ "address": address }));
        assert_eq!(reply.code(), "input-invalid", "{address:.100}");
        let failure = reply.outcome.unwrap_err().to_string();
        assert!(!failure.contains("0123456789") && failure.len() < 1_000, "{failure}");
    }
    let megabyte = format!("{good}&{}", "x".repeat(1024 * 1024));
    let reply = office.page.call("sign_in_paste", json!({ "address": megabyte }));
    assert_eq!(reply.code(), "request-too-large");
    let back = person.allows(&page);
    office.page.call("sign_in_paste", json!({ "address": back })).ok();
    assert_eq!(
        signing_in.reply().ok()["state"]["is"],
        "working",
        "it went on all the while"
    );
    let over = office.page.call("sign_in_paste", json!({ "address": back }));
    assert_eq!(over.code(), "input-invalid");
}

#[test]
fn tokens_that_are_none_are_refused_in_words() {
    let office = Office::open();
    for token in [
        "",
        " ",
        ".",
        "..",
        "....",
        "e30",
        "e30.e30",
        "e30.e30.x.y.z",
        "🗝.🗝.🗝",
        "e30.W10.",
        "6879-personal",
        "Bearer",
        "a\nb.c\r.d",
        "\0.\0.\0",
    ] {
        let reply = office.page.call("token_decode", json!({ "token": token }));
        assert_eq!(reply.code(), "input-invalid", "{token:?}");
        assert_eq!(reply.outcome.unwrap_err()["field"], "token", "{token:?}");
    }
}

/// Asks for a way through the network that is wrong in one field.
fn another_way(office: &Office, name: &str, value: &str) -> Reply {
    let mut network = json!({
        "proxy": "address", "proxyAddress": "127.0.0.1:9", "proxyUsername": "jo", "proxyPassword": "pw",
        "certificate": null,
    });
    network[name] = json!(value);
    let request = json!({ "id": office.hyperproof, "network": network });
    office.page.call("connection_set_network", request)
}

/// The way of the connection is as it was, and so is everything else.
fn the_way_stays(office: &Office) {
    let cards = office.page.call("connection_list", json!({}));
    let mut cards = cards.ok().as_array().unwrap().iter();
    let card = cards.find(|card| card["id"] == office.hyperproof.as_str());
    assert_eq!(card.unwrap()["network"]["proxy"], "system");
    office.has_lost_nothing();
}

#[test]
fn proxies_that_cannot_be_are_refused_at_their_field_and_the_way_stays() {
    let office = Office::open();
    for address in [
        "",
        "user:pass@127.0.0.1:9",
        "http://user:pass@127.0.0.1:9",
        "user@127.0.0.1",
        "socks5://127.0.0.1:9",
        "ftp://127.0.0.1",
        "http://127.0.0.1:9/path",
        "http://127.0.0.1:9?x=y",
        "http://",
        "127.0.0.1:99999",
        "🗝 🗝",
        "a\nb",
    ] {
        let reply = another_way(&office, "proxyAddress", address);
        assert_eq!(reply.code(), "input-invalid", "{address:?}");
        let failure = reply.outcome.unwrap_err();
        assert_eq!(failure["field"], "proxyAddress", "{address:?}");
        assert!(!failure.to_string().contains("pass@"), "{failure}");
    }
    the_way_stays(&office);
}

#[test]
fn what_a_proxy_is_told_and_files_nobody_chose_are_refused_at_their_field() {
    let office = Office::open();
    for (name, value) in [
        ("proxyUsername", "jo:e"),
        ("proxyUsername", "jo\r\nX: y"),
        ("proxyPassword", "two\nlines"),
        ("certificate", "/etc/ssl/certs/ca-certificates.crt"),
        ("certificate", "../../etc/passwd"),
        ("certificate", "file:///etc/passwd"),
        ("certificate", "-----BEGIN CERTIFICATE-----"),
        ("certificate", "00000000-0000-4000-8000-000000000000"),
        ("certificate", ""),
    ] {
        let reply = another_way(&office, name, value);
        assert_eq!(reply.code(), "input-invalid", "{name} {value:?}");
        let field = if name == "certificate" {
            "certificateAuthority"
        } else {
            name
        };
        assert_eq!(reply.outcome.unwrap_err()["field"], field, "{value:?}");
    }
    the_way_stays(&office);
}
