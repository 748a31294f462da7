//! Owns Hyperproof's instances and the addresses known of each. Must not decide for a person which of several is right.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A Hyperproof instance (developer.hyperproof.app: every reference page names the three).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum Region {
    /// `api.hyperproof.app`
    Us,
    /// `api.hyperproof.eu`
    Eu,
    /// `api.hyperproofgov.app`
    Gov,
    /// Addresses typed by the person.
    Custom,
}

impl Region {
    /// The API address with its base path; none for `Custom`.
    pub fn api_address(self) -> Option<&'static str> {
        match self {
            Self::Us => Some("https://api.hyperproof.app/v1"),
            Self::Eu => Some("https://api.hyperproof.eu/v1"),
            Self::Gov => Some("https://api.hyperproofgov.app/v1"),
            Self::Custom => None,
        }
    }

    /// The token endpoints that may be right, the documented one first. Only the one of `Us` is verified: every
    /// specification names `accounts.hyperproof.app`, the EU and Gov ones included, where the others are plausible.
    pub fn token_endpoints(self) -> &'static [&'static str] {
        match self {
            Self::Us => &["https://accounts.hyperproof.app/oauth/token"],
            Self::Eu => &[
                "https://accounts.hyperproof.app/oauth/token",
                "https://accounts.hyperproof.eu/oauth/token",
            ],
            Self::Gov => &[
                "https://accounts.hyperproof.app/oauth/token",
                "https://accounts.hyperproofgov.app/oauth/token",
            ],
            Self::Custom => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::address::BoundAddress;

    #[test]
    fn every_address_of_a_region_is_one_that_a_credential_may_go_to() {
        for region in [Region::Us, Region::Eu, Region::Gov] {
            let addresses = region
                .api_address()
                .into_iter()
                .chain(region.token_endpoints().iter().copied());
            for text in addresses {
                assert_eq!(
                    BoundAddress::parse(text).unwrap().to_string(),
                    text,
                    "{region:?} is kept as written"
                );
            }
        }
    }
}
