//! What is asked of the desktop and when, and what its answers are taken for.

use std::sync::atomic::{AtomicBool, Ordering};

use countersign_domain::{BoundAddress, Network, ProxyAddress, ProxyChoice};
use tokio::time::Instant;

use super::*;
use crate::error::GatewayError;
use crate::route::{Proxied, Route, to};

const OUTSIDE: &str = "https://api.example.com";

/// A desktop that says the same to everybody, or nothing ever.
#[derive(Default)]
struct Desktop {
    says: Vec<&'static str>,
    never: AtomicBool,
    asked: Mutex<Vec<String>>,
}

impl Desktop {
    fn saying(says: &[&'static str]) -> Arc<Self> {
        let says = says.to_vec();
        Arc::new(Self {
            says,
            ..Self::default()
        })
    }

    fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

impl DesktopProxies for Desktop {
    fn lookup<'a>(&'a self, address: &'a str) -> BoxFuture<'a, Vec<SecretString>> {
        self.asked.lock().unwrap().push(address.to_owned());
        Box::pin(async {
            if self.never.load(Ordering::SeqCst) {
                std::future::pending::<()>().await;
            }
            tokio::task::yield_now().await;
            self.says.iter().copied().map(SecretString::from).collect()
        })
    }
}

/// A computer whose environment names no proxy, with these exceptions.
fn quiet(desktop: &Arc<Desktop>, exceptions: &str) -> System {
    let read = Matcher::builder().no(exceptions).build();
    System::new(read, false, exceptions.to_owned(), Arc::clone(desktop) as _)
}

async fn route(address: &str, proxy: ProxyChoice, system: &System) -> Result<Route, GatewayError> {
    let network = Network {
        proxy,
        certificate_authority: None,
    };
    to(&BoundAddress::parse(address).unwrap(), &network, system).await
}

/// The proxy to `address` as the system names it.
async fn proxied(address: &str, system: &System) -> Option<Proxied> {
    match route(address, ProxyChoice::System, system).await.unwrap() {
        Route::Direct => None,
        Route::Proxy(proxied) => Some(proxied),
    }
}

async fn way(address: &str, system: &System) -> Option<String> {
    proxied(address, system).await.map(|proxied| proxied.authority())
}

#[tokio::test]
async fn the_desktop_is_asked_once_for_each_origin_where_the_environment_names_no_proxy() {
    let desktop = Desktop::saying(&["http://desk:8080"]);
    let system = quiet(&desktop, "");
    let named = proxied(OUTSIDE, &system).await.unwrap();
    assert_eq!(
        (&*named.authority(), named.named_by),
        ("desk:8080", crate::route::NamedBy::System)
    );
    let (first, second) = tokio::join!(
        way("https://other.example.com:8443/api", &system),
        way("https://other.example.com:8443/token", &system)
    );
    assert_eq!(
        (first.as_deref(), second.as_deref()),
        (Some("desk:8080"), Some("desk:8080"))
    );
    assert!(way(OUTSIDE, &system).await.is_some());
    assert_eq!(
        desktop.asked(),
        ["https://api.example.com/", "https://other.example.com:8443/"]
    );
}

#[tokio::test]
async fn the_environment_decides_where_it_names_a_proxy_and_the_desktop_is_not_asked() {
    let desktop = Desktop::saying(&["http://desk:8080"]);
    let read = Matcher::builder()
        .https("http://variable:3128")
        .no("inside.example")
        .build();
    let system = System::new(read, true, "inside.example".to_owned(), Arc::clone(&desktop) as _);
    assert_eq!(way(OUTSIDE, &system).await.as_deref(), Some("variable:3128"));
    assert_eq!(way("https://api.inside.example", &system).await, None);
    let unusable = System::new(
        Matcher::builder().build(),
        true,
        String::new(),
        Arc::clone(&desktop) as _,
    );
    assert_eq!(way(OUTSIDE, &unusable).await, None, "named, but no proxy");
    assert_eq!(desktop.asked(), Vec::<String>::new());
}

#[tokio::test]
async fn hosts_that_need_no_proxy_are_not_asked_about() {
    let desktop = Desktop::saying(&["http://desk:8080"]);
    let system = quiet(&desktop, "localhost.example, inside.example");
    for address in [
        "https://api.inside.example",
        "https://localhost",
        "https://127.0.0.1:8443",
        "https://[::1]",
        "http://127.0.0.1:81",
        "http://localhost:81",
    ] {
        assert_eq!(way(address, &system).await, None, "{address}");
    }
    assert_eq!(desktop.asked(), Vec::<String>::new());
}

#[tokio::test]
async fn a_connection_that_chose_for_itself_does_not_ask_the_desktop() {
    let desktop = Desktop::saying(&["http://desk:8080"]);
    let system = quiet(&desktop, "");
    let address = ProxyAddress::parse("own.corp:3128").unwrap();
    let own = ProxyChoice::Address {
        address,
        username: None,
    };
    let Route::Proxy(proxied) = route(OUTSIDE, own, &system).await.unwrap() else {
        panic!("a proxy was chosen")
    };
    assert_eq!(proxied.authority(), "own.corp:3128");
    let direct = route(OUTSIDE, ProxyChoice::Direct, &system).await.unwrap();
    assert!(matches!(direct, Route::Direct), "{direct:?}");
    assert_eq!(desktop.asked(), Vec::<String>::new());
}

#[tokio::test]
async fn the_first_answer_that_can_be_followed_is_followed() {
    for (says, expected) in [
        (&["http://desk:8080"][..], Some("desk:8080")),
        (&["https://desk"], Some("desk:443")),
        (&["HTTP://desk:8080/"], Some("desk:8080")),
        (&["http://[fd00::1]:8080"], Some("[fd00::1]:8080")),
        (&["direct://"], None),
        (&["direct://", "http://desk:8080"], None),
        (
            &["socks5://desk:1080", "socks4://desk:1080", "http://desk:8080"],
            Some("desk:8080"),
        ),
        (&["socks://desk:1080", "direct://"], None),
        (&["http://desk:8080", "http://other:8080"], Some("desk:8080")),
        (&["no words", "http://desk:8080"], Some("desk:8080")),
    ] {
        let system = quiet(&Desktop::saying(says), "");
        assert_eq!(way(OUTSIDE, &system).await.as_deref(), expected, "{says:?}");
    }
}

#[tokio::test]
async fn a_desktop_that_names_socks_alone_is_refused_by_its_name() {
    for says in [
        &["socks://desk:1080"][..],
        &["no words", "socks5://desk:1080", "socks4://other:1"],
    ] {
        let system = quiet(&Desktop::saying(says), "");
        let error = route(OUTSIDE, ProxyChoice::System, &system).await.unwrap_err();
        let GatewayError::Proxy { proxy, trouble, .. } = &error else {
            panic!("{error:?}")
        };
        assert_eq!(
            (proxy.as_str(), *trouble),
            ("desk:1080", crate::ProxyTrouble::Unsupported)
        );
    }
}

#[tokio::test]
async fn words_that_name_no_proxy_lead_straight_out() {
    for says in [
        "",
        "use-proxy:",
        "desk:8080",
        "http://",
        "http://:8080",
        "http://desk:port",
        "socks5://:1080",
        "http://de sk:8080",
        "http://desk\r\nX: y",
        "ftp://desk:21",
        "pac+http://desk/proxy.pac",
    ] {
        let system = quiet(&Desktop::saying(&[says]), "");
        assert_eq!(way(OUTSIDE, &system).await, None, "{says:?}");
    }
    assert_eq!(way(OUTSIDE, &quiet(&Desktop::saying(&[]), "")).await, None);
}

/// Time stands still but for what is waited for.
#[tokio::test(start_paused = true)]
async fn a_desktop_that_never_answers_holds_one_call_up_for_five_seconds() {
    let desktop = Desktop::saying(&["http://desk:8080"]);
    desktop.never.store(true, Ordering::SeqCst);
    let (system, began) = (quiet(&desktop, ""), Instant::now());
    assert_eq!(way(OUTSIDE, &system).await, None);
    assert_eq!(began.elapsed().as_secs(), 5);
    assert_eq!(way(OUTSIDE, &system).await, None);
    assert_eq!(began.elapsed().as_secs(), 5, "it is not asked a second time");
}

/// Whoever stops waiting leaves the question to the next.
#[tokio::test]
async fn a_call_that_is_stopped_while_the_desktop_is_asked_settles_nothing() {
    let desktop = Desktop::saying(&["http://desk:8080"]);
    desktop.never.store(true, Ordering::SeqCst);
    let system = quiet(&desktop, "");
    tokio::select! {
        biased;
        way = way(OUTSIDE, &system) => panic!("{way:?}"),
        () = std::future::ready(()) => {}
    }
    desktop.never.store(false, Ordering::SeqCst);
    assert_eq!(way(OUTSIDE, &system).await.as_deref(), Some("desk:8080"));
    assert_eq!(desktop.asked().len(), 2);
}

#[tokio::test]
async fn a_password_that_the_desktop_names_is_never_shown() {
    let desktop = Desktop::saying(&["socks5://name:hunter2@desk:1080", "http://name:hunter%32@desk:8080"]);
    let system = quiet(&desktop, "");
    let proxied = proxied(OUTSIDE, &system).await.unwrap();
    let shown = format!("{proxied:?} {} {}", proxied.authority(), proxied.address);
    assert!(
        !shown.contains("hunter") && !shown.contains("bmFtZTpodW50ZXIy"),
        "{shown}"
    );
    let told = proxied.authorization.unwrap();
    assert!(
        told.is_sensitive() && told == "Basic bmFtZTpodW50ZXIy",
        "as it was told"
    );
}
