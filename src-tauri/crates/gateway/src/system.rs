//! Owns what this computer says of proxies: the environment's variables and the system's settings, and where those name
//! none the desktop, asked once for each origin. Must not show what it was told: an answer may hold a password.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use countersign_domain::{ExposeSecret, SecretString};
use futures_util::future::BoxFuture;
use http::Uri;
use hyper_util::client::proxy::matcher::{Intercept, Matcher};
use tokio::sync::OnceCell;
use url::Url;

use crate::ports::DesktopProxies;
use crate::route;

#[cfg(test)]
mod tests;

/// The variables that decide for https. One that is empty says nothing.
const DECIDING: [&str; 4] = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];
/// The longest that a call waits for the desktop, which may have to fetch a script first.
const LONGEST_WAIT: Duration = Duration::from_secs(5);

/// A desktop that says nothing of proxies: on Windows and macOS the system's settings are read without it.
#[derive(Debug, Clone, Copy, Default)]
pub struct SilentDesktop;

impl DesktopProxies for SilentDesktop {
    fn lookup<'a>(&'a self, _: &'a str) -> BoxFuture<'a, Vec<SecretString>> {
        Box::pin(async { Vec::new() })
    }
}

/// What this computer says, and said.
pub(crate) struct System {
    /// The environment's variables; on Windows and macOS the system's settings too.
    read: Matcher,
    /// The environment names a proxy: then the desktop is not asked, as no other program would ask it.
    decided: bool,
    /// Lets through what `NO_PROXY` does not except.
    exceptions: Matcher,
    desktop: Arc<dyn DesktopProxies>,
    said: Mutex<HashMap<Uri, Arc<OnceCell<Option<Intercept>>>>>,
}

/// An answer of the desktop.
enum Said {
    Straight,
    Proxy(Intercept),
    /// A protocol that this program does not speak.
    Socks(Intercept),
    Unclear,
}

impl System {
    /// The environment and the settings as they are now; the desktop is asked later.
    pub(crate) fn read(desktop: &Arc<dyn DesktopProxies>) -> Self {
        let mut named = DECIDING.iter().filter_map(std::env::var_os);
        let decided = named.any(|value| !value.is_empty());
        Self::new(Matcher::from_system(), decided, exceptions(), Arc::clone(desktop))
    }

    fn new(read: Matcher, decided: bool, exceptions: String, desktop: Arc<dyn DesktopProxies>) -> Self {
        let exceptions = Matcher::builder().all("http://proxy.invalid").no(exceptions).build();
        Self {
            read,
            decided,
            exceptions,
            desktop,
            said: Mutex::default(),
        }
    }

    /// The proxy for `target`, which is not this computer; none where it is called directly.
    pub(crate) async fn intercept(&self, target: &Uri) -> Option<Intercept> {
        let read = self.read.intercept(target);
        if read.is_some() || self.decided || self.exceptions.intercept(target).is_none() {
            return read;
        }
        let said = self.said_of(target);
        said.get_or_init(|| self.asked(target)).await.clone()
    }

    fn said_of(&self, target: &Uri) -> Arc<OnceCell<Option<Intercept>>> {
        let mut said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(said.entry(target.clone()).or_default())
    }

    /// No answer means no proxy: a desktop that does not answer must not keep anybody from their work.
    async fn asked(&self, target: &Uri) -> Option<Intercept> {
        let (address, host) = (target.to_string(), target.host().unwrap_or_default());
        let answers = tokio::time::timeout(LONGEST_WAIT, self.desktop.lookup(&address)).await;
        let Ok(answers) = answers else {
            tracing::warn!(host, "the desktop did not say in time which proxy to use: none is used");
            return None;
        };
        chosen(&answers, target)
    }
}

/// Hosts that no proxy is used for, as every program of this computer reads them.
pub(crate) fn exceptions() -> String {
    let named = std::env::var("NO_PROXY").or_else(|_| std::env::var("no_proxy"));
    named.unwrap_or_default()
}

/// The first answer that this program can follow. A SOCKS proxy stands only where nothing else does, to be refused by
/// its name.
fn chosen(answers: &[SecretString], target: &Uri) -> Option<Intercept> {
    let mut socks = None;
    for answer in answers {
        match understood(answer.expose_secret(), target) {
            Said::Straight => return None,
            Said::Proxy(intercept) => return Some(intercept),
            Said::Socks(intercept) => socks = socks.or(Some(intercept)),
            Said::Unclear => tracing::warn!("the desktop named a proxy that is no address: passed over"),
        }
    }
    socks
}

fn understood(answer: &str, target: &Uri) -> Said {
    let Some((scheme, rest)) = answer.split_once("://") else {
        return Said::Unclear;
    };
    let scheme = match scheme.to_ascii_lowercase() {
        scheme if scheme == "direct" => return Said::Straight,
        // Any version of it, where the desktop names none.
        scheme if scheme == "socks" => "socks5".to_owned(),
        scheme => scheme,
    };
    let proxy = format!("{scheme}://{rest}");
    // The matcher takes an empty host and a port that is no number.
    if !Url::parse(&proxy).is_ok_and(|url| url.has_host()) {
        return Said::Unclear;
    }
    match Matcher::builder().all(proxy).build().intercept(target) {
        Some(intercept) if route::is_spoken(&intercept) => Said::Proxy(intercept),
        Some(intercept) => Said::Socks(intercept),
        None => Said::Unclear,
    }
}

#[cfg(test)]
impl System {
    /// What was read, on a desktop that says nothing.
    pub(crate) fn reading(read: Matcher) -> Self {
        Self::new(read, true, String::new(), Arc::new(SilentDesktop))
    }
}
