//! Owns `cargo xtask check`: everything that can be said of the sources without running the program.
//!
//! It must not change a source.

use std::fs;
use std::path::PathBuf;

use anyhow::Result;

use crate::command::{answer, cargo, command, npm, perform};
use crate::set_up::{Purpose, set_up};
use crate::steps::Steps;
use crate::{bindings, folders, page};

/// The release of cargo-deny whose rules `deny.toml` is written for.
const DENY: &str = "0.20.2";

/// Runs every check.
///
/// # Errors
/// At the first check that fails.
pub(crate) fn check() -> Result<()> {
    let mut steps = Steps::new("check");
    steps.step("set-up", || set_up(Purpose::Run))?;
    steps.step("page build", page::build)?;
    all(&mut steps)?;
    steps.close();
    Ok(())
}

/// The checks alone, where the machine is ready and the page is built.
///
/// # Errors
/// At the first check that fails.
pub(crate) fn all(steps: &mut Steps) -> Result<()> {
    steps.step("formatting", || perform(&mut cargo(&["fmt", "--all", "--check"])))?;
    steps.step("page lints", || perform(&mut npm(&["run", "--silent", "lint"])))?;
    steps.step("page types", || perform(&mut npm(&["run", "--silent", "types"])))?;
    steps.step("licences, bans and sources", deny)?;
    steps.step("lints", lints)?;
    steps.step("documentation", documentation)?;
    steps.step("bindings", bindings::compare)
}

/// As it is released, and as the end-to-end tests drive it: each has code that the other has not.
fn lints() -> Result<()> {
    for features in [&[][..], &["--features", "automation"]] {
        let mut lint = cargo(&["clippy", "--workspace", "--all-targets", "--quiet"]);
        perform(lint.args(features).args(["--", "--deny", "warnings"]))?;
    }
    Ok(())
}

fn documentation() -> Result<()> {
    let mut document = cargo(&["doc", "--workspace", "--no-deps", "--quiet"]);
    perform(document.env("RUSTDOCFLAGS", "--deny warnings"))
}

/// The advisory database belongs to the release workflow: it is the one part that needs another host.
fn deny() -> Result<()> {
    let tool = deny_tool()?;
    perform(command(tool).args([
        "--all-features",
        "check",
        "--hide-inclusion-graph",
        "bans",
        "licenses",
        "sources",
    ]))
}

fn deny_tool() -> Result<PathBuf> {
    let root = folders::cache()?.join("tools");
    let tool = root
        .join("bin")
        .join(if cfg!(windows) { "cargo-deny.exe" } else { "cargo-deny" });
    let found = answer(command(&tool).arg("--version")).unwrap_or_default();
    if found.split_whitespace().last() != Some(DENY) {
        fs::create_dir_all(&root)?;
        println!("cargo-deny {DENY} is missing, to be built now into {}", root.display());
        perform(
            cargo(&[
                "install",
                "cargo-deny",
                "--locked",
                "--quiet",
                "--version",
                DENY,
                "--root",
            ])
            .arg(&root),
        )?;
    }
    Ok(tool)
}
