//! Owns what the gateway must know of a connection to call for it. Must not hold a secret.

use countersign_domain::{BoundAddress, ClientId, ConnectionId, Network, Userid};

/// A connection as the gateway sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct ConnectionProfile {
    /// Names it to the credential store and in the record of calls.
    pub id: ConnectionId,
    /// The only address that calls, and what authenticates them, go to.
    pub api: BoundAddress,
    /// How calls prove who they are.
    pub authentication: Authentication,
    /// The rate the service allows to this credential, where it is known.
    pub pacing: Option<Pacing>,
    /// Proxy and certificate authority, for the API and the token endpoint alike.
    pub network: Network,
}

impl ConnectionProfile {
    /// Whether `other` calls the same address by the same credential.
    pub(crate) fn is_called_as(&self, other: &Self) -> bool {
        (&self.id, &self.api, &self.authentication) == (&other.id, &other.api, &other.authentication)
    }
}

/// How calls prove who they are. The secret itself stays in the credential store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Authentication {
    /// Not at all.
    Anonymous,
    /// The stored secret is a token, sent as `Bearer` (RFC 6750).
    Bearer,
    /// The stored secret belongs to this client id, both are sent as `Basic` (RFC 7617).
    Basic {
        /// The client id.
        client_id: ClientId,
    },
    /// The stored secret buys access tokens at the token endpoint (RFC 6749 section 4.4), which are sent as `Bearer`.
    ClientCredentials {
        /// The one address the secret goes to, whole.
        token_endpoint: BoundAddress,
        /// The client id.
        client_id: ClientId,
        /// Asked for when given, parted by spaces; left out otherwise, which grants all that the client has.
        scopes: Option<String>,
    },
    /// A person signed in: the stored refresh token buys access tokens (RFC 6749 section 6), which are sent as `Bearer`.
    SignIn {
        /// The one address that codes, refresh tokens and client secret go to.
        token_endpoint: BoundAddress,
        /// Where a sign-out revokes the refresh token; none where the service has no such place.
        revocation_endpoint: Option<BoundAddress>,
        /// The client id.
        client_id: ClientId,
        /// Whether the client has a secret, kept as `CredentialPart::Secret` and sent in the form.
        confidential: bool,
        /// Sent with codes, and by confidential clients with refresh tokens.
        redirect_uri: String,
    },
    /// A JSON web token signed with the client's secret buys one account's access tokens (RFC 7523).
    GrantToken {
        /// The one address that signed assertions and refresh tokens go to; its host, without the port, is the audience.
        token_endpoint: BoundAddress,
        /// The client id: the issuer.
        client_id: ClientId,
        /// The account: the subject.
        userid: Userid,
    },
}

/// A rate that a service allows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pacing {
    /// Calls a second over any long time. Not positive or not finite: no pacing.
    pub per_second: f64,
    /// Calls at once after a pause; at least 1.
    pub burst: u32,
}

/// The rate that calls are kept to, as shown on a connection's card.
pub type Rate = Pacing;
