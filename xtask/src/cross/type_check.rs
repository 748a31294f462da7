//! Owns the type-check of the whole workspace for systems that cannot be linked here.
//!
//! It must not build SQLCipher's OpenSSL, which stand-in compilers cannot configure, and never links.

use anyhow::Result;

use super::toolchain::{MACOS, Toolchain, WINDOWS, search_path, variable};
use crate::command::perform;
use crate::folders;

/// A system that is only type-checked.
pub(crate) struct System {
    /// What the step is called.
    pub(crate) step: &'static str,
    target: &'static str,
}

/// Every system that is only type-checked.
pub(crate) const SYSTEMS: [System; 2] = [
    System {
        step: "type-check for Windows",
        target: WINDOWS,
    },
    System {
        step: "type-check for macOS",
        target: MACOS,
    },
];

/// The lints whose meaning does not change between compilers: Debian's is not the one the project is linted with.
const FLAGS: &str = "-Dunused";

/// Everything but the vendored OpenSSL.
const FEATURES: [&str; 3] = ["--no-default-features", "--features", "custom-protocol"];

/// Type-checks every target of every package for `system`.
///
/// # Errors
/// When one does not compile there.
pub(crate) fn type_check(toolchain: &Toolchain, system: &System) -> Result<()> {
    let stand_in = folders::root().join("tests/cross/stand-in");
    let target = variable(system.target);
    let mut check = toolchain.cargo(system.target, FLAGS);
    check
        .env("PATH", search_path(Some(&stand_in))?)
        .env(format!("CC_{target}"), stand_in.join("c-compiler"))
        .env(format!("CXX_{target}"), stand_in.join("c-compiler"))
        .env(format!("AR_{target}"), stand_in.join("archiver"))
        .env("SDKROOT", &stand_in)
        .args([
            "check",
            "--quiet",
            "--locked",
            "--workspace",
            "--all-targets",
            "--target",
            system.target,
        ])
        .args(FEATURES);
    perform(&mut check)
}
