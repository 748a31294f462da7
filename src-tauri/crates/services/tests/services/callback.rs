//! Owns the attacks on the sign-in's callback: wrong states, other hosts, slow and endless senders.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use countersign_domain::{BoundAddress, ClientId, ErrorCode, ExposeSecret as _, Field, SecretString, SignIn};
use countersign_services::sign_in::{Authorization, CallbackLimits, CallbackListener, PendingSignIn, SignInError};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

pub(crate) const QUICK: CallbackLimits = CallbackLimits {
    wait: Duration::from_secs(30),
    head: Duration::from_millis(100),
    connections: 4,
};

/// A sign-in that waits at a port of its own.
struct Waiting {
    port: u16,
    state: String,
    pending: Arc<PendingSignIn>,
    strangers: Arc<AtomicUsize>,
    cancel: CancellationToken,
    outcome: JoinHandle<Result<SecretString, SignInError>>,
}

/// A port that nobody has now. Another process may take it meanwhile, so the callers try again.
fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}

fn pending(port: u16) -> Arc<PendingSignIn> {
    let sign_in = SignIn {
        authorize: BoundAddress::parse("https://a.example/oauth/authorize").unwrap(),
        callback_port: port,
    };
    let client = ClientId::parse("c1").unwrap();
    Arc::new(PendingSignIn::new(
        Authorization::begin(&sign_in, &client, None).unwrap(),
    ))
}

pub(crate) async fn bound(limits: CallbackLimits) -> (u16, CallbackListener) {
    loop {
        let port = free_port();
        if let Ok(listener) = CallbackListener::bind(port, limits).await {
            return (port, listener);
        }
    }
}

async fn waiting(limits: CallbackLimits) -> Waiting {
    let (port, listener) = bound(limits).await;
    let pending = pending(port);
    let address = url::Url::parse(pending.authorization().address()).unwrap();
    let state = address.query_pairs().find(|(name, _)| name == "state").unwrap().1;
    let (strangers, cancel) = (Arc::new(AtomicUsize::new(0)), CancellationToken::new());
    let (counted, stop, waited_for) = (Arc::clone(&strangers), cancel.clone(), Arc::clone(&pending));
    let outcome = tokio::spawn(async move {
        let stranger = move || {
            counted.fetch_add(1, Ordering::SeqCst);
        };
        listener.wait(waited_for, &stranger, &stop).await
    });
    let state = state.into_owned();
    Waiting {
        port,
        state,
        pending,
        strangers,
        cancel,
        outcome,
    }
}

impl Waiting {
    fn address(&self) -> SocketAddr {
        ([127, 0, 0, 1], self.port).into()
    }

    fn callback(&self, code: &str, state: &str) -> String {
        let port = self.port;
        format!("GET /callback?code={code}&state={state} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n")
    }

    async fn comes(&self, request: &str) -> String {
        said(self.address(), request).await
    }

    async fn comes_back(&self, code: &str) -> String {
        self.comes(&self.callback(code, &self.state)).await
    }

    async fn code(self) -> String {
        self.outcome.await.unwrap().unwrap().expose_secret().to_owned()
    }
}

/// What is answered to `request`; as a browser does, the connection is ended once the page is there.
async fn said(address: SocketAddr, request: &str) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    // Who is answered early may not get to say all.
    let _early = stream.write_all(request.as_bytes()).await;
    let (mut answer, mut part) = (Vec::new(), [0_u8; 4096]);
    while !answer.ends_with(b"</html>\n") {
        match stream.read(&mut part).await {
            Ok(0) | Err(_) => break,
            Ok(read) => answer.extend_from_slice(&part[..read]),
        }
    }
    String::from_utf8(answer).unwrap()
}

fn status(answer: &str) -> &str {
    answer.split(' ').nth(1).unwrap_or("no answer")
}

#[tokio::test]
async fn who_comes_back_with_the_own_state_ends_the_wait_and_the_port_is_free_at_once() {
    let waiting = waiting(QUICK).await;
    let page = waiting.comes_back("c-1").await;
    assert_eq!(status(&page), "200");
    assert!(page.contains("Content-Security-Policy: default-src 'none'"));
    assert!(
        !page.contains("c-1") && !page.contains(&waiting.state),
        "nothing is repeated"
    );
    let port = waiting.port;
    assert_eq!(waiting.code().await, "c-1");
    CallbackListener::bind(port, QUICK).await.unwrap();
}

