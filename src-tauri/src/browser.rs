//! Owns the opening of an address in the person's own browser. Must not decide what is opened.

#[cfg(target_os = "linux")]
#[path = "browser/linux.rs"]
mod system;
#[cfg(not(target_os = "linux"))]
#[path = "browser/other.rs"]
mod system;

use countersign_app::ports::OpenInBrowser;
use countersign_domain::{ErrorCode, Failure};

/// The person's browser.
pub(crate) struct Browser;

impl OpenInBrowser for Browser {
    fn open(&self, url: &str) -> Result<(), Failure> {
        let opened = system::open(url);
        opened.map_err(|_| Failure::new(ErrorCode::Internal, "No browser could be started on this computer."))
    }
}
