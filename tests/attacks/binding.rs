//! Addresses that are not what they seem: what a credential is bound to, and what leads away from it.

use countersign_app::page::ConnectionDraft;
use countersign_domain::{BoundAddress, ErrorCode, Field};

use super::desk::{Desk, Services};
use super::door::Door;
use super::seen;

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
