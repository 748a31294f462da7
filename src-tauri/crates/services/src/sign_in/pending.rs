//! Owns a sign-in that waits for its person: the first answer that belongs to it counts, by the callback or pasted.
//! Must not let a second one in.

use std::sync::{Mutex, MutexGuard, PoisonError};

use countersign_domain::{ExposeSecret as _, SecretString};
use tokio::sync::Notify;

use super::authorization::Authorization;
use super::fault::SignInError;
use super::returned::Returned;

/// The longest pasted address looked at, in bytes: as long as a request's head may be.
const LONGEST_ADDRESS: usize = 8 * 1024;

/// A sign-in under way.
#[derive(Debug)]
pub struct PendingSignIn {
    authorization: Authorization,
    came: Mutex<Came>,
    bell: Notify,
}

#[derive(Debug)]
enum Came {
    /// Nobody yet.
    Nobody,
    /// Somebody whose page is being written.
    Claimed,
    /// Somebody, whose answer waits to be taken.
    Somebody(Returned),
}

/// The right to be the one who came. Counts once it is delivered.
pub(super) struct Claim<'a> {
    pending: &'a PendingSignIn,
    returned: Returned,
}

impl PendingSignIn {
    /// A sign-in that nobody came back for yet.
    pub fn new(authorization: Authorization) -> Self {
        Self {
            authorization,
            came: Mutex::new(Came::Nobody),
            bell: Notify::new(),
        }
    }

    /// Its address, state and verifier.
    pub fn authorization(&self) -> &Authorization {
        &self.authorization
    }

    /// Takes the address at which the browser ended, as the person pasted it: for a browser that could not come back.
    ///
    /// # Errors
    /// `NotTheCallback` when it is another address, `NotThisSignIn` when it belongs to another sign-in, `Over` when
    /// this one had its answer already. The sign-in goes on.
    pub fn paste(&self, address: &SecretString) -> Result<(), SignInError> {
        let address = address.expose_secret().trim();
        let query = address
            .strip_prefix(self.authorization.redirect_uri())
            .and_then(|rest| rest.strip_prefix('?'))
            .filter(|_| address.len() <= LONGEST_ADDRESS)
            .ok_or(SignInError::NotTheCallback)?;
        let query = query.split('#').next().unwrap_or_default();
        let returned = Returned::read(query, &self.authorization).ok_or(SignInError::NotThisSignIn)?;
        self.claimed(returned).ok_or(SignInError::Over)?.deliver();
        Ok(())
    }

    /// The claim of a callback with this query; `None` when it is not this sign-in's, or is not the first.
    pub(super) fn claim(&self, query: &str) -> Option<Claim<'_>> {
        self.claimed(Returned::read(query, &self.authorization)?)
    }

    /// Waits for the one who came.
    pub(super) async fn returned(&self) -> Returned {
        loop {
            if let Some(returned) = self.take() {
                return returned;
            }
            self.bell.notified().await;
        }
    }

    fn claimed(&self, returned: Returned) -> Option<Claim<'_>> {
        let mut came = self.lock();
        if !matches!(*came, Came::Nobody) {
            return None;
        }
        *came = Came::Claimed;
        Some(Claim {
            pending: self,
            returned,
        })
    }

    fn take(&self) -> Option<Returned> {
        let mut came = self.lock();
        match std::mem::replace(&mut *came, Came::Claimed) {
            Came::Somebody(returned) => Some(returned),
            nobody @ (Came::Nobody | Came::Claimed) => {
                *came = nobody;
                None
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, Came> {
        self.came.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Claim<'_> {
    pub(super) fn deliver(self) {
        *self.pending.lock() = Came::Somebody(self.returned);
        self.pending.bell.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use countersign_domain::{BoundAddress, ClientId, SignIn};

    use super::*;

    fn pending() -> PendingSignIn {
        let sign_in = SignIn {
            authorize: BoundAddress::parse("https://a.example/oauth/authorize").unwrap(),
            callback_port: 47_811,
        };
        PendingSignIn::new(Authorization::begin(&sign_in, &ClientId::parse("c").unwrap(), None).unwrap())
    }

    fn paste(pending: &PendingSignIn, address: &str) -> Result<(), SignInError> {
        pending.paste(&SecretString::from(address))
    }

    #[tokio::test]
    async fn a_pasted_callback_counts_as_one_that_came_and_only_once() {
        let pending = pending();
        let state = pending.authorization().state();
        let address = format!("  http://127.0.0.1:47811/callback?code=c1&state={state}#x\n");
        paste(&pending, &address).unwrap();
        assert!(matches!(paste(&pending, &address), Err(SignInError::Over)));
        let Returned::Code(code) = pending.returned().await else {
            panic!("a code")
        };
        assert_eq!(code.expose_secret(), "c1");
        assert!(pending.claim(&format!("code=c2&state={state}")).is_none());
    }

    #[test]
    fn another_address_is_told_from_another_sign_in() {
        let pending = pending();
        let state = pending.authorization().state();
        for address in [
            String::new(),
            format!("code=c&state={state}"),
            format!("http://127.0.0.1:47812/callback?code=c&state={state}"),
            format!("http://127.0.0.1:47811/callback/x?code=c&state={state}"),
            format!("https://a.example/callback?code=c&state={state}"),
            format!(
                "http://127.0.0.1:47811/callback?code={}&state={state}",
                "c".repeat(9_000)
            ),
        ] {
            let refused = paste(&pending, &address);
            assert!(matches!(refused, Err(SignInError::NotTheCallback)), "{address}");
        }
        let others = paste(&pending, "http://127.0.0.1:47811/callback?code=c&state=another");
        assert!(matches!(others, Err(SignInError::NotThisSignIn)));
    }
}
