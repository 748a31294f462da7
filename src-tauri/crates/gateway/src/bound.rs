//! Owns calls under one connection: the bound address, the pace, the one new try after a 401. Must not let anything
//! reach another address, nor know how a credential comes about. Retries of idempotent calls will stand in `stream`,
//! around `once`.

use std::sync::Arc;

use bytes::Bytes;
use countersign_domain::CorrelationId;
use tokio_util::sync::CancellationToken;
use url::Url;

use crate::answer::{Answer, AnswerStream};
use crate::attempt::Subject;
use crate::call::Call;
use crate::error::GatewayError;
use crate::gateway::Shared;
use crate::pacing::Pacer;
use crate::profile::{ConnectionProfile, Rate};
use crate::secret_cell::SecretCell;
use crate::transport::Outgoing;

/// What all clones of one bound gateway share.
pub(crate) struct BoundState {
    pub(crate) profile: ConnectionProfile,
    pub(crate) cell: SecretCell,
    pacer: Option<Pacer>,
}

impl BoundState {
    pub(crate) fn new(profile: ConnectionProfile) -> Self {
        Self {
            pacer: profile.pacing.and_then(Pacer::new),
            cell: SecretCell::default(),
            profile,
        }
    }
}

/// The gateway for one connection. Cheap to clone; clones share access token and pace.
#[derive(Clone)]
pub struct BoundGateway {
    pub(crate) shared: Arc<Shared>,
    pub(crate) state: Arc<BoundState>,
}

impl BoundGateway {
    pub(crate) fn new(shared: Arc<Shared>, state: Arc<BoundState>) -> Self {
        Self { shared, state }
    }

    /// Makes a call and reads its answer to the end. Any status of 2xx, 4xx and 5xx is an answer.
    ///
    /// # Errors
    /// Every `GatewayError`.
    pub async fn send(&self, call: Call, cancel: &CancellationToken) -> Result<Answer, GatewayError> {
        self.stream(call, cancel).await?.collect().await
    }

    /// Makes a call and returns when its answer begins; the same limits hold for the rest.
    ///
    /// # Errors
    /// Every `GatewayError`.
    pub async fn stream(&self, call: Call, cancel: &CancellationToken) -> Result<AnswerStream, GatewayError> {
        let correlation = CorrelationId::random();
        let ready = self.prepare(call, correlation)?;
        let (answer, serial) = self.once(&ready, self.subject(correlation, 1), cancel).await?;
        let (401, Some(serial)) = (answer.status(), serial) else {
            return Ok(answer);
        };
        self.state.cell.discard(serial);
        if !self.renews() {
            return Ok(answer);
        }
        drop(answer);
        let (answer, _) = self.once(&ready, self.subject(correlation, 2), cancel).await?;
        Ok(answer)
    }

    /// The rate calls are kept to.
    pub fn rate(&self) -> Option<Rate> {
        self.state.pacer.as_ref().map(Pacer::rate)
    }

    /// The connection this is bound to.
    pub fn profile(&self) -> &ConnectionProfile {
        &self.state.profile
    }

    pub(crate) fn subject(&self, correlation: CorrelationId, attempt: u32) -> Subject {
        let connection = self.state.profile.id.clone();
        Subject {
            connection,
            correlation,
            attempt,
        }
    }

    /// A call that leaves its bound address is recorded and goes nowhere.
    fn prepare(&self, call: Call, correlation: CorrelationId) -> Result<Ready, GatewayError> {
        let api = &self.state.profile.api;
        let url = self.address(&call).inspect_err(|error| {
            let subject = self.subject(correlation, 1);
            let transport = &self.shared.transport;
            transport
                .attempt(subject, api, &call.method, &call.path)
                .fail(error.code());
        })?;
        let body = call.json.as_ref().map(|json| Bytes::from(json.to_string()));
        Ok(Ready { url, body, call })
    }

    /// The path must be written as it is sent: a parser that has to mend it (dot segments, tabs) could be led elsewhere.
    fn address(&self, call: &Call) -> Result<Url, GatewayError> {
        let api = &self.state.profile.api;
        let query: Vec<(&str, &str)> = call.query.iter().map(|(name, value)| (&**name, &**value)).collect();
        let url = api
            .join(&call.path, &query)
            .map_err(|fault| GatewayError::OutsideBinding { source: Some(fault) })?;
        if url.path() == format!("{}{}", api.base_path(), call.path) {
            Ok(url)
        } else {
            Err(GatewayError::OutsideBinding { source: None })
        }
    }

    /// One request, in its turn, with a credential that is good now.
    async fn once(
        &self,
        ready: &Ready,
        subject: Subject,
        cancel: &CancellationToken,
    ) -> Result<(AnswerStream, Option<u64>), GatewayError> {
        if let Some(pacer) = &self.state.pacer {
            pacer.turn(cancel).await?;
        }
        let kept = self.secret(cancel).await?;
        let outgoing = Outgoing {
            address: &self.state.profile.api,
            url: ready.url.clone(),
            method: ready.call.method.clone(),
            headers: self.headers(&ready.call, kept.as_ref())?,
            body: ready.body.clone(),
            limits: ready.call.limits.unwrap_or_default(),
        };
        let answer = self.shared.transport.exchange(outgoing, subject, cancel).await?;
        let (sent, serial) = kept.map(|kept| (kept.value, kept.serial)).unzip();
        Ok((answer.without(sent), serial))
    }
}

impl std::fmt::Debug for BoundGateway {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("BoundGateway")
            .field("profile", &self.state.profile)
            .finish_non_exhaustive()
    }
}

/// A call whose address was checked and whose body was written.
struct Ready {
    url: Url,
    body: Option<Bytes>,
    call: Call,
}
