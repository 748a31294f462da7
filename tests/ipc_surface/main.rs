//! Owns the sameness of the four lists of commands: the table, the handler, the capability, the page's wrappers;
//! and what the configuration promises of the page. Must not start the program.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails where it unwraps")]

mod arguments;

use std::collections::BTreeSet;

use countersign::COMMANDS;
use serde_json::Value;

fn read(path: &str) -> String {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn json(path: &str) -> Value {
    serde_json::from_str(&read(path)).unwrap()
}

fn table() -> BTreeSet<String> {
    COMMANDS.iter().map(ToString::to_string).collect()
}

#[test]
fn the_table_names_each_command_once() {
    assert_eq!(table().len(), COMMANDS.len());
}

#[test]
fn the_handler_answers_the_table() {
    let source = read("src-tauri/src/commands/mod.rs");
    let (_, list) = source.split_once("generate_handler![").unwrap();
    let (list, _) = list.split_once(']').unwrap();
    let names = list
        .split(',')
        .filter_map(|name| name.trim().rsplit("::").next())
        .filter(|name| !name.is_empty());
    assert_eq!(names.map(ToOwned::to_owned).collect::<BTreeSet<_>>(), table());
}

#[test]
fn the_capability_grants_the_table_to_one_window() {
    let configuration = json("tauri.conf.json");
    let capabilities = configuration["app"]["security"]["capabilities"].as_array().unwrap();
    let [capability] = capabilities.as_slice() else {
        panic!("one capability, of the one page");
    };
    assert_eq!(capability["windows"], serde_json::json!(["main"]));
    assert!(capability.get("remote").is_none(), "no other page may call");
    let granted = capability["permissions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|name| name.as_str().unwrap());
    let (events, commands): (Vec<_>, Vec<_>) = granted.partition(|name| name.starts_with("core:"));
    let heard = ["core:event:allow-listen", "core:event:allow-unlisten"];
    assert_eq!(events, heard, "the page hears the menu, and sends nobody anything");
    let commands: BTreeSet<_> = commands
        .into_iter()
        .map(|name| name.strip_prefix("allow-").unwrap().replace('-', "_"))
        .collect();
    assert_eq!(commands, table());
}

/// Tauri's macros leave out what the capability does not name when this stands in `.cargo/config.toml`.
#[test]
fn tauris_own_commands_that_nobody_is_granted_are_left_out() {
    let configuration = std::path::Path::new(env!("REMOVE_UNUSED_COMMANDS")).join("tauri.conf.json");
    assert!(configuration.is_file(), "{}", configuration.display());
}

#[test]
fn the_page_wraps_the_table() {
    let source = read("ui/src/commands.js");
    for command in COMMANDS {
        assert!(
            source.contains(&format!("\"{command}\"")) || source.contains(&format!("'{command}'")),
            "{command}"
        );
    }
}

#[test]
fn the_page_is_confined() {
    let configuration = json("tauri.conf.json");
    let security = &configuration["app"]["security"];
    let policy = security["csp"].as_str().unwrap();
    let promised = [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src ipc: http://ipc.localhost",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "object-src 'none'",
    ];
    let given: Vec<_> = policy.split(';').map(str::trim).collect();
    assert_eq!(given, promised, "every directive of the policy, and no other");
    assert_eq!(security["freezePrototype"], true);
    assert_eq!(configuration["app"]["withGlobalTauri"], false);
    assert_eq!(
        configuration["app"]["windows"],
        serde_json::json!([]),
        "the window is made in Rust, with its limits"
    );
}
