//! Owns the person at the desk: the browser in which they sign in, and the file they choose. Must not hand the program
//! anything but what a browser and a dialog hand it.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use countersign_app::ports::{Files, OpenInBrowser};
use countersign_domain::{ErrorCode, Failure};
use countersign_sandbox::PracticeCredentials;
use tauri::Url;
use tauri::async_runtime::{block_on, spawn};

use super::browser::{self, Browser, Walker, visit};

/// What the person does once the page opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Does {
    /// Logs in and allows it.
    Allows,
    /// Says no: the browser comes back with an error.
    Declines,
    /// Looks at the page, and does nothing yet.
    Waits,
    /// Has no browser that opens.
    HasNoBrowser,
}

/// A person with a browser and a dialog. At first they decline whatever opens.
pub(crate) struct Person {
    does: Mutex<Does>,
    walker: Walker,
    /// The services as the browser reaches them: not over the wire, where it would look like the program.
    services: Url,
    came_back: Arc<Mutex<Vec<Url>>>,
    opened: Mutex<Vec<Url>>,
    bell: (Sender<Url>, Mutex<Receiver<Url>>),
    file: Mutex<Option<PathBuf>>,
}

impl Person {
    pub(crate) fn of(credentials: &PracticeCredentials, services: &str) -> Arc<Self> {
        let (ring, wait) = channel();
        Arc::new(Self {
            does: Mutex::new(Does::Declines),
            walker: Browser::of(credentials, browser::Does::Allows).walker(),
            services: services.parse().unwrap(),
            came_back: Arc::default(),
            opened: Mutex::default(),
            bell: (ring, Mutex::new(wait)),
            file: Mutex::default(),
        })
    }

    pub(crate) fn does_from_now_on(&self, does: Does) {
        self.bell.1.lock().unwrap().try_iter().for_each(drop);
        *self.does.lock().unwrap() = does;
    }

    /// The next file chosen; none when the dialog is closed without a choice.
    pub(crate) fn chooses(&self, file: Option<PathBuf>) {
        *self.file.lock().unwrap() = file;
    }

    /// Waits for a page to open, and gives its address.
    pub(crate) fn sees_a_page(&self) -> Url {
        let waiting = self.bell.1.lock().unwrap();
        waiting.recv_timeout(Duration::from_secs(30)).expect("a page opens")
    }

    /// Walks through the pages at `address`; gives where the browser ends, without going there.
    pub(crate) fn allows(&self, address: &Url) -> Url {
        let back = block_on(self.walker.walk(self.reached(address)));
        self.came_back.lock().unwrap().push(back.clone());
        back
    }

    /// `name` in the query of each page that was opened.
    pub(crate) fn opened_with(&self, name: &str) -> Vec<String> {
        queried(&self.opened.lock().unwrap(), name)
    }

    /// `name` in the query of each address that the browser came back with.
    pub(crate) fn came_back_with(&self, name: &str) -> Vec<String> {
        queried(&self.came_back.lock().unwrap(), name)
    }

    fn reached(&self, address: &Url) -> Url {
        let mut direct = address.clone();
        direct.set_port(self.services.port()).unwrap();
        direct
    }
}

impl OpenInBrowser for Person {
    #[expect(clippy::unwrap_in_result, reason = "a test fails where it unwraps")]
    fn open(&self, url: &str) -> Result<(), Failure> {
        let address: Url = url.parse().unwrap();
        self.opened.lock().unwrap().push(address.clone());
        let does = *self.does.lock().unwrap();
        match does {
            Does::Waits => {}
            Does::HasNoBrowser => return Err(Failure::new(ErrorCode::Internal, "No browser opens.")),
            Does::Declines => {
                let back = declined(&address);
                spawn(async move { visit("GET", &back, "", &mut BTreeMap::new()).await });
            }
            Does::Allows => {
                let (walker, direct) = (self.walker.clone(), self.reached(&address));
                let came_back = Arc::clone(&self.came_back);
                spawn(async move {
                    let back = walker.walk(direct).await;
                    came_back.lock().unwrap().push(back.clone());
                    visit("GET", &back, "", &mut BTreeMap::new()).await;
                });
            }
        }
        let _nobody_looks = self.bell.0.send(address);
        Ok(())
    }
}

impl Files for Person {
    fn choose_to_read(&self, _purpose: &str) -> Option<PathBuf> {
        self.file.lock().unwrap().clone()
    }

    fn choose_to_write(&self, _purpose: &str, _suggestion: &str) -> Option<PathBuf> {
        None
    }
}

/// A browser goes to `address`; gives the status of the page.
pub(crate) fn goes_to(address: &Url) -> String {
    block_on(visit("GET", address, "", &mut BTreeMap::new())).status
}

/// Where a browser ends whose person said no (RFC 6749 section 4.1.2.1).
fn declined(address: &Url) -> Url {
    let asked = |name: &str| queried(std::slice::from_ref(address), name).pop().unwrap_or_default();
    let query = [("error", "access_denied"), ("state", &asked("state"))];
    Url::parse_with_params(&asked("redirect_uri"), query).unwrap()
}

fn queried(addresses: &[Url], name: &str) -> Vec<String> {
    let pairs = addresses.iter().flat_map(|address| address.query_pairs().into_owned());
    pairs
        .filter(|(known, _)| known == name)
        .map(|(_, value)| value)
        .collect()
}
