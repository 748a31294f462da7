//! Owns the replay of files on one sandbox, in order, with what is carried between them. Must not judge answers.

use std::time::Duration;

use countersign_sandbox::{Fixture, Sandbox};
use serde_json::Value;
use url::form_urlencoded;

use crate::assertion;
use crate::carried::Carried;
use crate::comparison::Comparison;
use crate::exchange::{Answer, exchange};
use crate::page::Page;
use crate::recording::{Example, Recording, Request, Response};
use crate::report::{Difference, FileReport};

/// A sandbox in the state that the replayed files have brought it to.
pub(crate) struct Replay<'a> {
    sandbox: &'a Sandbox,
    fixture: &'a Fixture,
    host: String,
    carried: Carried,
    recorded_at: Option<i64>,
}

impl<'a> Replay<'a> {
    pub(crate) fn new(sandbox: &'a Sandbox, fixture: &'a Fixture, fixture_text: &str) -> Self {
        let host = address(&sandbox.hypothesis_server());
        let carried = Carried::new(address(&fixture.base_url), host.clone(), fixture_text.to_owned());
        Self {
            sandbox,
            fixture,
            host,
            carried,
            recorded_at: None,
        }
    }

    pub(crate) async fn file(&mut self, recording: &Recording) -> anyhow::Result<FileReport> {
        self.carried.forget_cookies();
        self.recorded_at = assertion::recorded_at(recording);
        let mut ages = Ages::of(self.fixture.aged.get(recording.number()));
        let mut report = FileReport {
            file: recording.file.clone(),
            agreed: 0,
            examples: recording.examples.len(),
            differences: Vec::new(),
            masked: Vec::new(),
        };
        for example in &recording.examples {
            if let Some(step) = ages.due(&example.name) {
                self.sandbox.advance_clock(step);
            }
            let found = self.example(example).await;
            report
                .masked
                .extend(found.masked.iter().map(|masked| format!("{}, {masked}", example.name)));
            if found.differences.is_empty() {
                report.agreed += 1;
            } else {
                report.differences.push(Difference {
                    example: example.name.clone(),
                    what: found.differences,
                });
            }
        }
        Ok(report)
    }

    async fn example(&mut self, example: &Example) -> Comparison {
        let answer = match self.send(&example.request).await {
            Ok(answer) => answer,
            Err(fault) => {
                let mut found = Comparison::default();
                found.differs("exchange", "an answer", &format!("{fault:#}"));
                return found;
            }
        };
        self.learn(&example.response, &answer);
        compared(&example.response, &answer, &self.carried)
    }

    async fn send(&self, request: &Request) -> anyhow::Result<Answer> {
        let headers = request
            .headers
            .iter()
            .map(|(name, value)| (name.clone(), self.carried.applied(value)));
        let cookies = self
            .carried
            .cookie_header()
            .map(|cookies| ("Cookie".to_owned(), cookies));
        let headers: Vec<(String, String)> = headers.chain(cookies).collect();
        let path = on_the_wire(&self.carried.applied(&request.path));
        let body = self.body(request);
        exchange(&self.host, &request.method, &path, &headers, body.as_bytes()).await
    }

    fn body(&self, request: &Request) -> String {
        if let Some(json) = &request.json {
            return self.carried.applied_to(json).to_string();
        }
        if let Some(form) = &request.form {
            let fields = form
                .iter()
                .map(|(name, value)| (name, self.field(name, value.as_str().unwrap_or_default())));
            return form_urlencoded::Serializer::new(String::new())
                .extend_pairs(fields)
                .finish();
        }
        request.body.clone().unwrap_or_default()
    }

    fn field(&self, name: &str, value: &str) -> String {
        let shift = self
            .recorded_at
            .map_or(0, |recorded| self.sandbox.now().as_second() - recorded);
        let signed = (name == "assertion").then(|| assertion::signed_again(value, shift, self.fixture, &self.carried));
        signed.flatten().unwrap_or_else(|| self.carried.applied(value))
    }

