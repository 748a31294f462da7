//! Owns the way from a saved connection to the typed clients of its services, with its credential bound to it.
//! Must not call a service itself.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use countersign_domain::{
    Authority, Binding, BoundAddress, Connection, ConnectionId, ConnectionKind, CredentialPart, ErrorCode, Failure,
    Network, Service,
};
use countersign_gateway::{Authentication, BoundGateway, ConnectionProfile, Gateway, Pacing};
use countersign_services::hyperproof::Hyperproof;
use countersign_services::hypothesis::Hypothesis;
use countersign_services::requests::Requests;

use crate::connections::hypothesis_server;
use crate::credentials::Credentials;
use crate::practice::{Practice, PracticeServices};

/// The limiter of the public Hypothesis service: 4 calls a second, 44 at once (h/conf/nginx.conf).
const HYPOTHESIS_PACING: Pacing = Pacing {
    per_second: 4.0,
    burst: 44,
};

/// What a connection's credential opens. Cheap to clone; access tokens and pacing live inside.
#[derive(Clone)]
pub(crate) struct Bound {
    hyperproof: Option<BoundGateway>,
    hypothesis: Option<(BoundGateway, Option<Authority>)>,
}

impl Bound {
    /// The client for controls.
    pub(crate) fn hyperproof(&self) -> Result<Hyperproof, Failure> {
        self.hyperproof.clone().map(Hyperproof::new).ok_or_else(unsuited)
    }

    /// The client for a person's own calls.
    pub(crate) fn hypothesis(&self) -> Result<Hypothesis, Failure> {
        self.hypothesis
            .clone()
            .map(|(bound, _)| Hypothesis::new(bound))
            .ok_or_else(unsuited)
    }

    /// The door to the network with this connection's credential; Hyperproof's half of Practice.
    pub(crate) fn gateway(&self) -> Result<&BoundGateway, Failure> {
        let hypothesis = self.hypothesis.as_ref().map(|(bound, _)| bound);
        self.hyperproof.as_ref().or(hypothesis).ok_or_else(unsuited)
    }

    /// What requests made by hand go to: one service, or both of Practice.
    pub(crate) fn requests(&self) -> Vec<Requests> {
        let hyperproof = self.hyperproof.clone().map(Requests::hyperproof);
        let hypothesis = self.hypothesis.clone().map(|(bound, _)| Requests::hypothesis(bound));
        hyperproof.into_iter().chain(hypothesis).collect()
    }

    /// The client for the accounts of an authority.
    pub(crate) fn authority(&self) -> Result<(Hypothesis, Authority), Failure> {
        let (bound, authority) = self.hypothesis.clone().ok_or_else(unsuited)?;
        Ok((Hypothesis::new(bound), authority.ok_or_else(unsuited)?))
    }
}

/// The bound clients of every connection used in this run.
pub(crate) struct BoundServices {
    gateway: Gateway,
    credentials: Arc<Credentials>,
    practice: Arc<Practice>,
    bound: Mutex<HashMap<ConnectionId, Bound>>,
}

impl BoundServices {
    pub(crate) fn new(gateway: Gateway, credentials: Arc<Credentials>, practice: Arc<Practice>) -> Self {
        Self {
            gateway,
            credentials,
            practice,
            bound: Mutex::default(),
        }
    }

    /// The clients of `connection`, bound on first use.
    pub(crate) async fn of(&self, connection: &Connection) -> Result<Bound, Failure> {
        if let Some(known) = self.lock().get(&connection.id) {
            return Ok(known.clone());
        }
        let bound = match &connection.binding {
            Binding::Practice => self.practice_of(connection).await?,
            Binding::Addresses { token, api } => self.addressed(connection, token.as_ref(), api)?,
        };
        Ok(self.lock().entry(connection.id.clone()).or_insert(bound).clone())
    }

    /// The clients of `id` where they are bound already.
    pub(crate) fn known(&self, id: &ConnectionId) -> Option<Bound> {
        self.lock().get(id).cloned()
    }

    /// Has the clients of `id` bound anew on their next use, with its tokens: after another pace or way.
    pub(crate) fn rebind(&self, id: &ConnectionId) {
        self.lock().remove(id);
    }

    /// The door to the network, for walks that carry no credential.
    pub(crate) fn gateway(&self) -> &Gateway {
        &self.gateway
    }

    /// Drops the clients and every token held for `id`: after a new secret, and when it is forgotten.
    pub(crate) fn drop_bound(&self, id: &ConnectionId) {
        self.lock().remove(id);
        self.gateway.forget(id);
    }

