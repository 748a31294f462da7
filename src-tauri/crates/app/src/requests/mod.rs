//! Owns the use-cases of the Requests screen: what is documented, one request and its answer, the history, a command for
//! a shell. Must not send what is not documented, nor show a credential.

mod answer;

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use countersign_domain::{ConnectionId, ErrorCode, Failure, Field};
use countersign_gateway::{Answer, GatewayError};
use countersign_register::RequestEntry;
use countersign_services::ServiceError;
use countersign_services::requests::{Documented, DocumentedCall, Requests};
use tokio::time::Instant;

use crate::app::{App, connection_id};
use crate::page::{DocumentedRequest, QueryPair, RequestAnswer, RequestDraft, RequestRemembered};
use crate::registers::{self, blocking};

/// Requests of the history answered at once.
const MOST_REMEMBERED: u32 = 100;

/// What the servers of this run said of themselves, merged with what was known.
#[derive(Debug, Default)]
pub(crate) struct Indexes(Mutex<HashMap<(ConnectionId, String), Vec<Documented>>>);

impl Indexes {
    fn of(&self, id: &ConnectionId, prefix: &str) -> Option<Vec<Documented>> {
        self.lock().get(&(id.clone(), prefix.to_owned())).cloned()
    }

    fn keep(&self, id: &ConnectionId, prefix: &str, documented: Vec<Documented>) {
        self.lock().insert((id.clone(), prefix.to_owned()), documented);
    }

    /// Forgets what was said to `id`.
    pub(crate) fn forget(&self, id: &ConnectionId) {
        self.lock().retain(|(of, _), _| of != id);
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<(ConnectionId, String), Vec<Documented>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One service of a connection. Where there are two (Practice), paths begin with the service's own base path.
struct Place {
    prefix: String,
    requests: Requests,
}

impl Place {
    fn inside<'a>(&self, path: &'a str) -> Option<&'a str> {
        let inside = path.trim().strip_prefix(self.prefix.as_str())?;
        (self.prefix.is_empty() || inside.starts_with('/')).then_some(inside)
    }
}

impl App {
    /// The GETs that the connection's service documents: those known here, and those its own index names. Where the index
    /// cannot be read now, those known here.
    ///
    /// # Errors
    /// `connection-unknown`, or a failure of keychain or practice services.
    pub async fn documented_requests(&self, id: &str) -> Result<Vec<DocumentedRequest>, Failure> {
        let id = connection_id(id)?;
        let mut shown = Vec::new();
        for place in self.places(&id).await? {
            let documented = self.documented(&id, &place).await;
            shown.extend(documented.into_iter().map(|one| DocumentedRequest {
                path: format!("{}{}", place.prefix, one.path()),
                resource: one.resource,
                description: one.description,
                parameters: one.parameters,
            }));
        }
        Ok(shown)
    }

    /// Makes one documented request and remembers it. The operation's name is `request:<connection>`.
    ///
    /// # Errors
    /// `connection-unknown`, `input-invalid` at path or query, or why there is no answer. A refusal is an answer.
    pub async fn send_request(&self, id: &str, draft: &RequestDraft) -> Result<RequestAnswer, Failure> {
        let id = connection_id(id)?;
        let (place, call) = self.checked_request(&id, draft).await?;
        let running = self.0.operations.begin(format!("request:{id}"));
        let (at, started) = (self.now(), Instant::now());
        let answered = place.requests.send(&call, &running.cancel).await;
        let milliseconds = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
        let status = answered.as_ref().ok().map(|answer| answer.status);
        self.remember(
            &id,
            RequestEntry {
                at,
                path: draft.path.trim().to_owned(),
                query: pairs(draft),
                status,
            },
        )
        .await;
        let answer = self.told(&id, &place.requests, &call, answered)?;
        Ok(RequestAnswer { milliseconds, ..answer })
    }

    /// The requests made by hand, newest first, at most 100.
    ///
    /// # Errors
    /// `connection-unknown`, or a failure of keychain or register.
    pub async fn request_history(&self, id: &str) -> Result<Vec<RequestRemembered>, Failure> {
        let id = connection_id(id)?;
        self.0.settings.ready(&id)?;
        let register = self.0.registers.of(&id).await?;
        let kept = move || {
            register
                .ledger
                .recent_requests(MOST_REMEMBERED)
                .map_err(registers::failure)
        };
        Ok(blocking(kept).await?.into_iter().map(remembered).collect())
    }

