//! Owns the requests that a person makes by hand: documented GETs of the connection's own service, by path and query.
//! Must not send anything but a GET, nor a path that the service does not document.
//!
//! Source: hypothesis-api section 3 and the index of the server itself, hyperproof-api sections 3 to 5.

mod curl;
mod documented;
mod hyperproof;
mod hypothesis;
mod index;
mod template;

use countersign_domain::{ErrorCode, Failure, Field, Service};
use countersign_gateway::{Answer, Authentication, BoundGateway, Call, CallLimits, ConnectionProfile, GatewayError};
use tokio_util::sync::CancellationToken;

use crate::error::ServiceError;
use crate::hyperproof::refusal::Asked;
use crate::received::Received;

pub use documented::Documented;
use template::Written;

/// The largest answer read, in bytes.
pub const LARGEST_ANSWER: u64 = 8 * 1024 * 1024;
/// The most pairs of a query.
const MOST_PAIRS: usize = 50;
/// The longest query, in bytes of names and values.
const LONGEST_QUERY: usize = 8_000;

/// Requests under one connection's credential, to one of its services.
#[derive(Debug, Clone)]
pub struct Requests {
    gateway: BoundGateway,
    service: Service,
}

/// A request that was checked: it is documented and stays below the bound address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentedCall {
    path: String,
    query: Vec<(String, String)>,
    /// The object that a Hyperproof scope for it is likely named after.
    object: &'static str,
}

impl Requests {
    /// Requests to Hyperproof; the bound address ends with `/v1`.
    pub fn hyperproof(gateway: BoundGateway) -> Self {
        let service = Service::Hyperproof;
        Self { gateway, service }
    }

    /// Requests to a Hypothesis server; the bound address ends with `/api`.
    pub fn hypothesis(gateway: BoundGateway) -> Self {
        let service = Service::Hypothesis;
        Self { gateway, service }
    }

    /// Where the requests go, and how they prove who they are.
    pub fn profile(&self) -> &ConnectionProfile {
        self.gateway.profile()
    }

    /// Whether a credential goes along.
    pub fn is_authenticated(&self) -> bool {
        self.profile().authentication != Authentication::Anonymous
    }

    /// The GETs that are documented, as this program knows them.
    pub fn known(&self) -> Vec<Documented> {
        match self.service {
            Service::Hyperproof => hyperproof::known(),
            Service::Hypothesis | Service::Practice => hypothesis::known(),
        }
    }

    /// The GETs that the server itself documents; nothing for a service without an index.
    ///
    /// # Errors
    /// `ServiceError`; what is no index is `AnswerUnreadable`.
    pub async fn index(&self, cancel: &CancellationToken) -> Result<Vec<Documented>, ServiceError> {
        match self.service {
            Service::Hyperproof => Ok(Vec::new()),
            Service::Hypothesis | Service::Practice => index::read(&self.gateway, cancel).await,
        }
    }

    /// Reads a request as it was typed; it must be one of `documented`.
    ///
    /// # Errors
    /// `input-invalid` at the path or the query.
    pub fn checked(
        &self,
        path: &str,
        query: &[(String, String)],
        documented: &[Documented],
    ) -> Result<DocumentedCall, Failure> {
        let written = Written::read(path)?;
        let found = documented.iter().find(|one| one.template().takes(&written));
        let found =
            found.ok_or_else(|| invalid(Field::Path, "is not among the requests that this service documents"))?;
        let length: usize = query.iter().map(|(name, value)| name.len() + value.len()).sum();
        if query.len() > MOST_PAIRS || length > LONGEST_QUERY {
            return Err(invalid(Field::Query, "is longer than any documented request needs"));
        }
        if query.iter().any(|(name, _)| name.trim().is_empty()) {
            return Err(invalid(Field::Query, "has a value without a name"));
        }
        Ok(DocumentedCall {
            path: written.encoded(),
            query: query.to_vec(),
            object: hyperproof::object(&found.resource),
        })
    }

    /// Makes the request, once. Any status is an answer; at most 8 MiB are read.
    ///
    /// # Errors
    /// Every `GatewayError`.
    pub async fn send(&self, request: &DocumentedCall, cancel: &CancellationToken) -> Result<Answer, GatewayError> {
        let mut call = Call::get(request.path.as_str()).accept(self.accept());
        call.query.clone_from(&request.query);
        let limits = CallLimits {
            body: Some(LARGEST_ANSWER),
            ..CallLimits::default()
        };
        self.gateway.send(call.limits(limits), cancel).await
    }

    /// What a status from 400 on means; nothing for any other.
    pub fn meaning(&self, request: &DocumentedCall, answer: &Answer) -> Option<Failure> {
        let received = Received::from(answer);
        if received.status < 400 {
            return None;
        }
        Some(match self.service {
            Service::Hyperproof => crate::hyperproof::refusal::refusal(&received, Asked::Documented(request.object)),
            Service::Hypothesis | Service::Practice => crate::hypothesis::refusal::refusal(&received),
        })
    }

    /// The request as commands of a POSIX shell that read the secret from `COUNTERSIGN_SECRET` and show it to nobody.
    ///
    /// # Errors
    /// `outside-binding` where the path does not stay below the bound address.
    pub fn as_curl(&self, request: &DocumentedCall) -> Result<String, Failure> {
        curl::command(self.profile(), self.accept(), request)
    }

    fn accept(&self) -> &'static str {
        match self.service {
            Service::Hyperproof => "application/json, */*;q=0.5",
            Service::Hypothesis | Service::Practice => crate::hypothesis::ACCEPT,
        }
    }
}

fn invalid(field: Field, why: &str) -> Failure {
    let what = if field == Field::Query { "query" } else { "path" };
    let words = format!("Nothing was sent: this {what} {why}. Correct it and send again.");
    Failure::new(ErrorCode::InputInvalid, words).at(field)
}
