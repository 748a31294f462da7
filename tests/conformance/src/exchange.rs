//! Owns one HTTP/1.1 exchange on loopback with exactly the headers it is told. Must not add, follow or repeat anything.
//!
//! A client library would add an `Accept` of its own, and what a missing one does is part of the recordings.

use std::fmt::Write as _;

use anyhow::Context as _;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// What came back.
#[derive(Debug, Default)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// Names in lower case.
    headers: Vec<(String, String)>,
    /// As it came, chunks put together.
    pub body: Vec<u8>,
}

impl Answer {
    /// The first header of that name, which is in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    pub(crate) fn headers(&self) -> impl Iterator<Item = (&str, &str)> {
        self.headers.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

/// Sends a request to `host` (`127.0.0.1:PORT`) and reads the answer until the connection ends.
///
/// # Errors
/// When there is no connection, or what comes back is no HTTP.
pub async fn exchange(
    host: &str,
    method: &str,
    path: &str,
    headers: &[(String, String)],
    body: &[u8],
) -> anyhow::Result<Answer> {
    let mut head = format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n");
    for (name, value) in headers {
        write!(head, "{name}: {value}\r\n")?;
    }
    if !body.is_empty() {
        write!(head, "Content-Length: {}\r\n", body.len())?;
    }
    head.push_str("\r\n");
    let mut stream = TcpStream::connect(host).await?;
    stream.write_all(&[head.as_bytes(), body].concat()).await?;
    let mut received = Vec::new();
    stream.read_to_end(&mut received).await?;
    parsed(&received)
}

fn parsed(received: &[u8]) -> anyhow::Result<Answer> {
    let end = received
        .windows(4)
        .position(|four| four == b"\r\n\r\n")
        .context("the connection ended early")?;
    let (head, rest) = received.split_at_checked(end).context("no head")?;
    let body = rest.get(4..).unwrap_or_default();
    let head = std::str::from_utf8(head)?;
    let mut lines = head.split("\r\n");
    let status = lines
        .next()
        .and_then(|line| line.split(' ').nth(1))
        .context("no status")?;
    let headers = lines.filter_map(|line| line.split_once(':'));
    let headers = headers.map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()));
    let mut answer = Answer {
        status: status.parse()?,
        headers: headers.collect(),
        body: body.to_owned(),
    };
    if answer
        .header("transfer-encoding")
        .is_some_and(|encoding| encoding.eq_ignore_ascii_case("chunked"))
    {
        answer.body = unchunked(body)?;
    }
    Ok(answer)
}

fn unchunked(mut rest: &[u8]) -> anyhow::Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let line = rest
            .windows(2)
            .position(|two| two == b"\r\n")
            .context("a chunk without a length")?;
        let (length, after) = rest.split_at_checked(line).context("a chunk without a length")?;
        let length = usize::from_str_radix(std::str::from_utf8(length)?, 16)?;
        if length == 0 {
            return Ok(body);
        }
        let (chunk, after) = after
            .get(2..)
            .unwrap_or_default()
            .split_at_checked(length)
            .context("a cut chunk")?;
        body.extend_from_slice(chunk);
        rest = after.get(2..).unwrap_or_default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chunked_answer_is_put_together() {
        let text = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nA\r\n0123456789\r\n0\r\n\r\n";
        let answer = parsed(text).unwrap();
        assert_eq!(
            (answer.status, answer.body.as_slice()),
            (200, b"abc0123456789".as_slice())
        );
        assert!(parsed(b"HTTP/1.1 200 OK\r\n").is_err());
    }
}
