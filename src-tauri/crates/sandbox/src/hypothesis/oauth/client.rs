//! Owns what is known of a registered client. Must not decide who may sign in.

/// A client as an administrator of the site registers it.
pub(crate) struct Client {
    /// As the consent page shows it.
    pub(crate) name: String,
    pub(crate) authority: String,
    pub(crate) grant: Grant,
    /// Public clients have none.
    pub(crate) secret: Option<String>,
}

/// What a client may do to get in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Grant {
    /// HTTP Basic on the API; never the token endpoint.
    ClientCredentials,
    /// A person's consent in a browser.
    AuthorizationCode {
        /// Compared as it stands, after `{current_scheme}` and `{current_host}` were filled in.
        redirect_uri: String,
        /// Needs no consent.
        trusted: bool,
    },
    /// A signed assertion that names a person.
    JwtBearer,
}

impl Client {
    /// The registered redirect URI, where there is one.
    pub(crate) fn redirect_uri(&self) -> Option<&str> {
        match &self.grant {
            Grant::AuthorizationCode { redirect_uri, .. } => Some(redirect_uri),
            Grant::ClientCredentials | Grant::JwtBearer => None,
        }
    }
}
