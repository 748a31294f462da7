//! Owns the proxies that the desktop itself names. Must not use one, nor decide which is used: the gateway does both.

#[cfg(target_os = "linux")]
#[path = "proxies/linux.rs"]
mod system;
#[cfg(not(target_os = "linux"))]
#[path = "proxies/other.rs"]
mod system;

use std::sync::Arc;

use countersign_app::ports::DesktopProxies;

/// What this desktop says of proxies.
pub(crate) fn of_the_desktop() -> Arc<dyn DesktopProxies> {
    Arc::new(system::Desktop::default())
}
