//! Times authenticated calls through the gateway, through a bare hyper client and through the library between both, by
//! turns, over one kept connection each.
//! It must not judge what it finds: `cargo xtask bench call` does.

mod bare;
mod gateway;
mod library;
mod samples;
mod server;

use std::time::{Duration, Instant};

use anyhow::Result;
use clap::{Parser, Subcommand};
use serde_json::json;
use url::Url;

use crate::samples::Samples;

/// Calls of one client before the other has its turn.
const TURN: usize = 250;
/// Calls that fill caches and do not count, of each client.
const WARM_UP: usize = 1_000;

/// Times authenticated calls
#[derive(Parser)]
struct Options {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Prints the origin it serves and serves until it is ended
    Serve,
    /// Prints what calls to a served origin take, in microseconds
    Measure {
        /// The origin that `serve` printed
        origin: Url,
        /// How many calls of each client count
        #[arg(default_value_t = 10_000)]
        calls: usize,
    },
}

/// As many threads as the program's own runtime has on this machine.
fn main() -> Result<()> {
    let options = Options::parse();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        match options.task {
            Task::Serve => server::serve().await,
            Task::Measure { origin, calls } => measure(&origin, calls).await,
        }
    })
}

/// Who is measured.
struct Clients {
    bare: bare::Client,
    library: library::Client,
    ours: gateway::Client,
}

impl Clients {
    /// What one call by the client of that number takes.
    async fn call(&mut self, client: usize) -> Result<Duration> {
        let began = Instant::now();
        match client {
            0 => drop(self.bare.call().await?),
            1 => drop(self.library.call().await?),
            _ => drop(self.ours.call().await?),
        }
        Ok(began.elapsed())
    }
}

#[expect(clippy::print_stdout, reason = "what it finds is its answer")]
async fn measure(origin: &Url, calls: usize) -> Result<()> {
    // The gateway comes first: it installs the cryptography that the library is built with.
    let ours = gateway::Client::bind(origin)?;
    let mut clients = Clients {
        bare: bare::Client::connect(origin).await?,
        library: library::Client::new(origin)?,
        ours,
    };
    for number in 0..3 * WARM_UP {
        clients.call(number % 3).await?;
    }
    let mut samples = [Samples::default(), Samples::default(), Samples::default()];
    for turn in 0..calls.div_ceil(TURN) {
        // Who goes first changes, so that nobody is favoured by what the machine does meanwhile.
        for place in 0..3 {
            let client = (turn + place) % 3;
            for _ in 0..TURN {
                let took = clients.call(client).await?;
                if let Some(samples) = samples.get_mut(client) {
                    samples.add(took);
                }
            }
        }
    }
    let [bare, library, ours] = samples.map(|samples| samples.to_json());
    println!("{}", json!({ "bare": bare, "library": library, "ours": ours }));
    Ok(())
}
