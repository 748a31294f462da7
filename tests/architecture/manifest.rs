//! Owns what the manifests promise: which package depends on which.

use std::collections::BTreeMap;
use std::process::Command;

use serde_json::Value;

use super::floor;

/// Rooms that stand on a lower floor than `services`, and that it must not know all the same.
const NEVER: [(&str, &str); 3] = [
    ("services", "keychain"),
    ("services", "register"),
    ("provisioning", "gateway"),
];

/// Outside packages that one room alone may use, as a dependency of the program.
const ONLY: [(&str, &[&str]); 7] = [
    ("tauri", &["countersign"]),
    ("gio", &["countersign"]),
    ("reqwest", &["gateway"]),
    ("hyper", &["gateway"]),
    ("keyring-core", &["keychain"]),
    ("rusqlite", &["register"]),
    ("axum", &["sandbox"]),
];

/// Packages beside the program: tools and tests.
const APART: [&str; 5] = ["sandbox", "conformance", "xtask", "empty-window", "call-overhead"];

/// Its program has faults by default; who depends on it takes none of its defaults.
const SANDBOX: &str = "countersign-sandbox";

/// What cargo prints.
fn cargo(asked: &[&str]) -> Vec<u8> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let answer = Command::new(cargo)
        .args(asked)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(answer.status.success(), "{}", String::from_utf8_lossy(&answer.stderr));
    answer.stdout
}

fn metadata() -> Value {
    let asked = ["metadata", "--format-version", "1", "--no-deps", "--offline"];
    serde_json::from_slice(&cargo(&asked)).unwrap()
}

/// Each package of the workspace with its ordinary dependencies (not those of tests and builds), in short names.
fn dependencies() -> BTreeMap<String, Vec<String>> {
    let short = |name: &Value| {
        let name = name.as_str().unwrap();
        name.strip_prefix("countersign-").unwrap_or(name).to_owned()
    };
    let of = |package: &Value| {
        let all = package["dependencies"].as_array().unwrap().iter();
        all.filter(|dependency| dependency["kind"].is_null())
            .map(|dependency| short(&dependency["name"]))
            .collect()
    };
    let metadata = metadata();
    let packages = metadata["packages"].as_array().unwrap().iter();
    packages.map(|package| (short(&package["name"]), of(package))).collect()
}

#[test]
fn arrows_point_down_only() {
    for (room, known) in dependencies() {
        let Some(own) = floor(&room) else {
            assert!(
                APART.contains(&room.as_str()),
                "{room} stands on no floor: name it in the design first"
            );
            continue;
        };
        for other in known {
            let Some(others) = floor(&other) else { continue };
            assert!(
                others < own,
                "{room} (floor {own}) may not know {other} (floor {others})"
            );
        }
    }
}

#[test]
fn some_rooms_never_know_each_other() {
    let all = dependencies();
    for (room, other) in NEVER {
        let known = all.get(room).map(Vec::as_slice).unwrap_or_default();
        assert!(!known.iter().any(|name| name == other), "{room} may not know {other}");
    }
}

#[test]
fn some_packages_have_one_user() {
    for (room, known) in dependencies() {
        let apart = APART.contains(&room.as_str());
        for (package, users) in ONLY {
            let uses = known
                .iter()
                .any(|name| name == package || name.starts_with(&format!("{package}-plugin")));
            assert!(
                !uses || apart || users.contains(&room.as_str()),
                "{room} may not use {package}"
            );
        }
    }
}

#[test]
fn only_app_knows_the_sandbox_and_only_to_practise() {
    let metadata = metadata();
    for package in metadata["packages"].as_array().unwrap() {
        for dependency in package["dependencies"].as_array().unwrap() {
            if dependency["name"] != SANDBOX || !dependency["kind"].is_null() {
                continue;
            }
            let (room, features) = (package["name"].as_str().unwrap(), &dependency["features"]);
            let tool = room == "countersign-conformance";
            assert!(tool || room == "countersign-app", "{room} may not know the sandbox");
            assert!(
                tool || features == &serde_json::json!(["practice"]),
                "a release holds no faults: {features}"
            );
            assert_eq!(
                dependency["uses_default_features"], false,
                "{room}: what the sandbox has by default is for hands and tests"
            );
        }
    }
}

/// Features of all who use the sandbox come together; what counts is what the program is built with.
#[test]
fn the_program_is_built_without_faults() {
    let shown = ["--edges", "normal", "--format", "{p} [{f}]", "--prefix", "none"];
    let tree = cargo(&[&["tree", "--package", "countersign", "--offline"][..], &shown].concat());
    let tree = String::from_utf8(tree).unwrap();
    let sandbox = tree.lines().find(|line| line.starts_with("countersign-sandbox "));
    let sandbox = sandbox.expect("the program holds the sandbox, to practise");
    assert!(sandbox.contains("[practice]"), "{sandbox}");
}

/// `cargo run -p countersign-sandbox`, as the documents have it: cargo refuses where a feature must be named.
#[test]
fn the_sandbox_starts_without_naming_features() {
    let metadata = metadata();
    let mut packages = metadata["packages"].as_array().unwrap().iter();
    let sandbox = packages.find(|package| package["name"] == SANDBOX).unwrap();
    let of_program = |target: &&Value| target["kind"] == serde_json::json!(["bin"]);
    let program = sandbox["targets"].as_array().unwrap().iter().find(of_program).unwrap();
    let default = sandbox["features"]["default"].as_array().unwrap();
    for needed in program["required-features"].as_array().into_iter().flatten() {
        assert!(default.contains(needed), "{needed} is none of {default:?}");
    }
}

#[test]
fn a_release_has_no_automation() {
    let metadata = metadata();
    for package in metadata["packages"].as_array().unwrap() {
        let default = package["features"]["default"].to_string();
        assert!(
            !default.contains("automation") && (!default.contains("faults") || package["name"] == SANDBOX),
            "{}: {default}",
            package["name"]
        );
    }
}
