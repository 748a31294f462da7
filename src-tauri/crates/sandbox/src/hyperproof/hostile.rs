//! Owns rows that a careless reader trips over. Must not be sent unless they were asked for.

use serde_json::{Value, json};

/// Elements of the controls array, as text: controls with dangerous or wrong values, and elements that are no controls.
pub(crate) fn rows() -> Vec<String> {
    let controls = values()
        .into_iter()
        .enumerate()
        .map(|(at, fields)| control(at, &fields));
    let others = [
        json!({"name": "A control without an id", "status": "active"}),
        json!(17),
        json!(null),
    ];
    controls.chain(others).map(|row| row.to_string()).collect()
}

fn control(at: usize, fields: &Value) -> Value {
    let mut row = json!({
        "id": format!("dead0000-0000-11ee-8000-{at:012x}"),
        "controlType": "simple",
        "controlIdentifier": format!("HX-{:02}", at + 1),
        "name": "Hostile row",
        "status": "active",
    });
    for (field, value) in fields.as_object().into_iter().flatten() {
        if let Some(row) = row.as_object_mut() {
            row.insert(field.clone(), value.clone());
        }
    }
    row
}

fn values() -> Vec<Value> {
    vec![
        json!({"name": "<img src=x onerror=\"alert(1)\"><script>alert(2)</script>"}),
        json!({"name": "<b>Bold</b> &amp; <a href=\"javascript:alert(1)\">link</a>"}),
        json!({"name": "Access \u{202e}lortnoc\u{202c} and \u{2066}marks\u{2069}", "domainName": "\u{200f}Domain"}),
        json!({"name": "A long description", "description": "word ".repeat(13_108)}),
        json!({"name": "Unknown values", "health": "splendid", "freshness": "quantum", "implementation": "maybe",
               "status": "active", "testingStatus": "✓", "automation": ""}),
        json!({"name": 42, "domainName": 7.5, "controlIdentifier": 1001, "description": true}),
        json!({"name": "Wrong shapes", "owner": [1, 2], "customFields": "none", "permissions": {}, "updatedOn": 1}),
        json!({"name": "Dates", "createdOn": "yesterday", "updatedOn": "2026-13-45T99:99:99Z", "freshAsOfDate": ""}),
        json!({"name": "=HYPERLINK(\"http://evil.example\",\"Open\")", "notes": "@SUM(A1:A9)"}),
        json!({"name": "Tab\tline\r\nnul\u{0}end", "owner": {"givenName": "<i>Eve</i>", "surname": "\u{202e}evE"}}),
        json!({"name": "Deep", "nested": nested(60)}),
        json!({"name": "", "description": null, "owner": ""}),
    ]
}

fn nested(depth: usize) -> Value {
    (0..depth).fold(json!("end"), |inner, _| json!([inner]))
}
