//! Owns `cargo xtask conformance`: the door to the package that replays recorded exchanges.
//!
//! It must not read a recording itself.

use anyhow::Result;
use clap::Args;

use crate::command::{cargo, perform};

/// What is handed on.
#[derive(Args)]
#[command(disable_help_flag = true)]
pub(crate) struct Options {
    /// Handed on as they are: `[DIR] [--file PREFIX].. [--at-least PERCENT] [--strict-report]`
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<String>,
}

/// Replays what the arguments name.
///
/// # Errors
/// When the replay fails or agrees too little.
pub(crate) fn conformance(options: &Options) -> Result<()> {
    let mut replay = cargo(&["run", "--quiet", "--package", "countersign-conformance", "--"]);
    perform(replay.args(&options.arguments))
}

/// What every test run replays: every recorded exchange.
///
/// # Errors
/// When the sandbox differs in one answer.
pub(crate) fn gate() -> Result<()> {
    let arguments = ["--at-least", "100"];
    conformance(&Options {
        arguments: arguments.map(str::to_owned).to_vec(),
    })
}