    fn addressed(&self, of: &Connection, token: Option<&BoundAddress>, api: &BoundAddress) -> Result<Bound, Failure> {
        let bound = self.gateway.bind(ConnectionProfile {
            id: of.id.clone(),
            api: api.clone(),
            authentication: authentication(of, token, api)?,
            pacing: pacing(of),
            network: of.network.clone(),
        });
        match of.kind.service() {
            Service::Hypothesis => Ok(Bound {
                hyperproof: None,
                hypothesis: Some((bound, of.authority.clone())),
            }),
            Service::Hyperproof => Ok(Bound {
                hyperproof: Some(bound),
                hypothesis: None,
            }),
            Service::Practice => Err(unsuited()),
        }
    }

    async fn practice_of(&self, connection: &Connection) -> Result<Bound, Failure> {
        let secret = self.credentials.secret(&connection.id, CredentialPart::Secret).await?;
        let services = self.practice.services(&connection.id, &secret).await?;
        Ok(self.practising(&connection.id, services))
    }

    fn practising(&self, id: &ConnectionId, services: PracticeServices) -> Bound {
        let bind = |api, authentication| {
            self.gateway.bind(ConnectionProfile {
                id: id.clone(),
                api,
                authentication,
                pacing: None,
                network: Network::default(),
            })
        };
        let hyperproof = Authentication::ClientCredentials {
            token_endpoint: services.hyperproof_token,
            client_id: services.hyperproof_client,
            scopes: None,
        };
        let hypothesis = Authentication::Basic {
            client_id: services.hypothesis_client,
        };
        Bound {
            hyperproof: Some(bind(services.hyperproof_api, hyperproof)),
            hypothesis: Some((bind(services.hypothesis_api, hypothesis), Some(services.authority))),
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<ConnectionId, Bound>> {
        self.bound.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The rate that the calls of a connection are kept to: the person's choice, else what is known of the service.
pub(crate) fn pacing(of: &Connection) -> Option<Pacing> {
    let chosen = of.pace.map(|pace| Pacing {
        per_second: pace.per_second,
        burst: pace.burst,
    });
    let known = (of.kind.service() == Service::Hypothesis).then_some(HYPOTHESIS_PACING);
    chosen.or(known)
}

fn authentication(
    of: &Connection,
    token: Option<&BoundAddress>,
    api: &BoundAddress,
) -> Result<Authentication, Failure> {
    let client_id = || of.client_id.clone().ok_or_else(unsuited);
    let token_endpoint = || token.cloned().ok_or_else(unsuited);
    Ok(match of.kind {
        ConnectionKind::HypothesisPersonalToken => Authentication::Bearer,
        ConnectionKind::HypothesisAnonymous => Authentication::Anonymous,
        ConnectionKind::HypothesisClientCredentials => Authentication::Basic {
            client_id: client_id()?,
        },
        ConnectionKind::HyperproofClientCredentials => Authentication::ClientCredentials {
            token_endpoint: token_endpoint()?,
            client_id: client_id()?,
            scopes: of.scopes.clone(),
        },
        ConnectionKind::HypothesisSignIn | ConnectionKind::HyperproofAuthorizationCode => Authentication::SignIn {
            token_endpoint: token_endpoint()?,
            revocation_endpoint: revocation_endpoint(of, api)?,
            client_id: client_id()?,
            confidential: of.kind == ConnectionKind::HyperproofAuthorizationCode,
            redirect_uri: of.sign_in.as_ref().ok_or_else(unsuited)?.redirect_uri(),
        },
        ConnectionKind::HypothesisGrantToken => Authentication::GrantToken {
            token_endpoint: token_endpoint()?,
            client_id: client_id()?,
            userid: of.userid.clone().ok_or_else(unsuited)?,
        },
        ConnectionKind::Practice => return Err(unsuited()),
    })
}

/// Hypothesis revokes at `<server>/oauth/revoke` (hypothesis-api section 2); of Hyperproof no such place is known.
fn revocation_endpoint(of: &Connection, api: &BoundAddress) -> Result<Option<BoundAddress>, Failure> {
    if of.kind != ConnectionKind::HypothesisSignIn {
        return Ok(None);
    }
    let address = BoundAddress::parse(&format!("{}/oauth/revoke", hypothesis_server(api)));
    address.map(Some).map_err(|_| unsuited())
}

pub(crate) fn unsuited() -> Failure {
    Failure::new(
        ErrorCode::KindUnsuited,
        "This kind of connection cannot do that. Choose another connection.",
    )
}