    fn learn(&mut self, recorded: &Response, answer: &Answer) {
        for (_, cookie) in answer.headers().filter(|(name, _)| *name == "set-cookie") {
            self.carried.learn_cookie(cookie);
        }
        if let (Some(recorded), Some(live)) = (header(recorded, "Location"), answer.header("location")) {
            self.carried.learn_location(recorded, live);
        }
        if let (Some(recorded), Ok(live)) = (&recorded.json, serde_json::from_slice(&answer.body)) {
            self.carried.learn(recorded, &live);
        }
        if let Some(summary) = &recorded.html_summary {
            Page::new(&String::from_utf8_lossy(&answer.body)).teach(summary, &mut self.carried);
        }
    }
}

fn compared(recorded: &Response, answer: &Answer, carried: &Carried) -> Comparison {
    let mut found = Comparison::default();
    if recorded.status != answer.status {
        found.differs("status", &recorded.status.to_string(), &answer.status.to_string());
    }
    for name in ["Content-Type", "Location", "Hypothesis-Media-Type"] {
        let recorded = header(recorded, name).unwrap_or_default();
        let live = answer.header(&name.to_ascii_lowercase()).unwrap_or_default();
        found.text(name, recorded, live, carried);
    }
    let text = String::from_utf8_lossy(&answer.body);
    if let Some(json) = &recorded.json {
        match serde_json::from_str::<Value>(&text) {
            Ok(live) => found.json("body", json, &live, carried),
            Err(_) => found.differs(
                "body",
                "JSON",
                &format!("{:?}", text.chars().take(200).collect::<String>()),
            ),
        }
    }
    if let Some(body) = &recorded.body {
        found.text("body", body, &text, carried);
    }
    if let Some(summary) = &recorded.html_summary {
        Page::new(&text).compare(summary, carried, &mut found);
    }
    found
}

fn header<'a>(recorded: &'a Response, name: &str) -> Option<&'a str> {
    let mut headers = recorded.headers.iter();
    headers.find_map(|(known, value)| known.eq_ignore_ascii_case(name).then_some(value.as_str()))
}

/// `name:port` of an address.
fn address(url: &str) -> String {
    url.split_once("://")
        .map_or(url, |(_, rest)| rest)
        .trim_end_matches('/')
        .to_owned()
}

/// A request line takes neither spaces nor letters outside ASCII; everything else is sent as it was recorded.
fn on_the_wire(path: &str) -> String {
    let encoded = |byte: u8| match byte {
        b'!'..=b'~' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    path.bytes().map(encoded).collect()
}

/// What the fixture says, in words, was made old before an example: `'NAME'` or `'NAME: ...'` in quotes. Answered by
/// moving the sandbox's clock: past the three minutes that a used refresh token has left, else past an access token's
/// hour. A code that an example's own name calls expired had its ten minutes.
struct Ages(Vec<(String, Duration)>);

impl Ages {
    fn of(words: Option<&String>) -> Self {
        let names = words.into_iter().flat_map(|words| words.split('\'').skip(1).step_by(2));
        let ages = names.map(|name| {
            let minutes = if name.starts_with("refresh") { 4 } else { 61 };
            let name = name.trim_end_matches("...").trim_end();
            (name.to_owned(), Duration::from_secs(minutes * 60))
        });
        Self(ages.collect())
    }

    /// How far to move before the example of that name; each age is used once.
    fn due(&mut self, name: &str) -> Option<Duration> {
        if name.contains("code expired") {
            return Some(Duration::from_secs(11 * 60));
        }
        let at = self
            .0
            .iter()
            .position(|(prefix, _)| name.starts_with(prefix.as_str()))?;
        Some(self.0.remove(at).1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_are_found_in_the_fixtures_words() {
        let words =
            "before 'refresh with an old one' that token, and before those named 'expired access token: ...' it"
                .to_owned();
        let mut ages = Ages::of(Some(&words));
        assert_eq!(ages.due("refresh"), None);
        assert_eq!(ages.due("refresh with an old one").unwrap().as_secs(), 240);
        assert_eq!(ages.due("expired access token: a write").unwrap().as_secs(), 3660);
        assert_eq!(ages.due("expired access token: another"), None, "once");
        assert_eq!(ages.due("exchange, code expired (10 minutes)").unwrap().as_secs(), 660);
    }

    #[test]
    fn a_path_is_sent_as_recorded_where_it_can_be() {
        assert_eq!(on_the_wire("/a%3A?page[size]=1"), "/a%3A?page[size]=1");
        assert_eq!(on_the_wire("/é b"), "/%C3%A9%20b");
    }
}
