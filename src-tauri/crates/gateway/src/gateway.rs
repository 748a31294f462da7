//! Owns what all connections share, and which connections are bound. Must not make calls itself.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use countersign_domain::{Clock, ConnectionId};

use crate::bound::{BoundGateway, BoundState};
use crate::clients::Clients;
use crate::error::GatewayError;
use crate::ports::{ActivitySink, CredentialStore, DesktopProxies};
use crate::profile::ConnectionProfile;
use crate::settings::GatewaySettings;
use crate::transport::Transport;

/// What every bound gateway works with.
pub(crate) struct Shared {
    pub(crate) transport: Transport,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) credentials: Arc<dyn CredentialStore>,
    bound: Mutex<HashMap<ConnectionId, Vec<Arc<BoundState>>>>,
}

/// The only door to the network. Cheap to clone.
#[derive(Clone)]
pub struct Gateway {
    shared: Arc<Shared>,
}

impl Gateway {
    /// A gateway over these ports. Opens nothing yet.
    ///
    /// # Errors
    /// `NoClient` when the user agent cannot stand in a header.
    pub fn new(
        settings: GatewaySettings,
        clock: Arc<dyn Clock>,
        credentials: Arc<dyn CredentialStore>,
        activity: Arc<dyn ActivitySink>,
        desktop: Arc<dyn DesktopProxies>,
    ) -> Result<Self, GatewayError> {
        let clients = Clients::new(&settings, Arc::clone(&credentials), desktop)?;
        let transport = Transport::new(settings, Arc::clone(&clock), activity, clients);
        let shared = Shared {
            transport,
            clock,
            credentials,
            bound: Mutex::default(),
        };
        Ok(Self {
            shared: Arc::new(shared),
        })
    }

    /// The gateway for one connection. The same profile again shares its access token and its pace; one that differs in
    /// pace or network shares the access token alone; any other profile of the same connection begins anew.
    pub fn bind(&self, profile: ConnectionProfile) -> BoundGateway {
        let mut bound = self.shared.bound.lock().unwrap_or_else(PoisonError::into_inner);
        let states = bound.entry(profile.id.clone()).or_default();
        let state = if let Some(state) = states.iter().find(|state| state.profile == profile) {
            Arc::clone(state)
        } else {
            // Another pace or another way through the network needs no new access token.
            let same = states.iter().find(|state| state.profile.is_called_as(&profile));
            let credential = same.map(|state| Arc::clone(&state.credential)).unwrap_or_default();
            states.retain(|state| Arc::strong_count(state) > 1);
            let state = Arc::new(BoundState::new(profile, credential));
            states.push(Arc::clone(&state));
            state
        };
        BoundGateway::new(Arc::clone(&self.shared), state)
    }

    pub(crate) fn transport(&self) -> &Transport {
        &self.shared.transport
    }

    /// Drops every secret and token held in memory for `id`. To be called after its secret was replaced or forgotten.
    pub fn forget(&self, id: &ConnectionId) {
        self.shared.transport.clients().forget(id);
        let mut bound = self.shared.bound.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(states) = bound.get_mut(id) {
            for state in &*states {
                state.credential.forget();
            }
            states.retain(|state| Arc::strong_count(state) > 1);
            if states.is_empty() {
                bound.remove(id);
            }
        }
    }
}

impl std::fmt::Debug for Gateway {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Gateway").finish_non_exhaustive()
    }
}
