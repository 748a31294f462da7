//! Line breaks, separators and dots in what becomes a header or a path.

use countersign_app::page::{AccountCreateRequest, ConnectionDraft, CreateOutcome};
use countersign_domain::{ErrorCode, SecretString};
use countersign_gateway::{Call, segment};

use super::desk::{Desk, Services};
use super::door::Door;
use super::seen;

const BREAKS: [&str; 4] = ["a\r\nX-Forwarded-User: acct:root@x", "a\nb", "a\rb", "a\0b"];

#[tokio::test(flavor = "multi_thread")]
async fn a40_line_breaks_in_what_is_typed_are_refused_before_anything_is_sent() {
    let (desk, services) = (Desk::new(), Services::start().await);
    for text in BREAKS {
        let client_id = ConnectionDraft {
            client_id: text.to_owned(),
            ..services.hypothesis()
        };
        let secret = ConnectionDraft {
            secret: SecretString::from(text),
            ..services.hypothesis()
        };
        for draft in [client_id, secret] {
            let failure = desk.refused(&draft).await;
            assert_eq!(failure.code, ErrorCode::InputInvalid, "{text:?}: {failure}");
        }
    }
    assert_eq!(services.sandbox.requests().len(), 0);
    let card = desk.saved(&services.hypothesis()).await;
    let before = services.asked("/api/users");
    for username in BREAKS {
        let request = AccountCreateRequest {
            username: username.to_owned(),
            email: "a@b".to_owned(),
            display_name: String::new(),
        };
        let outcome = desk.app.create_account(&card.id, &request).await.unwrap();
        assert!(matches!(outcome, CreateOutcome::Refused { .. }), "{username:?}");
    }
    assert_eq!(services.asked("/api/users"), before);
    seen(
        "A40",
        "line breaks in client id, secret and username refused before a request; a segment of a path keeps its shape",
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a40_an_identifier_in_a_path_stays_one_segment() {
    let services = Services::start().await;
    let door = Door::to(&services.sandbox, &services.credentials, None);
    for id in ["a/b", "a%2fb", "a\r\nb", "a?b#c", "..%2f..", "a\\b", "\u{202e}"] {
        let answer = door.get(&format!("/controls/{}", segment(id))).await.unwrap();
        assert_eq!(answer.status, 404, "{id:?}");
    }
    let paths: Vec<String> = services
        .sandbox
        .requests()
        .into_iter()
        .map(|request| request.path)
        .collect();
    let calls = paths.iter().filter(|path| path.starts_with("/hyperproof/v1/controls/"));
    assert!(
        calls.clone().count() >= 7 && calls.clone().all(|path| path.matches('/').count() == 4),
        "{paths:?}"
    );
    for path in [
        "/controls/../../../api/profile",
        "/..",
        "//evil.example/",
        "/a\\b",
        "controls",
    ] {
        let failure = door.send(Call::get(path)).await.unwrap_err();
        assert_eq!(failure.code, ErrorCode::OutsideBinding, "{path}");
    }
}
