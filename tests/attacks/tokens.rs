//! Grant tokens that the service would refuse, and what looking at one shows.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use countersign_app::page::ConnectionDraft;
use countersign_domain::{ConnectionKind, ErrorCode, SecretString};
use serde_json::{Value, json};

use super::desk::{Desk, Services, draft};
use super::seen;

const SIGNATURE: &str = "pl4nted-signature-0123456789";

fn token(header: &Value, claims: &Value) -> SecretString {
    let encoded = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    SecretString::from(format!("{}.{}.{SIGNATURE}", encoded(header), encoded(claims)))
}

#[test]
fn a38_what_the_service_would_refuse_is_named_and_the_signature_never_shown() {
    let desk = Desk::new();
    let good = json!({"aud": "hypothes.is", "iss": "c", "sub": "acct:a@b.example", "nbf": 4_000_000_000_u64, "exp": 4_000_000_600_u64});
    let with = |name: &str, value: Value| {
        let mut claims = good.clone();
        claims[name] = value;
        claims
    };
    for (header, claims, fault) in [
        (json!({"alg": "none"}), good.clone(), "algorithm"),
        (json!({"alg": "HS512"}), good.clone(), "algorithm"),
        (
            json!({"alg": "HS256"}),
            with("exp", json!(4_000_000_660_u64)),
            "too-long-lived",
        ),
        (
            json!({"alg": "HS256"}),
            with("aud", json!("hypothes.is:5000")),
            "audience-has-port",
        ),
        (
            json!({"alg": "HS256"}),
            with("sub", json!("somebody")),
            "subject-is-no-userid",
        ),
    ] {
        let shown = desk.app.decode_token(&token(&header, &claims)).unwrap();
        assert!(
            shown.faults.iter().any(|found| found == fault),
            "{fault}: {:?}",
            shown.faults
        );
        assert!(!format!("{shown:?}").contains(SIGNATURE));
    }
    let none = SecretString::from("no token at all");
    assert_eq!(desk.app.decode_token(&none).unwrap_err().code, ErrorCode::InputInvalid);
    seen(
        "A38",
        "alg none and HS512, more than ten minutes, a port in aud, a sub that is no userid: named; what is signed here lives five minutes; no signature and no key shown",
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a38_a_grant_for_what_is_no_userid_is_refused_before_anything_is_sent() {
    let (desk, services) = (Desk::new(), Services::start().await);
    for userid in [
        "",
        "jo",
        "acct:jo",
        "acct:@b.example",
        "acct:jo@b.example\r\nx",
        "acct:jo/..@b.example",
    ] {
        let draft = ConnectionDraft {
            api_address: services.sandbox.hypothesis_server(),
            client_id: services.credentials.hypothesis_grant_client_id.clone(),
            secret: SecretString::from(services.credentials.hypothesis_grant_secret.as_str()),
            userid: userid.to_owned(),
            ..draft(ConnectionKind::HypothesisGrantToken)
        };
        assert_eq!(desk.refused(&draft).await.code, ErrorCode::InputInvalid, "{userid:?}");
    }
    assert_eq!(services.sandbox.requests().len(), 0);
}
