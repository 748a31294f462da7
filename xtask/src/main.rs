//! Owns the command line of this repository's tasks.
//!
//! It must not do a task's work itself: each task stands in its own module.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "saying what is done is a task's job"
)]

mod attacks;
mod bench;
mod bindings;
mod check;
mod command;
mod conformance;
mod cross;
mod folders;
mod freshness;
mod node;
mod page;
mod run;
mod screenshots;
mod set_up;
mod steps;
mod system_packages;
mod test;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Every task of this repository.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Tasks {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Install what is missing, build the page and start the application
    Run(run::Options),
    /// Install what is missing and run every test
    Test(test::Options),
    /// Formatting, lints, documentation, licences, the page's lints and types, drift of the bindings
    Check,
    /// Write the page's type declarations from the Rust types
    Bindings,
    /// Try every attack of the threat model, one row each
    Attacks(attacks::Options),
    /// Replay recorded exchanges against the sandbox and count the agreements
    Conformance(conformance::Options),
    /// Type-check for Windows and macOS, and run the lower crates' tests as Windows programs
    Cross,
    /// Draw every screen, light and dark, and keep one picture of each under docs
    Screenshots,
    /// Measure, beside a peer
    Bench(bench::Options),
}

fn main() -> ExitCode {
    match perform(Tasks::parse().task) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn perform(task: Task) -> anyhow::Result<()> {
    match task {
        Task::Run(options) => run::run(&options),
        Task::Test(options) => test::test(&options),
        Task::Check => check::check(),
        Task::Bindings => bindings::bindings(),
        Task::Attacks(options) => attacks::attacks(&options),
        Task::Conformance(options) => conformance::conformance(&options),
        Task::Cross => cross::cross(),
        Task::Screenshots => screenshots::screenshots(),
        Task::Bench(options) => bench::bench(&options),
    }
}
