//! Owns what the browser brings back: the reading of the callback's query, and whether it belongs to a sign-in.
//! Must not repeat any of it in an error.

use std::borrow::Cow;
use std::collections::HashMap;

use countersign_domain::SecretString;
use subtle::ConstantTimeEq as _;
use url::{Url, form_urlencoded};

use super::authorization::Authorization;

/// The longest text taken over from a refusal, in characters.
const LONGEST_WORDS: usize = 300;
/// The most parameters looked at.
const MOST_PARAMETERS: usize = 32;

/// How a person came back.
#[derive(Debug)]
pub enum Returned {
    /// With a code, to be exchanged once.
    Code(SecretString),
    /// The service did not let them in (RFC 6749 section 4.1.2.1). Hypothesis never says so here.
    Refused {
        /// The code of the refusal.
        error: String,
        /// The service's own words.
        description: Option<String>,
    },
}

impl Returned {
    /// Reads a callback's query. `None` for everything that is not this sign-in's own answer: another state, none, one
    /// of another server (RFC 9207), a parameter given twice, neither code nor refusal.
    pub(super) fn read(query: &str, authorization: &Authorization) -> Option<Self> {
        let mut parameters = parameters(query)?;
        let same = parameters
            .get("state")?
            .as_bytes()
            .ct_eq(authorization.state().as_bytes());
        if !bool::from(same) || !is_from(parameters.get("iss"), authorization.issuers()) {
            return None;
        }
        match (parameters.remove("code"), parameters.remove("error")) {
            (Some(code), None) if !code.is_empty() => Some(Self::Code(SecretString::from(code.into_owned()))),
            (None, Some(error)) if !error.is_empty() => Some(Self::Refused {
                error: words(&error),
                description: parameters.remove("error_description").map(|text| words(&text)),
            }),
            _ => None,
        }
    }
}

/// No parameter may stand twice (RFC 6749 section 3.1): which of two would count is a matter of taste.
fn parameters(query: &str) -> Option<HashMap<Cow<'_, str>, Cow<'_, str>>> {
    let mut found = HashMap::new();
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        if found.len() == MOST_PARAMETERS || found.insert(name, value).is_some() {
            return None;
        }
    }
    Some(found)
}

/// Whether the issuer, where one is named, is the server that the person was sent to or that the code goes to.
fn is_from(issuer: Option<&Cow<'_, str>>, origins: &[String]) -> bool {
    issuer.is_none_or(|issuer| {
        Url::parse(issuer).is_ok_and(|issuer| origins.contains(&issuer.origin().ascii_serialization()))
    })
}

fn words(text: &str) -> String {
    let printable = text.chars().filter(|character| !character.is_control());
    printable.take(LONGEST_WORDS).collect()
}

#[cfg(test)]
mod tests {
    use countersign_domain::{BoundAddress, ClientId, ExposeSecret as _, SignIn};

    use super::*;

    fn authorization() -> Authorization {
        let sign_in = SignIn {
            authorize: BoundAddress::parse("https://a.example/oauth/authorize").unwrap(),
            callback_port: 47_811,
        };
        Authorization::begin(&sign_in, &ClientId::parse("c").unwrap(), None).unwrap()
    }

    #[test]
    fn a_code_with_the_own_state_is_taken() {
        let own = authorization();
        let query = format!("code=a%2Fb+c&state={}", own.state());
        let Some(Returned::Code(code)) = Returned::read(&query, &own) else {
            panic!("a code")
        };
        assert_eq!(code.expose_secret(), "a/b c");
    }

    #[test]
    fn a_refusal_with_the_own_state_is_told_in_the_services_words() {
        let own = authorization();
        let query = format!("error=access_denied&error_description=No%0Aentry&state={}", own.state());
        let Some(Returned::Refused { error, description }) = Returned::read(&query, &own) else {
            panic!("a refusal")
        };
        assert_eq!(
            (error.as_str(), description.as_deref()),
            ("access_denied", Some("Noentry"))
        );
    }

    #[test]
    fn whatever_belongs_to_another_sign_in_is_not_taken() {
        let (own, other) = (authorization(), authorization());
        let (state, others) = (own.state(), other.state());
        let many = "x=1&".repeat(3);
        for query in [
            String::new(),
            "code=c".to_owned(),
            "code=c&state=".to_owned(),
            format!("code=c&state={others}"),
            format!("code=c&state={state}x"),
            format!("state={state}"),
            format!("code=&state={state}"),
            format!("code=c&code=d&state={state}"),
            format!("code=c&state={state}&state={state}"),
            format!("code=c&error=denied&state={state}"),
            format!("{many}code=c&state={state}"),
            format!("error=access_denied&state={others}"),
        ] {
            assert!(Returned::read(&query, &own).is_none(), "{query}");
        }
    }

    #[test]
    fn a_code_of_another_server_is_not_taken() {
        let own = authorization();
        let from = |issuer: &str| Returned::read(&format!("code=c&state={}&iss={issuer}", own.state()), &own);
        assert!(from("https%3A%2F%2Fa.example").is_some());
        assert!(from("https%3A%2F%2Fb.example").is_none());
        assert!(from("nonsense").is_none());
    }

    #[test]
    fn a_server_may_go_by_the_host_of_its_token_endpoint_and_by_no_other() {
        let token = BoundAddress::parse("https://accounts.example/oauth/token").unwrap();
        let own = authorization().redeemed_at(&token);
        let from = |issuer: &str| Returned::read(&format!("code=c&state={}&iss={issuer}", own.state()), &own);
        assert!(from("https%3A%2F%2Faccounts.example%2F").is_some());
        assert!(from("https%3A%2F%2Fa.example").is_some());
        for other in [
            "https%3A%2F%2Fb.example",
            "http%3A%2F%2Faccounts.example",
            "https%3A%2F%2Faccounts.example%3A8443",
            "https%3A%2F%2Faccounts.example.evil.example",
            "null",
        ] {
            assert!(from(other).is_none(), "{other}");
        }
    }
}