    /// The same request as commands for a shell. They hold no secret: it is read from the variable `COUNTERSIGN_SECRET`.
    ///
    /// # Errors
    /// As `send_request`; nothing is sent to the service but the question what it documents.
    pub async fn request_as_curl(&self, id: &str, draft: &RequestDraft) -> Result<String, Failure> {
        let id = connection_id(id)?;
        let (place, call) = self.checked_request(&id, draft).await?;
        place.requests.as_curl(&call)
    }

    async fn places(&self, id: &ConnectionId) -> Result<Vec<Place>, Failure> {
        let connection = self.0.settings.ready(id)?.connection;
        let services = self.0.services.of(&connection).await?.requests();
        let several = services.len() > 1;
        let place = |requests: Requests| {
            let base = requests.profile().api.base_path();
            let prefix = if several { base.to_owned() } else { String::new() };
            Place { prefix, requests }
        };
        Ok(services.into_iter().map(place).collect())
    }

    /// The place that a draft asks, and the request as it will be sent. The index is asked only for what is not known.
    async fn checked_request(
        &self,
        id: &ConnectionId,
        draft: &RequestDraft,
    ) -> Result<(Place, DocumentedCall), Failure> {
        let places = self.places(id).await?;
        let found = places.into_iter().find(|place| place.inside(&draft.path).is_some());
        let place = found.ok_or_else(elsewhere)?;
        let (path, query) = (place.inside(&draft.path).unwrap_or_default().to_owned(), pairs(draft));
        let call = match place.requests.checked(&path, &query, &place.requests.known()) {
            Ok(call) => call,
            Err(failure) if failure.field == Some(Field::Path) => {
                let documented = self.documented(id, &place).await;
                place.requests.checked(&path, &query, &documented)?
            }
            Err(failure) => return Err(failure),
        };
        Ok((place, call))
    }

    async fn documented(&self, id: &ConnectionId, place: &Place) -> Vec<Documented> {
        if let Some(known) = self.0.indexes.of(id, &place.prefix) {
            return known;
        }
        let known = place.requests.known();
        let running = self.0.operations.begin(format!("documented:{id}"));
        match place
            .requests
            .index(&running.cancel)
            .await
            .map_err(ServiceError::into_failure)
        {
            Ok(told) => {
                let merged = Documented::merged(known, told);
                self.0.indexes.keep(id, &place.prefix, merged.clone());
                merged
            }
            Err(failure) => {
                tracing::info!(connection = %id, code = %failure.code, "the service's own index was not read");
                known
            }
        }
    }

    /// The answer in the page's form; why there is none is noted on the connection's card.
    fn told(
        &self,
        id: &ConnectionId,
        requests: &Requests,
        call: &DocumentedCall,
        answered: Result<Answer, GatewayError>,
    ) -> Result<RequestAnswer, Failure> {
        let answer = answered.map_err(GatewayError::into_failure);
        let failure = match &answer {
            Ok(answer) => requests.meaning(call, answer),
            Err(failure) => Some(failure.clone()),
        };
        let of_the_connection = failure
            .as_ref()
            .filter(|failure| answer.is_err() || failure.code == ErrorCode::CredentialRefused);
        if let Some(failure) = of_the_connection {
            self.0.observations.note_failure(id, self.now(), failure);
        }
        Ok(answer::shown(&answer?, failure, requests.is_authenticated()))
    }

    /// An answer is shown whether or not its request could be remembered.
    async fn remember(&self, id: &ConnectionId, entry: RequestEntry) {
        let kept = match self.0.registers.of(id).await {
            Ok(register) => blocking(move || register.ledger.record_request(&entry).map_err(registers::failure)).await,
            Err(failure) => Err(failure),
        };
        if let Err(failure) = kept {
            tracing::warn!(connection = %id, code = %failure.code, "a request was not remembered");
        }
    }
}

fn pairs(draft: &RequestDraft) -> Vec<(String, String)> {
    let pair = |pair: &QueryPair| (pair.name.clone(), pair.value.clone());
    draft.query.iter().map(pair).collect()
}

fn remembered(entry: RequestEntry) -> RequestRemembered {
    let query = entry.query.into_iter().map(|(name, value)| QueryPair { name, value });
    RequestRemembered {
        request: RequestDraft {
            path: entry.path,
            query: query.collect(),
        },
        at: entry.at.to_string(),
        status: entry.status,
    }
}

fn elsewhere() -> Failure {
    let words = "Nothing was sent: this path is not among the requests that these services document.";
    Failure::new(ErrorCode::InputInvalid, words).at(Field::Path)
}
