//! Owns the register's key while it is in memory. Must not show it, log it or keep a copy that is not wiped.

use std::fmt;

use secrecy::{ExposeSecret, SecretSlice};
use zeroize::Zeroizing;

use crate::error::RegisterError;

const HEXADECIMAL: [char; 16] = [
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f',
];

/// The raw key of a register: 32 random bytes, from the keychain.
#[derive(Clone)]
pub struct RegisterKey(Zeroizing<[u8; RegisterKey::LENGTH]>);

impl RegisterKey {
    /// Bytes of a key.
    pub const LENGTH: usize = 32;

    /// Takes the key's bytes.
    ///
    /// # Errors
    /// `RegisterError::KeyLength` unless there are exactly 32.
    pub fn parse(secret: &SecretSlice<u8>) -> Result<Self, RegisterError> {
        let bytes = secret.expose_secret();
        let length = bytes.len();
        let mut key = Zeroizing::new([0; Self::LENGTH]);
        if length != Self::LENGTH {
            return Err(RegisterError::KeyLength { length });
        }
        key.copy_from_slice(bytes);
        Ok(Self(key))
    }

    /// The statement that unlocks a file. A raw key skips the derivation, which would cost 340 ms at each opening.
    pub(crate) fn pragma(&self) -> Zeroizing<String> {
        let opening = "PRAGMA key = \"x'";
        let mut text = Zeroizing::new(String::with_capacity(opening.len() + 2 * Self::LENGTH + 3));
        text.push_str(opening);
        for byte in self.0.iter() {
            for half in [byte >> 4, byte & 15] {
                text.extend(HEXADECIMAL.get(usize::from(half)));
            }
        }
        text.push_str("'\";");
        text
    }
}

impl fmt::Debug for RegisterKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("RegisterKey(32 bytes)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(bytes: &[u8]) -> Result<RegisterKey, RegisterError> {
        RegisterKey::parse(&SecretSlice::from(bytes.to_vec()))
    }

    #[test]
    fn only_32_bytes_make_a_key() {
        assert!(key(&[7; 32]).is_ok());
        for length in [0, 31, 33] {
            let refused = key(&vec![7; length]).unwrap_err();
            assert!(
                matches!(refused, RegisterError::KeyLength { length: found } if found == length),
                "{length}"
            );
        }
    }

    #[test]
    fn the_statement_holds_the_bytes_in_order_and_debug_holds_none() {
        let bytes: Vec<u8> = (0xE0..=0xFF).collect();
        let key = key(&bytes).unwrap();
        assert!(key.pragma().starts_with("PRAGMA key = \"x'e0e1e2"), "high half first");
        assert!(key.pragma().ends_with("feff'\";"));
        assert!(!format!("{key:?}").contains("e0"));
    }
}
