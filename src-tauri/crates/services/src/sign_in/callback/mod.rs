//! Owns the listener that the browser comes back to: one port of this computer, for one sign-in, for five minutes.
//! Must not answer anybody but a browser on this computer that was sent back, nor serve anything but two plain pages.

mod head;
mod holder;
mod port;
mod reply;
mod visit;

use std::collections::VecDeque;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::task::{AbortHandle, JoinSet};
use tokio::time::{Instant, sleep, sleep_until};
use tokio_util::sync::CancellationToken;

use super::fault::SignInError;
use super::pending::PendingSignIn;
use super::returned::Returned;
use visit::Visit;

/// How long a person is waited for. Hypothesis' own code lives ten minutes.
pub const LONGEST_WAIT: Duration = Duration::from_secs(5 * 60);
/// Between two reports of strangers.
const BETWEEN_STRANGERS: Duration = Duration::from_millis(100);
/// After a failed accept (no descriptors left), so that the loop does not spin.
const AFTER_FAULT: Duration = Duration::from_millis(100);

/// What a callback bears.
#[derive(Debug, Clone, Copy)]
pub struct CallbackLimits {
    /// How long the person is waited for.
    pub wait: Duration,
    /// How long one request may take to arrive.
    pub head: Duration,
    /// Connections at once; the oldest goes when another one comes.
    pub connections: usize,
}

impl Default for CallbackLimits {
    fn default() -> Self {
        Self {
            wait: LONGEST_WAIT,
            head: Duration::from_secs(5),
            connections: 32,
        }
    }
}

/// The port, held on 127.0.0.1 and, where this computer has it, on `[::1]`.
#[derive(Debug)]
pub struct CallbackListener {
    limits: CallbackLimits,
    first: TcpListener,
    second: Option<TcpListener>,
}

impl CallbackListener {
    /// Takes the port for this program alone: to be done before the browser opens.
    ///
    /// # Errors
    /// `PortHeld` with the holder, or `PortUnavailable`.
    pub async fn bind(port: u16, limits: CallbackLimits) -> Result<Self, SignInError> {
        let (first, second) = port::taken(port).await?;
        Ok(Self { limits, first, second })
    }

    /// Waits until somebody comes back with the state of `pending`, or its address is pasted. Others get a neutral page,
    /// are reported to `stranger` (at most ten times a second) and change nothing, the time-out included. The port is
    /// free again when this returns.
    ///
    /// # Errors
    /// `Refused`, `TimedOut` or `Cancelled`.
    pub async fn wait(
        self,
        pending: Arc<PendingSignIn>,
        stranger: &(dyn Fn() + Send + Sync),
        cancel: &CancellationToken,
    ) -> Result<countersign_domain::SecretString, SignInError> {
        let deadline = Instant::now() + self.limits.wait;
        let (came, mut strangers) = mpsc::channel(1);
        let mut visitors = Visitors::default();
        let mut quiet_until = Instant::now();
        loop {
            tokio::select! {
                biased;
                () = cancel.cancelled() => return Err(SignInError::Cancelled),
                returned = pending.returned() => return code_of(returned),
                () = sleep_until(deadline) => return Err(SignInError::TimedOut),
                Some(()) = strangers.recv() => {
                    if Instant::now() >= quiet_until {
                        quiet_until = Instant::now() + BETWEEN_STRANGERS;
                        stranger();
                    }
                }
                visitor = self.accept() => match visitor {
                    Ok((stream, address)) => {
                        let visit = Visit { address, head: self.limits.head, pending: Arc::clone(&pending), came: came.clone() };
                        visitors.add(visit, stream, self.limits.connections);
                    }
                    Err(_) => sleep(AFTER_FAULT).await,
                },
            }
        }
    }

    /// Who came, and at which of the two addresses.
    async fn accept(&self) -> io::Result<(TcpStream, SocketAddr)> {
        let (listener, accepted) = match &self.second {
            None => (&self.first, self.first.accept().await),
            Some(second) => tokio::select! {
                accepted = self.first.accept() => (&self.first, accepted),
                accepted = second.accept() => (second, accepted),
            },
        };
        Ok((accepted?.0, listener.local_addr()?))
    }
}

fn code_of(returned: Returned) -> Result<countersign_domain::SecretString, SignInError> {
    match returned {
        Returned::Code(code) => Ok(code),
        Returned::Refused { error, description } => Err(SignInError::Refused { error, description }),
    }
}

/// The connections of now. Dropping it ends them.
#[derive(Default)]
struct Visitors {
    tasks: JoinSet<()>,
    oldest_first: VecDeque<AbortHandle>,
}

impl Visitors {
    fn add(&mut self, visit: Visit, stream: TcpStream, most: usize) {
        while self.tasks.try_join_next().is_some() {}
        self.oldest_first.retain(|task| !task.is_finished());
        if self.oldest_first.len() >= most
            && let Some(oldest) = self.oldest_first.pop_front()
        {
            oldest.abort();
        }
        self.oldest_first.push_back(self.tasks.spawn(visit.serve(stream)));
    }
}
