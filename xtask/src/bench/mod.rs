//! Owns `cargo xtask bench`: the one door to every measurement.
//!
//! It must not measure anything itself: each bench stands in its own module and gives rows.

mod display;
mod memory;
mod row;
mod start;
mod watched_start;

use std::env;

use anyhow::{Result, bail};
use clap::{Args, ValueEnum};

use crate::command::{command, perform};
use crate::folders;

/// Which bench, and for whom.
#[derive(Args)]
pub(crate) struct Options {
    /// What is measured
    name: Name,
    /// One JSON object a row in place of the table
    #[arg(long)]
    json: bool,
    /// Everything is built and the session with its keychain stands
    #[arg(long, hide = true)]
    prepared: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Name {
    /// The start of the program beside that of an empty Tauri window: time, memory, size
    Start,
}

/// Measures and prints the rows, in a session bus of its own with an unlocked keychain.
///
/// # Errors
/// When nothing can be built. A row that cannot be measured is printed with the reason.
pub(crate) fn bench(options: &Options) -> Result<()> {
    if !cfg!(target_os = "linux") {
        bail!("the benches read the display and the memory as Linux gives them: run them there");
    }
    if !options.prepared {
        match options.name {
            Name::Start => start::prepare()?,
        }
        let mut again = command(folders::root().join("tests/with-keyring"));
        again
            .arg(env::current_exe()?)
            .args(env::args_os().skip(1))
            .arg("--prepared");
        return perform(&mut again);
    }
    let rows = match options.name {
        Name::Start => start::rows(),
    };
    print(&rows, options.json);
    Ok(())
}

fn print(rows: &[row::Row], json: bool) {
    if !json {
        println!("{}", row::table(rows));
        return;
    }
    for row in rows {
        println!("{}", row.to_json());
    }
}
