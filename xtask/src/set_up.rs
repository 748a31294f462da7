//! Owns what must stand on a machine before anything is built: system packages where they can be installed, and a
//! sentence that names what is missing where they cannot.
//!
//! It must not build anything.

use anyhow::{Result, bail};

use crate::command::{answer, command, is_installed};
use crate::{node, page, system_packages};

/// What a task is going to do.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Build and start the application.
    Run,
    /// Run the tests as well.
    Test,
}

/// Makes the machine ready and installs the page's packages.
///
/// # Errors
/// When something is missing that cannot be installed from here; the message names it.
pub(crate) fn set_up(purpose: Purpose) -> Result<()> {
    node::require()?;
    if system_packages::are_known_here() {
        system_packages::install(&system_packages::TO_BUILD)?;
        if purpose == Purpose::Test {
            system_packages::install(&system_packages::TO_TEST)?;
        }
    } else {
        require_by_hand(purpose)?;
    }
    page::install_packages()
}

fn require_by_hand(purpose: Purpose) -> Result<()> {
    let mut missing = missing_to_build();
    if purpose == Purpose::Test && cfg!(target_os = "linux") {
        let programs = [
            "Xvfb",
            "dbus-run-session",
            "gnome-keyring-daemon",
            "WebKitWebDriver",
            "chromium",
            "xdotool",
        ];
        missing.extend(programs.into_iter().filter(|program| !is_installed(program)));
    }
    if !missing.is_empty() {
        bail!("missing on this machine: {}", missing.join("; "));
    }
    Ok(())
}

#[cfg(target_os = "macos")]
fn missing_to_build() -> Vec<&'static str> {
    let found = answer(command("xcode-select").arg("-p")).is_ok();
    if found {
        Vec::new()
    } else {
        vec!["the Xcode command line tools (xcode-select --install)"]
    }
}

#[cfg(windows)]
fn missing_to_build() -> Vec<&'static str> {
    const RUNTIME: &str =
        r"HKLM\SOFTWARE\WOW6432Node\Microsoft\EdgeUpdate\Clients\{F3017226-FE2A-4295-8BDF-00C3A9A7E4C5}";
    let mut missing = Vec::new();
    if answer(command("reg").args(["query", RUNTIME, "/v", "pv"])).is_err() {
        missing.push("the WebView2 runtime (winget install Microsoft.EdgeWebView2Runtime)");
    }
    if !is_installed("perl.exe") {
        missing.push("perl, for SQLCipher's OpenSSL (winget install StrawberryPerl.StrawberryPerl)");
    }
    missing
}

#[cfg(not(any(target_os = "macos", windows)))]
fn missing_to_build() -> Vec<&'static str> {
    let mut missing = Vec::new();
    if answer(command("pkg-config").args(["--exists", "webkit2gtk-4.1"])).is_err() {
        missing.push("WebKitGTK 4.1 with its development files, and pkg-config");
    }
    let programs = ["cc", "make", "perl"];
    missing.extend(programs.into_iter().filter(|program| !is_installed(program)));
    missing
}
