//! Owns what the sources promise beyond the manifests.

use std::path::{Path, PathBuf};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn files(folder: &str, ending: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(ROOT).join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() && !path.ends_with("generated") && !path.ends_with("target") {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == ending) {
                let text = std::fs::read_to_string(&path).unwrap();
                found.push((path.strip_prefix(ROOT).unwrap().to_owned(), text));
            }
        }
    }
    assert!(!found.is_empty(), "{folder} holds {ending} files");
    found
}

fn holds(text: &str, words: &str) -> bool {
    text.lines()
        .any(|line| !line.trim_start().starts_with("//") && line.contains(words))
}

#[test]
fn only_two_rooms_listen() {
    for (path, text) in files("src-tauri", "rs") {
        let listens = ["TcpListener::bind", ".listen(", "axum::serve"]
            .iter()
            .any(|way| holds(&text, way));
        let may = path.starts_with("src-tauri/crates/sandbox") || path.to_string_lossy().contains("callback");
        let test = text.contains("#[cfg(test)]") || path.components().any(|part| part.as_os_str() == "tests");
        assert!(!listens || may || test, "{} may not listen", path.display());
    }
}

#[test]
fn a_secret_is_exposed_only_where_it_is_kept_or_sent() {
    let may = [
        "src-tauri/crates/domain/src/credential.rs",
        "src-tauri/crates/keychain/",
        "src-tauri/crates/gateway/",
        "src-tauri/crates/register/src/key.rs",
        "src-tauri/crates/app/src/credentials.rs",
        "src-tauri/crates/app/src/practice.rs",
        "src-tauri/crates/app/src/sign_in/token.rs",
        "src-tauri/crates/services/src/sign_in/",
    ];
    for (path, text) in files("src-tauri", "rs") {
        let exposes = text
            .split("#[cfg(test)]")
            .next()
            .is_some_and(|program| holds(program, "expose_secret()"));
        let test = path.components().any(|part| part.as_os_str() == "tests");
        let known = may
            .iter()
            .any(|known| path.to_string_lossy().replace('\\', "/").starts_with(known));
        assert!(!exposes || test || known, "{} may not expose a secret", path.display());
    }
}

#[test]
fn only_one_file_of_the_page_knows_tauri() {
    for (path, text) in files("ui/src", "js") {
        let known = path.ends_with("platform/tauri.js");
        assert!(
            known || !text.contains("@tauri-apps/"),
            "{} may not know tauri",
            path.display()
        );
    }
}

#[test]
fn the_page_reaches_no_network() {
    for (path, text) in files("ui/src", "js") {
        for door in [
            "fetch(",
            "XMLHttpRequest",
            "WebSocket",
            "EventSource",
            "sendBeacon",
            "innerHTML",
        ] {
            assert!(!holds(&text, door), "{} may not use {door}", path.display());
        }
    }
}

#[test]
fn every_source_file_says_what_it_owns() {
    for folder in ["src-tauri", "xtask", "tests"] {
        for (path, text) in files(folder, "rs") {
            let first = text.lines().next().unwrap_or_default();
            assert!(first.starts_with("//"), "{} does not say what it owns", path.display());
        }
    }
}

#[test]
fn commands_do_not_think() {
    for (path, text) in files("src-tauri/src/commands", "rs") {
        for command in text.split("#[tauri::command]").skip(1) {
            let body = command.split_once("\n}").map_or(command, |(body, _)| body);
            let lines = body.lines().skip_while(|line| !line.ends_with('{')).skip(1).count();
            assert!(
                lines <= 10,
                "{}: a command has at most 10 lines: {body}",
                path.display()
            );
        }
    }
}
