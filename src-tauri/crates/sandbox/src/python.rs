//! Owns the way Python writes values (`repr`, `isoformat`): Hypothesis quotes what it refuses that way. Must not know any schema.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Number, Value};

/// `repr(value)` of a value that was read from JSON.
pub(crate) fn repr(value: &Value) -> String {
    match value {
        Value::Null => "None".to_owned(),
        Value::Bool(true) => "True".to_owned(),
        Value::Bool(false) => "False".to_owned(),
        Value::Number(number) => repr_number(number),
        Value::String(text) => repr_text(text),
        Value::Array(items) => format!("[{}]", joined(items.iter().map(repr))),
        Value::Object(members) => {
            let members = members
                .iter()
                .map(|(key, value)| format!("{}: {}", repr_text(key), repr(value)));
            format!("{{{}}}", joined(members))
        }
    }
}

/// The name of the Python type that JSON's value becomes.
pub(crate) fn type_name(value: &Value) -> &'static str {
    match value {
        Value::Null => "NoneType",
        Value::Bool(_) => "bool",
        Value::Number(number) if number.is_f64() => "float",
        Value::Number(_) => "int",
        Value::String(_) => "str",
        Value::Array(_) => "list",
        Value::Object(_) => "dict",
    }
}

fn joined(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(", ")
}

/// Single quotes, unless the text holds one and no double quote.
pub(crate) fn repr_text(text: &str) -> String {
    let quote = if text.contains('\'') && !text.contains('"') {
        '"'
    } else {
        '\''
    };
    let mut written = String::with_capacity(text.len() + 2);
    written.push(quote);
    for character in text.chars() {
        push_escaped(&mut written, character, quote);
    }
    written.push(quote);
    written
}

fn push_escaped(written: &mut String, character: char, quote: char) {
    match character {
        '\\' => written.push_str("\\\\"),
        '\n' => written.push_str("\\n"),
        '\r' => written.push_str("\\r"),
        '\t' => written.push_str("\\t"),
        _ if character == quote => written.extend(['\\', character]),
        _ if is_printable(character) => written.push(character),
        _ => written.push_str(&numbered(u32::from(character))),
    }
}

fn numbered(code: u32) -> String {
    match code {
        0..=0xff => format!("\\x{code:02x}"),
        0x100..=0xffff => format!("\\u{code:04x}"),
        _ => format!("\\U{code:08x}"),
    }
}

/// `str.isprintable` for one character, near enough: the general categories C and Z, except the space. Characters that
/// Unicode has not assigned are taken as printable.
fn is_printable(character: char) -> bool {
    let format = matches!(character,
        '\u{ad}' | '\u{600}'..='\u{605}' | '\u{61c}' | '\u{6dd}' | '\u{70f}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
        | '\u{e000}'..='\u{f8ff}' | '\u{e0000}'..='\u{10ffff}');
    character == ' ' || !(format || character.is_control() || character.is_whitespace())
}

/// Whole numbers as they are; others in the shortest form that reads back, with an exponent from 1e16 and under 1e-4.
fn repr_number(number: &Number) -> String {
    match number.as_f64() {
        Some(float) if number.is_f64() => repr_float(float),
        _ => number.to_string(),
    }
}

fn repr_float(float: f64) -> String {
    let size = float.abs();
    if float == 0.0 || (1e-4..1e16).contains(&size) {
        return format!("{float:?}");
    }
    let written = format!("{float:e}");
    let (digits, exponent) = written.split_once('e').unwrap_or((written.as_str(), "0"));
    let (sign, exponent) = exponent
        .strip_prefix('-')
        .map_or(('+', exponent), |exponent| ('-', exponent));
    format!("{digits}e{sign}{exponent:0>2}")
}

/// `isoformat()` of an instant: `2026-11-21T20:45:49.930606+00:00`.
pub(crate) fn iso(instant: Timestamp) -> String {
    let utc = instant.to_zoned(TimeZone::UTC);
    utc.strftime("%Y-%m-%dT%H:%M:%S.%6f%:z").to_string()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn values_are_written_as_python_writes_them() {
        let value = json!({"a": [1, 2.5, null, true], "b": {"c": "x"}});
        assert_eq!(repr(&value), "{'a': [1, 2.5, None, True], 'b': {'c': 'x'}}");
        assert_eq!(repr(&json!([])), "[]");
    }

    #[test]
    fn quotes_inside_choose_the_quotes_outside() {
        assert_eq!(repr_text("it's"), r#""it's""#);
        assert_eq!(repr_text(r#"a"b"#), r#"'a"b'"#);
        assert_eq!(repr_text(r#"a'b"c"#), r#"'a\'b"c'"#);
    }

    #[test]
    fn what_cannot_be_printed_is_numbered() {
        assert_eq!(repr_text("a\n\u{0}\u{a0}\u{202e}é\\"), r"'a\n\x00\xa0\u202eé\\'");
        assert_eq!(repr_text("\u{e0001}"), r"'\U000e0001'");
    }

    #[test]
    fn floats_keep_pythons_exponents() {
        let written = |text: &str| repr(&serde_json::from_str::<Value>(text).unwrap());
        assert_eq!(written("1.0"), "1.0");
        assert_eq!(written("1e16"), "1e+16");
        assert_eq!(written("0.00001"), "1e-05");
        assert_eq!(written("1.5e300"), "1.5e+300");
    }

    #[test]
    fn instants_have_microseconds_and_an_offset() {
        let instant = "2026-11-21T20:45:49.930606Z".parse().unwrap();
        assert_eq!(iso(instant), "2026-11-21T20:45:49.930606+00:00");
    }
}
