//! Owns `cargo xtask test`: every test of the repository, from a fresh clone, stopped by the first failure.
//!
//! It must not hold a test itself.

use anyhow::Result;
use clap::Args;

use crate::command::{cargo, command, npm, perform};
use crate::set_up::{Purpose, set_up};
use crate::steps::Steps;
use crate::{check, conformance, cross, folders, page};

/// How much is tested.
#[derive(Args)]
pub(crate) struct Options {
    /// Everything that must hold before a change lands: the checks and the other systems as well
    #[arg(long)]
    ci: bool,
}

/// Makes the machine ready and runs the tests.
///
/// # Errors
/// At the first step that fails.
pub(crate) fn test(options: &Options) -> Result<()> {
    let mut steps = Steps::new(if options.ci { "test --ci" } else { "test" });
    steps.step("set-up", || set_up(Purpose::Test))?;
    steps.step("page build", page::build)?;
    steps.step("workspace build", || {
        perform(&mut cargo(&["build", "--workspace", "--all-targets"]))
    })?;
    steps.step("workspace tests", workspace)?;
    steps.step("end-to-end tests", end_to_end)?;
    steps.step("page tests", || perform(&mut npm(&["test"])))?;
    steps.step("conformance", conformance::gate)?;
    if options.ci {
        check::all(&mut steps)?;
        cross::all(&mut steps)?;
    }
    steps.close();
    Ok(())
}

/// In a session bus of their own, with a keychain that is unlocked: no test opens the person's.
fn workspace() -> Result<()> {
    let test = cargo(&["test", "--workspace"]);
    if !cfg!(target_os = "linux") {
        return perform(&mut { test });
    }
    let mut wrapped = command(folders::root().join("tests/with-keyring"));
    perform(wrapped.arg(test.get_program()).args(test.get_args()))
}

/// The window, driven as a person would. Each test makes its own display, session bus and keychain. All packages are
/// named, so that cargo finds the dependencies as the other tests left them.
fn end_to_end() -> Result<()> {
    if !cfg!(target_os = "linux") {
        println!("The end-to-end tests stand on Xvfb and WebKitWebDriver: they run on Linux alone");
        return Ok(());
    }
    perform(&mut cargo(&[
        "test",
        "--workspace",
        "--features",
        "automation",
        "--test",
        "e2e",
    ]))
}
