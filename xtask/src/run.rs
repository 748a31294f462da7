//! Owns `cargo xtask run`: from a fresh clone to the window.
//!
//! It must not do anything twice: each part is skipped while it is fresh.

use anyhow::Result;
use clap::Args;

use crate::command::{cargo, perform};
use crate::page;
use crate::set_up::{Purpose, set_up};

/// How the application is built.
#[derive(Args)]
pub(crate) struct Options {
    /// Build as for a release
    #[arg(long)]
    release: bool,
}

/// Makes the machine ready, builds the page and the application, and starts it.
///
/// # Errors
/// When a part fails or the application ends with a failure.
pub(crate) fn run(options: &Options) -> Result<()> {
    set_up(Purpose::Run)?;
    page::build()?;
    let mut start = cargo(&["run", "--package", "countersign"]);
    if options.release {
        start.arg("--release");
    }
    perform(&mut start)
}
