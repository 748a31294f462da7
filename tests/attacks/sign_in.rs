//! Strangers at the callback of a sign-in: other pages, other programs, other servers.

use std::collections::BTreeMap;
use std::net::UdpSocket;
use std::sync::Arc;

use countersign_app::page::{ConnectionCard, ConnectionDraft, SignInStep};
use countersign_domain::{ConnectionKind, ErrorCode, Failure};
use countersign_sandbox::{PracticeCredentials, SandboxSettings};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::task::JoinHandle;
use url::Url;

use super::browser::{Browser, Does, Page, visit};
use super::desk::{Desk, Services, draft};
use super::seen;

/// A sign-in under way.
struct Pending {
    steps: UnboundedReceiver<SignInStep>,
    ended: JoinHandle<Result<ConnectionCard, Failure>>,
    /// The page of the service, with the state.
    authorize: Url,
    /// Where the browser is sent back to.
    callback: Url,
}

pub(crate) struct Study {
    desk: Desk,
    services: Services,
    pub(crate) browser: Arc<Browser>,
    pub(crate) port: u16,
}

impl Study {
    pub(crate) async fn new() -> Self {
        let port = std::net::TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap()
            .port();
        let credentials = PracticeCredentials {
            hypothesis_redirect_uri: format!("http://127.0.0.1:{port}/callback"),
            ..PracticeCredentials::random()
        };
        let browser = Browser::of(&credentials, Does::Nothing);
        let settings = SandboxSettings {
            credentials,
            ..SandboxSettings::default()
        };
        Self {
            desk: Desk::with_browser(Arc::clone(&browser) as _),
            services: Services::with(settings).await,
            browser,
            port,
        }
    }

    fn draft(&self) -> ConnectionDraft {
        ConnectionDraft {
            api_address: self.services.sandbox.hypothesis_server(),
            client_id: self.services.credentials.hypothesis_oauth_client_id.clone(),
            callback_port: Some(self.port),
            ..draft(ConnectionKind::HypothesisSignIn)
        }
    }

    pub(crate) fn begun(
        &self,
    ) -> (
        UnboundedReceiver<SignInStep>,
        JoinHandle<Result<ConnectionCard, Failure>>,
    ) {
        let (said, steps) = unbounded_channel();
        let progress = Arc::new(move |step| drop(said.send(step)));
        let (app, draft) = (self.desk.app.clone(), self.draft());
        (
            steps,
            tokio::spawn(async move { app.sign_in_save(&draft, progress).await }),
        )
    }

    async fn waiting(&self) -> Pending {
        let (mut steps, ended) = self.begun();
        let step = steps.recv().await.unwrap();
        let SignInStep::Waiting {
            redirect_uri,
            authorize_address,
            ..
        } = step
        else {
            panic!("it waits first: {step:?}")
        };
        Pending {
            steps,
            ended,
            authorize: authorize_address.parse().unwrap(),
            callback: redirect_uri.parse().unwrap(),
        }
    }

    fn exchanges(&self) -> usize {
        self.services.asked("/api/token")
    }
}

impl Pending {
    fn with(&self, query: &str) -> Url {
        let mut address = self.callback.clone();
        address.set_query(Some(query));
        address
    }

    fn state(&self) -> String {
        let mut pairs = self.authorize.query_pairs();
        pairs.find(|(name, _)| name == "state").unwrap().1.into_owned()
    }

    /// Ends well: the person allows it.
    async fn ends_well(self, study: &Study) -> Url {
        let right = study.browser.walker().walk(self.authorize.clone()).await;
        let page = get(&right).await;
        assert_eq!(page.status, "200", "{}", page.body);
        self.ended.await.unwrap().unwrap();
        right
    }
}

