//! Owns which Node.js the page's packages take, as `ui/package.json` has it, and the words for a machine that has another.
//!
//! It must not install anything.

use std::fs;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::command::{answer, command, npm};
use crate::folders;

/// Finds Node.js in a version that the page's packages take, and npm.
///
/// # Errors
/// When one of them is missing or Node.js is another; the message says which are wanted.
pub(crate) fn require() -> Result<()> {
    let range = wanted()?;
    let node = answer(command("node").arg("--version")).ok();
    let npm = answer(&mut npm(&["--version"])).ok();
    let missing = missing(&range, node.as_deref().map(str::trim), npm.is_some());
    if !missing.is_empty() {
        bail!("missing on this machine: {}", missing.join("; "));
    }
    Ok(())
}

/// The range of versions, in npm's writing.
fn wanted() -> Result<String> {
    let path = folders::page().join("package.json");
    let text = fs::read(&path).with_context(|| format!("{} cannot be read", path.display()))?;
    let package: Value = serde_json::from_slice(&text).with_context(|| format!("{} is no JSON", path.display()))?;
    let range = package.pointer("/engines/node").and_then(Value::as_str);
    Ok(range.context("ui/package.json names no version of Node.js")?.to_owned())
}

fn missing(range: &str, node: Option<&str>, has_npm: bool) -> Vec<String> {
    let mut missing = Vec::new();
    let wanted = in_words(range);
    match node {
        None => missing.push(format!("Node.js {wanted} (https://nodejs.org)")),
        Some(found) if !takes(range, found) => missing.push(format!(
            "Node.js {wanted} (https://nodejs.org): {found} is installed, which the page's packages do not take"
        )),
        Some(_) => {}
    }
    if !has_npm {
        missing.push("npm, which comes with Node.js (from Debian and Ubuntu: the package npm)".to_owned());
    }
    missing
}

/// One of the alternatives of a range.
#[derive(Clone, Copy)]
enum Span {
    /// `>=24`
    From([u32; 3]),
    /// `^20.19.0`, or `20`: this major version, from there on.
    Within([u32; 3]),
}

/// The alternatives that are written with `>=`, `^` or as a bare number; others are taken for none.
fn spans(range: &str) -> impl Iterator<Item = Span> {
    range.split("||").map(str::trim).filter_map(|span| {
        span.strip_prefix(">=").map_or_else(
            || version(span.trim_start_matches('^')).map(Span::Within),
            |least| version(least).map(Span::From),
        )
    })
}

/// `v20.19.1` or a part of it; what follows a hyphen counts for nothing.
fn version(text: &str) -> Option<[u32; 3]> {
    let release = text.trim().trim_start_matches('v').split('-').next()?;
    let mut numbers = release.split('.').map(str::parse);
    let major = numbers.next()?.ok()?;
    let mut next = || numbers.next().transpose().ok().map(Option::unwrap_or_default);
    Some([major, next()?, next()?])
}

fn takes(range: &str, found: &str) -> bool {
    let Some(found) = version(found) else { return false };
    spans(range).any(|span| match span {
        Span::From(least) => found >= least,
        Span::Within(least) => found.first() == least.first() && found >= least,
    })
}

fn in_words(range: &str) -> String {
    let words = spans(range).map(|span| match span {
        Span::From([major, 0, _]) => format!("{major} or newer"),
        Span::From([major, minor, _]) => format!("{major}.{minor} or newer"),
        Span::Within([major, minor, _]) => format!("{major}.{minor} or a later {major}"),
    });
    words.collect::<Vec<_>>().join(", or ")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the packages of the lock file say of Node.js.
    fn ranges_of_packages() -> Vec<String> {
        let text = fs::read(folders::page().join("package-lock.json")).unwrap();
        let lock: Value = serde_json::from_slice(&text).unwrap();
        let packages = lock["packages"].as_object().unwrap().iter();
        let packages = packages.filter(|(path, _)| !path.is_empty());
        let ranges = packages.filter_map(|(_, package)| Some(package.pointer("/engines/node")?.as_str()?.to_owned()));
        ranges.collect()
    }

    #[test]
    fn a_version_is_taken_when_every_package_of_the_lock_file_takes_it() {
        let (wanted, packages) = (wanted().unwrap(), ranges_of_packages());
        assert!(packages.len() > 50, "{packages:?}");
        for found in [
            "18.20.8", "20.18.3", "20.19.0", "20.20.2", "21.7.3", "22.12.0", "22.13.0", "22.21.1", "23.4.0", "23.11.1",
            "24.0.0", "26.1.0",
        ] {
            let refusing: Vec<_> = packages.iter().filter(|range| !takes(range, found)).collect();
            assert_eq!(takes(&wanted, found), refusing.is_empty(), "{found}: {refusing:?}");
        }
    }

    #[test]
    fn what_is_missing_is_named_in_words() {
        let said = |node, has_npm| missing("^20.19.0 || ^22.13.0 || >=24", node, has_npm).join("; ");
        let wanted = "Node.js 20.19 or a later 20, or 22.13 or a later 22, or 24 or newer";
        assert_eq!(said(Some("v20.20.2"), true), "");
        assert!(said(None, true).starts_with(wanted), "{}", said(None, true));
        let old = said(Some("v20.18.3"), true);
        assert!(
            old.starts_with(wanted) && old.contains("v20.18.3 is installed"),
            "{old}"
        );
        assert!(said(Some("nothing known"), true).starts_with(wanted));
        assert!(said(Some("v24.1.0-nightly"), false).starts_with("npm, which comes"));
        assert!(said(None, false).contains("; npm"), "both are named");
    }
}
