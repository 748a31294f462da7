//! Owns the reading of the connection form: what was typed becomes a connection and a checked secret, or a fault
//! beside its field. Must not write anything down.

use countersign_domain::credential::{checked_secret, checked_token};
use countersign_domain::{
    Authority, Binding, BoundAddress, ClientId, Connection, ConnectionId, ConnectionKind, ErrorCode, Failure, Field,
    Label, Network, Region, SecretString, Service, Stage,
};
use jiff::Timestamp;

use crate::page::ConnectionDraft;

/// The longest scopes text taken, in characters.
const LONGEST_SCOPES: usize = 1_000;

/// A connection that could be saved, and its secret.
#[derive(Debug)]
pub(crate) struct Checked {
    pub(crate) connection: Connection,
    pub(crate) secret: SecretString,
}

/// Checks a draft in the order of the form.
pub(crate) fn checked(draft: &ConnectionDraft, practice: SecretString, now: Timestamp) -> Result<Checked, Failure> {
    let binding = binding(draft)?;
    let client_id = client_id(draft)?;
    let authority = authority(draft)?;
    let scopes = scopes(draft)?;
    let secret = secret(draft, practice)?;
    let connection = Connection {
        id: ConnectionId::random(),
        label: label(&draft.label, draft.kind, &binding)?,
        kind: draft.kind,
        region: (draft.kind == ConnectionKind::HyperproofClientCredentials)
            .then_some(draft.region)
            .flatten(),
        binding,
        client_id,
        authority,
        scopes,
        stage: Stage::Pending,
        secret_saved: now,
        userid: None,
        sign_in: None,
        renewed: None,
        network: Network::default(),
        pace: None,
    };
    Ok(Checked { connection, secret })
}

/// Checks a secret for a kind; a token has narrower rules than a client secret.
pub(crate) fn checked_secret_for(kind: ConnectionKind, typed: &SecretString) -> Result<SecretString, Failure> {
    let checked = match kind {
        ConnectionKind::HypothesisPersonalToken => checked_token(typed),
        ConnectionKind::HypothesisAnonymous
        | ConnectionKind::HypothesisSignIn
        | ConnectionKind::HypothesisClientCredentials
        | ConnectionKind::HypothesisGrantToken
        | ConnectionKind::HyperproofClientCredentials
        | ConnectionKind::HyperproofAuthorizationCode
        | ConnectionKind::Practice => checked_secret(typed),
    };
    checked.map_err(|fault| invalid(Field::Secret, fault))
}

/// Checks a name.
pub(crate) fn checked_label(text: &str) -> Result<Label, Failure> {
    Label::parse(text).map_err(|fault| invalid(Field::Label, fault))
}

fn label(typed: &str, kind: ConnectionKind, binding: &Binding) -> Result<Label, Failure> {
    let typed = typed.trim();
    if !typed.is_empty() {
        return checked_label(typed);
    }
    let host = match binding {
        Binding::Addresses { api, .. } => api.authority(),
        Binding::Practice => return checked_label("Practice"),
    };
    let service = match kind.service() {
        Service::Hyperproof => "Hyperproof",
        Service::Hypothesis => "Hypothesis",
        Service::Practice => "Practice",
    };
    checked_label(&format!("{service}, {}", host.chars().take(60).collect::<String>()))
}

fn binding(draft: &ConnectionDraft) -> Result<Binding, Failure> {
    match draft.kind.service() {
        Service::Practice => Ok(Binding::Practice),
        Service::Hypothesis => {
            let api = hypothesis_api(&draft.api_address)?;
            Ok(Binding::Addresses { token: None, api })
        }
        Service::Hyperproof => hyperproof_binding(draft),
    }
}

/// A person types the server; its API is under `/api` (hypothesis-api section 3). Typing the API itself is right too.
fn hypothesis_api(typed: &str) -> Result<BoundAddress, Failure> {
    let server = address(typed, Field::ApiAddress)?;
    if server.base_path().ends_with("/api") {
        return Ok(server);
    }
    address(&format!("{server}/api"), Field::ApiAddress)
}

