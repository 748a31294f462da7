//! Owns the page's packages and its build, each skipped while it is fresh.
//!
//! It must not run the page's tests or checks.

use anyhow::Result;

use crate::command::{npm, perform};
use crate::{folders, freshness};

/// What decides over `ui/dist`. Everything else in `ui` is tests and tools.
const SOURCES: [&str; 7] = [
    "src",
    "public",
    "index.html",
    "package.json",
    "package-lock.json",
    "vite.config.js",
    ".npmrc",
];

/// `npm ci`, unless what is installed came from the very same lock file.
///
/// # Errors
/// When npm fails or is not there.
pub(crate) fn install_packages() -> Result<()> {
    let lock = folders::page().join("package-lock.json");
    let stamp = folders::page().join("node_modules/.installed-from");
    if freshness::is_stamped(&lock, &stamp)? {
        return Ok(());
    }
    perform(&mut npm(&["ci", "--no-audit", "--no-fund"]))?;
    freshness::set_stamp(&lock, &stamp)
}

/// `npm run build`, unless `ui/dist` is newer than everything it is built from.
///
/// # Errors
/// When the build fails.
pub(crate) fn build() -> Result<()> {
    let page = folders::page();
    let built = page.join("dist/index.html");
    if freshness::is_newer(&built, &SOURCES.map(|name| page.join(name)))? {
        return Ok(());
    }
    perform(&mut npm(&["run", "--silent", "build"]))
}
