//! Owns the tests of the connection form's reading. Must not hold a real secret.

use countersign_domain::Region;

use super::*;
use crate::page::{NetworkDraft, ProxyKind};

fn draft(kind: ConnectionKind) -> ConnectionDraft {
    ConnectionDraft {
        kind,
        label: String::new(),
        region: None,
        api_address: String::new(),
        token_address: String::new(),
        client_id: "7f3c9a2e41d04b6f8e15c0a9d2b7e431".into(),
        authority: "example.com".into(),
        scopes: String::new(),
        secret: SecretString::from("top:secret"),
        userid: String::new(),
        authorize_address: String::new(),
        callback_port: None,
        network: None,
        this_run_only: false,
    }
}

fn check(draft: &ConnectionDraft) -> Result<Connection, Failure> {
    whole(draft).map(|checked| checked.connection)
}

fn whole(draft: &ConnectionDraft) -> Result<Checked, Failure> {
    let given = Given {
        practice: SecretString::from("practice"),
        now: Timestamp::UNIX_EPOCH,
        certificate: &|_| None,
    };
    checked(draft, given)
}

fn parts(draft: &ConnectionDraft) -> Vec<CredentialPart> {
    let checked = whole(draft).unwrap();
    checked.secrets.iter().map(|(part, _)| *part).collect()
}

fn addresses(connection: &Connection) -> (Option<String>, String) {
    match &connection.binding {
        Binding::Addresses { token, api } => (token.as_ref().map(ToString::to_string), api.to_string()),
        Binding::Practice => panic!("practice has no address"),
    }
}

#[test]
fn a_region_fills_in_the_api_and_only_the_united_states_the_token_origin() {
    let us = ConnectionDraft {
        region: Some(Region::Us),
        ..draft(ConnectionKind::HyperproofClientCredentials)
    };
    let token = Some("https://accounts.hyperproof.app/oauth/token".to_owned());
    assert_eq!(
        addresses(&check(&us).unwrap()),
        (token.clone(), "https://api.hyperproof.app/v1".into())
    );
    let eu = ConnectionDraft {
        region: Some(Region::Eu),
        ..us
    };
    assert_eq!(
        check(&eu).unwrap_err().field,
        Some(Field::TokenAddress),
        "never sent by default"
    );
    let chosen = ConnectionDraft {
        token_address: token.clone().unwrap(),
        ..eu
    };
    assert_eq!(
        addresses(&check(&chosen).unwrap()),
        (token, "https://api.hyperproof.eu/v1".into())
    );
    let foreign = ConnectionDraft {
        token_address: "https://evil.example/oauth/token".into(),
        ..chosen
    };
    assert_eq!(check(&foreign).unwrap_err().field, Some(Field::TokenAddress));
}

#[test]
fn a_hypothesis_server_is_bound_to_its_api() {
    for typed in [
        "https://hypothes.is",
        "https://hypothes.is/",
        "https://hypothes.is/api/",
    ] {
        let typed = ConnectionDraft {
            api_address: typed.into(),
            ..draft(ConnectionKind::HypothesisClientCredentials)
        };
        assert_eq!(
            addresses(&check(&typed).unwrap()),
            (None, "https://hypothes.is/api".into())
        );
    }
}

#[test]
fn every_fault_names_its_field() {
    let good = ConnectionDraft {
        api_address: "https://hypothes.is".into(),
        ..draft(ConnectionKind::HypothesisClientCredentials)
    };
    assert!(check(&good).is_ok());
    let bad = |change: fn(&mut ConnectionDraft)| {
        let mut draft = ConnectionDraft {
            api_address: "https://hypothes.is".into(),
            ..draft(good.kind)
        };
        change(&mut draft);
        let failure = check(&draft).unwrap_err();
        assert_eq!(failure.code, ErrorCode::InputInvalid);
        failure.field.unwrap()
    };
    assert_eq!(
        bad(|draft| draft.api_address = "http://hypothes.is".into()),
        Field::ApiAddress
    );
    assert_eq!(bad(|draft| draft.client_id = "a:b".into()), Field::ClientId);
    assert_eq!(bad(|draft| draft.authority = "a b".into()), Field::Authority);
    assert_eq!(bad(|draft| draft.secret = SecretString::from("a\nb")), Field::Secret);
    assert_eq!(
        bad(|draft| draft.secret = SecretString::from("x".repeat(10_000_000))),
        Field::Secret
    );
    assert_eq!(bad(|draft| draft.label = "x".repeat(81)), Field::Label);
}

#[test]
fn a_connection_without_a_name_is_called_after_its_host() {
    let typed = ConnectionDraft {
        api_address: "https://hypothes.is".into(),
        ..draft(ConnectionKind::HypothesisPersonalToken)
    };
    assert_eq!(check(&typed).unwrap().label.as_str(), "Hypothesis, hypothes.is");
}

