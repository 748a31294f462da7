//! Owns the site's two cookies: the session with its CSRF token, and who is logged in. Must not check passwords.

use std::collections::HashMap;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, Mac as _};
use sha2::Sha256;

use crate::hypothesis::asked::Asked;
use crate::random;

const SESSION: &str = "session";
const AUTHENTICATION: &str = "auth";

/// The CSRF token is derived from the session's cookie, so that a page nobody answers leaves nothing behind.
pub(super) struct Sessions {
    key: String,
    /// Userids by authentication cookie.
    logged_in: HashMap<String, String>,
}

impl Default for Sessions {
    fn default() -> Self {
        Self {
            key: random::token(),
            logged_in: HashMap::new(),
        }
    }
}

impl Sessions {
    /// Who is logged in.
    pub(super) fn userid(&self, asked: &Asked) -> Option<&str> {
        let cookie = asked.cookie(AUTHENTICATION)?;
        self.logged_in.get(cookie).map(String::as_str)
    }

    /// The value of the session's cookie: the one that came, else a new one.
    pub(super) fn session(asked: &Asked) -> String {
        asked.cookie(SESSION).map_or_else(random::token, str::to_owned)
    }

    /// 32 URL-safe characters.
    pub(super) fn csrf_token(&self, session: &str) -> String {
        // A MAC takes a key of any length: the error cannot happen, and a random token would fit no form.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(self.key.as_bytes()) else {
            return random::token();
        };
        mac.update(session.as_bytes());
        let digest = mac.finalize().into_bytes();
        URL_SAFE_NO_PAD.encode(digest.iter().copied().take(24).collect::<Vec<u8>>())
    }

    /// Whether the form that came belongs to the session of the request.
    pub(super) fn accepts(&self, asked: &Asked) -> bool {
        let session = asked.cookie(SESSION);
        session.is_some_and(|session| asked.form("csrf_token") == Some(self.csrf_token(session)))
    }

    /// Logs a person in: the `Set-Cookie` values for it.
    pub(super) fn log_in(&mut self, userid: String) -> [String; 2] {
        let cookie = random::token();
        self.logged_in.insert(cookie.clone(), userid);
        let authentication = format!("{AUTHENTICATION}={cookie}; Max-Age=31536000; Path=/; HttpOnly");
        [authentication, set_session(&random::token())]
    }
}

pub(super) fn set_session(session: &str) -> String {
    format!("{SESSION}={session}; Path=/; HttpOnly; SameSite=Lax")
}
