//! Owns the server that both clients call: it gives a token, and a small answer to those who bring it. Must not do more, so
//! that what is measured is the clients.

use std::convert::Infallible;
use std::io::Write;

use anyhow::Result;
use bytes::Bytes;
use http::header::{AUTHORIZATION, CONTENT_TYPE};
use http::{Method, Request, Response, StatusCode};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};

/// What the token endpoint gives and everything else asks for.
pub(crate) const TOKEN: &str = "bench-access-token";

/// A user as Hyperproof answers one.
const USER: &str = r#"{"userId":"6f1c1f58-3d6e-4b0e-9b0a-0d9d8a3c7f11","email":"jo@example.com","givenName":"Jo","surname":"Bloggs","title":"Compliance engineer","language":"en","timezone":"Europe/Berlin","updatedOn":"2026-11-22T02:00:00.000Z","type":"user"}"#;

/// Serves on loopback until the process ends; the first line of the standard output is its origin.
///
/// # Errors
/// When nothing can be opened.
pub(crate) async fn serve() -> Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let mut output = std::io::stdout();
    writeln!(output, "http://{}", listener.local_addr()?)?;
    output.flush()?;
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        tokio::spawn(converse(stream));
    }
}

async fn converse(stream: TcpStream) {
    let answers = service_fn(|request| async { Ok::<_, Infallible>(answer(request).await) });
    // A client that leaves in the middle is no fault of the server.
    let _ = http1::Builder::new()
        .serve_connection(TokioIo::new(stream), answers)
        .await;
}

async fn answer(request: Request<Incoming>) -> Response<Full<Bytes>> {
    let (head, body) = request.into_parts();
    let _ = body.collect().await;
    let bearer = head.headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    if head.method == Method::POST {
        let token = format!(r#"{{"access_token":"{TOKEN}","expires_in":3600,"token_type":"Bearer"}}"#);
        return json(StatusCode::OK, token.into());
    }
    if bearer.and_then(|value| value.strip_prefix("Bearer ")) == Some(TOKEN) {
        json(StatusCode::OK, Bytes::from_static(USER.as_bytes()))
    } else {
        json(StatusCode::UNAUTHORIZED, Bytes::from_static(b"{}"))
    }
}

fn json(status: StatusCode, body: Bytes) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(body));
    *response.status_mut() = status;
    let value = http::HeaderValue::from_static("application/json");
    response.headers_mut().insert(CONTENT_TYPE, value);
    response
}
