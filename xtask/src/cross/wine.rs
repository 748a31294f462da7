//! Owns the tests that run as Windows programs, under Wine, in a prefix of their own.
//!
//! It must not open the person's Wine prefix or display.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::Result;

use super::toolchain::{Toolchain, WINDOWS_LINKED, variable};
use crate::command::{answer, command, perform};
use crate::folders;

/// The packages whose behaviour differs on Windows and that need no window: their tests run there.
const PACKAGES: [&str; 3] = ["countersign-domain", "countersign-keychain", "countersign-register"];

/// No Mono, no HTML and no menu entries: Wine would ask to download the first two, and has no desktop to put the third.
const NOT_WANTED: &str = "mscoree=;mshtml=;winemenubuilder.exe=d";

/// Makes the prefix, once.
///
/// # Errors
/// When Wine cannot start or the missing library cannot be built.
pub(crate) fn prepare(prefix: &Path) -> Result<()> {
    let library = prefix.join("drive_c/windows/system32/bcryptprimitives.dll");
    if library.exists() {
        return Ok(());
    }
    fs::create_dir_all(prefix)?;
    answer(under_wine(&mut command("wineboot"), prefix).arg("--init"))?;
    // The registry is on disk when the last of Wine's own programs has ended.
    answer(under_wine(&mut command("wineserver"), prefix).arg("--wait"))?;
    let source = folders::root().join("tests/cross/bcryptprimitives.c");
    let mut compile = command("x86_64-w64-mingw32-gcc");
    compile
        .args(["-O2", "-shared", "-s", "-o"])
        .arg(library)
        .arg(source)
        .arg("-ladvapi32");
    perform(&mut compile)
}

/// Runs the tests with the real Credential Manager of Wine and SQLCipher's own OpenSSL.
///
/// # Errors
/// When one does not compile or fails.
pub(crate) fn test(toolchain: &Toolchain, prefix: &Path) -> Result<()> {
    let runner = folders::root().join("tests/cross/under-wine");
    let mut test = toolchain.cargo(WINDOWS_LINKED, "");
    under_wine(&mut test, prefix)
        .env(
            format!("CARGO_TARGET_{}_RUNNER", variable(WINDOWS_LINKED).to_uppercase()),
            runner,
        )
        .args(["test", "--locked", "--tests", "--target", WINDOWS_LINKED]);
    for package in PACKAGES {
        test.args(["--package", package]);
    }
    let outcome = perform(&mut test);
    let _ = under_wine(&mut command("wineserver"), prefix).arg("--kill").status();
    outcome
}

fn under_wine<'a>(command: &'a mut Command, prefix: &Path) -> &'a mut Command {
    command
        .env("WINEPREFIX", prefix)
        .env("WINEARCH", "win64")
        .env("WINEDEBUG", "-all")
        .env("WINEDLLOVERRIDES", NOT_WANTED)
        .env_remove("DISPLAY")
}
