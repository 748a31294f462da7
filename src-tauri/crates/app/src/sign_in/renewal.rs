//! Owns how long a sign-in lasts without being used. Must not renew anything.

use std::time::Duration;

use countersign_domain::{Connection, ConnectionKind, Timestamp};

use crate::page::SignInShown;

/// A refresh token of Hypothesis that is not used ends after 7 days (h/services/oauth/service.py).
const HYPOTHESIS_REST: Duration = Duration::from_secs(7 * 24 * 60 * 60);
/// How long before that a person is warned.
const WARNED_BEFORE: Duration = Duration::from_secs(2 * 24 * 60 * 60);

/// When the sign-in of `connection` ends if it rests until then; `None` where that is not known, or where there is none.
fn rests_until(connection: &Connection) -> Option<Timestamp> {
    let known = connection.kind == ConnectionKind::HypothesisSignIn;
    let renewed = connection.renewed.filter(|_| known)?;
    renewed.saturating_add(HYPOTHESIS_REST).ok()
}

/// The sign-in as the card shows it.
pub(crate) fn shown(connection: &Connection, now: Timestamp) -> Option<SignInShown> {
    let sign_in = connection.sign_in.as_ref()?;
    let rests_until = rests_until(connection);
    let warned_from = rests_until.and_then(|end| end.saturating_sub(WARNED_BEFORE).ok());
    Some(SignInShown {
        authorize_host: sign_in.authorize.authority(),
        redirect_uri: sign_in.redirect_uri(),
        signed_in: connection.renewed.is_some(),
        renewed: connection.renewed.map(|at| at.to_string()),
        rests_until: rests_until.map(|end| end.to_string()),
        ends_soon: warned_from.is_some_and(|from| now >= from),
    })
}
