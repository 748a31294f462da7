//! Owns the token request (RFC 6749) and the reading of its answer. Must not know where its form's secrets come from, nor
//! keep what it gets.

use std::time::Duration;

use countersign_domain::{BoundAddress, ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::Value;
use tokio_util::sync::CancellationToken;

use crate::answer::Answer;
use crate::attempt::Subject;
use crate::error::GatewayError;
use crate::form::Form;
use crate::refusal::{self, Refused};
use crate::secret_cell::Fetched;
use crate::transport::Transport;

/// The lifetime assumed where `expires_in` is absent or no number.
const UNSAID_LIFETIME: Duration = Duration::from_secs(300);
/// Longer than any service grants; keeps a nonsense number from meaning "for ever".
const LONGEST_LIFETIME: f64 = 366.0 * 86_400.0;

/// By what a token is asked for; the same words of a refusal mean another thing for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Grant {
    /// RFC 6749 section 4.4.
    ClientCredentials,
    /// RFC 6749 section 4.1.3.
    Code { confidential: bool },
    /// RFC 6749 section 6.
    Refresh { confidential: bool },
    /// RFC 7523.
    Assertion,
}

/// What a token request is made of.
pub(crate) struct TokenRequest<'a> {
    pub(crate) endpoint: &'a BoundAddress,
    pub(crate) grant: Grant,
    pub(crate) form: Form<'a>,
}

/// What a token request brings.
pub(crate) struct Granted {
    pub(crate) access: Fetched,
    pub(crate) refresh: Option<SecretString>,
}

#[derive(Deserialize)]
struct TokenAnswer {
    access_token: SecretString,
    #[serde(default)]
    expires_in: Value,
    #[serde(default)]
    refresh_token: Option<SecretString>,
}

impl TokenRequest<'_> {
    /// An access token, and a refresh token where the endpoint gives one.
    ///
    /// # Errors
    /// `TokenRefused`, `SignedOut`, `TokenUnreadable`, `Cancelled`, or `TokenUnobtained` around what kept the answer away.
    pub(crate) async fn send(
        &self,
        transport: &Transport,
        subject: Subject,
        cancel: &CancellationToken,
    ) -> Result<Granted, GatewayError> {
        let answer = self.form.post(self.endpoint, transport, subject, cancel).await;
        self.read(&answer.map_err(unobtained)?)
    }

    fn read(&self, answer: &Answer) -> Result<Granted, GatewayError> {
        let host = self.endpoint.authority();
        if !(200..300).contains(&answer.status) {
            let (grant, sent) = (self.grant, self.form.secrets());
            return Err(refusal::read(answer, Refused { host, grant, sent }));
        }
        let unreadable = || GatewayError::TokenUnreadable { host: host.clone() };
        let token: TokenAnswer = serde_json::from_slice(&answer.body).map_err(|_| unreadable())?;
        crate::header::bearer(&token.access_token).map_err(|_| unreadable())?;
        let access = Fetched {
            lifetime: lifetime(&token.expires_in),
            value: token.access_token,
        };
        let refresh = token.refresh_token.filter(|token| !token.expose_secret().is_empty());
        Ok(Granted { access, refresh })
    }
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
}
