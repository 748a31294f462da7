//! Owns where a person signs in and where the browser comes back to. Must not open a browser or a socket.

use serde::{Deserialize, Serialize};

use crate::address::BoundAddress;

/// The port of the callback unless the person chooses another: what is registered with the service must be this exactly,
/// since Hypothesis compares the whole redirect URI (h/util/uri.py).
pub const USUAL_CALLBACK_PORT: u16 = 47_811;

/// The path of the callback.
pub const CALLBACK_PATH: &str = "/callback";

/// Where a person signs in (RFC 8252) and where the browser comes back to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SignIn {
    /// The page where the person signs in.
    pub authorize: BoundAddress,
    /// The port of this computer where the browser comes back to: 1024 to 65535.
    pub callback_port: u16,
}

impl SignIn {
    /// The redirect URI, to be registered with the service letter for letter: `http://127.0.0.1:47811/callback`.
    pub fn redirect_uri(&self) -> String {
        format!("http://127.0.0.1:{}{CALLBACK_PATH}", self.callback_port)
    }
}
