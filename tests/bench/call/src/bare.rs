//! Owns the peer: hyper's own connection and nothing around it. Must not check, limit, record or retry.

use anyhow::{Context, Result, ensure};
use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, HOST, USER_AGENT};
use http::{HeaderValue, Request, StatusCode};
use http_body_util::{BodyExt, Empty};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use url::Url;

use crate::server::TOKEN;

/// One connection.
pub(crate) struct Client {
    sender: SendRequest<Empty<Bytes>>,
    host: HeaderValue,
    bearer: HeaderValue,
}

impl Client {
    /// Connects to `origin`.
    ///
    /// # Errors
    /// When nothing listens there.
    pub(crate) async fn connect(origin: &Url) -> Result<Self> {
        let port = origin.port().context("the origin names a port")?;
        let host = format!("{}:{port}", origin.host_str().context("the origin names a host")?);
        let stream = TcpStream::connect(&host).await?;
        stream.set_nodelay(true)?;
        let (sender, connection) = handshake(TokioIo::new(stream)).await?;
        tokio::spawn(connection);
        Ok(Self {
            sender,
            host: HeaderValue::from_str(&host)?,
            bearer: HeaderValue::from_str(&format!("Bearer {TOKEN}"))?,
        })
    }

    /// One call, read to its end.
    ///
    /// # Errors
    /// When the server does not answer with 200.
    pub(crate) async fn call(&mut self) -> Result<Bytes> {
        let request = Request::get("/v1/users/me")
            .header(HOST, &self.host)
            .header(ACCEPT, HeaderValue::from_static("application/json"))
            .header(AUTHORIZATION, &self.bearer)
            .header(USER_AGENT, HeaderValue::from_static("bare/1"))
            .body(Empty::new())?;
        self.sender.ready().await?;
        let response = self.sender.send_request(request).await?;
        ensure!(response.status() == StatusCode::OK, "the bare call was refused");
        Ok(response.into_body().collect().await?.to_bytes())
    }
}
