//! Owns `cargo xtask bench`: the one door to every measurement.
//!
//! It must not measure anything itself: each bench stands in its own module and gives rows.

mod call;
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
    /// One authenticated call beside that of a bare hyper client, and curl's
    Call,
}

/// Measures and prints the rows; those of the whole program in a session bus of its own with an unlocked keychain.
///
/// # Errors
/// When nothing can be built. A row that cannot be measured is printed with the reason.
pub(crate) fn bench(options: &Options) -> Result<()> {
    let rows = match options.name {
        Name::Call => {
            call::prepare()?;
            call::rows()
        }
        Name::Start if options.prepared => start::rows(),
        Name::Start => return in_a_session(start::prepare),
    };
    print(&rows, options.json);
    Ok(())
}

/// Prepares, then starts this task once more where the session with its keychain stands.
fn in_a_session(prepare: fn() -> Result<()>) -> Result<()> {
    if !cfg!(target_os = "linux") {
        bail!("this bench reads the display and the memory as Linux gives them: run it there");
    }
    prepare()?;
    let mut again = command(folders::root().join("tests/with-keyring"));
    again
        .arg(env::current_exe()?)
        .args(env::args_os().skip(1))
        .arg("--prepared");
    perform(&mut again)
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
