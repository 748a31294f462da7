//! Owns the listener and the life of a sandbox. Must not listen on anything but 127.0.0.1.

use std::fmt;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
#[cfg(feature = "faults")]
use std::sync::PoisonError;
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use axum::response::Response;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::error::SandboxError;
use crate::settings::SandboxSettings;
#[cfg(feature = "faults")]
use crate::tls::{Identity, Secured, TlsListener};
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
    /// In front of both services; the control listener is never behind it.
    #[cfg(feature = "faults")]
    identity: Option<Identity>,
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
            #[cfg(feature = "faults")]
            identity: settings.tls.map(Identity::new).transpose()?,
        };
        #[cfg(feature = "faults")]
        if let Some(port) = settings.control_port {
            let (listener, address) = listen(port).await?;
            sandbox.control = Some(address);
            sandbox.serve(listener, crate::provoke::control(&world));
        }
        sandbox.serve_services(listener, services(&world));
        sandbox.tasks.push(tokio::spawn(keep(world, sandbox.stopping.clone())));
        Ok(sandbox)
    }

    /// Base of Hyperproof's API, ends with `/v1`.
    pub fn hyperproof_api(&self) -> String {
        format!("{}{}", self.base(), hyperproof::API)
    }

    /// Hyperproof's token endpoint.
    pub fn hyperproof_token_endpoint(&self) -> String {
        format!("{}{}", self.base(), hyperproof::TOKEN_ENDPOINT)
    }

    /// Where a person signs in to Hyperproof.
    pub fn hyperproof_authorize_endpoint(&self) -> String {
        format!("{}{}", self.base(), hyperproof::AUTHORIZE_ENDPOINT)
    }

    /// Hypothesis' server address; its API is under `/api`.
    pub fn hypothesis_server(&self) -> String {
        self.base()
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

    #[cfg(not(feature = "faults"))]
    fn base(&self) -> String {
        format!("http://{}", self.address)
    }

    #[cfg(feature = "faults")]
    fn base(&self) -> String {
        let scheme = if self.identity.is_some() { "https" } else { "http" };
        format!("{scheme}://{}", self.address)
    }

    #[cfg(not(feature = "faults"))]
    fn serve_services(&mut self, listener: TcpListener, router: Router) {
        self.serve(listener, router);
    }

    #[cfg(feature = "faults")]
    fn serve_services(&mut self, listener: TcpListener, router: Router) {
        let configuration = self
            .identity
            .as_ref()
            .map(|identity| Arc::clone(&identity.configuration));
        match configuration {
            None => self.serve(listener, router),
            Some(configuration) => {
                let listener = TlsListener::new(listener, self.address, configuration);
                self.serve(listener, router.layer(axum::Extension(Secured)));
            }
        }
    }

    fn serve<L>(&mut self, listener: L, router: Router)
    where
        L: axum::serve::Listener,
        L::Addr: fmt::Debug,
    {
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

    /// The certificate, in PEM, of the CA that a client is to trust; `None` without TLS.
    pub fn certificate_authority(&self) -> Option<&str> {
        self.identity.as_ref().map(|identity| identity.authority.as_str())
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

    /// From now on Hyperproof's client has this secret, as after a rotation; tokens that were given stay good.
    pub fn rotate_hyperproof_secret(&self, secret: &str) {
        self.hyperproof_state().rotate(secret);
    }

    /// Ends every access token of Hyperproof before its time, and the refresh tokens too where asked.
    pub fn end_hyperproof_tokens(&self, refresh_tokens: bool) {
        self.hyperproof_state().end_tokens(refresh_tokens);
    }

    /// From now on the clients of Hypothesis that have a secret have this one.
    pub fn rotate_hypothesis_secrets(&self, secret: &str) {
        self.hypothesis_state().rotate(secret);
    }

    /// From now on this is the personal token, as after its owner made a new one: the one before is anonymous.
    pub fn replace_hypothesis_personal_token(&self, token: &str) {
        self.hypothesis_state().replace_personal_token(token);
    }

    /// Ends every bearer token of Hypothesis, personal ones too: from now on they are anonymous. The refresh tokens too
    /// where asked.
    pub fn end_hypothesis_tokens(&self, refresh_tokens: bool) {
        self.hypothesis_state().end_tokens(refresh_tokens);
    }

    fn hyperproof_state(&self) -> std::sync::MutexGuard<'_, hyperproof::Hyperproof> {
        self.world.hyperproof.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn hypothesis_state(&self) -> std::sync::MutexGuard<'_, hypothesis::Hypothesis> {
        self.world.hypothesis.lock().unwrap_or_else(PoisonError::into_inner)
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
