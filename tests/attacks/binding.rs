//! Addresses that are not what they seem: what a credential is bound to, and what leads away from it.

use countersign_app::page::{ConnectionDraft, ConnectionState};
use countersign_domain::{BoundAddress, ErrorCode, Field};

use serde_json::{Value, json};

use super::desk::{Desk, Services};
use super::door::Door;
use super::seen;

/// The settings with every connection sent through `proxy`.
fn through(settings: &str, proxy: &str) -> String {
    fn changed(value: &mut Value, proxy: &str) {
        match value {
            Value::Object(members) => {
                if let Some(way) = members.get_mut("proxy") {
                    *way = json!({ "is": "address", "address": proxy, "username": null });
                }
                members.values_mut().for_each(|value| changed(value, proxy));
            }
            Value::Array(values) => values.iter_mut().for_each(|value| changed(value, proxy)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    let mut settings: Value = serde_json::from_str(settings).unwrap();
    changed(&mut settings, proxy);
    settings.to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn a04_settings_that_were_edited_send_no_secret_anywhere() {
    let (desk, services, other) = (Desk::with_keychain(), Services::start().await, Services::start().await);
    for draft in [services.hyperproof(), services.hypothesis()] {
        let kept = ConnectionDraft {
            this_run_only: false,
            ..draft
        };
        let card = desk.saved(&kept).await;
        let settings = std::fs::read_to_string(desk.settings()).unwrap();
        let (own, others) = (services.sandbox.hypothesis_server(), other.sandbox.hypothesis_server());
        assert!(settings.contains(&own));
        let before = services.sandbox.requests().len();
        for edited in [settings.replace(&own, &others), through(&settings, &others)] {
            assert_ne!(edited, settings);
            std::fs::write(desk.settings(), edited).unwrap();
            let tested = desk.started_again().test_connection(&card.id).await;
            let failure = match tested.map(|card| card.state) {
                Ok(ConnectionState::Failing { failure }) | Err(failure) => failure,
                Ok(other) => panic!("it is refused: {other:?}"),
            };
            assert_eq!(failure.code, ErrorCode::OutsideBinding, "{failure}");
        }
        assert_eq!(
            (other.sandbox.requests().len(), services.sandbox.requests().len()),
            (0, before)
        );
        std::fs::write(desk.settings(), settings).unwrap();
        let app = desk.started_again();
        let again = app.test_connection(&card.id).await.unwrap();
        assert_eq!(again.state, ConnectionState::Working, "untouched settings are taken");
        app.forget_connection(&card.id).await.unwrap();
    }
    seen(
        "A4",
        "settings edited to another host, and to another proxy: `outside-binding`, no request to anybody",
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a05_an_address_that_leads_elsewhere_is_refused_when_it_is_saved() {
    let (desk, services) = (Desk::new(), Services::start().await);
    let wrong = [
        "http://hypothes.is",
        "https://hypothes.is@evil.example",
        "https://user:password@hypothes.is",
        "//evil.example",
        "https://hypothes.is.",
        "https://hypothes.is/?next=https://evil.example",
        "https://hypothes.is/#@evil.example",
        "https://169.254.169.254",
        "https://[fd00::1]",
        "https://0x7f000001.evil.example@hypothes.is",
        "file:///etc/passwd",
    ];
    for address in wrong {
        let draft = ConnectionDraft {
            api_address: address.to_owned(),
            ..services.hypothesis()
        };
        let failure = desk.refused(&draft).await;
        assert_eq!(
            (failure.code, failure.field),
            (ErrorCode::InputInvalid, Some(Field::ApiAddress)),
            "{address}: {failure}"
        );
    }
    seen(
        "A5",
        &format!(
            "{} addresses refused at their field; look-alike letters become xn--; plain http for this computer alone, shown on the card",
            wrong.len()
        ),
    );
}

#[test]
fn a05_a_look_alike_host_is_shown_in_punycode() {
    // The third letter is Cyrillic.
    let address = BoundAddress::parse("https://hy\u{440}othes.is").unwrap();
    assert!(address.host().starts_with("xn--"), "{}", address.host());
}

#[tokio::test(flavor = "multi_thread")]
async fn a05_plain_http_is_for_this_computer_alone_and_shown_as_such() {
    let (desk, services) = (Desk::new(), Services::start().await);
    for host in ["127.0.0.1", "127.8.9.1", "[::1]", "localhost"] {
        assert!(
            BoundAddress::parse(&format!("http://{host}:5000"))
                .unwrap()
                .is_plain_http()
        );
    }
    for host in ["128.0.0.1", "localhost.evil.example", "127.0.0.1.evil.example", "[::2]"] {
        assert!(BoundAddress::parse(&format!("http://{host}")).is_err(), "{host}");
    }
    let card = desk.saved(&services.hyperproof()).await;
    assert!(card.plain_http, "the card says that calls go out unencrypted");
}

#[tokio::test(flavor = "multi_thread")]
async fn a06_a_link_of_the_server_leads_nowhere_but_to_the_server() {
    let services = Services::start().await;
    let door = Door::to(&services.sandbox, &services.credentials, None);
    let (api, server) = (services.sandbox.hyperproof_api(), services.sandbox.hypothesis_server());
    let links = [
        "http://169.254.169.254/latest/meta-data/".to_owned(),
        "file:///etc/passwd".to_owned(),
        "//evil.example/hyperproof/v1/users".to_owned(),
        format!("{api}/../../api/profile"),
        format!("{server}/api/profile"),
        api.replace("127.0.0.1", "localhost") + "/users",
        api.replace("http://", "http://user@") + "/users",
        api.replace("http://", "https://") + "/users",
        format!("{api}%2f..%2f..%2fapi\\profile"),
        "javascript:alert(1)".to_owned(),
    ];
    for link in &links {
        let refused = door.bound.linked(link).unwrap_err();
        assert_eq!(refused.into_failure().code, ErrorCode::OutsideBinding, "{link}");
    }
    assert_eq!(services.sandbox.requests().len(), 0);
    assert_eq!(
        door.records().len(),
        links.len(),
        "each refusal is in the record of calls"
    );
    let own = door.bound.linked(&format!("{api}/proof?nextToken=a%2Fb")).unwrap();
    assert_eq!(
        door.send(own).await.unwrap().status,
        400,
        "a link of its own is followed, and answered"
    );
    seen(
        "A6",
        &format!(
            "{} links refused before any name is looked up, each recorded; a link of its own origin is followed",
            links.len()
        ),
    );
}
