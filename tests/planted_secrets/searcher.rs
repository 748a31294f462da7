//! Owns the proof of the proof: a secret that is planted in a place, in a form, is found there. Must plant in every
//! kind of place that the journey searches.

use std::process::{Command, Stdio};

use countersign_app::{Keychain, KeychainSettings};
use countersign_domain::ConnectionId;
use countersign_keychain::{Channel, EntryName, SecretSlice};
use serde_json::json;
use tauri::async_runtime::block_on;

use super::desk::Desk;
use super::ear;
use super::journey;
use super::places::{self, Place};
use super::proof::leaks;
use super::search::{Search, forms};

const PLANTED: &str = "pl4nted:sécret+/=&\"\\🗝% of the searcher";

fn search() -> Search {
    Search::of(&[("planted", PLANTED.into())])
}

fn found(place: &Place) -> bool {
    !leaks(&search(), std::slice::from_ref(place)).is_empty()
}

#[test]
fn a_planted_secret_is_found_in_a_file_in_every_form() {
    let folder = tempfile::tempdir().unwrap();
    for (number, (form, bytes)) in forms(PLANTED.as_bytes()).into_iter().enumerate() {
        let path = folder.path().join(number.to_string());
        std::fs::write(&path, [b"before ", bytes.as_slice(), b" after"].concat()).unwrap();
        let lying = places::files(folder.path());
        let place = lying.iter().find(|place| place.name == path.display().to_string());
        assert!(found(place.unwrap()), "{form}");
        std::fs::remove_file(path).unwrap();
    }
    assert!(
        leaks(&search(), &places::files(folder.path())).is_empty(),
        "and nothing is found where nothing is"
    );
}

#[test]
fn a_secret_is_looked_for_in_many_forms() {
    let names: std::collections::BTreeSet<_> = forms(PLANTED.as_bytes()).into_iter().map(|(name, _)| name).collect();
    assert!(names.len() >= 12, "{names:?}");
    let written: std::collections::BTreeSet<_> =
        forms(PLANTED.as_bytes()).into_iter().map(|(_, bytes)| bytes).collect();
    assert!(
        written.len() >= 12,
        "a planted secret looks different in each: {}",
        written.len()
    );
}

#[test]
fn what_services_and_pages_would_write_is_found() {
    use base64::Engine as _;
    let bases = [
        base64::engine::general_purpose::STANDARD,
        base64::engine::general_purpose::URL_SAFE,
    ];
    for client in ["id", "id1", "id12"] {
        for base in &bases {
            let header = format!(
                "Authorization: Basic {}",
                base.encode(format!("{client}:{PLANTED} and more"))
            );
            assert!(found(&Place::new("a header", header)));
        }
    }
    let reply = json!({ "message": format!("invalid type: string {PLANTED:?}, expected a map") });
    assert!(found(&Place::new("a reply", reply.to_string())));
    let address = tauri::Url::parse_with_params("https://a.example/", [("secret", PLANTED)]).unwrap();
    assert!(found(&Place::new("an address", address.to_string())));
    assert!(found(&Place::new("a debug line", format!("{:?}", PLANTED.as_bytes()))));
}

#[test]
fn a_planted_secret_is_found_in_names_of_files_and_in_files_held_open() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("pl4nted:sécret+=&\"\\🗝% in a name");
    std::fs::write(&path, PLANTED).unwrap();
    let name = Search::of(&[("planted", "pl4nted:sécret+=&\"\\🗝% in a name".into())]);
    assert!(!leaks(&name, &places::files(folder.path())).is_empty());
    let held = std::fs::File::open(&path).unwrap();
    std::fs::remove_file(path).unwrap();
    assert!(
        !leaks(&search(), &places::open_files()).is_empty(),
        "deleted, but held open"
    );
    drop(held);
}

