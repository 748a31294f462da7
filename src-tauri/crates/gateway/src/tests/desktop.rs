//! The desktop's proxies on the whole way of a call, in a process of its own: the variables of the environment go before
//! them and cannot be taken away within one.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

use countersign_domain::{BoundAddress, ErrorCode, ProxyChoice, SecretString};
use futures_util::future::BoxFuture;
use tokio_util::sync::CancellationToken;

use super::authority::{Authority, NOW};
use super::child::{child, child_under, target};
use super::tunnel::{Proxy, Rule};
use super::world::{World, basic, go};
use crate::{Call, ConnectionProfile, DesktopProxies, GatewayError, Layer, ProxyTrouble};

const OUTSIDE: &str = "https://api.countersign.invalid";
/// jo:open sesame
const TOLD: &str = "Basic am86b3BlbiBzZXNhbWU=";

/// The label is longer than names may be, so that no resolver is asked.
fn unknown(domain: &str) -> String {
    format!("https://{}.{domain}.invalid", "n".repeat(64))
}

/// A desktop whose settings may change; with none it never answers.
#[derive(Default)]
struct Desktop {
    says: Mutex<Option<String>>,
    asked: AtomicU32,
}

impl Desktop {
    fn saying(says: String) -> Arc<Self> {
        let says = Mutex::new(Some(says));
        let asked = AtomicU32::default();
        Arc::new(Self { says, asked })
    }

    fn asked(&self) -> u32 {
        self.asked.load(Ordering::SeqCst)
    }
}

impl DesktopProxies for Desktop {
    fn lookup<'a>(&'a self, _: &'a str) -> BoxFuture<'a, Vec<SecretString>> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        let says = self.says.lock().unwrap().clone();
        Box::pin(async move {
            match says {
                Some(says) => vec![SecretString::from(says)],
                None => std::future::pending().await,
            }
        })
    }
}

fn profile(world: &World, authority: &Authority) -> ConnectionProfile {
    ConnectionProfile {
        id: world.id.clone(),
        api: BoundAddress::parse(OUTSIDE).unwrap(),
        authentication: basic(),
        pacing: None,
        network: authority.trusted(ProxyChoice::System),
    }
}

#[tokio::test]
async fn calls_and_doctor_go_through_the_desktops_proxy_and_a_failure_asks_it_again() {
    if target().is_none() {
        let name = "desktop::calls_and_doctor_go_through_the_desktops_proxy_and_a_failure_asks_it_again";
        return child(name, OUTSIDE.to_owned(), None).await;
    }
    let authority = Authority::new();
    let server = authority.server("api.countersign.invalid", NOW, "{}").await;
    let proxy = Proxy::start(Rule::LeadToIf(server.port, TOLD.to_owned())).await;
    let desktop = Desktop::saying(format!("http://jo:wrong@{}", proxy.address));
    let world = World::on(Arc::clone(&desktop) as _);
    let profile = profile(&world, &authority);
    let bound = world.gateway.bind(profile.clone());
    let error = bound.send(Call::get("/"), &go()).await.unwrap_err();
    assert_eq!(error.code(), ErrorCode::ProxyRefused, "{error:?}");
    *desktop.says.lock().unwrap() = Some(format!("http://jo:open%20sesame@{}", proxy.address));
    for _ in 0..2 {
        assert_eq!(bound.send(Call::get("/"), &go()).await.unwrap().status, 200);
    }
    assert_eq!(desktop.asked(), 2, "again after the failure, and then no more");
    let found = world.gateway.examine(&profile, &go(), &|_| {}).await;
    assert!(found.passed() && found.route == proxy.address, "{found:#?}");
    let named = found.findings.iter().find(|finding| finding.layer == Layer::Proxy);
    assert_eq!(
        named.unwrap().seen[1],
        "From the system's settings, signed in with the name kept there"
    );
    let shown = format!("{error:?} {found:?} {:?}", world.calls.all());
    assert!(!shown.contains("sesame") && !shown.contains("wrong"), "{shown}");
}

