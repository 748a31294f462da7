//! Owns forms as OAuth endpoints take them (RFC 6749 appendix B), and their one way out. Must not leave a copy of a secret
//! behind, nor send one anywhere but to the endpoint it is given.

use std::time::Duration;

use bytes::Bytes;
use countersign_domain::{BoundAddress, ClientId, ExposeSecret, SecretString};
use http::header::{ACCEPT, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue, Method};
use secrecy::zeroize::Zeroizing;
use tokio_util::sync::CancellationToken;
use url::form_urlencoded;

use crate::answer::Answer;
use crate::attempt::Subject;
use crate::call::CallLimits;
use crate::error::GatewayError;
use crate::transport::{Outgoing, Transport};

const LARGEST_ANSWER: u64 = 256 * 1024;
const LONGEST_WAIT: Duration = Duration::from_secs(60);

/// A form under way.
#[derive(Default)]
pub(crate) struct Form<'a> {
    fields: Vec<(&'static str, &'a str)>,
    secrets: Vec<&'a SecretString>,
}

impl<'a> Form<'a> {
    /// A form that asks for tokens by this grant (RFC 6749 section 4).
    pub(crate) fn of_grant(grant_type: &'a str) -> Self {
        Self::default().with("grant_type", grant_type)
    }

    /// The same with one more field.
    #[must_use]
    pub(crate) fn with(mut self, name: &'static str, value: &'a str) -> Self {
        self.fields.push((name, value));
        self
    }

    /// The same with a field that no answer may repeat.
    #[must_use]
    pub(crate) fn with_secret(mut self, name: &'static str, value: &'a SecretString) -> Self {
        self.secrets.push(value);
        self.with(name, value.expose_secret())
    }

    /// The same with the client, and its secret where it has one (RFC 6749 section 2.3.1).
    #[must_use]
    pub(crate) fn with_client(self, id: &'a ClientId, secret: Option<&'a SecretString>) -> Self {
        let form = self.with("client_id", id.as_str());
        match secret {
            Some(secret) => form.with_secret("client_secret", secret),
            None => form,
        }
    }

    /// What no answer may repeat.
    pub(crate) fn secrets(&self) -> &[&'a SecretString] {
        &self.secrets
    }

    /// The form as it is sent. The whole is reserved at once, so that no outgrown copy of a secret stays in memory.
    pub(crate) fn body(&self) -> Bytes {
        let room = |(name, value): &(&str, &str)| 2 + name.len() + 3 * value.len();
        let mut form = form_urlencoded::Serializer::new(String::with_capacity(self.fields.iter().map(room).sum()));
        form.extend_pairs(&self.fields);
        Bytes::from_owner(Zeroizing::new(form.finish().into_bytes()))
    }

    /// The endpoint's whole answer, of any status but a redirect.
    ///
    /// # Errors
    /// What kept the answer away.
    pub(crate) async fn post(
        &self,
        endpoint: &BoundAddress,
        transport: &Transport,
        subject: Subject,
        cancel: &CancellationToken,
    ) -> Result<Answer, GatewayError> {
        let outgoing = Outgoing {
            address: endpoint,
            url: endpoint.as_url().clone(),
            method: Method::POST,
            headers: headers(),
            body: Some(self.body()),
            limits: CallLimits {
                total: Some(LONGEST_WAIT),
                body: Some(LARGEST_ANSWER),
                idle: None,
            },
        };
        transport.exchange(outgoing, subject, cancel).await?.collect().await
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_carries_a_secret_of_any_characters() {
        let id = ClientId::parse("id 1").unwrap();
        let secret = SecretString::from("a&b=c:+%\r\n🗝");
        let form = Form::of_grant("client_credentials").with_client(&id, Some(&secret));
        assert_eq!(
            form.with("scope", "control.read user.read").body(),
            "grant_type=client_credentials&client_id=id+1&client_secret=a%26b%3Dc%3A%2B%25%0D%0A%F0%9F%97%9D&scope=control.read+user.read"
        );
    }

    #[test]
    fn a_public_client_sends_its_id_alone() {
        let id = ClientId::parse("a").unwrap();
        let form = Form::of_grant("refresh_token").with_client(&id, None);
        assert_eq!(form.body(), "grant_type=refresh_token&client_id=a");
        assert!(form.secrets().is_empty());
    }
}
