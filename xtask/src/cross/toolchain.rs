//! Owns the compiler for other systems: Debian's own, with std built once for each system into a sysroot.
//!
//! It must not touch the toolchain that the person works with, nor need anything that a package manager cannot give.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::command::{answer, command, perform};

/// Windows as it is shipped.
pub(crate) const WINDOWS: &str = "x86_64-pc-windows-msvc";
/// Windows as it can be linked here.
pub(crate) const WINDOWS_LINKED: &str = "x86_64-pc-windows-gnu";
/// macOS.
pub(crate) const MACOS: &str = "aarch64-apple-darwin";

const HOST: &str = "x86_64-unknown-linux-gnu";
const CARGO: &str = "/usr/bin/cargo";
const RUSTC: &str = "/usr/bin/rustc";
const LIBRARIES: &str = "/usr/lib/rustlib";

/// Variables that belong to the toolchain that runs this task and would lead Debian's astray.
const FOREIGN: [&str; 11] = [
    "CARGO",
    "CARGO_ENCODED_RUSTFLAGS",
    "LD_LIBRARY_PATH",
    "RUSTC",
    "RUSTC_WORKSPACE_WRAPPER",
    "RUSTC_WRAPPER",
    "RUSTDOC",
    "RUSTFLAGS",
    "RUSTUP_HOME",
    "RUSTUP_TOOLCHAIN",
    "RUST_RECURSION_COUNT",
];

/// Debian's compiler, and the folder that belongs to this very release of it.
pub(crate) struct Toolchain {
    folder: PathBuf,
}

impl Toolchain {
    /// The installed compiler; what older ones left in `folder` is removed.
    ///
    /// # Errors
    /// When the compiler is not installed or the folder cannot be read.
    pub(crate) fn find(folder: &Path) -> Result<Self> {
        let release = answer(command(RUSTC).arg("-vV").env_remove("LD_LIBRARY_PATH"))?;
        let name = format!("rust-{}", fingerprint(&release));
        for entry in fs::read_dir(folder)? {
            let entry = entry?.file_name();
            if entry.to_string_lossy().starts_with("rust-") && entry != name.as_str() {
                fs::remove_dir_all(folder.join(entry))?;
            }
        }
        Ok(Self {
            folder: folder.join(name),
        })
    }

    /// Builds std for each system that has none yet, in a minute each.
    ///
    /// # Errors
    /// When a build fails.
    pub(crate) fn build_missing(&self) -> Result<()> {
        for target in [WINDOWS_LINKED, WINDOWS, MACOS] {
            if !self.built(target).exists() {
                self.build(target)
                    .with_context(|| format!("std for {target} cannot be built"))?;
            }
        }
        Ok(())
    }

    /// Cargo for `target`, with `flags` for rustc besides the sysroot.
    pub(crate) fn cargo(&self, target: &str, flags: &str) -> Command {
        let mut cargo = plain_cargo();
        let flags = format!("--sysroot {} {flags}", self.sysroot().display());
        cargo
            .env(
                format!("CARGO_TARGET_{}_RUSTFLAGS", variable(target).to_uppercase()),
                flags,
            )
            .env("CARGO_TARGET_DIR", self.folder.join("target"))
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            .env("CARGO_PROFILE_TEST_DEBUG", "0")
            // The build folder is kept for years and holds every state of the workspace: no incremental copies.
            .env("CARGO_INCREMENTAL", "0");
        cargo
    }

    fn sysroot(&self) -> PathBuf {
        self.folder.join("sysroot")
    }

    fn built(&self, target: &str) -> PathBuf {
        self.folder.join(format!("{target}.built"))
    }

    fn build(&self, target: &str) -> Result<()> {
        println!("building std for {target}");
        let empty = self.folder.join("std").join(target);
        lay_empty_package(&empty)?;
        let parts = "-Zbuild-std=std,panic_abort,panic_unwind,proc_macro,test";
        let mut build = plain_cargo();
        build
            .current_dir(&empty)
            .env("RUSTC_BOOTSTRAP", "1")
            .env("CARGO_TARGET_DIR", empty.join("target"));
        perform(build.args(["build", "--quiet", "--release", "--target", target, parts]))?;
        self.lay_libraries(target, &empty.join("target").join(target).join("release/deps"))?;
        fs::remove_dir_all(&empty)?;
        fs::write(self.built(target), "")?;
        Ok(())
    }

    /// A sysroot is the host's own libraries, for build scripts and macros, beside the built ones.
    fn lay_libraries(&self, target: &str, built: &Path) -> Result<()> {
        let systems = self.sysroot().join("lib/rustlib");
        let libraries = systems.join(target).join("lib");
        fs::create_dir_all(&libraries)?;
        if !systems.join(HOST).exists() {
            link(&Path::new(LIBRARIES).join(HOST), &systems.join(HOST))?;
        }
        for entry in fs::read_dir(built)? {
            let entry = entry?;
            let (path, name) = (entry.path(), entry.file_name());
            let is_library = path.extension().is_some_and(|extension| extension == "rlib");
            if is_library && !name.to_string_lossy().starts_with("libempty") {
                fs::copy(&path, libraries.join(name))?;
            }
        }
        Ok(())
    }
}

/// How a target is spelled in the name of a variable.
pub(crate) fn variable(target: &str) -> String {
    target.replace('-', "_")
}

/// `folder` before everything else on the search path, and rustup's programs not at all: they would choose the
/// person's toolchain again.
pub(crate) fn search_path(first: Option<&Path>) -> Result<OsString> {
    let system = ["/usr/local/bin", "/usr/bin", "/bin", "/usr/sbin", "/sbin"].map(PathBuf::from);
    Ok(env::join_paths(first.map(Path::to_path_buf).into_iter().chain(system))?)
}

fn plain_cargo() -> Command {
    let mut cargo = command(CARGO);
    for name in FOREIGN {
        cargo.env_remove(name);
    }
    if let Ok(path) = search_path(None) {
        cargo.env("PATH", path);
    }
    cargo.env("RUSTC", RUSTC);
    cargo
}

fn lay_empty_package(folder: &Path) -> Result<()> {
    let manifest = "[package]\nname = \"empty\"\nedition = \"2024\"\n[workspace]\n[profile.release]\ndebug = false\n";
    fs::create_dir_all(folder.join("src"))?;
    fs::write(folder.join("Cargo.toml"), manifest)?;
    fs::write(folder.join("src/lib.rs"), "")?;
    Ok(())
}

#[cfg(unix)]
fn link(original: &Path, link: &Path) -> Result<()> {
    Ok(std::os::unix::fs::symlink(original, link)?)
}

#[cfg(not(unix))]
fn link(original: &Path, _link: &Path) -> Result<()> {
    anyhow::bail!("{} cannot be linked on this system", original.display())
}

/// FNV-1a over the compiler's own description: another compiler must not read this one's libraries.
fn fingerprint(text: &str) -> String {
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    format!("{hash:016x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fingerprint_is_the_published_hash() {
        assert_eq!(fingerprint(""), "cbf29ce484222325");
        assert_eq!(
            fingerprint("foobar"),
            "85944171f73967e8",
            "the test vector of the FNV reference"
        );
    }

    #[test]
    fn rustups_programs_are_not_on_the_search_path() {
        let path = search_path(Some(Path::new("/stand-in")))
            .unwrap()
            .into_string()
            .unwrap();
        assert!(path.starts_with("/stand-in:") && !path.contains(".cargo"), "{path}");
    }
}
