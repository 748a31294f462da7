//! Owns calls under one connection: the bound address, the pace, the attempts. Must not let anything reach another
//! address, nor know how a credential comes about.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use countersign_domain::{CorrelationId, ErrorCode, Network};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use url::Url;

use crate::answer::{Answer, AnswerStream};
use crate::attempt::Subject;
use crate::call::Call;
use crate::credential::Credential;
use crate::error::GatewayError;
use crate::gateway::Shared;
use crate::pacing::{Gone, Pacer};
use crate::profile::{ConnectionProfile, Rate};
use crate::retry::{self, Attempts, Trouble};
use crate::transport::Outgoing;

/// As much of an answer is read for what it says of waiting.
const WORDS: usize = 4_096;

/// What all clones of one bound gateway share.
pub(crate) struct BoundState {
    pub(crate) profile: ConnectionProfile,
    pub(crate) credential: Arc<Credential>,
    network: Arc<Network>,
    pacer: Pacer,
}

impl BoundState {
    pub(crate) fn new(profile: ConnectionProfile, credential: Arc<Credential>) -> Self {
        Self {
            pacer: Pacer::new(profile.pacing),
            credential,
            network: Arc::new(profile.network.clone()),
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

    /// Makes a call and returns when its answer begins; the same limits hold for the rest. A call that failed in passing
    /// is made again, if it may be: after 429 any, else one that changes nothing.
    ///
    /// # Errors
    /// Every `GatewayError`.
    pub async fn stream(&self, call: Call, cancel: &CancellationToken) -> Result<AnswerStream, GatewayError> {
        let correlation = CorrelationId::random();
        let ready = self.prepare(call, correlation)?;
        let mut attempts = Attempts::new(&ready.call, self.shared.transport.settings());
        let mut renewed = false;
        loop {
            let subject = self.subject(correlation, attempts.begin());
            let (mut outcome, trouble) = match self.once(&ready, &mut attempts, subject, cancel).await {
                Ok(mut made) => {
                    if !renewed && self.refuses_token(&made) {
                        renewed = true;
                        continue;
                    }
                    let trouble = self.trouble(&mut made).await;
                    (Ok(made.answer), trouble)
                }
                Err(error) => {
                    let trouble = retry::without_answer(&error);
                    (Err(error), trouble)
                }
            };
            let Some(wait) = trouble.and_then(|trouble| attempts.wait_after(trouble)) else {
                return outcome;
            };
            if trouble.is_some_and(Trouble::names_wait) {
                self.shared.transport.activity().waits(&self.state.profile.id, wait);
            }
            outcome = Err(GatewayError::Cancelled { sent: false });
            tokio::select! {
                biased;
                () = cancel.cancelled() => return outcome,
                () = tokio::time::sleep(wait) => {}
            }
        }
    }

    /// The rate calls are kept to now: what the service documents, as far as its refusals bear it out.
    pub fn rate(&self) -> Option<Rate> {
        self.state.pacer.rate()
    }

    /// The connection this is bound to.
    pub fn profile(&self) -> &ConnectionProfile {
        &self.state.profile
    }

    pub(crate) fn subject(&self, correlation: CorrelationId, attempt: u32) -> Subject {
        let connection = self.state.profile.id.clone();
        Subject {
            connection,
            network: Arc::clone(&self.state.network),
            correlation,
            attempt,
        }
    }

    /// A call that leaves its bound address is recorded and goes nowhere.
    fn prepare(&self, call: Call, correlation: CorrelationId) -> Result<Ready, GatewayError> {
        let url = self.address(&call).inspect_err(|_| self.refuse(&call, correlation))?;
        let body = call.json.as_ref().map(|json| Bytes::from(json.to_string()));
        Ok(Ready { url, body, call })
    }

    /// The record of a call that was refused here.
    pub(crate) fn refuse(&self, call: &Call, correlation: CorrelationId) {
        let (api, subject) = (&self.state.profile.api, self.subject(correlation, 1));
        let transport = &self.shared.transport;
        let mut attempt = transport.attempt(subject, api, &call.method, &call.path);
        attempt.fail(ErrorCode::OutsideBinding);
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
        attempts: &mut Attempts,
        subject: Subject,
        cancel: &CancellationToken,
    ) -> Result<Made, GatewayError> {
        let gone = self.state.pacer.turn(cancel).await?;
        let kept = self.secret(cancel).await?;
        let outgoing = Outgoing {
            address: &self.state.profile.api,
            url: ready.url.clone(),
            method: ready.call.method.clone(),
            headers: self.headers(&ready.call, kept.as_ref())?,
            body: ready.body.clone(),
            limits: attempts.limits(),
        };
        let began = Instant::now();
        let answer = self.shared.transport.exchange(outgoing, subject, cancel).await;
        attempts.took(began.elapsed());
        let (sought, serial) = kept.map(|kept| (kept.sought, kept.serial)).unzip();
        let answer = answer?.without(sought.flatten());
        Ok(Made { answer, serial, gone })
    }

    /// Whether the access token was refused and another one can be had; it is dropped.
    fn refuses_token(&self, made: &Made) -> bool {
        let (401, Some(serial)) = (made.answer.status(), made.serial) else {
            return false;
        };
        self.state.credential.cell.discard(serial);
        self.renews()
    }

    /// What an answer means for another attempt. The pace learns from a 429; a wait that the service named (429, a used
    /// up quota, an overload) holds every call of the credential.
    async fn trouble(&self, made: &mut Made) -> Option<Trouble> {
        let status = made.answer.status();
        let answer = &mut made.answer;
        let words = match status {
            403 | 429 => answer.peek(WORDS).await,
            _ => Bytes::new(),
        };
        let trouble = retry::of_answer(status, answer.retry_after_seconds(), &words)?;
        let (Trouble::NotDone { seconds } | Trouble::Passing { seconds }) = trouble else {
            return Some(trouble);
        };
        answer.wait_named(seconds);
        if status == 429 {
            self.state.pacer.refused(made.gone);
        }
        if let Some(seconds) = seconds {
            self.state.pacer.pause(Duration::from_secs(seconds.into()));
        }
        Some(trouble)
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

/// An answer, with what it was asked with.
struct Made {
    answer: AnswerStream,
    serial: Option<u64>,
    gone: Gone,
}