#[test]
fn a_planted_secret_is_found_in_the_log_before_it_is_redacted_and_in_the_log_that_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let token = "6879-pl4nted-0123456789";
    tracing::subscriber::with_default(ear::log(folder.path()), || {
        tracing::trace!(target: "reqwest", "{PLANTED} and {token}");
    });
    let lying = places::files(folder.path());
    let place = |part: &str| lying.iter().find(|place| place.name.contains(part)).unwrap();
    assert!(found(place("unredacted.log")) && found(place("logs/countersign")));
    let search = Search::of(&[("token", token.into())]);
    assert!(!search.found(&place("unredacted.log").bytes).is_empty());
    assert!(
        search.found(&place("logs/countersign").bytes).is_empty(),
        "what looks like a token is marked"
    );
}

#[test]
fn a_planted_secret_is_found_in_settings_and_in_a_register() {
    let desk = Desk::new(journey::credentials());
    let page = desk.start(desk.keychain.clone());
    let draft = json!({ "kind": "practice", "label": PLANTED, "region": null, "secret": "" });
    let card = page.call("connection_save", json!({ "draft": draft })).ok().clone();
    let id = card["id"].as_str().unwrap();
    assert!(found(&Place::new("the reply", card.to_string())));
    let lying = places::files(desk.root());
    assert!(found(
        lying
            .iter()
            .find(|place| place.name.ends_with("settings.json"))
            .unwrap()
    ));
    page.call("recent_calls", json!({ "connection": id, "limit": 1 })).ok();
    let (folder, key) = (desk.path("registers").join(id), desk.register_key(id));
    let tables = |planted| {
        let held = places::register(&folder, &key);
        held.iter().filter(|place| found(place)).count() == planted
    };
    assert!(tables(0));
    let ledger = places::opened(&folder.join("ledger.db"), &key).unwrap();
    let written = "CREATE TABLE planted (it TEXT); INSERT INTO planted VALUES (?1)";
    let (made, written) = written.split_once("; ").unwrap();
    ledger.execute(made, []).unwrap();
    ledger.execute(written, [PLANTED]).unwrap();
    assert!(tables(1), "it is found although the file is encrypted");
    let raw = places::files(&folder);
    assert!(leaks(&search(), &raw).is_empty(), "and not by who has no key");
}

#[test]
fn a_planted_secret_is_found_in_command_lines_and_environments() {
    for in_environment in [true, false] {
        let mut command = Command::new("sh");
        command.args(["-c", "read line", "sh"]).stdin(Stdio::piped());
        if in_environment {
            command.env("PLANTED", PLANTED);
        } else {
            command.arg(PLANTED);
        }
        let mut child = command.spawn().unwrap();
        assert!(!leaks(&search(), &places::processes()).is_empty());
        drop(child.stdin.take());
        child.wait().unwrap();
    }
}

#[test]
fn the_key_of_a_register_is_found_as_bytes_and_in_the_statement_that_opens_it() {
    let key: Vec<u8> = (0..32).map(|byte| byte * 7 + 1).collect();
    let search = Search::of(&[("key", key.clone())]);
    let statement = key
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect::<Vec<_>>()
        .concat();
    for written in [
        key.clone(),
        format!("PRAGMA key = \"x'{statement}'\"").into_bytes(),
        format!("{key:?}").into(),
    ] {
        assert!(!search.found(&written).is_empty());
    }
}

#[test]
fn the_keychain_itself_holds_no_secret_that_can_be_read_on_disk() {
    let keychain = Keychain::start(KeychainSettings::default());
    let channel = Channel::parse("searcher").unwrap();
    let name = EntryName::register_key(&channel, &ConnectionId::random());
    block_on(keychain.set(&name, &SecretSlice::from(PLANTED.as_bytes().to_vec()))).unwrap();
    let home = std::env::var_os("HOME").unwrap();
    assert!(leaks(&search(), &places::files(std::path::Path::new(&home))).is_empty());
    block_on(keychain.delete(&name)).unwrap();
}
