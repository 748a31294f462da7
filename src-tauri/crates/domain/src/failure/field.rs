//! Owns the names of the fields that a failure can belong to. Must not know a form.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The field of a form that a failure belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum Field {
    /// A connection's name.
    Label,
    /// The server or API address.
    ApiAddress,
    /// The token endpoint.
    TokenAddress,
    /// The client id.
    ClientId,
    /// The secret or token.
    Secret,
    /// The OAuth scopes.
    Scopes,
    /// The Hyperproof region.
    Region,
    /// The authority.
    Authority,
    /// The page where a person signs in.
    AuthorizeAddress,
    /// The port that the browser comes back to.
    CallbackPort,
    /// The address that the browser ended at, pasted.
    CallbackAddress,
    /// The account that a grant token stands for.
    Userid,
    /// The proxy's address.
    ProxyAddress,
    /// The proxy's user name.
    ProxyUsername,
    /// The proxy's password.
    ProxyPassword,
    /// The certificate authority's file.
    CertificateAuthority,
    /// The calls a second.
    PerSecond,
    /// The calls at once.
    Burst,
    /// The path of a request.
    Path,
    /// The query of a request.
    Query,
    /// A pasted token.
    Token,
    /// The username.
    Username,
    /// The e-mail address.
    Email,
    /// The display name.
    DisplayName,
}
