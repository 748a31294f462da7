//! Owns calls by the HTTP library that the gateway stands on, so that what it costs is told from what the gateway adds.
//! Must not check, limit, record or retry.

use anyhow::{Result, ensure};
use bytes::Bytes;
use http::StatusCode;
use http::header::{ACCEPT, AUTHORIZATION};
use url::Url;

use crate::server::TOKEN;

/// A client with the library's own settings, but for the proxy, which is none.
pub(crate) struct Client {
    client: reqwest::Client,
    url: Url,
}

impl Client {
    /// A client for `origin`.
    ///
    /// # Errors
    /// When it cannot be built.
    pub(crate) fn new(origin: &Url) -> Result<Self> {
        Ok(Self {
            client: reqwest::Client::builder().no_proxy().tls_certs_only([]).build()?,
            url: origin.join("/v1/users/me")?,
        })
    }

    /// One call, read to its end.
    ///
    /// # Errors
    /// When the server does not answer with 200.
    pub(crate) async fn call(&self) -> Result<Bytes> {
        let request = self.client.get(self.url.clone()).header(ACCEPT, "application/json");
        let response = request.header(AUTHORIZATION, format!("Bearer {TOKEN}")).send().await?;
        ensure!(response.status() == StatusCode::OK, "the library's call was refused");
        Ok(response.bytes().await?)
    }
}
