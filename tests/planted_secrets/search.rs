//! Owns the search for secrets in every form in which one could lie somewhere. Must not know where is searched.

use std::collections::BTreeSet;

use aho_corasick::AhoCorasick;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};

/// Shorter forms would be found by chance.
const SHORTEST: usize = 8;

/// A form of a secret: what it is called, and its bytes.
pub(crate) type Form = (&'static str, Vec<u8>);

/// A search for several secrets at once.
pub(crate) struct Search {
    automaton: AhoCorasick,
    names: Vec<String>,
}

impl Search {
    /// Searches for these secrets; each has a name that may be shown.
    pub(crate) fn of(secrets: &[(&str, Vec<u8>)]) -> Self {
        let (mut names, mut needles) = (Vec::new(), Vec::new());
        for (name, secret) in secrets {
            for (form, bytes) in forms(secret) {
                assert!(bytes.len() >= SHORTEST, "{name} is too short to be searched for");
                names.push(format!("{name}, {form}"));
                needles.push(bytes);
            }
        }
        let automaton = AhoCorasick::new(needles).unwrap();
        Self { automaton, names }
    }

    /// The names of what `hay` holds.
    pub(crate) fn found(&self, hay: &[u8]) -> BTreeSet<&str> {
        let matches = self.automaton.find_overlapping_iter(hay);
        matches
            .map(|found| self.names[found.pattern().as_usize()].as_str())
            .collect()
    }
}

/// Every form in which `secret` could have been written.
pub(crate) fn forms(secret: &[u8]) -> Vec<Form> {
    let mut forms = vec![
        ("raw", secret.to_vec()),
        ("hexadecimal", hexadecimal(secret, false)),
        ("hexadecimal in capitals", hexadecimal(secret, true)),
        ("bytes as Rust prints them", decimal(secret, ", ")),
        ("bytes as JSON", decimal(secret, ",")),
    ];
    for offset in 0..3 {
        let standard = within_base64(secret, offset, |bytes| STANDARD_NO_PAD.encode(bytes));
        let url_safe = within_base64(secret, offset, |bytes| URL_SAFE_NO_PAD.encode(bytes));
        forms.push(("base64", standard));
        forms.push(("URL-safe base64", url_safe));
    }
    if let Ok(text) = std::str::from_utf8(secret) {
        forms.extend(text_forms(text));
    }
    forms
}

fn text_forms(text: &str) -> [Form; 11] {
    let json = serde_json::to_string(text).unwrap();
    let json = json[1..json.len() - 1].to_owned();
    let debug = format!("{text:?}");
    [
        ("JSON in JSON", json_within(&json).into_bytes()),
        ("JSON in ASCII", ascii(&json).into_bytes()),
        ("JSON", json.into_bytes()),
        ("as Rust prints it", debug.as_bytes()[1..debug.len() - 1].to_vec()),
        ("URL", percent(text, "%20", false)),
        ("URL in small letters", percent(text, "%20", true)),
        ("form", percent(text, "+", false)),
        ("UTF-16", text.encode_utf16().flat_map(u16::to_le_bytes).collect()),
        (
            "UTF-16 the other way",
            text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        ),
        ("HTML", html(text, "&quot;", "&#39;").into_bytes()),
        ("HTML by numbers", html(text, "&#34;", "&#39;").into_bytes()),
    ]
}

/// What of the base64 of something that holds `secret` from a byte on depends on `secret` alone: the same bytes look
/// different at each of three places, and the characters at the edges belong to the neighbours as well.
fn within_base64(secret: &[u8], offset: usize, encode: impl Fn(&[u8]) -> String) -> Vec<u8> {
    let mut bytes = vec![0; offset];
    bytes.extend_from_slice(secret);
    let encoded = encode(&bytes);
    let (first, last) = ((offset * 8).div_ceil(6), bytes.len() * 8 / 6);
    encoded.as_bytes()[first..last].to_vec()
}

fn hexadecimal(bytes: &[u8], capitals: bool) -> Vec<u8> {
    let text = bytes
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect::<Vec<_>>()
        .concat();
    if capitals { text.to_uppercase() } else { text }.into_bytes()
}

fn decimal(bytes: &[u8], between: &str) -> Vec<u8> {
    let numbers: Vec<_> = bytes.iter().map(ToString::to_string).collect();
    numbers.join(between).into_bytes()
}

fn json_within(json: &str) -> String {
    let again = serde_json::to_string(json).unwrap();
    again[1..again.len() - 1].to_owned()
}

/// JSON in ASCII alone.
pub(crate) fn ascii(json: &str) -> String {
    let escaped = |character: char| {
        if character.is_ascii() {
            return character.to_string();
        }
        let mut units = [0; 2];
        let units = character.encode_utf16(&mut units).iter();
        units.map(|unit| format!("\\u{unit:04x}")).collect::<Vec<_>>().concat()
    };
    json.chars().map(escaped).collect()
}

/// Text as a page has it.
pub(crate) fn html(text: &str, quote: &str, apostrophe: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    text.replace('"', quote).replace('\'', apostrophe)
}

fn percent(text: &str, space: &str, small: bool) -> Vec<u8> {
    let encoded = |byte: &u8| match byte {
        b' ' => space.to_owned(),
        byte if byte.is_ascii_alphanumeric() || b"-._~*".contains(byte) => char::from(*byte).to_string(),
        byte if small => format!("%{byte:02x}"),
        byte => format!("%{byte:02X}"),
    };
    text.as_bytes().iter().map(encoded).collect::<String>().into_bytes()
}
