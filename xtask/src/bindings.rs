//! Owns the page's type declarations: made from the Rust types by the tests that ts-rs derives, all in one folder.
//!
//! It must not edit a declaration.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::command::{answer, cargo};
use crate::folders;

/// Replaces `ui/src/generated` by what the Rust types give now.
///
/// # Errors
/// When a type cannot be exported or a file cannot be written.
pub(crate) fn bindings() -> Result<()> {
    let (made, kept) = (declare()?, read(&folders::declarations())?);
    for name in kept.keys().filter(|name| !made.contains_key(*name)) {
        fs::remove_file(folders::declarations().join(name))?;
    }
    fs::create_dir_all(folders::declarations())?;
    for (name, text) in made.iter().filter(|(name, text)| kept.get(*name) != Some(*text)) {
        fs::write(folders::declarations().join(name), text)?;
    }
    println!(
        "{} declarations, {} changed",
        made.len(),
        differences(&made, &kept).len()
    );
    Ok(())
}

/// Compares `ui/src/generated` with what the Rust types give now.
///
/// # Errors
/// When they differ; the message names the files.
pub(crate) fn compare() -> Result<()> {
    let different = differences(&declare()?, &read(&folders::declarations())?);
    if !different.is_empty() {
        bail!(
            "ui/src/generated is out of date ({}): run `cargo xtask bindings`",
            different.join(", ")
        );
    }
    Ok(())
}

/// The declarations by file name, made in a folder of their own.
fn declare() -> Result<BTreeMap<String, String>> {
    let folder = folders::target().join("bindings-made");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    let packages = ["--package", "countersign-domain", "--package", "countersign-app"];
    let mut export = cargo(&["test", "--quiet", "--lib"]);
    answer(
        export
            .args(packages)
            .args(["--", "export_bindings"])
            .env("TS_RS_EXPORT_DIR", &folder),
    )?;
    let made = read(&folder)?;
    if made.is_empty() {
        bail!("no type was exported: does any still derive TS with #[ts(export)]?");
    }
    require_imports(&made)?;
    Ok(made)
}

fn read(folder: &Path) -> Result<BTreeMap<String, String>> {
    let mut files = BTreeMap::new();
    if !folder.exists() {
        return Ok(files);
    }
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        files.insert(
            name,
            fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))?,
        );
    }
    Ok(files)
}

/// Every import must name a file of the same folder, whichever crate its type came from.
fn require_imports(files: &BTreeMap<String, String>) -> Result<()> {
    for (name, text) in files {
        let imported = text
            .lines()
            .filter_map(|line| line.strip_prefix("import type ")?.split('"').nth(1));
        for import in imported {
            let file = import.strip_prefix("./").map(|stem| format!("{stem}.ts"));
            if !file.is_some_and(|file| files.contains_key(&file)) {
                bail!("{name} imports {import}, which is not among the declarations");
            }
        }
    }
    Ok(())
}

fn differences(made: &BTreeMap<String, String>, kept: &BTreeMap<String, String>) -> Vec<String> {
    let mut names: Vec<_> = made.keys().chain(kept.keys()).collect();
    names.sort();
    names.dedup();
    names
        .into_iter()
        .filter(|name| made.get(*name) != kept.get(*name))
        .cloned()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(of: &[(&str, &str)]) -> BTreeMap<String, String> {
        of.iter()
            .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
            .collect()
    }

    #[test]
    fn a_changed_a_new_and_a_stale_declaration_are_differences() {
        let made = files(&[("A.ts", "1"), ("B.ts", "2"), ("New.ts", "3")]);
        let kept = files(&[("A.ts", "1"), ("B.ts", "old"), ("Stale.ts", "4")]);
        assert_eq!(differences(&made, &kept), ["B.ts", "New.ts", "Stale.ts"]);
    }

    #[test]
    fn an_import_of_a_type_that_was_not_exported_is_refused() {
        let text = "import type { Other } from \"./Other\";\n\nexport type A = Other;\n";
        assert!(require_imports(&files(&[("A.ts", text), ("Other.ts", "")])).is_ok());
        let error = require_imports(&files(&[("A.ts", text)])).unwrap_err().to_string();
        assert_eq!(error, "A.ts imports ./Other, which is not among the declarations");
    }
}
