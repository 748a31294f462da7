//! Owns a careless service: it answers with all that it was sent, headers and form, in the way of its kind. Must not know a
//! secret but by being sent it.

use serde_json::{Value, json};
use url::form_urlencoded;

use super::search;

/// How it writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Writes {
    /// JSON, as most do.
    Json,
    /// JSON in ASCII alone, as Python does.
    AsciiJson,
    /// A page.
    Html,
    /// Nothing but text.
    Text,
}

impl Writes {
    pub(crate) const ALL: [Self; 4] = [Self::Json, Self::AsciiJson, Self::Html, Self::Text];
}

/// A careless service that waits for one request.
#[derive(Debug, Clone)]
pub(crate) struct Careless {
    /// `METHOD /path`, as the request begins.
    pub(crate) asked: String,
    pub(crate) status: u16,
    pub(crate) writes: Writes,
}

impl Careless {
    pub(crate) fn fits(&self, request: &[u8]) -> bool {
        request.starts_with(self.asked.as_bytes())
    }

    /// Whether head and body have come.
    pub(crate) fn is_whole(request: &[u8]) -> bool {
        let text = String::from_utf8_lossy(request);
        let Some((head, body)) = text.split_once("\r\n\r\n") else {
            return false;
        };
        body.len() >= length(head)
    }

    pub(crate) fn answer(&self, request: &[u8]) -> Vec<u8> {
        let text = String::from_utf8_lossy(request).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        let header = head
            .lines()
            .find(|line| line.to_ascii_lowercase().starts_with("authorization:"));
        let (content_type, body) = self.written(head, body);
        let answer = format!(
            "HTTP/1.1 {} Careless\r\nContent-Type: {content_type}\r\nContent-Length: {}\r\nConnection: close\r\n\
             X-You-Sent: {}\r\nWWW-Authenticate: Bearer error_description=\"{}\"\r\n\r\n{body}",
            self.status,
            body.len(),
            header.unwrap_or_default(),
            header.unwrap_or_default(),
        );
        answer.into_bytes()
    }

    fn written(&self, head: &str, body: &str) -> (&'static str, String) {
        let fields: Vec<_> = form_urlencoded::parse(body.as_bytes()).into_owned().collect();
        let values: Vec<&str> = fields.iter().map(|(_, value)| value.as_str()).collect();
        let all = format!("you sent {} with {head} and {body}", values.join(" and "));
        let headers: Value = head.lines().filter_map(|line| line.split_once(": ")).collect();
        let json = json!({
            "error": "invalid_request", "error_description": all, "message": all, "reason": all,
            "headers": headers, "form": fields,
        });
        match self.writes {
            Writes::Json => ("application/json", json.to_string()),
            Writes::AsciiJson => ("application/json", search::ascii(&json.to_string())),
            Writes::Html => {
                let all = search::html(&all, "&#34;", "&#39;");
                (
                    "text/html",
                    format!("<html><title>{all}</title><body>{all}</body></html>"),
                )
            }
            Writes::Text => ("text/plain", all),
        }
    }
}

/// The length of the body that `head` announces.
pub(crate) fn length(head: &str) -> usize {
    let lines = head.lines().filter_map(|line| line.split_once(':'));
    let mut lengths = lines.filter(|(name, _)| name.eq_ignore_ascii_case("content-length"));
    lengths.next().map_or(0, |(_, value)| value.trim().parse().unwrap())
}
