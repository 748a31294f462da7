//! Owns the listener and the life of a sandbox. Must not listen on anything but 127.0.0.1.

use std::fmt;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use axum::response::Response;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::error::SandboxError;
use crate::settings::SandboxSettings;
use crate::world::World;
use crate::{hyperproof, hypothesis};

/// How long answers under way may take once the sandbox was told to stop.
const PATIENCE: Duration = Duration::from_secs(1);

/// A running double of both services. Dropping it stops it.
pub struct Sandbox {
    address: SocketAddr,
    world: Arc<World>,
    stopping: CancellationToken,
    tasks: Vec<JoinHandle<()>>,
    #[cfg(feature = "faults")]
    control: Option<SocketAddr>,
}

impl Sandbox {
    /// Starts listening and serving on the current tokio runtime.
    ///
    /// # Errors
    /// When the port cannot be had, or a file named in the settings cannot be read.
    pub async fn start(settings: SandboxSettings) -> Result<Self, SandboxError> {
        let world = Arc::new(World::new(&settings)?);
        let (listener, address) = listen(settings.port).await?;
        let mut sandbox = Self {
            address,
            world: Arc::clone(&world),
            stopping: CancellationToken::new(),
            tasks: Vec::new(),
            #[cfg(feature = "faults")]
            control: None,
        };
        #[cfg(feature = "faults")]
        if let Some(port) = settings.control_port {
            let (listener, address) = listen(port).await?;
            sandbox.control = Some(address);
            sandbox.serve(listener, crate::provoke::control(&world));
        }
        sandbox.serve(listener, services(&world));
        sandbox.tasks.push(tokio::spawn(keep(world, sandbox.stopping.clone())));
        Ok(sandbox)
    }

    /// Base of Hyperproof's API, ends with `/v1`.
    pub fn hyperproof_api(&self) -> String {
        format!("http://{}{}", self.address, hyperproof::API)
    }

    /// Hyperproof's token endpoint.
    pub fn hyperproof_token_endpoint(&self) -> String {
        format!("http://{}{}", self.address, hyperproof::TOKEN_ENDPOINT)
    }

    /// Hypothesis' server address; its API is under `/api`.
    pub fn hypothesis_server(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Stops listening, waits at most a second for answers under way, and writes what is to be kept.
    pub async fn stop(mut self) {
        self.stopping.cancel();
        for task in &mut self.tasks {
            if tokio::time::timeout(PATIENCE, &mut *task).await.is_err() {
                task.abort();
            }
        }
        self.world.write();
    }

    fn serve(&mut self, listener: TcpListener, router: Router) {
        let stopping = self.stopping.clone();
        self.tasks.push(tokio::spawn(async move {
            let served = axum::serve(listener, router).with_graceful_shutdown(stopping.cancelled_owned());
            if let Err(fault) = served.await {
                tracing::warn!(%fault, "the sandbox stopped serving");
            }
        }));
    }
}

impl fmt::Debug for Sandbox {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Sandbox")
            .field("address", &self.address)
            .finish_non_exhaustive()
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        self.stopping.cancel();
        for task in &self.tasks {
            task.abort();
        }
    }
}

#[cfg(feature = "faults")]
impl Sandbox {
    /// Base of the control listener, when there is one.
    pub fn control_url(&self) -> Option<String> {
        self.control.map(|address| format!("http://{address}"))
    }

    /// Every request so far, oldest first; never a header's value.
    pub fn requests(&self) -> Vec<crate::provoke::RequestEntry> {
        self.world.provocation.requests()
    }

    /// Has the next requests that fit it answered as it says.
    pub fn provoke(&self, fault: crate::provoke::Fault) {
        self.world.provocation.add(fault);
    }

    /// Forgets the provocations that no request met yet.
    pub fn calm(&self) {
        self.world.provocation.clear_faults();
    }

    /// Sets members of a control of Hyperproof, as if somebody had worked on it.
    pub fn change_control(&self, id: &str, members: serde_json::Map<String, serde_json::Value>) {
        self.world.register.change(id, members);
    }

    /// Moves the sandbox's clock forward.
    pub fn advance_clock(&self, step: Duration) {
        self.world.clock.advance(step);
    }

    /// The time on the sandbox's clock.
    pub fn now(&self) -> jiff::Timestamp {
        self.world.clock.now()
    }

    /// Back to the state it was started with.
    pub fn reset(&self) {
        self.world.reset();
    }
}

/// Writes the accounts whenever they changed; changes that come meanwhile go with the next write.
async fn keep(world: Arc<World>, stopping: CancellationToken) {
    loop {
        tokio::select! {
            () = stopping.cancelled() => return,
            () = world.keep_was_asked() => {}
        }
        let world = Arc::clone(&world);
        if tokio::task::spawn_blocking(move || world.write()).await.is_err() {
            return;
        }
    }
}

async fn listen(port: u16) -> Result<(TcpListener, SocketAddr), SandboxError> {
    let fault = |source| SandboxError::Listen { port, source };
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.map_err(fault)?;
    let address = listener.local_addr().map_err(fault)?;
    Ok((listener, address))
}

fn services(world: &Arc<World>) -> Router {
    let router = Router::new()
        .merge(hypothesis::routes())
        .merge(hyperproof::routes(world))
        .fallback(nothing_there)
        .method_not_allowed_fallback(nothing_there);
    #[cfg(feature = "faults")]
    let router = router.layer(axum::middleware::from_fn_with_state(
        Arc::clone(world),
        crate::provoke::provoked,
    ));
    router.with_state(Arc::clone(world))
}

async fn nothing_there(request: Request) -> Response {
    let path = request.uri().path();
    if path.starts_with("/hyperproof/") {
        hyperproof::nothing_there()
    } else {
        hypothesis::nothing_there(path)
    }
}