/// The secret's origin is never filled in for EU and Gov: it is the person's choice among the known candidates.
fn hyperproof_binding(draft: &ConnectionDraft) -> Result<Binding, Failure> {
    let region = draft
        .region
        .ok_or_else(|| Failure::new(ErrorCode::InputInvalid, "Choose a region.").at(Field::Region))?;
    let api = match region.api_address() {
        Some(known) => address(known, Field::ApiAddress)?,
        None => address(&draft.api_address, Field::ApiAddress)?,
    };
    let token = match region {
        Region::Us => region.token_endpoints().first().copied().unwrap_or_default(),
        Region::Eu | Region::Gov | Region::Custom => draft.token_address.as_str(),
    };
    let token = address(token, Field::TokenAddress)?;
    let known = region.token_endpoints();
    if region != Region::Custom && !known.contains(&token.to_string().as_str()) {
        return Err(invalid(
            Field::TokenAddress,
            "choose one of the known token addresses, or the region Custom",
        ));
    }
    Ok(Binding::Addresses {
        token: Some(token),
        api,
    })
}

fn address(typed: &str, field: Field) -> Result<BoundAddress, Failure> {
    if typed.trim().is_empty() {
        return Err(invalid(field, "enter an address such as https://api.example.com"));
    }
    BoundAddress::parse(typed).map_err(|fault| invalid(field, fault))
}

fn client_id(draft: &ConnectionDraft) -> Result<Option<ClientId>, Failure> {
    match draft.kind {
        ConnectionKind::HypothesisPersonalToken | ConnectionKind::HypothesisAnonymous | ConnectionKind::Practice => {
            Ok(None)
        }
        ConnectionKind::HypothesisSignIn
        | ConnectionKind::HypothesisClientCredentials
        | ConnectionKind::HypothesisGrantToken
        | ConnectionKind::HyperproofClientCredentials
        | ConnectionKind::HyperproofAuthorizationCode => ClientId::parse(&draft.client_id)
            .map(Some)
            .map_err(|fault| invalid(Field::ClientId, fault)),
    }
}

fn authority(draft: &ConnectionDraft) -> Result<Option<Authority>, Failure> {
    if draft.kind != ConnectionKind::HypothesisClientCredentials {
        return Ok(None);
    }
    Authority::parse(&draft.authority)
        .map(Some)
        .map_err(|fault| invalid(Field::Authority, fault))
}

fn scopes(draft: &ConnectionDraft) -> Result<Option<String>, Failure> {
    let scopes = draft.scopes.split_whitespace().collect::<Vec<_>>().join(" ");
    if draft.kind != ConnectionKind::HyperproofClientCredentials || scopes.is_empty() {
        return Ok(None);
    }
    if scopes.chars().count() > LONGEST_SCOPES || !scopes.is_ascii() {
        return Err(invalid(
            Field::Scopes,
            "scopes are ASCII words with spaces between, at most 1,000 characters",
        ));
    }
    Ok(Some(scopes))
}

fn secret(draft: &ConnectionDraft, practice: SecretString) -> Result<SecretString, Failure> {
    if draft.kind == ConnectionKind::Practice {
        Ok(practice)
    } else {
        checked_secret_for(draft.kind, &draft.secret)
    }
}

fn invalid(field: Field, fault: impl std::fmt::Display) -> Failure {
    let sentence = fault.to_string();
    let mut letters = sentence.chars();
    let first: String = letters
        .next()
        .map(|letter| letter.to_uppercase().collect())
        .unwrap_or_default();
    Failure::new(ErrorCode::InputInvalid, format!("{first}{}.", letters.as_str())).at(field)
}

#[cfg(test)]
mod tests {
    use super::*;

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
        checked(draft, SecretString::from("practice"), Timestamp::UNIX_EPOCH).map(|checked| checked.connection)
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
}
