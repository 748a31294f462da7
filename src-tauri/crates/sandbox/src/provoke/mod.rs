//! Owns what tests provoke around both services: faults, latency, the rate limit, the ledger of requests.
//! Must not change a service's own answers otherwise, nor be in a release (feature `faults`).

mod control;
mod fault;
mod ledger;
mod limiter;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;

pub(crate) use control::control;
pub use fault::{Fault, FaultKind};
use ledger::Ledger;
pub use ledger::RequestEntry;
use limiter::Buckets;
pub use limiter::Limiter;

use crate::settings::SandboxSettings;
use crate::world::World;

#[derive(Debug)]
pub(crate) struct Provocation {
    latency: Duration,
    buckets: Mutex<Buckets>,
    faults: Mutex<Vec<Fault>>,
    ledger: Mutex<Ledger>,
}

impl Provocation {
    pub(crate) fn new(settings: &SandboxSettings) -> Self {
        Self {
            latency: settings.latency,
            buckets: Mutex::new(Buckets::new(settings.limiter)),
            faults: Mutex::new(Vec::new()),
            ledger: Mutex::new(Ledger::default()),
        }
    }

    pub(crate) fn reset(&self) {
        self.buckets.lock().unwrap_or_else(PoisonError::into_inner).clear();
        self.faults.lock().unwrap_or_else(PoisonError::into_inner).clear();
        self.ledger.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    pub(crate) fn add(&self, fault: Fault) {
        self.faults.lock().unwrap_or_else(PoisonError::into_inner).push(fault);
    }

    pub(crate) fn clear_faults(&self) {
        self.faults.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    pub(crate) fn requests(&self) -> Vec<RequestEntry> {
        self.ledger.lock().unwrap_or_else(PoisonError::into_inner).entries()
    }

    /// The fault that this request meets, counted down.
    fn due(&self, request: &Request) -> Option<FaultKind> {
        let mut faults = self.faults.lock().unwrap_or_else(PoisonError::into_inner);
        let fault = faults
            .iter_mut()
            .find(|fault| fault.fits(request.method(), request.uri().path()))?;
        fault.times -= 1;
        Some(fault.kind.clone())
    }
}

/// Around every request of both services.
pub(crate) async fn provoked(State(world): State<Arc<World>>, request: Request, next: Next) -> Response {
    let provocation = &world.provocation;
    let place = {
        let mut ledger = provocation.ledger.lock().unwrap_or_else(PoisonError::into_inner);
        ledger.opened(world.clock.now(), &request)
    };
    if !provocation.latency.is_zero() {
        tokio::time::sleep(provocation.latency).await;
    }
    let limited = provocation
        .buckets
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .refuses(&request);
    let response = match provocation.due(&request) {
        Some(kind) => fault::answer(kind, request, next).await,
        None if limited => limiter::refusal(request.uri().path()),
        None => next.run(request).await,
    };
    let status = fault::status_sent(&response);
    provocation
        .ledger
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .closed(place, status);
    response
}
