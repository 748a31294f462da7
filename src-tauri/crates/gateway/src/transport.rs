//! Owns the one place where a request leaves. Must not know a credential's kind or a service.

use std::sync::Arc;

use bytes::Bytes;
use countersign_domain::{BoundAddress, Clock};
use http::header::{CONTENT_TYPE, LOCATION, RETRY_AFTER};
use http::{HeaderMap, Method};
use reqwest::Response;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use url::Url;

use crate::answer::{AnswerStream, Bounds, Head};
use crate::attempt::{Attempt, Subject};
use crate::call::CallLimits;
use crate::classification;
use crate::clients::{Clients, Line};
use crate::error::GatewayError;
use crate::fault::Phase;
use crate::ports::ActivitySink;
use crate::settings::GatewaySettings;

/// A request as it leaves.
pub(crate) struct Outgoing<'a> {
    pub(crate) address: &'a BoundAddress,
    pub(crate) url: Url,
    pub(crate) method: Method,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Option<Bytes>,
    pub(crate) limits: CallLimits,
}

/// The way out.
pub(crate) struct Transport {
    settings: GatewaySettings,
    clock: Arc<dyn Clock>,
    activity: Arc<dyn ActivitySink>,
    clients: Clients,
}

impl Transport {
    pub(crate) fn new(
        settings: GatewaySettings,
        clock: Arc<dyn Clock>,
        activity: Arc<dyn ActivitySink>,
        clients: Clients,
    ) -> Self {
        Self {
            settings,
            clock,
            activity,
            clients,
        }
    }

    /// Sends a request once and returns when its answer begins. Nothing is followed and nothing repeated.
    pub(crate) async fn exchange(
        &self,
        outgoing: Outgoing<'_>,
        subject: Subject,
        cancel: &CancellationToken,
    ) -> Result<AnswerStream, GatewayError> {
        let (correlation, origin) = (subject.correlation, subject.clone());
        let mut attempt = self.attempt(subject, outgoing.address, &outgoing.method, outgoing.url.path());
        let bounds = self.bounds(&outgoing, cancel);
        let outcome = self.answered(outgoing, &origin, &bounds).await;
        match outcome {
            Ok(response) => {
                attempt.answered(response.status().as_u16());
                let head = Head {
                    status: response.status().as_u16(),
                    content_type: text(response.headers(), CONTENT_TYPE.as_str()),
                    retry_after_seconds: self.retry_after(response.headers()),
                    correlation,
                };
                Ok(AnswerStream::new(head, response, bounds, attempt))
            }
            Err(error) => {
                attempt.fail(error.code());
                Err(error)
            }
        }
    }

    pub(crate) fn settings(&self) -> &GatewaySettings {
        &self.settings
    }

    /// Who hears of calls.
    pub(crate) fn activity(&self) -> &dyn ActivitySink {
        &*self.activity
    }

    /// The ways out, for who walks them step by step.
    pub(crate) fn clients(&self) -> &Clients {
        &self.clients
    }

    /// The record of a call to `address` that begins now.
    pub(crate) fn attempt(&self, subject: Subject, address: &BoundAddress, method: &Method, path: &str) -> Attempt {
        let place = (&*address.authority(), path);
        Attempt::start(&self.activity, &*self.clock, subject, method, place)
    }

    async fn answered(
        &self,
        outgoing: Outgoing<'_>,
        subject: &Subject,
        bounds: &Bounds,
    ) -> Result<Response, GatewayError> {
        if bounds.cancel.is_cancelled() {
            return Err(GatewayError::Cancelled { sent: false });
        }
        let line = self.line_for(&outgoing, subject, &bounds.cancel).await?;
        let base = outgoing.url.clone();
        let mut request = line
            .client
            .request(outgoing.method, outgoing.url)
            .headers(outgoing.headers);
        if let Some(body) = outgoing.body {
            request = request.body(body);
        }
        let response = bounds.hold(Phase::Answer, request.send()).await?;
        let response = response.map_err(|error| {
            if error.is_connect() {
                self.clients.look_again();
            }
            classification::without_answer(error, &bounds.host, &line.route)
        })?;
        if response.status().is_redirection() {
            return Err(redirected(&response, &base, &bounds.host));
        }
        if response.content_length().is_some_and(|length| length > bounds.body) {
            return Err(bounds.too_large());
        }
        Ok(response)
    }

    /// The bound address is checked once more here, so that no way of building a URL leads elsewhere.
    async fn line_for(
        &self,
        outgoing: &Outgoing<'_>,
        subject: &Subject,
        cancel: &CancellationToken,
    ) -> Result<Line, GatewayError> {
        let (address, url) = (outgoing.address, &outgoing.url);
        let secure = url.scheme() == "https" || (url.scheme() == "http" && address.is_loopback());
        if !address.contains(url) || !secure {
            return Err(GatewayError::OutsideBinding { source: None });
        }
        let whose = (&subject.connection, &*subject.network);
        self.clients.line(whose, address, cancel).await
    }

    fn bounds(&self, outgoing: &Outgoing<'_>, cancel: &CancellationToken) -> Bounds {
        let (limits, timeouts) = (outgoing.limits, self.settings.timeouts);
        let total = limits.total.unwrap_or(timeouts.total);
        Bounds {
            host: outgoing.address.authority(),
            idle: limits.idle.unwrap_or(timeouts.idle),
            deadline: Instant::now() + total,
            body: limits.body.unwrap_or(self.settings.body_limit),
            cancel: cancel.clone(),
        }
    }

    fn retry_after(&self, headers: &HeaderMap) -> Option<u32> {
        let value = text(headers, RETRY_AFTER.as_str())?;
        let value = value.trim();
        if value.bytes().all(|byte| byte.is_ascii_digit()) {
            return value
                .parse::<u64>()
                .ok()
                .map(|seconds| u32::try_from(seconds).unwrap_or(u32::MAX));
        }
        let date = jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(value).ok()?;
        let seconds = date.as_second().saturating_sub(self.clock.now().as_second());
        Some(u32::try_from(seconds.max(0)).unwrap_or(u32::MAX))
    }
}

fn text(headers: &HeaderMap, name: &str) -> Option<String> {
    headers.get(name)?.to_str().ok().map(str::to_owned)
}

/// Only the origin is named: the rest of a redirect's target may hold anything.
fn redirected(response: &Response, base: &Url, host: &str) -> GatewayError {
    let target = text(response.headers(), LOCATION.as_str()).and_then(|location| base.join(&location).ok());
    let to = target.map(|url| match url.host_str() {
        Some(_) if url.origin().is_tuple() => url.origin().ascii_serialization(),
        _ => format!("{}:", url.scheme()),
    });
    let host = host.to_owned();
    GatewayError::Redirected { host, to }
}
