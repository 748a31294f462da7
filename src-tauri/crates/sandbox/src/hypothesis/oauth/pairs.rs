//! Owns authorization codes and the refresh halves of token pairs, with their lives. Must not know requests.

use std::collections::HashMap;
use std::time::Duration;

use jiff::Timestamp;

use crate::clock::later;
use crate::hypothesis::Token;
use crate::random;

/// Seconds an access token lives (h/services/oauth/service.py).
pub(super) const ACCESS_LIFE_SECONDS: u64 = 60 * 60;
const CODE_LIFE: Duration = Duration::from_secs(10 * 60);
const REFRESH_LIFE: Duration = Duration::from_secs(7 * 24 * 60 * 60);
/// What a refresh token has left once it was used, so that a client may ask again after a lost answer.
const USED_REFRESH_LIFE: Duration = Duration::from_secs(3 * 60);

/// A person's consent, to be exchanged once.
pub(super) struct Code {
    pub(super) userid: String,
    pub(super) client_id: String,
    expires: Timestamp,
}

/// What a refresh token stands for.
#[derive(Clone)]
pub(super) struct Refresh {
    pub(super) userid: String,
    pub(super) client_id: String,
    access_token: String,
    expires: Timestamp,
}

impl Refresh {
    pub(super) fn is_expired(&self, now: Timestamp) -> bool {
        self.expires <= now
    }
}

/// Two tokens that were given together.
pub(super) struct Pair {
    pub(super) access_token: String,
    pub(super) refresh_token: String,
}

#[derive(Default)]
pub(super) struct Pairs {
    codes: HashMap<String, Code>,
    refresh_tokens: HashMap<String, Refresh>,
}

impl Pairs {
    /// A new code for that person; codes past their life are forgotten.
    pub(super) fn add_code(&mut self, userid: String, client_id: String, now: Timestamp) -> String {
        self.codes.retain(|_, code| code.expires >= now);
        let drawn = [random::token(), random::token()].concat();
        let code: String = drawn.chars().filter(char::is_ascii_alphanumeric).take(30).collect();
        let expires = later(now, CODE_LIFE);
        let kept = Code {
            userid,
            client_id,
            expires,
        };
        self.codes.insert(code.clone(), kept);
        code
    }

    /// A code that is known and not past its life.
    pub(super) fn code(&self, code: &str, now: Timestamp) -> Option<&Code> {
        self.codes.get(code).filter(|code| code.expires >= now)
    }

    pub(super) fn burn(&mut self, code: &str) {
        self.codes.remove(code);
    }

    /// A new pair; the access half comes back to be kept among all bearer tokens.
    pub(super) fn add(&mut self, userid: &str, client_id: &str, now: Timestamp) -> (Pair, Token) {
        let pair = Pair {
            access_token: format!("5768-{}", random::token()),
            refresh_token: format!("4657-{}", random::token()),
        };
        let refresh = Refresh {
            userid: userid.to_owned(),
            client_id: client_id.to_owned(),
            access_token: pair.access_token.clone(),
            expires: later(now, REFRESH_LIFE),
        };
        self.refresh_tokens.insert(pair.refresh_token.clone(), refresh);
        let token = Token {
            userid: userid.to_owned(),
            issued: now,
            expires: Some(later(now, Duration::from_secs(ACCESS_LIFE_SECONDS))),
            client_id: Some(client_id.to_owned()),
        };
        (pair, token)
    }

    /// A refresh token that is known, of whatever age.
    pub(super) fn refresh(&self, token: &str) -> Option<&Refresh> {
        self.refresh_tokens.get(token)
    }

    pub(super) fn was_used(&mut self, token: &str, now: Timestamp) {
        if let Some(refresh) = self.refresh_tokens.get_mut(token) {
            refresh.expires = refresh.expires.min(later(now, USED_REFRESH_LIFE));
        }
    }

    #[cfg(feature = "faults")]
    pub(super) fn end_refresh_tokens(&mut self) {
        self.refresh_tokens.clear();
    }

    /// Forgets the pair that either half names; the access token of it comes back.
    pub(super) fn forget(&mut self, token: &str) -> Option<String> {
        let named = |(refresh, kept): (&String, &Refresh)| {
            (refresh == token || kept.access_token == token).then(|| refresh.clone())
        };
        let refresh = self.refresh_tokens.iter().find_map(named)?;
        Some(self.refresh_tokens.remove(&refresh)?.access_token)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(seconds: u64) -> Timestamp {
        later(Timestamp::UNIX_EPOCH, Duration::from_secs(seconds))
    }

    #[test]
    fn a_code_lives_ten_minutes() {
        let mut pairs = Pairs::default();
        let code = pairs.add_code("u".to_owned(), "c".to_owned(), after(0));
        assert_eq!(code.len(), 30);
        assert!(pairs.code(&code, after(600)).is_some());
        assert!(pairs.code(&code, after(601)).is_none());
    }

    #[test]
    fn a_used_refresh_token_has_three_minutes_left_and_never_more() {
        let mut pairs = Pairs::default();
        let (pair, token) = pairs.add("u", "c", after(0));
        assert_eq!(token.expires, Some(after(3600)));
        let expired = |pairs: &Pairs, seconds| pairs.refresh(&pair.refresh_token).unwrap().is_expired(after(seconds));
        assert!(!expired(&pairs, 7 * 86_400 - 1) && expired(&pairs, 7 * 86_400));
        pairs.was_used(&pair.refresh_token, after(0));
        pairs.was_used(&pair.refresh_token, after(100));
        assert!(!expired(&pairs, 179) && expired(&pairs, 180));
    }

    #[test]
    fn either_half_forgets_the_pair() {
        let mut pairs = Pairs::default();
        for half in 0..2 {
            let (pair, _) = pairs.add("u", "c", after(0));
            let halves = [pair.access_token.clone(), pair.refresh_token.clone()];
            assert_eq!(pairs.forget(&halves[half]), Some(pair.access_token));
            assert!(pairs.refresh(&pair.refresh_token).is_none());
        }
    }
}
