//! Owns the taking out of a credential from an answer that repeats it: a careless service or proxy quotes what it was
//! sent, and its words are shown. Must not look for anything but what was sent itself.

use std::borrow::Cow;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use bytes::Bytes;
use countersign_domain::{ExposeSecret, SecretString, redaction};
use secrecy::zeroize::Zeroizing;
use url::form_urlencoded;

/// A shorter text may stand in an answer by chance, and an answer is data.
const SHORTEST: usize = 8;

/// `text` without `secret`: as it is, as JSON writes it, as forms and addresses write it.
pub(crate) fn without<'a>(text: &'a str, secret: &SecretString) -> Cow<'a, str> {
    let mut left = Cow::Borrowed(text);
    for form in forms(secret.expose_secret()) {
        if !form.is_empty() && left.contains(form.as_str()) {
            left = Cow::Owned(left.replace(form.as_str(), redaction::MARK));
        }
    }
    left
}

/// `body` without `secret`, where it is text that holds it.
pub(crate) fn taken_from(body: Bytes, secret: &SecretString) -> Bytes {
    let long_enough = secret.expose_secret().len() >= SHORTEST;
    let mended = match std::str::from_utf8(&body) {
        Ok(text) if long_enough => match without(text, secret) {
            Cow::Borrowed(_) => None,
            Cow::Owned(left) => Some(Bytes::from(left)),
        },
        Ok(_) | Err(_) => None,
    };
    mended.unwrap_or(body)
}

/// The forms in which answers repeat what they were sent: as it is, inside JSON, inside a form, inside an address, and inside
/// the base64 of more than the secret, as a Basic header has it.
fn forms(secret: &str) -> Vec<Zeroizing<String>> {
    let json = Zeroizing::new(serde_json::Value::from(secret).to_string());
    let form: Zeroizing<String> = Zeroizing::new(form_urlencoded::byte_serialize(secret.as_bytes()).collect());
    let address = Zeroizing::new(form.replace('+', "%20"));
    let within_quotes = json.get(1..json.len() - 1).unwrap_or_default();
    let plain = [
        Zeroizing::new(secret.to_owned()),
        Zeroizing::new(within_quotes.to_owned()),
        form,
        address,
    ];
    let encoded = (0..3).map(|offset| within_base64(secret, offset));
    plain
        .into_iter()
        .chain(encoded.filter(|form| form.len() >= SHORTEST))
        .collect()
}

/// What of the base64 of something that holds `secret` from a byte on depends on `secret` alone. The same bytes look
/// different at each of three places; the characters at the edges belong to the neighbours as well.
fn within_base64(secret: &str, offset: usize) -> Zeroizing<String> {
    let mut bytes = Zeroizing::new(vec![0; offset]);
    bytes.extend_from_slice(secret.as_bytes());
    let encoded = Zeroizing::new(STANDARD_NO_PAD.encode(bytes.as_slice()));
    let (first, last) = ((offset * 8).div_ceil(6), bytes.len() * 8 / 6);
    Zeroizing::new(encoded.get(first..last).unwrap_or_default().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "top:sécret \"+/=\\🗝";

    fn left(body: &str) -> String {
        let body = taken_from(Bytes::copy_from_slice(body.as_bytes()), &SecretString::from(SECRET));
        String::from_utf8(body.to_vec()).unwrap()
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
        let (body, short) = (Bytes::from_static(b"a list"), SecretString::from("a"));
        assert_eq!(
            taken_from(body.clone(), &short),
            body,
            "what is so short is in every answer"
        );
        let bytes = Bytes::from_static(&[0xFF, 0xFE]);
        assert_eq!(taken_from(bytes.clone(), &SecretString::from(SECRET)), bytes);
    }
}
