//! Owns the address at which a person signs in, with the state and the PKCE verifier that belong to it.
//! Must not reuse either: each sign-in draws its own.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use countersign_domain::{BoundAddress, ClientId, ExposeSecret as _, SecretString, SignIn};
use sha2::{Digest as _, Sha256};
use url::Url;
use zeroize::Zeroizing;

use super::fault::SignInError;

/// Random bytes of a state and of a verifier: 43 characters each in base64url.
const RANDOM_BYTES: usize = 32;

/// One sign-in's own values. The state stands in the address; the verifier leaves only with the code's exchange.
pub struct Authorization {
    address: Url,
    redirect_uri: String,
    issuers: Vec<String>,
    state: String,
    verifier: SecretString,
}

impl Authorization {
    /// A new sign-in at `sign_in.authorize` for `client_id`. `scopes` are asked for where they are given (Hypothesis
    /// takes none, hypothesis-api section 2). PKCE goes along although Hypothesis ignores it.
    ///
    /// # Errors
    /// `NoRandomness` when the system gives no random bytes.
    pub fn begin(sign_in: &SignIn, client_id: &ClientId, scopes: Option<&str>) -> Result<Self, SignInError> {
        let (state, verifier) = (random_text()?, random_text()?);
        let redirect_uri = sign_in.redirect_uri();
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes()));
        let mut address = sign_in.authorize.as_url().clone();
        let mut query = address.query_pairs_mut();
        query
            .append_pair("client_id", client_id.as_str())
            .append_pair("response_type", "code")
            .append_pair("redirect_uri", &redirect_uri)
            .append_pair("state", &state)
            .append_pair("code_challenge", &challenge)
            .append_pair("code_challenge_method", "S256");
        if let Some(scopes) = scopes {
            query.append_pair("scope", scopes);
        }
        drop(query);
        Ok(Self {
            address,
            redirect_uri,
            issuers: vec![sign_in.authorize.origin()],
            state: state.to_string(),
            verifier: SecretString::from(verifier.as_str()),
        })
    }

    /// The same, where the server may go by the host of its token endpoint as well. The code goes there and nowhere else,
    /// so no other server gets it.
    #[must_use]
    pub fn redeemed_at(mut self, token_endpoint: &BoundAddress) -> Self {
        self.issuers.push(token_endpoint.origin());
        self
    }

    /// What the browser opens. Holds the one-time state, no secret.
    pub fn address(&self) -> &str {
        self.address.as_str()
    }

    /// Where the browser comes back to.
    pub fn redirect_uri(&self) -> &str {
        &self.redirect_uri
    }

    /// Goes with the code to the token endpoint (RFC 7636 section 4.5).
    pub fn verifier(&self) -> SecretString {
        SecretString::from(self.verifier.expose_secret())
    }

    pub(super) fn state(&self) -> &str {
        &self.state
    }

    /// The origins that the server may go by.
    pub(super) fn issuers(&self) -> &[String] {
        &self.issuers
    }
}

impl std::fmt::Debug for Authorization {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut shown = formatter.debug_struct("Authorization");
        shown.field("redirect_uri", &self.redirect_uri).finish_non_exhaustive()
    }
}

fn random_text() -> Result<Zeroizing<String>, SignInError> {
    let mut bytes = Zeroizing::new([0_u8; RANDOM_BYTES]);
    getrandom::fill(bytes.as_mut()).map_err(SignInError::NoRandomness)?;
    Ok(Zeroizing::new(URL_SAFE_NO_PAD.encode(*bytes)))
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use countersign_domain::BoundAddress;

    use super::*;

    fn begun(scopes: Option<&str>) -> Authorization {
        let sign_in = SignIn {
            authorize: BoundAddress::parse("https://hypothes.is/oauth/authorize").unwrap(),
            callback_port: 47_811,
        };
        Authorization::begin(&sign_in, &ClientId::parse("c1").unwrap(), scopes).unwrap()
    }

    fn query(authorization: &Authorization) -> HashMap<String, String> {
        authorization.address.query_pairs().into_owned().collect()
    }

    #[test]
    fn the_address_names_client_callback_state_and_challenge() {
        let authorization = begun(None);
        let query = query(&authorization);
        assert!(
            authorization
                .address()
                .starts_with("https://hypothes.is/oauth/authorize?")
        );
        assert_eq!(query["client_id"], "c1");
        assert_eq!(query["response_type"], "code");
        assert_eq!(query["redirect_uri"], "http://127.0.0.1:47811/callback");
        assert_eq!(query["code_challenge_method"], "S256");
        assert!(
            !query.contains_key("scope"),
            "Hypothesis answers any other scope with a 500 page"
        );
        let verifier = authorization.verifier();
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.expose_secret()));
        assert_eq!(query["code_challenge"], challenge);
        assert!(
            !authorization.address().contains(verifier.expose_secret()),
            "the verifier stays here"
        );
    }

    #[test]
    fn a_state_has_32_random_bytes_and_is_never_used_again() {
        let (one, other) = (begun(Some("control.read")), begun(None));
        assert_eq!(URL_SAFE_NO_PAD.decode(one.state()).unwrap().len(), 32);
        assert_ne!(one.state(), other.state());
        assert_ne!(one.verifier().expose_secret(), other.verifier().expose_secret());
        assert_eq!(query(&one)["scope"], "control.read");
    }

    #[test]
    fn neither_state_nor_verifier_is_printed() {
        let authorization = begun(None);
        let printed = format!("{authorization:?}");
        assert!(!printed.contains(authorization.state()));
        assert!(!printed.contains(authorization.verifier().expose_secret()));
    }
}
