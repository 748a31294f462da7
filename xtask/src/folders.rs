//! Owns where things lie: the repository's own folders and the user's cache folder.
//!
//! It must not create or read anything there.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The root of the clone.
pub(crate) fn root() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().unwrap_or(package).to_path_buf()
}

/// The page's sources.
pub(crate) fn page() -> PathBuf {
    root().join("ui")
}

/// The type declarations that the page reads.
pub(crate) fn declarations() -> PathBuf {
    page().join("src/generated")
}

/// Cargo's target folder.
pub(crate) fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |given| root().join(given))
}

/// What may be kept between clones: tools, sysroots, cross builds. `$XDG_CACHE_HOME/countersign` or the system's counterpart.
///
/// # Errors
/// When no home folder is known.
pub(crate) fn cache() -> Result<PathBuf> {
    let given = |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let folder = given("XDG_CACHE_HOME")
        .or_else(|| given("LOCALAPPDATA"))
        .or_else(|| given("HOME").map(|home| home.join(".cache")))
        .context("no home folder: set HOME")?;
    Ok(folder.join("countersign"))
}
