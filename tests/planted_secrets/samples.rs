//! Owns one good request for every command, and every way to spoil one. Must know each command: a new one without a
//! sample fails the tests.

use serde_json::{Map, Value, json};

/// Arguments whose text is taken as it is: what a person types there is data, not a choice from a list.
const FREE_TEXT: [&str; 16] = [
    "label",
    "search",
    "text",
    "username",
    "email",
    "displayName",
    "userid",
    "authority",
    "scopes",
    "secret",
    "words",
    "uri",
    "tag",
    "after",
    "name",
    "value",
];

/// A request that `command` takes, about the connection `id`.
pub(crate) fn sample(command: &str, id: &str) -> Value {
    let query = json!({
        "search": "", "filters": [{ "field": "health", "values": [null] }], "sort": "identifier",
        "descending": false, "offset": 0, "limit": 1,
    });
    match command {
        "app_status" | "connection_list" | "keychain_probe" => json!({}),
        "account_check" => json!({ "request": {
            "authority": "example.com", "username": "jbloggs1", "email": "a@b", "displayName": "Joe",
        } }),
        "account_look_up" => json!({ "connection": id, "text": "jbloggs1" }),
        "accounts_known" => json!({ "connection": id, "search": "jb" }),
        "account_create" => json!({ "connection": id, "request": {
            "username": "jbloggs1", "email": "jbloggs1@practice.example", "displayName": "",
        } }),
        "account_update" => json!({ "connection": id, "request": {
            "userid": "jbloggs1", "email": null, "displayName": "Joe Bloggs",
        } }),
        "connection_save" => json!({ "draft": {
            "kind": "practice", "label": "Sample", "region": null, "apiAddress": "", "tokenAddress": "",
            "clientId": "", "authority": "", "scopes": "", "secret": "", "thisRunOnly": true,
        } }),
        "connection_test" | "connection_forget" => json!({ "id": id }),
        "connection_rename" => json!({ "id": id, "label": "Renamed" }),
        "connection_replace_secret" => json!({ "id": id, "secret": "a secret" }),
        "recent_calls" => json!({ "connection": id, "limit": 20 }),
        "controls_window" | "controls_facets" => json!({ "connection": id, "query": query }),
        "control_detail" => json!({ "connection": id, "id": "a control" }),
        "controls_sync" => json!({ "connection": id, "progress": "__CHANNEL__:1" }),
        "operation_cancel" => json!({ "operation": "none" }),
        "preferences_save" => json!({ "preferences": {
            "contrast": "more", "railNarrow": true, "paneWidths": { "controlsDetail": 320 },
        } }),
        unknown => sample_of_a_sign_in(unknown, id),
    }
}

/// The same of what came with the sign-in.
fn sample_of_a_sign_in(command: &str, id: &str) -> Value {
    match command {
        "certificate_choose" | "sign_in_open_again" => json!({}),
        "connection_set_network" => json!({ "id": id, "network": {
            "proxy": "address", "proxyAddress": "127.0.0.1:9", "proxyUsername": "jo", "proxyPassword": "a password",
            "certificate": null,
        } }),
        "connection_set_rate" => json!({ "id": id, "perSecond": null, "burst": null }),
        "activity_list" => json!({ "connection": id, "limit": 20 }),
        "annotations_search" => json!({ "connection": id, "query": {
            "mine": false, "words": "", "uri": "", "tag": "", "after": null,
        } }),
        "doctor_run" => json!({ "connection": id, "progress": "__CHANNEL__:1" }),
        "request_send" | "request_as_curl" => json!({ "connection": id, "request": {
            "path": "/users/me", "query": [{ "name": "expand", "value": "x" }],
        } }),
        "request_history" | "requests_documented" => json!({ "connection": id }),
        "sign_in_again" => json!({ "id": id, "progress": "__CHANNEL__:1" }),
        "sign_in_paste" => json!({ "address": "http://127.0.0.1:47811/callback?code=c&state=s" }),
        // Nobody answers there; the person at the desk declines before anybody is asked.
        "sign_in_save" => json!({ "progress": "__CHANNEL__:1", "draft": {
            "kind": "hypothesisSignIn", "label": "Sample", "region": null, "apiAddress": "https://nowhere.invalid",
            "tokenAddress": "", "clientId": "sample", "authority": "", "scopes": "", "secret": "", "userid": "",
            "authorizeAddress": "", "callbackPort": 47811, "network": null, "thisRunOnly": true,
        } }),
        "sign_out" => json!({ "id": id }),
        "token_decode" => json!({ "token": "eyJhbGciOiJub25lIn0.e30." }),
        unknown => panic!("{unknown} needs a sample request"),
    }
}

/// Every request that comes of `sample` by putting `planted` somewhere in a shape that does not belong there: in the
/// place of a value, of a choice, of a number, as the name of a field, and with each argument missing.
pub(crate) fn spoilt(sample: &Value, planted: &str) -> Vec<Value> {
    let mut places = Vec::new();
    note(sample, &mut String::new(), &mut places);
    let mut requests = Vec::new();
    for place in places {
        let here = sample.pointer(&place).unwrap();
        let name = place.rsplit('/').next().unwrap_or_default();
        for value in wrong(here, name, planted) {
            let mut request = sample.clone();
            *request.pointer_mut(&place).unwrap() = value;
            requests.push(request);
        }
    }
    for name in sample.as_object().unwrap().keys() {
        let mut request = sample.clone();
        request.as_object_mut().unwrap().shift_remove(name);
        requests.push(request);
    }
    requests
}

/// The values in `value`, by their JSON pointers.
fn note(value: &Value, path: &mut String, places: &mut Vec<String>) {
    if !path.is_empty() {
        places.push(path.clone());
    }
    let length = path.len();
    let children: Vec<(String, &Value)> = match value {
        Value::Object(members) => members.iter().map(|(name, value)| (name.clone(), value)).collect(),
        Value::Array(values) => values
            .iter()
            .enumerate()
            .map(|(at, value)| (at.to_string(), value))
            .collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
    };
    for (name, child) in children {
        path.push('/');
        path.push_str(&name);
        note(child, path, places);
        path.truncate(length);
    }
}

fn wrong(here: &Value, name: &str, planted: &str) -> Vec<Value> {
    let named = |inner: Value| Value::Object(Map::from_iter([(planted.to_owned(), inner)]));
    let mut values = vec![json!([[planted]]), named(json!([planted]))];
    match here {
        Value::Object(members) => {
            let mut more = members.clone();
            more.insert(planted.to_owned(), json!(planted));
            values.extend([Value::Object(more), json!(planted)]);
        }
        Value::Array(_) => values.extend([json!(planted), json!([planted])]),
        Value::Bool(_) | Value::Number(_) => values.extend([json!(planted), json!(-1), json!(1.5), json!(1e300)]),
        Value::String(_) | Value::Null if !FREE_TEXT.contains(&name) => values.push(json!(planted)),
        Value::String(_) => values.extend([json!(7), json!(true)]),
        Value::Null => {}
    }
    values
}
