//! Owns the programs under test: the application as this run found it, and the sandbox, built once a run.
//! Must not start them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// Where cargo puts the application; another build may put another one there while the tests run.
const BUILT: &str = env!("CARGO_BIN_EXE_countersign");

/// The application, under a second name of this run's own.
pub(crate) fn application() -> &'static Path {
    static LINKED: OnceLock<PathBuf> = OnceLock::new();
    LINKED.get_or_init(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("programs");
        let _none_yet = fs::create_dir_all(&folder);
        drop_ended(&folder);
        let linked = folder.join(std::process::id().to_string());
        fs::hard_link(BUILT, &linked).expect("the application is built and the target folder can be written");
        linked
    })
}

/// Drops the names that belong to runs that have ended.
fn drop_ended(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if !Path::new("/proc").join(entry.file_name()).exists() {
            let _gone_already = fs::remove_file(entry.path());
        }
    }
}

/// The sandbox beside the application: it has the faults, which the application never has.
pub(crate) fn sandbox() -> &'static Path {
    static BUILT_NOW: OnceLock<PathBuf> = OnceLock::new();
    BUILT_NOW.get_or_init(|| {
        let folder = Path::new(BUILT).parent().expect("the application lies in a folder");
        let built = build_sandbox(folder.parent().expect("a profile lies in the target folder"));
        assert!(built, "the sandbox could not be built");
        folder.join("countersign-sandbox")
    })
}

/// All packages are named, so that the dependencies stay as the tests were built with them.
fn build_sandbox(target: &Path) -> bool {
    let mut build = Command::new(env!("CARGO"));
    build.args(["build", "--quiet", "--workspace", "--bin", "countersign-sandbox"]);
    build.arg("--target-dir").arg(target);
    build.current_dir(env!("CARGO_MANIFEST_DIR"));
    for (name, _) in std::env::vars_os() {
        // What cargo set for this test would have build scripts run again.
        let own = ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_CRATE_"];
        if own.iter().any(|start| name.to_string_lossy().starts_with(start)) {
            build.env_remove(&name);
        }
    }
    build.status().expect("cargo can be started").success()
}
