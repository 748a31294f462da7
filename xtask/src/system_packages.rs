//! Owns the Debian and Ubuntu packages that the tasks need: which they are, which are missing, how they are installed.
//!
//! It must not decide which task needs which list, and it never removes a package.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result};

use crate::command::{answer, command, is_installed, perform};

/// What compiling the application needs: WebKitGTK, and perl, make and a C compiler for SQLCipher's OpenSSL.
pub(crate) const TO_BUILD: [&str; 3] = ["build-essential", "libwebkit2gtk-4.1-dev", "perl"];

/// What the tests need besides: a display, a session bus, a keychain, the web view's driver, a browser for the page's
/// component tests, what presses keys and looks at pictures, and a proxy such as companies run.
pub(crate) const TO_TEST: [&str; 15] = [
    "chromium",
    "chromium-driver",
    "dbus-x11",
    "fonts-dejavu-core",
    "gnome-keyring",
    "imagemagick",
    "libsecret-tools",
    "openbox",
    "openssl",
    "squid",
    "tinyproxy",
    "webkit2gtk-driver",
    "xauth",
    "xdotool",
    "xvfb",
];

/// What compiling for Windows and macOS and running Windows programs needs.
pub(crate) const TO_CROSS: [&str; 8] = [
    "cargo-web",
    "g++-mingw-w64-x86-64-posix",
    "gcc-mingw-w64-x86-64-posix",
    "rust-web-clippy",
    "rust-web-src",
    "rustc-web",
    "wine",
    "wine64",
];

/// Whether this system's packages are Debian's.
pub(crate) fn are_known_here() -> bool {
    is_installed("dpkg-query") && is_installed("apt-get")
}

/// Installs what is missing of `packages`, saying it first.
///
/// # Errors
/// When apt-get fails, or neither root nor sudo is at hand: the message then holds the command to give.
pub(crate) fn install(packages: &[&str]) -> Result<()> {
    let missing = missing(packages)?;
    if missing.is_empty() {
        return Ok(());
    }
    println!(
        "Missing system packages, to be installed now with apt-get: {}",
        missing.join(" ")
    );
    if let Err(error) = perform(as_root()?.args(["apt-get", "update", "--quiet"])) {
        // One source that does not answer is no reason to stop: what is missing may lie in another.
        println!("going on although {error:#}");
    }
    let options = [
        "--yes",
        "--quiet",
        "--no-install-recommends",
        "--option",
        "DPkg::Lock::Timeout=600",
    ];
    perform(as_root()?.args(["apt-get", "install"]).args(options).args(&missing))
        .with_context(|| format!("install them by hand: apt-get install {}", missing.join(" ")))
}

fn missing(packages: &[&str]) -> Result<Vec<String>> {
    let names = packages
        .iter()
        .map(|name| name_here(name))
        .collect::<Result<Vec<_>>>()?;
    // dpkg-query fails when it has never heard of a package, and still lists the others: only its list counts.
    let output = command("dpkg-query")
        .args(["--show", "--showformat", "${binary:Package} ${db:Status-Status}\n"])
        .args(&names)
        .output()
        .context("dpkg-query cannot be started")?;
    Ok(absent(&names, &String::from_utf8_lossy(&output.stdout)))
}

/// The names that dpkg's list does not give as installed.
fn absent(names: &[String], listed: &str) -> Vec<String> {
    let installed: Vec<_> = listed
        .lines()
        .filter_map(|line| line.strip_suffix(" installed"))
        .map(|name| name.split_once(':').map_or(name, |(name, _architecture)| name))
        .collect();
    names
        .iter()
        .filter(|name| !installed.contains(&name.as_str()))
        .cloned()
        .collect()
}

/// Ubuntu calls Debian's browser and its driver by other names.
fn name_here(package: &str) -> Result<String> {
    if !package.starts_with("chromium") {
        return Ok(package.to_owned());
    }
    let release = fs::read_to_string("/etc/os-release").context("/etc/os-release cannot be read")?;
    Ok(name_in(&release, package).to_owned())
}

fn name_in<'a>(release: &str, package: &'a str) -> &'a str {
    let is_ubuntu = release.lines().any(|line| line == "ID=ubuntu");
    match package {
        "chromium" if is_ubuntu => "chromium-browser",
        "chromium-driver" if is_ubuntu => "chromium-chromedriver",
        _ => package,
    }
}

fn as_root() -> Result<Command> {
    let is_root = answer(command("id").arg("-u"))?.trim() == "0";
    let mut started = command(if is_root { "env" } else { "sudo" });
    started.arg("DEBIAN_FRONTEND=noninteractive");
    Ok(started)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_package_in_the_state_installed_is_there() {
        let names = ["perl", "libwebkit2gtk-4.1-dev", "xvfb", "wine"].map(str::to_owned);
        let listed = "perl installed\nlibwebkit2gtk-4.1-dev:amd64 installed\nxvfb config-files\n";
        assert_eq!(absent(&names, listed), ["xvfb", "wine"]);
    }

    #[test]
    fn the_browser_is_called_as_the_system_calls_it() {
        let (debian, ubuntu) = (
            "NAME=\"Debian GNU/Linux\"\nID=debian\n",
            "NAME=\"Ubuntu\"\nID=ubuntu\nID_LIKE=debian\n",
        );
        assert_eq!(name_in(debian, "chromium"), "chromium");
        assert_eq!(name_in(ubuntu, "chromium"), "chromium-browser");
        assert_eq!(name_in(ubuntu, "chromium-driver"), "chromium-chromedriver");
        assert_eq!(name_in(ubuntu, "perl"), "perl");
    }

    #[test]
    fn the_lists_are_sorted_and_share_nothing() {
        let all = [TO_BUILD.as_slice(), &TO_TEST, &TO_CROSS].concat();
        assert!(TO_BUILD.is_sorted() && TO_TEST.is_sorted() && TO_CROSS.is_sorted());
        assert!(
            all.iter()
                .enumerate()
                .all(|(at, name)| !all.iter().skip(at + 1).any(|other| other == name))
        );
    }
}
