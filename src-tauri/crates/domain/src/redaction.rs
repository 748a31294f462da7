//! Owns the last line of defence: text from outside loses what looks like a secret before it is logged or shown.
//! Must not be the only defence: secrets are `SecretString` and never written in the first place.

/// What stands where a secret stood.
pub const MARK: &str = "[redacted]";

const TOKEN_PREFIXES: [&str; 4] = ["6879-", "5768-", "4657-", "eyJ"];
const SCHEMES: [&str; 2] = ["bearer", "basic"];
const NAMES: [&str; 10] = [
    "client_secret",
    "access_token",
    "refresh_token",
    "id_token",
    "password",
    "assertion",
    "client_assertion",
    "code_verifier",
    "authorization",
    "secret",
];
/// Names of a callback's query and of a form that are plain words elsewhere: `code=…`, never "code: …".
const FIELDS: [&str; 3] = ["code", "token", "state"];
/// The shortest value of such a field that is a secret: codes and states are longer, and `code=404` is none.
const SHORTEST_FIELD: usize = 8;

/// `text` with everything that looks like a token, a credential header or a named secret replaced by a mark.
pub fn redacted(text: &str) -> String {
    let mut output = String::with_capacity(text.len());
    let mut previous = String::new();
    let mut between = "";
    for (word, separator) in words(text) {
        let announced = announces(&previous, between) || (word.len() >= SHORTEST_FIELD && is_field(&previous, between));
        if looks_secret(word) || (!word.is_empty() && announced) {
            output.push_str(MARK);
        } else {
            output.push_str(word);
        }
        output.push_str(separator);
        if !word.is_empty() {
            previous = word.to_lowercase();
        }
        between = separator;
    }
    output
}

fn looks_secret(word: &str) -> bool {
    TOKEN_PREFIXES
        .iter()
        .any(|prefix| word.starts_with(prefix) && word.len() > prefix.len() + 3)
}

/// A name that is also a plain word ("the secret has expired") announces only with a mark such as `=` or `:` behind it.
fn announces(previous: &str, between: &str) -> bool {
    let named = NAMES.contains(&previous) && (previous.contains('_') || between.contains([':', '=', '"', '\'']));
    SCHEMES.contains(&previous) || named
}

fn is_field(previous: &str, between: &str) -> bool {
    between == "=" && FIELDS.contains(&previous)
}

/// Cuts `text` into words (the characters a token may have) and what stands behind each.
fn words(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let inside = |character: char| character.is_ascii_alphanumeric() || "-_.~+/".contains(character);
        let (word, tail) = rest.split_at(rest.find(|character| !inside(character)).unwrap_or(rest.len()));
        let (separator, tail) = tail.split_at(tail.find(inside).unwrap_or(tail.len()));
        rest = tail;
        Some((word, separator))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_like_a_secret_is_marked() {
        for (text, expected) in [
            ("token 6879-abcdefgh is dead", "token [redacted] is dead"),
            ("Authorization: Bearer abc.def", "Authorization: [redacted] [redacted]"),
            ("{\"client_secret\":\"hunter2\"}", "{\"client_secret\":\"[redacted]\"}"),
            (
                "http://127.0.0.1:47811/callback?code=QPGrXVxq9xKlDpHHylu4&state=7to6o9RgXyEp",
                "http://127.0.0.1:47811/callback?code=[redacted]&state=[redacted]",
            ),
            ("token=zzzzzzzz&token_type_hint=x", "token=[redacted]&token_type_hint=x"),
            (
                "Proxy-Authorization: Basic am86cHc=",
                "Proxy-Authorization: Basic [redacted]=",
            ),
            (
                "grant_type=x&client_secret=hunter2&a=b",
                "grant_type=x&client_secret=[redacted]&a=b",
            ),
        ] {
            assert_eq!(redacted(text), expected);
        }
    }

    #[test]
    fn ordinary_words_stay() {
        for text in [
            "user with username 'jbloggs1' already exists, é 🗝",
            "The secret has expired, and authorization failed",
            "Invalid token: unauthorized (code=404)",
            "error code: not_permitted, state: unavailable",
        ] {
            assert_eq!(redacted(text), text);
        }
    }
}
