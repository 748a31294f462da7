//! Owns the credentials that open the sandbox. Must not print them.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, Mac as _};
use serde::{Deserialize, Serialize};
use sha2::Sha256;

use crate::random;

// The ids of practice in the program, which finds all of its credentials again by one secret.
/// Hyperproof's client ids have 32 characters (hyperproof-api 1.4).
const HYPERPROOF_CLIENT_ID: &str = "c0ffee00c0ffee00c0ffee00c0ffee01";
/// Hypothesis' client ids are UUIDs.
const HYPOTHESIS_CLIENT_ID: &str = "00000000-0000-1000-8000-00000000c0de";
const HYPOTHESIS_OAUTH_CLIENT_ID: &str = "00000000-0000-1000-8000-00000000cafe";
const HYPOTHESIS_GRANT_CLIENT_ID: &str = "00000000-0000-1000-8000-00000000f00d";
/// One fixed port: Hypothesis compares the whole address (hypothesis-api 0.8).
const REDIRECT_URI: &str = "http://127.0.0.1:47811/callback";
const HYPERPROOF_EMAIL: &str = "morgan.reyes@practice.example";
const USERNAME: &str = "practice_reader";
const AUTHORITY: &str = "practice.example";

/// What a connection to the sandbox needs; opens nothing else.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PracticeCredentials {
    /// Client id for Hyperproof's token endpoint.
    pub hyperproof_client_id: String,
    /// Its secret.
    pub hyperproof_secret: String,
    /// Who can sign in to Hyperproof in a browser.
    pub hyperproof_email: String,
    /// That person's password.
    pub hyperproof_password: String,
    /// Client id for Hypothesis' HTTP Basic; a UUID.
    pub hypothesis_client_id: String,
    /// Its secret.
    pub hypothesis_secret: String,
    /// A person's token, `6879-…`.
    pub hypothesis_personal_token: String,
    /// The authority whose accounts the Hypothesis client administers.
    pub authority: String,
    /// Client id for Hypothesis' OAuth sign-in; public, so there is no secret.
    pub hypothesis_oauth_client_id: String,
    /// Where that client, and Hyperproof's sign-in, send the person back to.
    pub hypothesis_redirect_uri: String,
    /// Who can log in to Hypothesis' site; the owner of the personal token.
    pub hypothesis_username: String,
    /// That person's password.
    pub hypothesis_password: String,
    /// Client id for JWT assertions.
    pub hypothesis_grant_client_id: String,
    /// The secret that signs them.
    pub hypothesis_grant_secret: String,
}

impl PracticeCredentials {
    /// New credentials that nobody can guess, the ids of the clients among them.
    pub fn random() -> Self {
        Self {
            hyperproof_client_id: random::hexadecimal(),
            hypothesis_client_id: random::client_uuid(),
            hypothesis_oauth_client_id: random::client_uuid(),
            hypothesis_grant_client_id: random::client_uuid(),
            ..Self::from_secret(&random::token())
        }
    }

    /// The credentials that belong to one practice secret: the ids are fixed, the secrets are derived from it
    /// (HMAC-SHA-256), so that one entry in a keychain is enough to find them again.
    pub fn from_secret(secret: &str) -> Self {
        Self {
            hyperproof_client_id: HYPERPROOF_CLIENT_ID.to_owned(),
            hyperproof_secret: derived(secret, "hyperproof secret"),
            hyperproof_email: HYPERPROOF_EMAIL.to_owned(),
            hyperproof_password: derived(secret, "hyperproof password"),
            hypothesis_client_id: HYPOTHESIS_CLIENT_ID.to_owned(),
            hypothesis_secret: derived(secret, "hypothesis secret"),
            hypothesis_personal_token: format!("6879-{}", derived(secret, "hypothesis personal token")),
            authority: AUTHORITY.to_owned(),
            hypothesis_oauth_client_id: HYPOTHESIS_OAUTH_CLIENT_ID.to_owned(),
            hypothesis_redirect_uri: REDIRECT_URI.to_owned(),
            hypothesis_username: USERNAME.to_owned(),
            hypothesis_password: derived(secret, "hypothesis password"),
            hypothesis_grant_client_id: HYPOTHESIS_GRANT_CLIENT_ID.to_owned(),
            hypothesis_grant_secret: derived(secret, "hypothesis grant secret"),
        }
    }
}

fn derived(secret: &str, purpose: &str) -> String {
    // A MAC takes a key of any length: the error cannot happen, and without a key nothing would match anyway.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else {
        return random::token();
    };
    mac.update(purpose.as_bytes());
    URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes())
}

impl fmt::Debug for PracticeCredentials {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("PracticeCredentials")
            .field("authority", &self.authority)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_secret_gives_the_same_credentials_again() {
        assert_eq!(
            PracticeCredentials::from_secret("a"),
            PracticeCredentials::from_secret("a")
        );
        let (one, other) = (
            PracticeCredentials::from_secret("a"),
            PracticeCredentials::from_secret("b"),
        );
        assert_ne!(one.hyperproof_secret, other.hyperproof_secret);
        assert_ne!(one.hypothesis_secret, one.hyperproof_secret, "each purpose has its own");
    }

    #[test]
    fn random_ones_have_ids_of_their_own_in_the_services_form() {
        let (one, other) = (PracticeCredentials::random(), PracticeCredentials::random());
        let id = &one.hyperproof_client_id;
        assert_ne!(id, &other.hyperproof_client_id);
        assert!(
            id.len() == 32 && id.bytes().all(|digit| digit.is_ascii_hexdigit()),
            "{id}"
        );
        let of_hypothesis = |credentials: PracticeCredentials| {
            [
                credentials.hypothesis_client_id,
                credentials.hypothesis_oauth_client_id,
                credentials.hypothesis_grant_client_id,
            ]
        };
        let all = [of_hypothesis(one), of_hypothesis(other)].concat();
        let distinct: std::collections::BTreeSet<_> = all.iter().collect();
        assert_eq!(distinct.len(), 6, "{all:?}");
        for id in &all {
            let version = id.parse::<uuid::Uuid>().unwrap().get_version_num();
            assert_eq!(version, 1, "{id}");
        }
    }

    #[test]
    fn nothing_secret_is_printed() {
        let credentials = PracticeCredentials::random();
        let printed = format!("{credentials:?}");
        assert!(!printed.contains(&credentials.hypothesis_secret));
        assert!(!printed.contains(&credentials.hypothesis_personal_token));
        assert!(!printed.contains(&credentials.hypothesis_password));
        assert!(!printed.contains(&credentials.hyperproof_password));
    }
}
