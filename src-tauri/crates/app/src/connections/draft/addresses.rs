//! Owns the addresses of the connection form: what is typed, what follows from it, and what a secret is bound to.
//! Must not fill in an origin that a person should choose.

use countersign_domain::{Binding, BoundAddress, ConnectionKind, ErrorCode, Failure, Field, Region, Service};

use super::invalid;
use crate::page::ConnectionDraft;

pub(super) fn binding(draft: &ConnectionDraft) -> Result<Binding, Failure> {
    match draft.kind.service() {
        Service::Practice => Ok(Binding::Practice),
        Service::Hypothesis => hypothesis_binding(draft),
        Service::Hyperproof => hyperproof_binding(draft),
    }
}

/// Where a person signs in: Hypothesis' own page, or the address typed for Hyperproof, which documents none.
pub(super) fn authorize_address(draft: &ConnectionDraft, binding: &Binding) -> Result<BoundAddress, Failure> {
    match binding {
        Binding::Addresses { api, .. } if draft.kind.service() == Service::Hypothesis => address(
            &format!("{}/oauth/authorize", hypothesis_server(api)),
            Field::ApiAddress,
        ),
        Binding::Addresses { .. } | Binding::Practice => address(&draft.authorize_address, Field::AuthorizeAddress),
    }
}

/// The server that `api` belongs to, without a slash at its end.
pub(crate) fn hypothesis_server(api: &BoundAddress) -> String {
    let api = api.to_string();
    api.strip_suffix("/api").unwrap_or(&api).to_owned()
}

/// Codes, refresh tokens and assertions go to `<server>/api/token` (hypothesis-api section 2); the other kinds' secrets go
/// to the API itself.
fn hypothesis_binding(draft: &ConnectionDraft) -> Result<Binding, Failure> {
    let api = hypothesis_api(&draft.api_address)?;
    let buys_tokens = matches!(
        draft.kind,
        ConnectionKind::HypothesisSignIn | ConnectionKind::HypothesisGrantToken
    );
    let token = buys_tokens.then(|| address(&format!("{api}/token"), Field::ApiAddress));
    let token = token.transpose()?;
    Ok(Binding::Addresses { token, api })
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
