//! Owns whether bytes are a form of a secret, as it is or as JSON may write it. Must not change anything.

/// What the bytes from a place on are of a form; the greater one decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// Something else.
    No,
    /// The form, in so many bytes.
    Whole(usize),
    /// Its beginning, up to the last byte there is.
    Begun,
}

/// `text` as `form` itself, byte for byte.
pub(super) fn plainly(form: &str, text: &[u8]) -> Fit {
    if text.starts_with(form.as_bytes()) {
        Fit::Whole(form.len())
    } else if form.as_bytes().starts_with(text) {
        Fit::Begun
    } else {
        Fit::No
    }
}

/// `text` as `form` inside a string of JSON: any character may be escaped there, needed or not (RFC 8259 section 7).
pub(super) fn in_json(form: &str, text: &[u8]) -> Fit {
    let mut length = 0;
    for character in form.chars() {
        match written(character, text.get(length..).unwrap_or_default()) {
            Fit::Whole(more) => length += more,
            short @ (Fit::No | Fit::Begun) => return short,
        }
    }
    Fit::Whole(length)
}

/// The bytes that a form may begin with, and those that may come second, in any writing of it.
pub(super) fn beginnings(form: &str) -> (Vec<u8>, Vec<u8>) {
    let mut bytes = form.bytes();
    let first = bytes.next().into_iter().chain([b'\\']).collect();
    let named = (0..=u8::MAX).filter(|letter| named(*letter).is_some_and(|character| form.starts_with(character)));
    let second = match bytes.next() {
        Some(second) => named.chain([second, b'\\', b'u']).collect(),
        None => (0..=u8::MAX).collect(),
    };
    (first, second)
}

fn written(character: char, text: &[u8]) -> Fit {
    match text {
        [] | [b'\\'] => Fit::Begun,
        [b'\\', b'u', ..] => in_units(character, text),
        [b'\\', letter, ..] if named(*letter) == Some(character) => Fit::Whole(2),
        [b'\\', ..] => Fit::No,
        [_, ..] => plainly(character.encode_utf8(&mut [0; 4]), text),
    }
}

/// What a letter behind a backslash stands for.
fn named(letter: u8) -> Option<char> {
    match letter {
        b'"' | b'\\' | b'/' => Some(letter.into()),
        b'b' => Some('\u{8}'),
        b'f' => Some('\u{c}'),
        b'n' => Some('\n'),
        b'r' => Some('\r'),
        b't' => Some('\t'),
        _ => None,
    }
}

/// One `\uXXXX`, or two for a character beyond the first plane; the digits in either case.
fn in_units(character: char, text: &[u8]) -> Fit {
    let mut units = [0; 2];
    let expected = character.encode_utf16(&mut units).iter().copied().flat_map(escape);
    let mut length = 0;
    for byte in expected {
        match text.get(length) {
            None => return Fit::Begun,
            Some(found) if found.to_ascii_lowercase() == byte => length += 1,
            Some(_) => return Fit::No,
        }
    }
    Fit::Whole(length)
}

fn escape(unit: u16) -> [u8; 6] {
    let [high, low] = unit.to_be_bytes();
    let digits = [high >> 4, high & 0xF, low >> 4, low & 0xF];
    let [first, second, third, fourth] = digits.map(|digit| match digit {
        0..=9 => b'0' + digit,
        _ => b'a' + digit - 10,
    });
    [b'\\', b'u', first, second, third, fourth]
}