fn hypothesis(kind: ConnectionKind) -> ConnectionDraft {
    ConnectionDraft {
        api_address: "https://hypothes.is".into(),
        userid: "acct:jo@example.com".into(),
        ..draft(kind)
    }
}

#[test]
fn hypothesis_own_addresses_follow_from_the_server() {
    let connection = check(&hypothesis(ConnectionKind::HypothesisSignIn)).unwrap();
    let expected = (
        Some("https://hypothes.is/api/token".to_owned()),
        "https://hypothes.is/api".to_owned(),
    );
    assert_eq!(addresses(&connection), expected);
    let sign_in = connection.sign_in.unwrap();
    assert_eq!(sign_in.authorize.to_string(), "https://hypothes.is/oauth/authorize");
    assert_eq!(sign_in.redirect_uri(), "http://127.0.0.1:47811/callback");
    assert_eq!(
        addresses(&check(&hypothesis(ConnectionKind::HypothesisGrantToken)).unwrap()),
        expected
    );
    let anonymous = check(&hypothesis(ConnectionKind::HypothesisAnonymous)).unwrap();
    assert_eq!(addresses(&anonymous), (None, "https://hypothes.is/api".to_owned()));
}

#[test]
fn each_kind_keeps_what_it_needs_and_no_more() {
    for (kind, kept) in [
        (ConnectionKind::HypothesisAnonymous, vec![]),
        (ConnectionKind::HypothesisSignIn, vec![]),
        (ConnectionKind::HypothesisGrantToken, vec![CredentialPart::Secret]),
        (ConnectionKind::HypothesisPersonalToken, vec![CredentialPart::Secret]),
        (ConnectionKind::Practice, vec![CredentialPart::Secret]),
    ] {
        let draft = ConnectionDraft {
            secret: SecretString::from("6879-secret"),
            ..hypothesis(kind)
        };
        assert_eq!(parts(&draft), kept, "{kind:?}");
    }
    let network = NetworkDraft {
        proxy: ProxyKind::Address,
        proxy_address: "proxy.corp:3128".into(),
        proxy_username: "jo".into(),
        proxy_password: SecretString::from("pw"),
        certificate: None,
    };
    let behind_proxy = ConnectionDraft {
        network: Some(network),
        ..hypothesis(ConnectionKind::HypothesisAnonymous)
    };
    assert_eq!(parts(&behind_proxy), [CredentialPart::ProxyPassword]);
}

#[test]
fn hyperproofs_sign_in_needs_the_typed_page() {
    let without = ConnectionDraft {
        region: Some(Region::Us),
        scopes: "control.read  user.read".into(),
        ..draft(ConnectionKind::HyperproofAuthorizationCode)
    };
    assert_eq!(check(&without).unwrap_err().field, Some(Field::AuthorizeAddress));
    let typed = ConnectionDraft {
        authorize_address: "https://accounts.hyperproof.app/authorize".into(),
        callback_port: Some(50_000),
        ..without
    };
    let connection = check(&typed).unwrap();
    assert_eq!(connection.scopes.as_deref(), Some("control.read user.read"));
    assert_eq!(connection.region, Some(Region::Us));
    let sign_in = connection.sign_in.unwrap();
    assert_eq!(sign_in.redirect_uri(), "http://127.0.0.1:50000/callback");
    let plain = ConnectionDraft {
        authorize_address: "http://accounts.hyperproof.app/authorize".into(),
        ..typed
    };
    assert_eq!(check(&plain).unwrap_err().field, Some(Field::AuthorizeAddress));
}

#[test]
fn a_grant_tokens_subject_is_a_whole_userid() {
    for typed in [
        "",
        "jo",
        "acct:jo",
        "acct:@example.com",
        "acct:jo@",
        "acct:j o@example.com",
        "acct:a@b@c d",
    ] {
        let draft = ConnectionDraft {
            userid: typed.into(),
            ..hypothesis(ConnectionKind::HypothesisGrantToken)
        };
        assert_eq!(check(&draft).unwrap_err().field, Some(Field::Userid), "{typed}");
    }
    let connection = check(&hypothesis(ConnectionKind::HypothesisGrantToken)).unwrap();
    assert_eq!(connection.userid.unwrap().as_str(), "acct:jo@example.com");
}

#[test]
fn a_callback_port_is_one_that_a_program_may_have() {
    let draft = ConnectionDraft {
        callback_port: Some(80),
        ..hypothesis(ConnectionKind::HypothesisSignIn)
    };
    assert_eq!(check(&draft).unwrap_err().field, Some(Field::CallbackPort));
}
