//! Owns what may be an argument: the page names no file, no folder, no address to open and no header. A command that deals
//! with a file opens the dialog itself.

use super::read;

/// What an argument may be; a DTO's fields are held to the same list.
const TYPES: [&str; 35] = [
    "String",
    "SecretString",
    "bool",
    "u16",
    "u32",
    "f64",
    "AccountCheckRequest",
    "AccountCreateRequest",
    "AccountUpdateRequest",
    "AnnotationsQuery",
    "ConnectionDraft",
    "ConnectionKind",
    "Contrast",
    "ControlColumn",
    "ControlsFilter",
    "ControlsQuery",
    "DoctorFinding",
    "FacetField",
    "NetworkDraft",
    "PaneName",
    "Preferences",
    "ProxyKind",
    "QueryPair",
    "Region",
    "RequestDraft",
    "SignInStep",
    "SyncProgress",
    "Argument",
    "BTreeMap",
    "Channel",
    "Option",
    "Vec",
    "State",
    "App",
    "_",
];

/// The only texts that are places: the fields of the connection form, the address at which a browser ended (compared, and
/// never opened), and a path below the connection's own API.
const PLACES: [&str; 6] = [
    "address",
    "api_address",
    "token_address",
    "authorize_address",
    "proxy_address",
    "path",
];
const WORDS_OF_PLACES: [&str; 9] = [
    "path",
    "file",
    "folder",
    "directory",
    "address",
    "url",
    "uri",
    "origin",
    "header",
];
/// A document's address that annotations are searched by: data in a query.
const SEARCHED: &str = "uri";

struct Argument {
    owner: String,
    name: String,
    kind: String,
}

fn command_sources() -> Vec<String> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src-tauri/src/commands");
    let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    files.map(|file| std::fs::read_to_string(file).unwrap()).collect()
}

/// Every argument of every command.
fn arguments() -> Vec<Argument> {
    let mut found = Vec::new();
    for source in command_sources() {
        for command in source.split("#[tauri::command]").skip(1) {
            let (_, signature) = command.split_once("fn ").unwrap();
            let (owner, rest) = signature.split_once('(').unwrap();
            let (list, _) = rest.split_once("\n}").unwrap();
            let (list, _) = list.split_once(") ->").or_else(|| list.split_once(") {")).unwrap();
            found.extend(listed(owner, list));
        }
    }
    found
}

/// Every field of every shape that the page sends.
fn fields() -> Vec<Argument> {
    let mut found = Vec::new();
    for file in ["account", "controls", "draft", "preferences", "requests"] {
        let source = read(&format!("src-tauri/crates/app/src/page/{file}.rs"));
        for shape in source
            .split("#[derive(")
            .skip(1)
            .filter(|shape| shape.split_once(']').unwrap().0.contains(" Deserialize"))
        {
            let Some((_, body)) = shape.split_once("pub struct ") else {
                continue;
            };
            let (owner, body) = body.split_once(" {\n").unwrap();
            let (body, _) = body.split_once("\n}").unwrap();
            let fields = body.lines().filter_map(|line| line.trim().strip_prefix("pub "));
            found.extend(listed(owner, &fields.collect::<Vec<_>>().join("\n")));
            assert!(
                shape.contains("deny_unknown_fields"),
                "{owner} refuses what it does not know"
            );
        }
    }
    found
}

fn listed(owner: &str, list: &str) -> Vec<Argument> {
    let pairs = list
        .split('\n')
        .flat_map(|line| line.split(", "))
        .filter_map(|pair| pair.split_once(':'));
    let argument = |(name, kind): (&str, &str)| Argument {
        owner: owner.to_owned(),
        name: name.trim().to_owned(),
        kind: kind.trim().trim_end_matches(',').to_owned(),
    };
    pairs.map(argument).collect()
}

#[test]
fn no_argument_is_a_path_by_its_type() {
    let all: Vec<_> = arguments().into_iter().chain(fields()).collect();
    assert!(all.len() > 100, "they were read: {}", all.len());
    for Argument { owner, name, kind } in all {
        let words = kind.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_');
        for word in words.filter(|word| !word.is_empty()) {
            assert!(TYPES.contains(&word), "{owner}: {name} is {kind}");
        }
    }
}

#[test]
fn no_argument_names_a_place_but_those_of_the_connection_form_and_the_requests() {
    for Argument { owner, name, .. } in arguments().into_iter().chain(fields()) {
        let place = WORDS_OF_PLACES
            .iter()
            .any(|word| name.split('_').any(|part| part == *word));
        let allowed = PLACES.contains(&name.as_str()) || (owner == "AnnotationsQuery" && name == SEARCHED);
        assert!(!place || allowed, "{owner}: {name}");
    }
}

#[test]
fn the_command_that_deals_with_a_file_takes_no_argument() {
    let of = |command: &str| {
        let all = arguments().into_iter().filter(|argument| argument.owner == command);
        all.map(|argument| argument.name).collect::<Vec<_>>()
    };
    assert_eq!(of("certificate_choose"), ["app"]);
    assert_eq!(of("token_decode"), ["app", "token"]);
}
