//! Owns `cargo xtask cross`: what can be said of Windows and macOS from a Linux machine.
//!
//! It must not claim more than it does: for macOS and for Windows as it is shipped the workspace is type-checked, and
//! only the tests of the lower crates run, as Windows programs under Wine.

mod toolchain;
mod type_check;
mod wine;

use std::fs::{self, File, TryLockError};
use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use self::toolchain::Toolchain;
use crate::set_up::{Purpose, set_up};
use crate::steps::Steps;
use crate::{folders, page, system_packages};

/// Makes the machine ready and looks at the other systems.
///
/// # Errors
/// At the first step that fails, and on a system that is not Debian.
pub(crate) fn cross() -> Result<()> {
    let mut steps = Steps::new("cross");
    steps.step("set-up", || set_up(Purpose::Run))?;
    steps.step("page build", page::build)?;
    all(&mut steps)?;
    steps.close();
    Ok(())
}

/// The cross checks alone, where the machine is ready and the page is built.
///
/// # Errors
/// At the first step that fails.
pub(crate) fn all(steps: &mut Steps) -> Result<()> {
    steps.step("compilers for other systems", install)?;
    let _alone = wait_until_alone()?;
    let toolchain = Toolchain::find(&folder()?)?;
    steps.step("std for other systems", || toolchain.build_missing())?;
    for system in &type_check::SYSTEMS {
        steps.step(system.step, || type_check::type_check(&toolchain, system))?;
    }
    let prefix = folder()?.join("wine");
    steps.step("Wine", || wine::prepare(&prefix))?;
    steps.step("tests under Wine", || wine::test(&toolchain, &prefix))
}

fn install() -> Result<()> {
    if !system_packages::are_known_here() {
        bail!("the cross checks stand on Debian's packages rustc-web and wine: run them on Debian 12");
    }
    system_packages::install(&system_packages::TO_CROSS)
}

/// Sysroots, builds and the Wine prefix outlive the clone: building them from nothing takes most of the time.
fn folder() -> Result<PathBuf> {
    Ok(folders::cache()?.join("cross"))
}

/// Two runs would write the same Wine prefix. The lock goes with the process.
fn wait_until_alone() -> Result<File> {
    let folder = folder()?;
    fs::create_dir_all(&folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    let lock = File::create(folder.join("lock"))?;
    match lock.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            println!("Waiting for another run of the cross checks to end");
            lock.lock()?;
        }
        Err(TryLockError::Error(error)) => return Err(error).context("the cross checks cannot be locked"),
    }
    Ok(lock)
}