#[tokio::test]
async fn strangers_see_a_neutral_page_and_change_nothing() {
    let waiting = waiting(QUICK).await;
    let port = waiting.port;
    let mut pages = Vec::new();
    for request in [
        waiting.callback("evil", "another"),
        waiting.callback("evil", ""),
        format!("GET /callback?code=evil HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n"),
        format!("GET /callback HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: https://evil.example\r\n\r\n"),
        format!("GET /callback?error=access_denied HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n"),
    ] {
        let page = waiting.comes(&request).await;
        assert_eq!(status(&page), "400", "{request}");
        pages.push(page);
    }
    assert!(
        pages.windows(2).all(|two| two[0] == two[1]),
        "which fault it was is not told"
    );
    assert!(waiting.strangers.load(Ordering::SeqCst) > 0, "the person is told");
    assert_eq!(status(&waiting.comes_back("mine").await), "200");
    assert_eq!(waiting.code().await, "mine");
}

#[tokio::test]
async fn of_two_callbacks_one_counts() {
    let waiting = waiting(QUICK).await;
    let (one, other) = tokio::join!(waiting.comes_back("one"), waiting.comes_back("two"));
    let finished = [&one, &other].iter().filter(|page| status(page) == "200").count();
    assert_eq!(finished, 1, "{one} {other}");
    let code = waiting.code().await;
    assert_eq!(code == "one", status(&one) == "200");
}

#[tokio::test]
async fn only_a_get_of_the_callback_at_the_literal_host_is_heard() {
    let waiting = waiting(QUICK).await;
    let (port, state) = (waiting.port, &waiting.state);
    let query = format!("/callback?code=c&state={state}");
    for (request, expected) in [
        (format!("GET {query} HTTP/1.1\r\nHost: evil.example\r\n\r\n"), "400"),
        (format!("GET {query} HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n"), "400"),
        (
            format!("POST {query} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n"),
            "405",
        ),
        (
            format!("GET /favicon.ico HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n"),
            "404",
        ),
        (
            format!(
                "GET {query}{} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n",
                "x".repeat(1_000_000)
            ),
            "414",
        ),
    ] {
        let answer = waiting.comes(&request).await;
        assert_eq!(status(&answer), expected, "{}", &request[..80]);
    }
    assert_eq!(
        waiting.strangers.load(Ordering::SeqCst),
        0,
        "none of them was a callback"
    );
    waiting.comes_back("mine").await;
    assert_eq!(waiting.code().await, "mine");
}

#[tokio::test]
async fn slow_senders_are_dropped_and_many_at_once_keep_nobody_out() {
    let waiting = waiting(QUICK).await;
    let slow = said(waiting.address(), "GET /callback?code=").await;
    assert_eq!(status(&slow), "408");
    let mut idle = Vec::new();
    for _ in 0..20 {
        idle.push(TcpStream::connect(waiting.address()).await.unwrap());
    }
    assert_eq!(status(&waiting.comes_back("mine").await), "200");
    assert_eq!(waiting.code().await, "mine");
}

#[tokio::test]
async fn a_wait_ends_in_its_time_whoever_comes_meanwhile() {
    let limits = CallbackLimits {
        wait: Duration::from_millis(300),
        ..QUICK
    };
    let waiting = waiting(limits).await;
    let request = waiting.callback("evil", "another");
    let mut visits = 0;
    while !waiting.outcome.is_finished() {
        visits += 1;
        assert!(visits < 5_000, "strangers keep the wait alive");
        if let Ok(mut stream) = TcpStream::connect(waiting.address()).await {
            let _late = stream.write_all(request.as_bytes()).await;
            tokio::task::yield_now().await;
        }
    }
    let failure = waiting.outcome.await.unwrap().unwrap_err().into_failure();
    assert_eq!(failure.code, ErrorCode::SignInTimedOut);
}

#[tokio::test]
async fn a_stopped_wait_frees_the_port() {
    let waiting = waiting(QUICK).await;
    waiting.cancel.cancel();
    let outcome = waiting.outcome.await.unwrap();
    assert!(matches!(outcome, Err(SignInError::Cancelled)), "{outcome:?}");
    CallbackListener::bind(waiting.port, QUICK).await.unwrap();
}

#[tokio::test]
async fn a_pasted_address_ends_the_wait_too() {
    let waiting = waiting(QUICK).await;
    let address = |state: &str| {
        SecretString::from(format!(
            "http://127.0.0.1:{}/callback?code=pasted&state={state}",
            waiting.port
        ))
    };
    let refused = waiting.pending.paste(&address("another")).unwrap_err().into_failure();
    assert_eq!(
        (refused.code, refused.field),
        (ErrorCode::InputInvalid, Some(Field::CallbackAddress))
    );
    waiting.pending.paste(&address(&waiting.state)).unwrap();
    assert_eq!(waiting.code().await, "pasted");
}
