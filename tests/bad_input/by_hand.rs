//! Files named by a path and searches beyond their bounds: nothing is read, and nothing leaves.

use serde_json::{Value, json};

use super::Office;
use super::samples::sample;

#[test]
fn no_command_takes_a_path_for_a_file() {
    let office = Office::open();
    for path in [
        "/etc/passwd",
        "../settings.json",
        "file:///etc/passwd",
        "C:\\Windows\\win.ini",
    ] {
        let chosen = office.page.call(
            "certificate_choose",
            json!({ "path": path, "file": path, "purpose": path }),
        );
        assert_eq!(
            *chosen.ok(),
            Value::Null,
            "only the person chooses, in the system's own dialog"
        );
        let network = json!({ "proxy": "system", "certificate": path });
        let arguments = json!({ "id": office.hypothesis, "network": network });
        let reply = office.page.call("connection_set_network", arguments);
        assert!(["input-invalid", "file-unreadable"].contains(&reply.code()), "{path}");
        let unknown = json!({ "proxy": "system", "certificate": null, "path": path });
        let arguments = json!({ "id": office.hypothesis, "network": unknown });
        assert_eq!(
            office.page.call("connection_set_network", arguments).code(),
            "input-invalid"
        );
    }
    office.has_lost_nothing();
}

#[test]
fn a_search_beyond_its_bounds_is_refused_before_anything_leaves() {
    let office = Office::open();
    let search = |name: &str, value: Value| {
        let mut arguments = sample("annotations_search", &office.hypothesis);
        arguments["query"]["mine"] = json!(false);
        arguments["query"][name] = value;
        office.page.call("annotations_search", arguments).code().to_owned()
    };
    for (name, value) in [
        ("words", json!("x".repeat(2_001))),
        ("after", json!("../../etc/passwd")),
        ("after", json!("9999-99-99T00:00:00Z")),
        ("mine", json!("yes")),
        ("group", json!("__world__")),
    ] {
        assert_eq!(search(name, value), "input-invalid", "{name}");
    }
    let mut own = sample("annotations_search", &office.hypothesis);
    own["query"]["mine"] = json!(true);
    assert_eq!(office.page.call("annotations_search", own).code(), "kind-unsuited");
    office.has_lost_nothing();
}
