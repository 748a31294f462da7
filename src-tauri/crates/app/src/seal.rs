//! Owns what ties a connection's secrets to where they may go: a digest of the addresses and the way there, kept in the
//! keychain beside the secrets. Settings that somebody else edited no longer fit it, so nothing is sent. Must not hold a
//! secret.

use countersign_domain::{Connection, ErrorCode, Failure};
use secrecy::SecretSlice;
use sha2::{Digest as _, Sha256};

/// The digest of everything that decides where a connection's secrets go: 32 bytes.
pub(crate) fn of(connection: &Connection) -> SecretSlice<u8> {
    let Connection {
        id,
        kind,
        binding,
        sign_in,
        network,
        ..
    } = connection;
    // Plain structures become text without fail; a text of nothing would fit no seal.
    let text = serde_json::to_vec(&(id, kind, binding, sign_in, network)).unwrap_or_default();
    SecretSlice::from(Sha256::digest(text).to_vec())
}

/// The settings name another place than the one that the secrets were saved for.
pub(crate) fn broken() -> Failure {
    let words = "The settings of this connection name another address, proxy or certificate than the one its secret was \
                 saved for. Somebody else changed them. Nothing was sent. Look at its addresses, then enter the secret again, \
                 or forget the connection.";
    Failure::new(ErrorCode::OutsideBinding, words)
}
