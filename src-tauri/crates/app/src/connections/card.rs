//! Owns the card of a connection as the page shows it. Must not ask anything of keychain, register or network.

use countersign_domain::{Binding, Connection, ConnectionKind, ErrorCode, Failure, Network, ProxyChoice};
use countersign_gateway::{BoundGateway, CallRecord};
use countersign_register::CallEntry;
use countersign_services::{PermissionState as Found, Proof};

use super::observation::Observation;
use crate::app::App;
use crate::bound_services::pacing;
use crate::page::{
    CallShown, ConnectionCard, ConnectionState, IdentityLine, NetworkShown, PermissionShown, PermissionState, ProxyKind,
};
use crate::settings::SavedConnection;
use crate::sign_in;

/// What Practice shows in place of a host, whose port changes with every run.
const PRACTICE_HOST: &str = "127.0.0.1";

impl App {
    /// The card of a connection, from what is known without asking anyone.
    pub(crate) fn card(&self, saved: &SavedConnection) -> ConnectionCard {
        let connection = &saved.connection;
        let id = &connection.id;
        let observation = self.0.observations.of(id);
        let hosts = Hosts::of(connection);
        let proof = observation.as_ref().and_then(|found| found.proof.as_ref());
        let bound = self.0.services.known(id);
        let gateway = bound.as_ref().and_then(|bound| bound.gateway().ok());
        let rate = gateway.and_then(BoundGateway::rate).or_else(|| pacing(connection));
        ConnectionCard {
            id: id.to_string(),
            label: connection.label.to_string(),
            kind: connection.kind,
            service: connection.kind.service(),
            region: connection.region,
            api_host: hosts.api,
            secret_host: hosts.secret,
            plain_http: hosts.plain_http,
            client_id: connection.client_id.as_ref().map(ToString::to_string),
            authority: connection.authority.as_ref().map(ToString::to_string),
            scopes: connection.scopes.clone(),
            keeping: self.0.settings.keeping(id),
            secret_saved: connection.secret_saved.to_string(),
            reads_controls: connection.kind.reads_controls(),
            administers_accounts: connection.kind.administers_accounts(),
            state: self.state(connection, observation.as_ref()),
            checked: observation.as_ref().map(|found| found.at.to_string()),
            identity: proof.map(identity).unwrap_or_default(),
            permissions: proof.map(permissions).unwrap_or_default(),
            last_use: self.0.activity.last_use(id).or(saved.last_use).map(|at| at.to_string()),
            last_refusal: self.last_refusal(saved),
            register_rows: saved.register_rows,
            rate_per_second: rate.map(|rate| rate.per_second),
            burst: rate.map(|rate| rate.burst),
            rate_chosen: connection.pace.is_some(),
            userid: connection.userid.as_ref().map(ToString::to_string),
            sign_in: sign_in::shown(connection, self.now()),
            access_token_expires: gateway.and_then(BoundGateway::token_expiry).map(|end| end.to_string()),
            network: network(&connection.network),
            not_kept: gateway.and_then(BoundGateway::not_kept),
        }
    }

    /// The last refusal of this run, else the one that the settings remember.
    fn last_refusal(&self, saved: &SavedConnection) -> Option<CallShown> {
        let id = &saved.connection.id;
        let of_this_run = self.0.activity.last_refusal(id).as_ref().map(call_entry);
        let earlier = || saved.last_refusal.as_ref().map(|call| call.entry(id));
        of_this_run.or_else(earlier).as_ref().map(call_shown)
    }

    fn state(&self, connection: &Connection, observation: Option<&Observation>) -> ConnectionState {
        match observation.map(|found| &found.outcome) {
            Some(Ok(())) => ConnectionState::Working,
            Some(Err(failure)) if is_of_keychain(failure) => ConnectionState::KeychainUnavailable,
            Some(Err(failure)) => ConnectionState::Failing {
                failure: failure.clone(),
            },
            None if connection.kind == ConnectionKind::Practice && !self.0.practice.is_running(&connection.id) => {
                ConnectionState::Stopped
            }
            None => ConnectionState::NotChecked,
        }
    }
}

struct Hosts {
    api: String,
    secret: String,
    plain_http: bool,
}

impl Hosts {
    fn of(connection: &Connection) -> Self {
        match &connection.binding {
            Binding::Practice => Self {
                api: PRACTICE_HOST.to_owned(),
                secret: PRACTICE_HOST.to_owned(),
                plain_http: true,
            },
            Binding::Addresses { token, api } => {
                let secret = token.as_ref().unwrap_or(api);
                let plain_http = api.is_plain_http() || secret.is_plain_http();
                Self {
                    api: api.authority(),
                    secret: secret.authority(),
                    plain_http,
                }
            }
        }
    }
}

fn is_of_keychain(failure: &Failure) -> bool {
    let keychain = [
        ErrorCode::KeychainAbsent,
        ErrorCode::KeychainLocked,
        ErrorCode::KeychainDenied,
        ErrorCode::KeychainTimedOut,
        ErrorCode::KeychainFailed,
    ];
    keychain.contains(&failure.code)
}

fn network(network: &Network) -> NetworkShown {
    let (proxy, address, username) = match &network.proxy {
        ProxyChoice::System => (ProxyKind::System, None, None),
        ProxyChoice::Direct => (ProxyKind::Direct, None, None),
        ProxyChoice::Address { address, username } => (ProxyKind::Address, Some(address.to_string()), username.clone()),
    };
    NetworkShown {
        proxy,
        proxy_address: address,
        proxy_username: username,
        certificate: network.certificate_authority.as_ref().map(|chosen| chosen.name.clone()),
    }
}

fn identity(proof: &Proof) -> Vec<IdentityLine> {
    let line = |line: &countersign_services::IdentityLine| IdentityLine {
        name: line.name.to_owned(),
        value: line.value.clone(),
    };
    proof.identity.iter().map(line).collect()
}

fn permissions(proof: &Proof) -> Vec<PermissionShown> {
    let shown = |permission: &countersign_services::Permission| PermissionShown {
        name: permission.name.to_owned(),
        state: match permission.state {
            Found::Allowed => PermissionState::Allowed,
            Found::Refused => PermissionState::Refused,
            Found::NotAsked => PermissionState::NotAsked,
        },
        status: permission.status,
    };
    proof.permissions.iter().map(shown).collect()
}

/// A call as the ledger keeps it.
pub(crate) fn call_entry(call: &CallRecord) -> CallEntry {
    CallEntry {
        connection: call.connection.clone(),
        correlation: call.correlation,
        at: call.at,
        method: call.method.clone(),
        path: call.path.clone(),
        outcome: call.outcome,
        duration: call.duration,
        bytes: call.bytes,
        attempt: call.attempt,
    }
}

/// A call as the page shows it.
pub(crate) fn call_shown(call: &CallEntry) -> CallShown {
    CallShown {
        connection: call.connection.to_string(),
        correlation: call.correlation.to_string(),
        attempt: call.attempt,
        at: call.at.to_string(),
        method: call.method.clone(),
        path: call.path.clone(),
        status: call.outcome.ok(),
        code: call.outcome.err().map(|code| code.to_string()),
        milliseconds: u64::try_from(call.duration.as_millis()).unwrap_or(u64::MAX),
        bytes: call.bytes,
    }
}
