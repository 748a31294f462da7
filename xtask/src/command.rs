//! Owns how other programs are started: from the root of the clone, without the variables that cargo set for xtask
//! itself, and with a failure that names the command.
//!
//! It must not know what any program does.

use std::env;
use std::ffi::OsStr;
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::folders;

/// What cargo sets for the program that it runs. A nested cargo must not see it: build scripts that watch one of these
/// would run again whenever a person changes between `cargo xtask` and `cargo build`.
const CARGO_OWN: [&str; 4] = ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_CRATE_"];

/// A command that runs in the root of the clone.
pub(crate) fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(folders::root());
    for (name, _) in env::vars_os() {
        if name
            .to_str()
            .is_some_and(|name| CARGO_OWN.iter().any(|prefix| name.starts_with(prefix)))
        {
            command.env_remove(name);
        }
    }
    command
}

/// The cargo that runs this task, with its first arguments.
pub(crate) fn cargo(arguments: &[&str]) -> Command {
    let mut command = command(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments);
    command
}

/// npm in the page's folder.
pub(crate) fn npm(arguments: &[&str]) -> Command {
    let mut command = command(if cfg!(windows) { "npm.cmd" } else { "npm" });
    command.current_dir(folders::page()).args(arguments);
    command
}

/// Shows the command on the standard error output, runs it to its end and shows what it prints.
///
/// # Errors
/// When it cannot be started or does not succeed.
pub(crate) fn perform(command: &mut Command) -> Result<()> {
    let line = shown(command);
    eprintln!("$ {line}");
    let status = command
        .status()
        .with_context(|| format!("`{line}` cannot be started"))?;
    if !status.success() {
        bail!("`{line}` failed ({status})");
    }
    Ok(())
}

/// Runs the command to its end, keeping what it prints to show it only when it fails.
///
/// # Errors
/// When it cannot be started, or, with all that it printed, when it does not succeed.
pub(crate) fn answer(command: &mut Command) -> Result<String> {
    let line = shown(command);
    let output = command
        .output()
        .with_context(|| format!("`{line}` cannot be started"))?;
    if !output.status.success() {
        let printed = [output.stdout, output.stderr]
            .map(|part| String::from_utf8_lossy(&part).into_owned())
            .concat();
        bail!("`{line}` failed ({})\n{printed}", output.status);
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Whether a program of that name lies on the search path.
pub(crate) fn is_installed(program: &str) -> bool {
    let Some(path) = env::var_os("PATH") else { return false };
    env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let mut line = program.file_name().unwrap_or_default().to_string_lossy().into_owned();
    for argument in command.get_args() {
        let _ = write!(line, " {}", argument.to_string_lossy());
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_names_the_command_and_what_it_printed() {
        let error = answer(command("sh").args(["-c", "echo said; exit 3"]))
            .unwrap_err()
            .to_string();
        assert!(
            error.contains("sh -c") && error.contains('3') && error.contains("said"),
            "{error}"
        );
    }

    #[test]
    fn cargos_own_variables_stay_with_xtask() {
        let seen = answer(command("sh").args(["-c", "echo ${CARGO_PKG_NAME:-none}"])).unwrap();
        assert_eq!(
            seen.trim(),
            "none",
            "cargo test sets CARGO_PKG_NAME for this test itself"
        );
    }
}
