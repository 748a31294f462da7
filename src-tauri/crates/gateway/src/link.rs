//! Owns the reading of addresses that a service names in its answers (a next page, an index). Must not follow one that
//! leaves the bound address.

use countersign_domain::CorrelationId;
use url::Url;

use crate::bound::BoundGateway;
use crate::call::Call;
use crate::error::GatewayError;

/// No service's link is longer.
const LONGEST: usize = 8_000;

impl BoundGateway {
    /// The `GET` for `link`, an absolute address or one relative to the bound address. A refusal is recorded.
    ///
    /// # Errors
    /// `OutsideBinding` before any name is looked up, when the link has another origin, leaves the base path, or holds
    /// user information.
    pub fn linked(&self, link: &str) -> Result<Call, GatewayError> {
        let call = self.within(link);
        if call.is_none() {
            let path = Url::parse(link).map_or_else(|_| String::new(), |url| url.path().to_owned());
            self.refuse(&Call::get(path), CorrelationId::random());
        }
        call.ok_or(GatewayError::OutsideBinding { source: None })
    }

    fn within(&self, link: &str) -> Option<Call> {
        let api = &self.profile().api;
        if link.len() > LONGEST || link.contains(['\\', '\t', '\r', '\n']) {
            return None;
        }
        let url = api.as_url().join(link).ok()?;
        let bare = url.username().is_empty() && url.password().is_none();
        if !bare || !api.contains(&url) {
            return None;
        }
        let path = url.path().strip_prefix(api.base_path())?;
        let path = if path.is_empty() { "/" } else { path };
        let call = Call::get(path);
        Some(
            url.query_pairs()
                .fold(call, |call, (name, value)| call.query(name, value)),
        )
    }
}
