//! Owns the reading of the connection form: what was typed becomes a connection and its checked secrets, or a fault
//! beside its field. Must not write anything down.

mod addresses;
mod network;
#[cfg(test)]
mod tests;

use countersign_domain::credential::{checked_secret, checked_token};
use countersign_domain::sign_in::USUAL_CALLBACK_PORT;
use countersign_domain::{
    Authority, Binding, CertificateAuthority, ClientId, Connection, ConnectionId, ConnectionKind, CredentialPart,
    ErrorCode, Failure, Field, Label, Network, SecretString, Service, SignIn, Stage, Userid,
};
use jiff::Timestamp;

use crate::page::ConnectionDraft;
pub(crate) use addresses::hypothesis_server;
use addresses::{authorize_address, binding};
pub(crate) use network::{PasswordChange, checked_network};

/// The longest scopes text taken, in characters.
const LONGEST_SCOPES: usize = 1_000;
/// Ports below need rights that no desktop program has.
const LOWEST_CALLBACK_PORT: u16 = 1_024;

/// A connection that could be saved, and its secrets by the part they are.
#[derive(Debug)]
pub(crate) struct Checked {
    pub(crate) connection: Connection,
    pub(crate) secrets: Vec<(CredentialPart, SecretString)>,
}

/// What the form does not hold.
pub(crate) struct Given<'a> {
    /// The secret of a new practice connection.
    pub(crate) practice: SecretString,
    pub(crate) now: Timestamp,
    /// The certificates behind a handle of the file dialog.
    pub(crate) certificate: &'a (dyn Fn(&str) -> Option<CertificateAuthority> + Sync),
}

/// Checks a draft in the order of the form.
pub(crate) fn checked(draft: &ConnectionDraft, given: Given<'_>) -> Result<Checked, Failure> {
    let binding = binding(draft)?;
    let client_id = client_id(draft)?;
    let authority = authority(draft)?;
    let userid = userid(draft)?;
    let scopes = scopes(draft)?;
    let sign_in = sign_in(draft, &binding)?;
    let mut secrets = Vec::new();
    secrets.extend(secret(draft, given.practice)?.map(|secret| (CredentialPart::Secret, secret)));
    let mut network = Network::default();
    if let Some(typed) = &draft.network {
        let checked = checked_network(typed, &Network::default(), given.certificate)?;
        network = checked.network;
        if let PasswordChange::Set(password) = checked.password {
            secrets.push((CredentialPart::ProxyPassword, password));
        }
    }
    let connection = Connection {
        id: ConnectionId::random(),
        label: label(&draft.label, draft.kind, &binding)?,
        kind: draft.kind,
        region: (draft.kind.service() == Service::Hyperproof)
            .then_some(draft.region)
            .flatten(),
        binding,
        client_id,
        authority,
        scopes,
        stage: Stage::Pending,
        secret_saved: given.now,
        userid,
        sign_in,
        renewed: None,
        network,
        pace: None,
    };
    Ok(Checked { connection, secrets })
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

/// The subject of a grant token, whole: a subject that is no userid makes the server fall over (hypothesis-api section 2).
fn userid(draft: &ConnectionDraft) -> Result<Option<Userid>, Failure> {
    if draft.kind != ConnectionKind::HypothesisGrantToken {
        return Ok(None);
    }
    let whole = || {
        let (_, authority) = draft.userid.trim().rsplit_once('@')?;
        let authority = Authority::parse(authority).ok()?;
        Userid::from_typed(&draft.userid, &authority).ok()
    };
    let userid = whole();
    let userid = userid.ok_or_else(|| invalid(Field::Userid, "enter a whole userid such as acct:name@example.com"));
    userid.map(Some)
}

fn scopes(draft: &ConnectionDraft) -> Result<Option<String>, Failure> {
    let scopes = draft.scopes.split_whitespace().collect::<Vec<_>>().join(" ");
    if draft.kind.service() != Service::Hyperproof || scopes.is_empty() {
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

fn sign_in(draft: &ConnectionDraft, binding: &Binding) -> Result<Option<SignIn>, Failure> {
    if !draft.kind.signs_in() {
        return Ok(None);
    }
    let callback_port = draft.callback_port.unwrap_or(USUAL_CALLBACK_PORT);
    if callback_port < LOWEST_CALLBACK_PORT {
        return Err(invalid(Field::CallbackPort, "choose a port from 1024 to 65535"));
    }
    let authorize = authorize_address(draft, binding)?;
    Ok(Some(SignIn {
        authorize,
        callback_port,
    }))
}

/// The typed secret, for the kinds that have one.
fn secret(draft: &ConnectionDraft, practice: SecretString) -> Result<Option<SecretString>, Failure> {
    if draft.kind == ConnectionKind::Practice {
        return Ok(Some(practice));
    }
    if !draft.kind.kept().contains(&CredentialPart::Secret) {
        return Ok(None);
    }
    checked_secret_for(draft.kind, &draft.secret).map(Some)
}

pub(crate) fn invalid(field: Field, fault: impl std::fmt::Display) -> Failure {
    let sentence = fault.to_string();
    let mut letters = sentence.chars();
    let first: String = letters
        .next()
        .map(|letter| letter.to_uppercase().collect())
        .unwrap_or_default();
    Failure::new(ErrorCode::InputInvalid, format!("{first}{}.", letters.as_str())).at(field)
}
