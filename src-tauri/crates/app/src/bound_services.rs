//! Owns the way from a saved connection to the typed clients of its services, with its credential bound to it.
//! Must not call a service itself.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use countersign_domain::{
    Authority, Binding, BoundAddress, Connection, ConnectionId, ConnectionKind, CredentialPart, ErrorCode, Failure,
    Network,
};
use countersign_gateway::{Authentication, BoundGateway, ConnectionProfile, Gateway, Pacing};
use countersign_services::hyperproof::Hyperproof;
use countersign_services::hypothesis::Hypothesis;

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

    /// Drops the clients and every token held for `id`: after a new secret, and when it is forgotten.
    pub(crate) fn drop_bound(&self, id: &ConnectionId) {
        self.lock().remove(id);
        self.gateway.forget(id);
    }

    fn addressed(&self, of: &Connection, token: Option<&BoundAddress>, api: &BoundAddress) -> Result<Bound, Failure> {
        let client_id = || of.client_id.clone().ok_or_else(unsuited);
        let bind = |authentication, pacing| {
            self.gateway.bind(ConnectionProfile {
                id: of.id.clone(),
                api: api.clone(),
                authentication,
                pacing,
                network: of.network.clone(),
            })
        };
        let hypothesis = |authentication| Bound {
            hyperproof: None,
            hypothesis: Some((bind(authentication, Some(HYPOTHESIS_PACING)), of.authority.clone())),
        };
        match of.kind {
            ConnectionKind::HypothesisPersonalToken => Ok(hypothesis(Authentication::Bearer)),
            ConnectionKind::HypothesisClientCredentials => Ok(hypothesis(Authentication::Basic {
                client_id: client_id()?,
            })),
            ConnectionKind::HyperproofClientCredentials => {
                let token_endpoint = token.cloned().ok_or_else(unsuited)?;
                let (client_id, scopes) = (client_id()?, of.scopes.clone());
                let authentication = Authentication::ClientCredentials {
                    token_endpoint,
                    client_id,
                    scopes,
                };
                Ok(Bound {
                    hyperproof: Some(bind(authentication, None)),
                    hypothesis: None,
                })
            }
            ConnectionKind::HypothesisAnonymous => Ok(hypothesis(Authentication::Anonymous)),
            ConnectionKind::HypothesisSignIn
            | ConnectionKind::HypothesisGrantToken
            | ConnectionKind::HyperproofAuthorizationCode
            | ConnectionKind::Practice => Err(unsuited()),
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

pub(crate) fn unsuited() -> Failure {
    Failure::new(
        ErrorCode::KindUnsuited,
        "This kind of connection cannot do that. Choose another connection.",
    )
}
