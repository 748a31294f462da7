//! Owns the lenient reading of any answer: is it data or a web page, and what words of the server are in it.
//! Must not judge what a status means for a service, nor pass words on unredacted (`Failure` redacts them).

use countersign_gateway::Answer;
use serde_json::Value;

/// How much of a text is searched for words, in bytes.
const LONGEST_TEXT: usize = 4_096;

/// An answer as it came, borrowed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Received<'a> {
    pub(crate) status: u16,
    pub(crate) content_type: Option<&'a str>,
    pub(crate) retry_after_seconds: Option<u32>,
    pub(crate) body: &'a [u8],
}

impl<'a> From<&'a Answer> for Received<'a> {
    fn from(answer: &'a Answer) -> Self {
        Self {
            status: answer.status,
            content_type: answer.content_type.as_deref(),
            retry_after_seconds: answer.retry_after_seconds,
            body: &answer.body,
        }
    }
}

impl Received<'_> {
    pub(crate) fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// Whether this is a page for people: a proxy, a sign-in page or another server answered.
    pub(crate) fn is_page(&self) -> bool {
        let first = self.body.iter().find(|byte| !byte.is_ascii_whitespace());
        is_page_type(self.content_type) || first == Some(&b'<')
    }

    /// The body as JSON, whatever the content type says (a 429 of Hypothesis is JSON called `octet-stream`).
    pub(crate) fn json(&self) -> Result<Value, serde_json::Error> {
        serde_json::from_slice(self.body)
    }

    /// The server's own words, or "" where there are none: a JSON error in one of the shapes seen (hyperproof-api 1.7
    /// and 9.8, hypothesis-api 0.4), a page's title, or the text itself.
    pub(crate) fn words(&self) -> String {
        if let Ok(value) = self.json() {
            return json_words(&value);
        }
        let start = self.body.get(..LONGEST_TEXT).unwrap_or(self.body);
        let text = String::from_utf8_lossy(start);
        let words = if self.is_page() { title(&text) } else { text.trim() };
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// Whether a content type names a web page.
pub(crate) fn is_page_type(content_type: Option<&str>) -> bool {
    let lower = content_type.unwrap_or_default().to_ascii_lowercase();
    lower.contains("text/html") || lower.contains("application/xhtml")
}

fn json_words(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Object(fields) => {
            let names = [
                "reason",
                "error",
                "error_description",
                "message",
                "title",
                "detail",
                "errors",
            ];
            let words = names.iter().filter_map(|name| fields.get(*name)).map(json_words);
            joined(words, ": ")
        }
        Value::Array(several) => joined(several.iter().take(20).map(json_words), ", "),
        Value::Null | Value::Bool(_) | Value::Number(_) => String::new(),
    }
}

fn joined(words: impl Iterator<Item = String>, between: &str) -> String {
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(between)
}

/// What stands in `<title>`, or "" where there is none.
fn title(page: &str) -> &str {
    let lower = page.to_ascii_lowercase();
    let begin = lower
        .find("<title")
        .and_then(|at| Some(at + lower.get(at..)?.find('>')? + 1));
    let end = lower.find("</title");
    begin
        .zip(end)
        .and_then(|(begin, end)| page.get(begin..end))
        .unwrap_or_default()
        .trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn received<'a>(content_type: &'a str, body: &'a str) -> Received<'a> {
        Received {
            status: 400,
            content_type: Some(content_type),
            retry_after_seconds: None,
            body: body.as_bytes(),
        }
    }

    #[test]
    fn words_are_found_in_every_shape_seen() {
        for (body, words) in [
            (r#"{"statusCode":403,"message":"quota exceeded"}"#, "quota exceeded"),
            (
                r#"{"status":"failure","reason":"username: 'a' is too short"}"#,
                "username: 'a' is too short",
            ),
            (
                r#"{"error":"invalid_client","error_description":"no"}"#,
                "invalid_client: no",
            ),
            (r#"{"error":{"code":"x","message":"inner"}}"#, "inner"),
            (r#"{"errors":[{"message":"one"},"two"]}"#, "one, two"),
            (r#"{"title":"Bad","detail":"worse","status":400}"#, "Bad: worse"),
            ("plain   words\n", "plain words"),
            ("<html><head><title>\n Bad Gateway </title></head>", "Bad Gateway"),
            ("<p>no title", ""),
            ("", ""),
            ("null", ""),
        ] {
            assert_eq!(received("application/json", body).words(), words, "{body}");
        }
    }

    #[test]
    fn a_page_is_known_by_its_type_or_its_first_byte() {
        assert!(received("text/html; charset=utf-8", "").is_page());
        assert!(received("application/json", "\n <!doctype html>").is_page());
        assert!(!received("application/octet-stream", "{}").is_page());
    }

    #[test]
    fn bytes_that_are_no_text_do_not_disturb() {
        let received = Received {
            status: 500,
            content_type: None,
            retry_after_seconds: None,
            body: &[0xFF, 0xC3, b'a'],
        };
        assert!(received.words().contains('a'), "lossy, never lost");
    }
}
