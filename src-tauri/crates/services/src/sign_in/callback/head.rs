//! Owns the reading of a request's head: bounded, and judged before anything of it is used. Must not read a body.

use std::net::SocketAddr;

use countersign_domain::sign_in::CALLBACK_PATH;
use tokio::io::{AsyncRead, AsyncReadExt as _};

use super::reply::Reply;

/// The longest head read, in bytes.
const LONGEST: usize = 8 * 1024;
const MOST_HEADERS: usize = 100;

/// Reads a head and gives the callback's query.
///
/// # Errors
/// What is to be answered; `None` where nobody is there any more to be answered.
pub(super) async fn query(stream: &mut (impl AsyncRead + Unpin), address: SocketAddr) -> Result<String, Option<Reply>> {
    let mut head = Vec::with_capacity(LONGEST);
    loop {
        if let Some(judged) = judged(&head, address) {
            return judged.map_err(Some);
        }
        let room = LONGEST - head.len();
        if room == 0 {
            return Err(Some(too_long(&head)));
        }
        let mut part = stream.take(u64::try_from(room).unwrap_or_default());
        match part.read_buf(&mut head).await {
            Ok(0) | Err(_) => return Err(None),
            Ok(_) => {}
        }
    }
}

/// The verdict on a head; `None` while it is not whole.
fn judged(head: &[u8], address: SocketAddr) -> Option<Result<String, Reply>> {
    let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
    let mut request = httparse::Request::new(&mut headers);
    match request.parse(head) {
        Ok(httparse::Status::Partial) => None,
        Ok(httparse::Status::Complete(_)) => Some(asked(&request, address)),
        Err(_) => Some(Err(Reply::Malformed)),
    }
}

/// `Host` must be this listener's literal address: a name that an attacker points here (DNS rebinding) is not.
fn asked(request: &httparse::Request<'_, '_>, address: SocketAddr) -> Result<String, Reply> {
    let mut hosts = request
        .headers
        .iter()
        .filter(|header| header.name.eq_ignore_ascii_case("host"));
    let own = address.to_string();
    let named = hosts.next().is_some_and(|host| host.value == own.as_bytes());
    if !named || hosts.next().is_some() {
        return Err(Reply::Malformed);
    }
    let target = request.path.unwrap_or_default();
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    match request.method {
        Some("GET") if path == CALLBACK_PATH => Ok(query.to_owned()),
        Some("GET") => Err(Reply::NothingThere),
        _ => Err(Reply::WrongMethod),
    }
}

fn too_long(head: &[u8]) -> Reply {
    if head.contains(&b'\n') {
        Reply::Malformed
    } else {
        Reply::AddressTooLong
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn read(head: &str) -> Result<String, Option<Reply>> {
        let address: SocketAddr = "127.0.0.1:47811".parse().unwrap();
        query(&mut head.as_bytes(), address).await
    }

    #[tokio::test]
    async fn the_query_of_a_callback_is_read_as_it_stands() {
        let head = "GET /callback?code=a%20b&state=s HTTP/1.1\r\nAccept: */*\r\nhOST: 127.0.0.1:47811\r\n\r\n";
        assert_eq!(read(head).await, Ok("code=a%20b&state=s".to_owned()));
        let bare = "GET /callback HTTP/1.1\r\nHost: 127.0.0.1:47811\r\n\r\n";
        assert_eq!(read(bare).await, Ok(String::new()));
    }

    #[tokio::test]
    async fn only_a_get_of_the_callback_at_the_literal_address_is_heard() {
        let host = "Host: 127.0.0.1:47811\r\n";
        for (head, reply) in [
            (
                format!("POST /callback?code=c HTTP/1.1\r\n{host}\r\n"),
                Reply::WrongMethod,
            ),
            (format!("OPTIONS * HTTP/1.1\r\n{host}\r\n"), Reply::WrongMethod),
            (format!("GET / HTTP/1.1\r\n{host}\r\n"), Reply::NothingThere),
            (format!("GET /callback/ HTTP/1.1\r\n{host}\r\n"), Reply::NothingThere),
            (format!("GET //callback HTTP/1.1\r\n{host}\r\n"), Reply::NothingThere),
            (
                format!("GET http://127.0.0.1:47811/callback HTTP/1.1\r\n{host}\r\n"),
                Reply::NothingThere,
            ),
            (
                "GET /callback?code=c HTTP/1.1\r\nHost: evil.example\r\n\r\n".into(),
                Reply::Malformed,
            ),
            (
                "GET /callback?code=c HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".into(),
                Reply::Malformed,
            ),
            (
                "GET /callback?code=c HTTP/1.1\r\nHost: localhost:47811\r\n\r\n".into(),
                Reply::Malformed,
            ),
            (
                "GET /callback?code=c HTTP/1.1\r\nHost: [::1]:47811\r\n\r\n".into(),
                Reply::Malformed,
            ),
            (
                format!("GET /callback?code=c HTTP/1.1\r\n{host}{host}\r\n"),
                Reply::Malformed,
            ),
            ("GET /callback?code=c HTTP/1.1\r\n\r\n".into(), Reply::Malformed),
            ("\u{16}\u{3}\u{1} TLS hello\r\n\r\n".into(), Reply::Malformed),
        ] {
            assert_eq!(read(&head).await, Err(Some(reply)), "{head}");
        }
    }

    #[tokio::test]
    async fn a_head_has_an_end() {
        let line = format!("GET /callback?{} HTTP/1.1\r\n", "x".repeat(1_000_000));
        assert_eq!(read(&line).await, Err(Some(Reply::AddressTooLong)));
        let headers = format!("GET /callback HTTP/1.1\r\n{}", "X-A: 1\r\n".repeat(10_000));
        assert_eq!(read(&headers).await, Err(Some(Reply::Malformed)));
        assert_eq!(read("GET /callback HT").await, Err(None), "who hangs up gets no answer");
    }
}
