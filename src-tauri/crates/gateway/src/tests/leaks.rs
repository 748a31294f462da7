//! Planted secrets: every error, failure, record, answer and log line of failing calls is searched for them.

use std::fmt::Write as _;
use std::io::Write;
use std::sync::{Arc, Mutex};

use axum::response::{IntoResponse, Redirect, Response};
use countersign_domain::SecretString;
use tracing_subscriber::fmt::MakeWriter;

use super::child::{child, target};
use super::servers::{RawServer, Seen, Server, Then, json};
use super::world::{REFRESH, SECRET, World, basic, client_credentials, go, grant_token, sign_in};
use crate::{Authentication, AuthorizationCode, BoundGateway, Call, CredentialError, GatewayError};

const TOKEN: &str = "access-canary-4711";
/// The secret in base64 as the end of a Basic header holds it, and in the percent-encoding of forms.
const PLANTED: [&str; 9] = [
    SECRET,
    "E-hReVMuRyZbyr1GikieEw4J",
    "ZWhSZVZNdVJ5WmJ5cjFHaWtpZUV3NEpzbGFNNnNEcGIxOF85VjU5UEZ3",
    "UtaFJlVk11UnlaYnlyMUdpa2llRXc0SnNsYU02c0RwYjE4XzlWNTlQRnc",
    TOKEN,
    REFRESH,
    "code-canary",
    "verifier-canary",
    "query-canary",
];

/// Takes what is logged, at every level, by every crate.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let mut text = self.0.lock().map_err(|_| std::io::ErrorKind::Other)?;
        text.extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;
    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

fn found(text: &str) -> Vec<&'static str> {
    PLANTED.into_iter().filter(|planted| text.contains(planted)).collect()
}

/// Everything that can be printed of an error.
fn printed(error: &GatewayError) -> String {
    let mut text = format!("{error} {error:?} {error:#?} {:?}", error.clone().into_failure());
    let mut source = std::error::Error::source(error);
    while let Some(current) = source {
        write!(text, " {current} {current:?}").unwrap();
        source = current.source();
    }
    text
}

fn echo(seen: &Seen) -> Response {
    let words = String::from_utf8_lossy(&seen.body).into_owned();
    (http::StatusCode::BAD_REQUEST, words).into_response()
}

fn failing(server: &Server, raw: &RawServer, closed: &str) -> Vec<(World, BoundGateway)> {
    let mut cases = Vec::new();
    for api in [server.origin.as_str(), raw.origin.as_str(), closed] {
        for token in ["/echo", "/redirect", "/good", "/html"] {
            let endpoint = format!("{}{token}", server.origin);
            for authentication in [
                client_credentials(&endpoint),
                grant_token(&endpoint, "acct:jo@example.com"),
                sign_in(&endpoint, true),
            ] {
                let world = World::new();
                let bound = world.bound(api, authentication);
                cases.push((world, bound));
            }
        }
        for authentication in [basic(), Authentication::Bearer] {
            let world = World::new();
            let bound = world.bound(api, authentication);
            cases.push((world, bound));
        }
    }
    cases
}

/// What goes wrong, if anything does, when a sign-in begins and ends.
async fn sign_in_errors(bound: &BoundGateway) -> String {
    let code = AuthorizationCode {
        code: "code-canary".into(),
        verifier: "verifier-canary".into(),
    };
    let mut text = format!("{code:?}");
    for outcome in [bound.redeem(code, &go()).await, bound.revoke(&go()).await] {
        if let Err(error) = outcome {
            text.push_str(&printed(&error));
        }
    }
    text
}

/// In a process of its own: what is logged is decided once for all threads of a process.
#[tokio::test]
async fn no_error_record_or_log_line_holds_a_planted_secret() {
    if target().is_none() {
        let name = "leaks::no_error_record_or_log_line_holds_a_planted_secret";
        return child(name, "none".to_owned(), None).await;
    }
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(log.clone())
        .finish();
    let _guard = tracing::subscriber::set_default(subscriber);
    let server = Server::start(|seen: &Seen| match seen.target.split('?').next() {
        Some("/echo" | "/echo/oauth/token" | "/echo/oauth/revoke" | "/html/oauth/revoke") => echo(seen),
        Some("/good" | "/good/oauth/token") => json(200, r#"{"access_token":"access-canary-4711"}"#),
        Some("/html" | "/html/oauth/token") => json(200, "<html>"),
        _ => Redirect::temporary("https://evil.example/query-canary?query-canary").into_response(),
    })
    .await;
    let raw = RawServer::start(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf", Then::Close).await;
    let mut errors = 0;
    for (world, bound) in failing(&server, &raw, "http://127.0.0.1:9") {
        let call = Call::post("/x").query("token", "query-canary").json(SECRET.into());
        let error = bound.send(call, &go()).await.unwrap_err();
        let text = format!(
            "{} {:?} {bound:?} {:?} {}",
            printed(&error),
            world.calls.all(),
            world.gateway,
            sign_in_errors(&bound).await
        );
        assert_eq!(found(&text), Vec::<&str>::new(), "{text}");
        errors += 1;
    }
    assert_eq!(errors, 42);
    let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(
        log.contains("not answered") && log.contains("/x"),
        "the log was written"
    );
    let ours: String = log
        .lines()
        .filter(|line| line.contains("countersign_gateway"))
        .collect();
    assert_eq!(found(&ours), Vec::<&str>::new(), "{ours}");
    let secrets: Vec<_> = found(&log)
        .into_iter()
        .filter(|planted| *planted != "query-canary")
        .collect();
    assert_eq!(secrets, Vec::<&str>::new(), "not even by other crates at trace level");
}

#[test]
fn the_search_finds_what_is_planted() {
    let failure = countersign_domain::Failure::new(countersign_domain::ErrorCode::Internal, SECRET);
    let error = GatewayError::Credential(CredentialError::Unavailable(failure));
    assert!(found(&printed(&error)).contains(&SECRET));
    let id = countersign_domain::ClientId::parse(super::world::CLIENT_ID).unwrap();
    let header = crate::header::basic(&id, &SecretString::from(SECRET)).unwrap();
    assert!(!found(header.to_str().unwrap()).is_empty(), "also in base64");
}
