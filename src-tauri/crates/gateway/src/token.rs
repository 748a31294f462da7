//! Owns the token request (RFC 6749 section 4.4) and the reading of its answer. Must not send the secret anywhere but
//! to the token endpoint, nor keep what it gets.

use std::time::Duration;

use bytes::Bytes;
use countersign_domain::{BoundAddress, ClientId, ExposeSecret, SecretString};
use http::header::{ACCEPT, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue, Method};
use secrecy::zeroize::Zeroizing;
use serde::Deserialize;
use serde_json::Value;
use tokio_util::sync::CancellationToken;
use url::form_urlencoded;

use crate::answer::Answer;
use crate::attempt::Subject;
use crate::call::CallLimits;
use crate::error::GatewayError;
use crate::refusal;
use crate::secret_cell::Fetched;
use crate::transport::{Outgoing, Transport};

/// The lifetime assumed where `expires_in` is absent or no number.
const UNSAID_LIFETIME: Duration = Duration::from_secs(300);
/// Longer than any service grants; keeps a nonsense number from meaning "for ever".
const LONGEST_LIFETIME: f64 = 366.0 * 86_400.0;
const LARGEST_ANSWER: u64 = 256 * 1024;
const LONGEST_WAIT: Duration = Duration::from_secs(60);

/// What a token request is made of.
pub(crate) struct TokenRequest<'a> {
    pub(crate) endpoint: &'a BoundAddress,
    pub(crate) client_id: &'a ClientId,
    pub(crate) secret: &'a SecretString,
    pub(crate) scopes: Option<&'a str>,
}

#[derive(Deserialize)]
struct TokenAnswer {
    access_token: SecretString,
    #[serde(default)]
    expires_in: Value,
}

impl TokenRequest<'_> {
    /// An access token.
    ///
    /// # Errors
    /// `TokenRefused`, `TokenUnreadable`, `Cancelled`, or `TokenUnobtained` around what kept the answer away.
    pub(crate) async fn send(
        &self,
        transport: &Transport,
        subject: Subject,
        cancel: &CancellationToken,
    ) -> Result<Fetched, GatewayError> {
        let outgoing = Outgoing {
            address: self.endpoint,
            url: self.endpoint.as_url().clone(),
            method: Method::POST,
            headers: headers(),
            body: Some(self.form()),
            limits: CallLimits {
                total: Some(LONGEST_WAIT),
                body: Some(LARGEST_ANSWER),
                idle: None,
            },
        };
        let stream = transport
            .exchange(outgoing, subject, cancel)
            .await
            .map_err(unobtained)?;
        let answer = stream.collect().await.map_err(unobtained)?;
        self.read(&answer)
    }

    fn form(&self) -> Bytes {
        let secret = self.secret.expose_secret();
        // The whole is reserved at once, so that no outgrown copy of the secret stays behind in memory.
        let room = 200 + 3 * (secret.len() + self.client_id.as_str().len() + self.scopes.map_or(0, str::len));
        let mut form = form_urlencoded::Serializer::new(String::with_capacity(room));
        form.append_pair("grant_type", "client_credentials")
            .append_pair("client_id", self.client_id.as_str())
            .append_pair("client_secret", secret);
        if let Some(scopes) = self.scopes.map(str::trim).filter(|scopes| !scopes.is_empty()) {
            form.append_pair("scope", scopes);
        }
        Bytes::from_owner(Zeroizing::new(form.finish().into_bytes()))
    }

    fn read(&self, answer: &Answer) -> Result<Fetched, GatewayError> {
        let host = self.endpoint.authority();
        if !(200..300).contains(&answer.status) {
            return Err(refusal::read(answer, host, self.secret));
        }
        let unreadable = || GatewayError::TokenUnreadable { host: host.clone() };
        let token: TokenAnswer = serde_json::from_slice(&answer.body).map_err(|_| unreadable())?;
        crate::header::bearer(&token.access_token).map_err(|_| unreadable())?;
        Ok(Fetched {
            lifetime: lifetime(&token.expires_in),
            value: token.access_token,
        })
    }
}

fn headers() -> HeaderMap {
    HeaderMap::from_iter([
        (ACCEPT, HeaderValue::from_static("application/json")),
        (
            CONTENT_TYPE,
            HeaderValue::from_static("application/x-www-form-urlencoded"),
        ),
    ])
}

/// Nothing of the call itself has left while its token was asked for.
fn unobtained(error: GatewayError) -> GatewayError {
    if matches!(error, GatewayError::Cancelled { .. }) {
        GatewayError::Cancelled { sent: false }
    } else {
        GatewayError::TokenUnobtained(Box::new(error))
    }
}

/// Hypothesis sends `3600.0`, others `3600` or `"3600"`.
fn lifetime(expires_in: &Value) -> Duration {
    let seconds = match expires_in {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.trim().parse::<f64>().ok(),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    };
    seconds
        .filter(|seconds| seconds.is_finite() && *seconds > 0.0)
        .map_or(UNSAID_LIFETIME, |seconds| {
            Duration::from_secs_f64(seconds.min(LONGEST_LIFETIME))
        })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_lifetime_is_read_whatever_its_type() {
        for (value, seconds) in [
            (json!(3600), 3_600),
            (json!(3600.0), 3_600),
            (json!("900"), 900),
            (json!(" 900.0 "), 900),
            (Value::Null, 300),
            (json!("soon"), 300),
            (json!("NaN"), 300),
            (json!(-1), 300),
            (json!(0), 300),
            (json!([3600]), 300),
            (json!(1e300), 366 * 86_400),
        ] {
            assert_eq!(lifetime(&value).as_secs(), seconds, "{value}");
        }
    }

    #[test]
    fn the_form_carries_a_secret_of_any_characters() {
        let endpoint = BoundAddress::parse("https://accounts.example.com/oauth/token").unwrap();
        let client_id = ClientId::parse("id 1").unwrap();
        let secret = SecretString::from("a&b=c:+%🗝");
        let request = |scopes| {
            let (endpoint, client_id, secret) = (&endpoint, &client_id, &secret);
            TokenRequest {
                endpoint,
                client_id,
                secret,
                scopes,
            }
            .form()
        };
        assert_eq!(
            request(Some(" control.read user.read ")),
            "grant_type=client_credentials&client_id=id+1&client_secret=a%26b%3Dc%3A%2B%25%F0%9F%97%9D&scope=control.read+user.read"
        );
        assert!(
            !request(Some("  ")).ends_with(b"scope="),
            "no scope is asked for by leaving it out"
        );
    }
}
