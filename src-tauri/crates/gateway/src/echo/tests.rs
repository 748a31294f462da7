//! Tests of what is taken out of an answer, in whole and in parts.

use url::form_urlencoded;

use super::*;

const SECRET: &str = "top:sécret \"+/=\\🗝";

fn in_parts(parts: &[&[u8]], secret: &str) -> Vec<u8> {
    let Some(sought) = Sought::new(&SecretString::from(secret)) else {
        return parts.concat();
    };
    let mut concealment = Concealment::of(sought);
    let mut left = Vec::new();
    for part in parts {
        left.extend_from_slice(&concealment.pass(Bytes::copy_from_slice(part)));
    }
    left.extend_from_slice(&concealment.end());
    left
}

fn left(body: &str) -> String {
    String::from_utf8(in_parts(&[body.as_bytes()], SECRET)).unwrap()
}

#[test]
fn an_answer_that_repeats_the_secret_is_read_without_it() {
    let json = serde_json::json!({ "message": format!("bad secret {SECRET}!") }).to_string();
    assert_eq!(left(&json), r#"{"message":"bad secret [redacted]!"}"#);
    assert_eq!(left(&format!("<p>{SECRET}</p>")), "<p>[redacted]</p>");
    let form: String = form_urlencoded::byte_serialize(SECRET.as_bytes()).collect();
    assert_eq!(
        left(&format!("client_secret={form}&a=b")),
        "client_secret=[redacted]&a=b"
    );
    assert_eq!(left(&form.replace('+', "%20")), "[redacted]");
}

#[test]
fn an_answer_that_repeats_a_basic_header_is_read_without_it() {
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;
    for client in ["id", "id1", "id12"] {
        let header = STANDARD.encode(format!("{client}:{SECRET}"));
        let mended = left(&format!("{{\"authorization\":\"Basic {header}\"}}"));
        let (before, after) = mended.split_once("[redacted]").unwrap();
        assert!(
            before.starts_with("{\"authorization\":\"Basic aWQ") && after.len() <= 6,
            "{mended}"
        );
    }
    let short = SecretString::from("abc");
    let words = "words with YWJj in them";
    assert_eq!(without(words, &short), words, "what is so short is found by chance");
}

#[test]
fn any_other_answer_stays_as_it_is() {
    assert_eq!(left("[{\"id\":\"a\"}]"), "[{\"id\":\"a\"}]");
    assert!(
        Sought::new(&SecretString::from("a")).is_none(),
        "what is so short is in every answer"
    );
    let bytes = [0xFF, 0xFE, b'\\'];
    assert_eq!(in_parts(&[&bytes], SECRET), bytes);
}

/// A body cut in two at every place, and into single bytes, reads as the whole one.
fn assert_cut_anywhere(body: &str, secret: &str, expected: &str) {
    for cut in 0..=body.len() {
        let (before, after) = body.as_bytes().split_at(cut);
        let read = in_parts(&[before, after], secret);
        assert_eq!(String::from_utf8_lossy(&read), expected, "cut at {cut}");
    }
    let single: Vec<&[u8]> = body.as_bytes().chunks(1).collect();
    assert_eq!(String::from_utf8_lossy(&in_parts(&single, secret)), expected);
}

#[test]
fn a_secret_is_found_wherever_the_parts_are_cut() {
    let json = serde_json::json!([{ "a": SECRET }, { "b": format!("{SECRET}{SECRET}") }]).to_string();
    let expected = r#"[{"a":"[redacted]"},{"b":"[redacted][redacted]"}]"#;
    assert_cut_anywhere(&json, SECRET, expected);
    assert_cut_anywhere("at the end token-4711", "token-4711", "at the end [redacted]");
    assert_cut_anywhere("token-4711", "token-4711", "[redacted]");
    let almost = "token-471 token-token-471 \\ \\u0074oken-471";
    assert_cut_anywhere(almost, "token-4711", almost);
}

#[test]
fn of_forms_that_overlap_nothing_is_left() {
    assert_cut_anywhere("<abcabcabcabca>", "abcabcabca", "<[redacted]>");
    assert_cut_anywhere("<ababababababababab>", "abababab", "<[redacted]>");
    assert_cut_anywhere("<tokentoken-4711>", "token-4711", "<token[redacted]>");
}

#[test]
fn a_secret_is_found_as_json_may_escape_it() {
    for written in [
        r"caf\u00e9/+=\ud83d\udddd!",
        r"caf\u00E9\/\u002B\u003d\uD83D\uDDDD!",
        r"\u0063afé\u002f+=🗝\u0021",
        r"caf%C3%A9%2F%2B%3D%F0%9F%97%9D%21",
    ] {
        let body = format!(r#"{{"a":"{written}","b":"\n"}}"#);
        assert_cut_anywhere(&body, "café/+=🗝!", r#"{"a":"[redacted]","b":"\n"}"#);
    }
    let basic = r#"{"a":"Basic aWQ6Pz8\/Pz8\/Pz8\/Pz8="}"#;
    let read = String::from_utf8(in_parts(&[basic.as_bytes()], "???????????")).unwrap();
    assert!(
        read.starts_with(r#"{"a":"Basic aWQ6"#) && read.contains("[redacted]"),
        "{read}"
    );
}

#[test]
fn json_stays_json_without_the_secret() {
    let inner = r#"{"error":"\u0074oken-4711 is dead"}"#;
    let body = serde_json::json!({ "reason": inner, "path": "C:\\token-4711", "end": "\\" }).to_string();
    let read = in_parts(&[body.as_bytes()], "token-4711");
    let value: serde_json::Value = serde_json::from_slice(&read).unwrap();
    assert_eq!(value["path"], "C:\\[redacted]");
    assert_eq!(value["reason"], r#"{"error":"\[redacted] is dead"}"#);
    for cut in 0..=body.len() {
        let (before, after) = body.as_bytes().split_at(cut);
        assert_eq!(in_parts(&[before, after], "token-4711"), read, "cut at {cut}");
    }
}

#[test]
fn no_more_waits_than_may_be_the_beginning_of_the_secret() {
    let mut concealment = Concealment::of(Sought::new(&SecretString::from("token-4711")).unwrap());
    assert_eq!(concealment.pass(Bytes::from_static(b"a token-471")), "a ");
    assert_eq!(concealment.pass(Bytes::from_static(b"0 tok")), "token-4710 ");
    assert_eq!(concealment.pass(Bytes::from_static(b"en-4711")), "[redacted]");
    assert_eq!(concealment.pass(Bytes::from_static(b"tok")), "");
    assert_eq!(concealment.end(), "tok");
}

#[test]
fn a_part_without_the_secret_is_handed_on_uncopied() {
    let mut concealment = Concealment::of(Sought::new(&SecretString::from("token-4711")).unwrap());
    let part = Bytes::from("{\"to\":\"a token\\n\"}".repeat(1_000));
    let left = concealment.pass(part.clone());
    assert_eq!(left, part);
    assert_eq!(left.as_ptr(), part.as_ptr(), "the same bytes, not a copy");
    assert!(concealment.end().is_empty());
}
