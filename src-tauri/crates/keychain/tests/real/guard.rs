//! Owns the refusal to run where the keychain is somebody's own. Must be passed by every test here before a call.

use std::time::Duration;

use countersign_domain::{ConnectionId, Service};
use countersign_keychain::{Channel, EntryName, Keychain, KeychainSettings};

/// A handle that is patient with a busy machine; panics with one sentence where tests may not touch a keychain.
pub(crate) fn keychain() -> Keychain {
    pass();
    Keychain::start(KeychainSettings {
        time_out: Duration::from_secs(120),
        hold: Duration::from_secs(1),
    })
}

/// Stops the test unless `tests/with-keyring` made the session bus that is about to be used.
#[cfg(target_os = "linux")]
pub(crate) fn pass() {
    let variable = |name| std::env::var(name).unwrap_or_default();
    let bus = variable("DBUS_SESSION_BUS_ADDRESS");
    let private = !bus.is_empty() && bus == variable("COUNTERSIGN_TEST_BUS_ADDRESS");
    assert!(
        private && variable("COUNTERSIGN_TEST_BUS") == "1",
        "This test needs a keychain that is nobody's: run it through tests/with-keyring cargo test -p countersign-keychain."
    );
}

/// Stops the test unless somebody said that the keychain of this account is there for tests. A Wine prefix that was
/// named has a Credential Manager of its own.
#[cfg(not(target_os = "linux"))]
pub(crate) fn pass() {
    let said = std::env::var("COUNTERSIGN_TEST_KEYCHAIN").is_ok_and(|value| value == "1");
    let wine = cfg!(windows) && std::env::var_os("WINEPREFIX").is_some();
    assert!(
        said || wine,
        "This test writes to the keychain of this account: set COUNTERSIGN_TEST_KEYCHAIN=1 where that is nobody's own."
    );
}

pub(crate) fn channel() -> Channel {
    Channel::parse("test").unwrap()
}

/// A name that no other test uses.
pub(crate) fn name() -> EntryName {
    EntryName::credential(&channel(), Service::Hypothesis, &ConnectionId::random())
}