#[tokio::test]
async fn a_variable_that_names_a_proxy_goes_before_the_desktop() {
    let name = "desktop::a_variable_that_names_a_proxy_goes_before_the_desktop";
    if let Some(proxy) = target() {
        let desktop = Desktop::saying("http://127.0.0.1:1".to_owned());
        let world = World::on(Arc::clone(&desktop) as _);
        let error = world
            .bound(OUTSIDE, basic())
            .send(Call::get("/"), &go())
            .await
            .unwrap_err();
        let GatewayError::Proxy { proxy: named, .. } = &error else {
            panic!("{error:?}")
        };
        assert_eq!((named.as_str(), desktop.asked()), (&*proxy, 0));
        return;
    }
    let proxy = Proxy::start(Rule::Refuse(403)).await;
    let address = format!("http://{}", proxy.address);
    for variable in ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"] {
        child_under(name, proxy.address.clone(), vec![(variable, address.clone())]).await;
    }
    assert_eq!(proxy.heads().len(), 4);
}

#[tokio::test]
async fn a_variable_that_names_nothing_usable_goes_before_the_desktop_too() {
    let name = "desktop::a_variable_that_names_nothing_usable_goes_before_the_desktop_too";
    if let Some(target) = target() {
        let desktop = Desktop::saying("http://127.0.0.1:1".to_owned());
        let world = World::on(Arc::clone(&desktop) as _);
        let error = world.bound(&target, basic()).send(Call::get("/"), &go()).await;
        assert_eq!(error.unwrap_err().code(), ErrorCode::HostUnknown);
        assert_eq!(desktop.asked(), 0);
        return;
    }
    for variable in ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"] {
        let variables = vec![(variable, "gopher://127.0.0.1".to_owned())];
        child_under(name, unknown("api"), variables).await;
    }
}

#[tokio::test]
async fn an_empty_variable_names_no_proxy_and_no_proxy_excepts_from_the_desktops() {
    let name = "desktop::an_empty_variable_names_no_proxy_and_no_proxy_excepts_from_the_desktops";
    if target().is_some() {
        let desktop = Desktop::saying("http://127.0.0.1:1".to_owned());
        let world = World::on(Arc::clone(&desktop) as _);
        let outside = world.bound(OUTSIDE, basic()).send(Call::get("/"), &go()).await;
        assert!(
            matches!(
                outside,
                Err(GatewayError::Proxy {
                    trouble: ProxyTrouble::Unreachable,
                    ..
                })
            ),
            "{outside:?}"
        );
        assert_eq!(desktop.asked(), 1);
        let inside = world
            .bound(&unknown("inside"), basic())
            .send(Call::get("/"), &go())
            .await;
        assert_eq!(inside.unwrap_err().code(), ErrorCode::HostUnknown);
        assert_eq!(desktop.asked(), 1);
        return;
    }
    for exceptions in ["NO_PROXY", "no_proxy"] {
        let variables = vec![
            ("HTTPS_PROXY", String::new()),
            (exceptions, "inside.invalid".to_owned()),
        ];
        child_under(name, OUTSIDE.to_owned(), variables).await;
    }
}

#[tokio::test]
async fn a_call_is_stopped_while_the_desktop_is_asked() {
    if target().is_none() {
        let name = "desktop::a_call_is_stopped_while_the_desktop_is_asked";
        return child(name, OUTSIDE.to_owned(), None).await;
    }
    let desktop = Arc::new(Desktop::default());
    let world = World::on(Arc::clone(&desktop) as _);
    let bound = world.bound(OUTSIDE, basic());
    let cancel = CancellationToken::new();
    let stop = async {
        while desktop.asked() == 0 {
            tokio::task::yield_now().await;
        }
        cancel.cancel();
    };
    let (outcome, ()) = tokio::join!(bound.send(Call::get("/"), &cancel), stop);
    let error = outcome.unwrap_err();
    assert!(matches!(error, GatewayError::Cancelled { sent: false }), "{error:?}");
}
