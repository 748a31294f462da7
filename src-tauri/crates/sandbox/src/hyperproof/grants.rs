//! Owns what signing in leaves behind: browser sessions, authorization codes, refresh tokens. Must not know requests.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use sha2::{Digest as _, Sha256};

use super::scope::Scopes;
use crate::clock::later;
use crate::random;

/// RFC 6749 section 4.1.2 recommends no more; the real one was not found.
const CODE_LIFE: Duration = Duration::from_secs(10 * 60);
/// Seconds a refresh token lives. The real one was not found (hyperproof-api 1.5).
pub(super) const REFRESH_LIFE_SECONDS: u64 = 30 * 24 * 60 * 60;

/// A person's consent, to be exchanged once.
pub(super) struct Code {
    pub(super) redirect_uri: String,
    pub(super) scopes: Scopes,
    /// `code_challenge` with whether it is hashed (RFC 7636); `None` when none was sent.
    pub(super) challenge: Option<(String, bool)>,
    expires: Timestamp,
}

impl Code {
    pub(super) fn new(redirect_uri: String, scopes: Scopes, challenge: Option<(String, bool)>, now: Timestamp) -> Self {
        Self {
            redirect_uri,
            scopes,
            challenge,
            expires: later(now, CODE_LIFE),
        }
    }

    /// Whether `verifier` is the one that was promised. No client of Hyperproof was seen to promise one; one that does
    /// is held to it.
    pub(super) fn is_verified_by(&self, verifier: Option<&str>) -> bool {
        match &self.challenge {
            None => true,
            Some((challenge, false)) => verifier == Some(challenge),
            Some((challenge, true)) => verifier.is_some_and(|verifier| hashed(verifier) == *challenge),
        }
    }
}

fn hashed(verifier: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes()))
}

struct Refresh {
    scopes: Scopes,
    expires: Timestamp,
}

#[derive(Default)]
pub(super) struct Grants {
    /// Cookies of browsers whose person logged in.
    sessions: HashSet<String>,
    codes: HashMap<String, Code>,
    refresh_tokens: HashMap<String, Refresh>,
}

impl Grants {
    /// Logs a browser in: its cookie.
    pub(super) fn log_in(&mut self) -> String {
        let cookie = random::token();
        self.sessions.insert(cookie.clone());
        cookie
    }

    pub(super) fn is_logged_in(&self, cookie: &str) -> bool {
        self.sessions.contains(cookie)
    }

    pub(super) fn add_code(&mut self, code: Code) -> String {
        let name = random::token();
        self.codes.insert(name.clone(), code);
        name
    }

    /// The code, once. Whoever shows it uses it up, also in vain.
    pub(super) fn take_code(&mut self, code: &str, now: Timestamp) -> Option<Code> {
        self.codes.remove(code).filter(|code| code.expires > now)
    }

    pub(super) fn add_refresh(&mut self, scopes: Scopes, now: Timestamp) -> String {
        let token = random::token();
        let expires = later(now, Duration::from_secs(REFRESH_LIFE_SECONDS));
        self.refresh_tokens.insert(token.clone(), Refresh { scopes, expires });
        token
    }

    /// The scopes of a refresh token, once: of two who show the same one at once, the second gets nothing.
    pub(super) fn take_refresh(&mut self, token: &str, now: Timestamp) -> Option<Scopes> {
        let refresh = self.refresh_tokens.remove(token)?;
        (refresh.expires > now).then_some(refresh.scopes)
    }

    /// Ends every refresh token, as an administrator can.
    #[cfg(feature = "faults")]
    pub(super) fn end_refresh_tokens(&mut self) {
        self.refresh_tokens.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_promised_verifier_must_be_shown() {
        let with = |challenge| Code::new(String::new(), Scopes::new(), challenge, Timestamp::UNIX_EPOCH);
        assert!(with(None).is_verified_by(None) && with(None).is_verified_by(Some("anything")));
        // RFC 7636, appendix B.
        let hashed = with(Some(("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM".to_owned(), true)));
        assert!(hashed.is_verified_by(Some("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")));
        assert!(!hashed.is_verified_by(Some("another")) && !hashed.is_verified_by(None));
    }

    #[test]
    fn a_refresh_token_is_good_once() {
        let mut grants = Grants::default();
        let token = grants.add_refresh(Scopes::new(), Timestamp::UNIX_EPOCH);
        assert!(grants.take_refresh(&token, Timestamp::UNIX_EPOCH).is_some());
        assert!(grants.take_refresh(&token, Timestamp::UNIX_EPOCH).is_none());
    }
}
