//! A client that sends exactly what it is told, for the tests of the sandbox. Must not follow, repeat or hide anything.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use countersign_sandbox::PracticeCredentials;
use serde_json::Value;

pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
    /// Whether the body came to its end.
    pub(crate) whole: bool,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).expect("the body is JSON")
    }

    pub(crate) fn header(&self, name: &str) -> Option<String> {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.find_map(|(known, value)| known.eq_ignore_ascii_case(name).then(|| value.to_owned()))
    }
}

/// One request on a connection of its own; `None` when it ends without an answer. Blocking: use `asked` in a runtime.
pub(crate) fn ask(url: &str, method: &str, headers: &[(&str, &str)], body: &str) -> Option<Answer> {
    let (host, path) = parts(url);
    let headers: String = headers
        .iter()
        .map(|(name, value)| [name, ": ", value, "\r\n"].concat())
        .collect();
    let length = body.len();
    let mut stream = TcpStream::connect(host).unwrap();
    let head =
        format!("{method} /{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nContent-Length: {length}\r\n");
    stream
        .write_all(format!("{head}{headers}\r\n{body}").as_bytes())
        .unwrap();
    let mut received = Vec::new();
    stream.read_to_end(&mut received).ok()?;
    let received = String::from_utf8(received).unwrap();
    let (head, rest) = received.split_once("\r\n\r\n")?;
    let mut answer = Answer {
        status: status(head),
        head: head.to_owned(),
        body: rest.to_owned(),
        whole: true,
    };
    if answer.header("transfer-encoding").is_some() {
        (answer.body, answer.whole) = unchunked(rest);
    } else if let Some(length) = answer.header("content-length") {
        answer.whole = length.parse::<usize>().unwrap() == rest.len();
    }
    Some(answer)
}

fn parts(url: &str) -> (&str, &str) {
    let bare = url.strip_prefix("http://").expect("the sandbox speaks http");
    bare.split_once('/').expect("an address and a path")
}

fn status(head: &str) -> u16 {
    head.split(' ')
        .nth(1)
        .and_then(|status| status.parse().ok())
        .expect("a status line")
}

/// The same from within a runtime.
pub(crate) async fn asked(url: &str, method: &str, headers: &[(&str, &str)], body: &str) -> Option<Answer> {
    let (url, method, body) = (url.to_owned(), method.to_owned(), body.to_owned());
    let headers: Vec<(String, String)> = headers
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    let asking = tokio::task::spawn_blocking(move || {
        let headers: Vec<(&str, &str)> = headers
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        ask(&url, &method, &headers, &body)
    });
    asking.await.unwrap()
}

fn unchunked(mut rest: &str) -> (String, bool) {
    let mut body = String::new();
    while let Some((length, after)) = rest.split_once("\r\n") {
        let length = usize::from_str_radix(length, 16).unwrap();
        if length == 0 {
            return (body, true);
        }
        let Some((chunk, after)) = after.split_at_checked(length) else {
            break;
        };
        body.push_str(chunk);
        rest = after.strip_prefix("\r\n").unwrap_or_default();
    }
    (body, false)
}

/// The header of HTTP Basic for the practice client of Hypothesis.
pub(crate) fn basic(credentials: &PracticeCredentials) -> String {
    let pair = format!("{}:{}", credentials.hypothesis_client_id, credentials.hypothesis_secret);
    format!("Basic {}", STANDARD.encode(pair))
}

/// The form that mints an access token at Hyperproof.
pub(crate) fn minting(credentials: &PracticeCredentials) -> String {
    format!(
        "grant_type=client_credentials&client_id={}&client_secret={}",
        credentials.hyperproof_client_id, credentials.hyperproof_secret
    )
}

pub(crate) const FORM: (&str, &str) = ("Content-Type", "application/x-www-form-urlencoded");