async fn get(address: &Url) -> Page {
    visit("GET", address, "", &mut BTreeMap::new()).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a10_strangers_at_the_callback_change_nothing_and_it_answers_once() {
    let study = Study::new().await;
    let mut pending = study.waiting().await;
    for query in [
        "code=stolen&state=wrong",
        "code=stolen",
        "code=stolen&state=",
        "error=access_denied",
        "error=access_denied&state=wrong",
        "",
    ] {
        let page = get(&pending.with(query)).await;
        assert_ne!(page.status, "200", "{query}");
        assert!(!page.body.contains("stolen"), "a neutral page");
    }
    let elsewhere = get(&pending.callback.join("/other?code=stolen").unwrap()).await;
    assert_ne!(elsewhere.status, "200");
    assert!(!pending.ended.is_finished() && study.exchanges() == 0);
    assert_eq!(pending.steps.recv().await, Some(SignInStep::StrangerCame));
    let right = pending.ends_well(&study).await;
    let again = TcpStream::connect(("127.0.0.1", study.port)).await;
    assert!(again.is_err(), "nobody listens to {right} any more");
    assert_eq!(study.exchanges(), 1);
    seen(
        "A10",
        "wrong, missing and empty states, a foreign error and another path: a neutral page, no exchange, the sign-in goes on; after it the port is closed",
    );
}

/// What comes back for `request`, until the other side hangs up.
async fn raw(port: u16, request: &[u8]) -> String {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    // Whoever is refused in the middle of sending may find the connection gone.
    let _sent = stream.write_all(request).await;
    let mut answer = Vec::new();
    let _closed = stream.read_to_end(&mut answer).await;
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a12_only_a_short_get_to_the_literal_address_is_heard() {
    let study = Study::new().await;
    let pending = study.waiting().await;
    let (host, state) = (format!("127.0.0.1:{}", study.port), pending.state());
    let get = |host: &str, target: &str| format!("GET {target} HTTP/1.1\r\nHost: {host}\r\n\r\n").into_bytes();
    let right = format!("/callback?code=stolen&state={state}");
    let requests = [
        get("evil.example", &right),
        get(&format!("localhost:{}", study.port), &right),
        get(&format!("127.0.0.1:{}", study.port.wrapping_add(1)), &right),
        format!("POST {right} HTTP/1.1\r\nHost: {host}\r\nContent-Length: 0\r\n\r\n").into_bytes(),
        format!("GET {right} HTTP/1.1\r\n\r\n").into_bytes(),
        get(
            &host,
            &format!("/callback?state={state}&code={}", "a".repeat(1_000_000)),
        ),
        b"\x16\x03\x01\x00\xff not http at all\r\n\r\n".to_vec(),
        // The end of it never comes: it is hung up on, not waited for.
        format!("GET {right} HTTP/1.1\r\nHost: {host}\r\nX-Slow: ").into_bytes(),
    ];
    for request in requests {
        let answer = raw(study.port, &request).await;
        assert!(!answer.starts_with("HTTP/1.1 200"), "{answer}");
    }
    assert!(!pending.ended.is_finished() && study.exchanges() == 0);
    // No packet leaves: this only asks which of this computer's own addresses would be used.
    let socket = UdpSocket::bind("0.0.0.0:0").unwrap();
    if socket.connect("192.0.2.1:9").is_ok() {
        let own = socket.local_addr().unwrap().ip();
        assert!(
            TcpStream::connect((own, study.port)).await.is_err(),
            "it listens on loopback alone"
        );
    }
    let _right = pending.ends_well(&study).await;
    seen(
        "A12",
        "foreign Host, POST, one megabyte of query, no HTTP, a head without end: refused or hung up on; loopback alone listens",
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a13_a_code_of_another_server_is_not_taken() {
    let (study, other) = (Study::new().await, Study::new().await);
    let mut pending = study.waiting().await;
    let foreign = other.waiting().await;
    let code_of_other = other.browser.walker().walk(foreign.authorize.clone()).await;
    let page = get(&pending.with(code_of_other.query().unwrap())).await;
    assert_ne!(page.status, "200", "the other server's state is not this sign-in's");
    assert_eq!(pending.steps.recv().await, Some(SignInStep::StrangerCame));
    let issuer = other.services.sandbox.hypothesis_server();
    let named = format!("code=stolen&state={}&iss={issuer}", pending.state());
    assert_ne!(
        get(&pending.with(&named)).await.status,
        "200",
        "an answer that names another issuer"
    );
    assert!(!pending.ended.is_finished());
    assert_eq!((study.exchanges(), other.exchanges()), (0, 0));
    let _right = pending.ends_well(&study).await;
    assert_eq!(
        (study.exchanges(), other.exchanges()),
        (1, 0),
        "the code went to the server that gave it"
    );
    foreign.ended.abort();
    seen(
        "A13",
        "a code with another sign-in's state, and one that names another issuer: not taken; codes go to their own server",
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a37_the_browser_opens_the_bound_service_and_nothing_else() {
    let study = Study::new().await;
    let pending = study.waiting().await;
    let opened = study.browser.opened();
    assert_eq!(opened.len(), 1);
    let address: Url = opened[0].parse().unwrap();
    assert_eq!(
        address.origin(),
        study
            .services
            .sandbox
            .hypothesis_server()
            .parse::<Url>()
            .unwrap()
            .origin()
    );
    for wrong in [
        "file:///etc/passwd",
        "smb://evil.example/x",
        "javascript:alert(1)",
        "-flag",
        "http://evil.example/",
        "https://user@evil.example/",
    ] {
        for (api_address, authorize_address) in [(wrong, ""), (study.services.sandbox.hyperproof_api().as_str(), wrong)]
        {
            let kind = if authorize_address.is_empty() {
                ConnectionKind::HypothesisSignIn
            } else {
                ConnectionKind::HyperproofAuthorizationCode
            };
            let draft = ConnectionDraft {
                api_address: api_address.to_owned(),
                authorize_address: authorize_address.to_owned(),
                callback_port: Some(1),
                kind,
                ..study.services.hyperproof()
            };
            let refused = study.desk.app.sign_in_save(&draft, Arc::new(|_| {})).await.unwrap_err();
            assert_eq!(refused.code, ErrorCode::InputInvalid, "{wrong}: {refused}");
        }
    }
    assert_eq!(study.browser.opened().len(), 1, "nothing else was opened");
    let _right = pending.ends_well(&study).await;
    seen(
        "A37",
        "the browser is given the bound service's own page; file:, smb:, javascript:, a flag and plain http to others are refused at their field",
    );
}
