//! Owns what the page knows of a sign-in under way, and of a token that is looked at. Must not hold a code or a token.

use serde::Serialize;
use ts_rs::TS;

/// A step of a sign-in. Nothing of it is secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase", tag = "is")]
#[ts(export)]
pub enum SignInStep {
    /// The callback listens, the browser was asked to open the page of `host`.
    #[serde(rename_all = "camelCase")]
    Waiting {
        /// The host of the page where the person signs in.
        host: String,
        /// Where the browser comes back to.
        redirect_uri: String,
        /// ISO 8601; then the wait ends.
        until: String,
        /// Whether the browser could be started; if not, the page shows `authorize_address` to be copied.
        browser_opened: bool,
        /// The page's whole address. Holds a one-time state, no secret.
        authorize_address: String,
    },
    /// Somebody came back whose state is not this sign-in's; the wait goes on.
    StrangerCame,
    /// The person came back; the code is being exchanged.
    Exchanging,
    /// The tokens are there; the connection is being proven.
    Proving,
}

/// One claim of a JSON web token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ClaimShown {
    /// The claim's name (`aud`, `iss`, `sub`, `nbf`, `exp`, or another).
    pub name: String,
    /// Its value as JSON text, at most 500 characters.
    pub value: String,
    /// A date claim as ISO 8601, UTC.
    pub date: Option<String>,
}

/// A JSON web token taken apart. The signature is not shown, and no key is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct TokenShown {
    /// The header's claims (`alg`, `typ`, …).
    pub header: Vec<ClaimShown>,
    /// The claims, in the token's own order.
    pub claims: Vec<ClaimShown>,
    /// What Hypothesis would refuse about it, as ids the page has words for: `algorithm`, `too-long-lived`, `expired`,
    /// `not-yet-valid`, `audience-has-port`, `subject-is-no-userid`, `missing-claim`.
    pub faults: Vec<String>,
}
