//! Times authenticated calls through the gateway and through a bare hyper client, by turns, over one kept connection each.
//! It must not judge what it finds: `cargo xtask bench call` does.

mod bare;
mod gateway;
mod samples;
mod server;

use std::time::Instant;

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

#[expect(clippy::print_stdout, reason = "what it finds is its answer")]
async fn measure(origin: &Url, calls: usize) -> Result<()> {
    let mut bare = bare::Client::connect(origin).await?;
    let ours = gateway::Client::bind(origin)?;
    for _ in 0..WARM_UP {
        bare.call().await?;
        ours.call().await?;
    }
    let (mut of_bare, mut of_ours) = (Samples::default(), Samples::default());
    for turn in 0..calls.div_ceil(TURN) {
        // Who goes first changes, so that neither is favoured by what the machine does meanwhile.
        for place in 0..2 {
            for _ in 0..TURN {
                let began = Instant::now();
                if (turn + place) % 2 == 0 {
                    bare.call().await?;
                    of_bare.add(began.elapsed());
                } else {
                    ours.call().await?;
                    of_ours.add(began.elapsed());
                }
            }
        }
    }
    println!("{}", json!({ "bare": of_bare.to_json(), "ours": of_ours.to_json() }));
    Ok(())
}
