//! Owns randomness: unguessable tokens, and a repeatable sequence for made-up data. Must not use one for the other.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use uuid::Uuid;

/// 43 URL-safe characters from 32 bytes of which 244 bits come from the system's generator.
pub(crate) fn token() -> String {
    let halves = [Uuid::new_v4().into_bytes(), Uuid::new_v4().into_bytes()].concat();
    URL_SAFE_NO_PAD.encode(halves)
}

/// 32 hexadecimal digits.
pub(crate) fn hexadecimal() -> String {
    Uuid::new_v4().simple().to_string()
}

/// A UUID as h's database makes them for clients (`uuid_generate_v1mc`): version 1, with a multicast node. Here the time
/// is random as well.
pub(crate) fn client_uuid() -> String {
    let mut bytes = Uuid::new_v4().into_bytes();
    let [_, _, _, _, _, _, version, _, _, _, node, ..] = &mut bytes;
    *version = (*version & 0x0f) | 0x10;
    *node |= 0x01;
    Uuid::from_bytes(bytes).to_string()
}

/// The same numbers for the same seed, on every system (`SplitMix64`, Steele, Lea and Flood 2014).
#[derive(Debug, Clone)]
pub(crate) struct Sequence(u64);

impl Sequence {
    /// A sequence of its own for the element `index` of the data named by `seed`.
    pub(crate) fn of(seed: u64, index: u64) -> Self {
        let mut sequence = Self(seed ^ index.wrapping_mul(0xA24B_AED4_963E_E407));
        sequence.next();
        sequence
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number under `bound`; 0 for a bound of 0.
    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        self.next().checked_rem(bound).unwrap_or(0)
    }

    pub(crate) fn one_in(&mut self, bound: u64) -> bool {
        self.below(bound) == 0
    }

    /// One of `choices`; the default of the type when there are none.
    pub(crate) fn pick<T: Copy + Default>(&mut self, choices: &[T]) -> T {
        let at = self.below(choices.len() as u64);
        usize::try_from(at)
            .ok()
            .and_then(|at| choices.get(at))
            .copied()
            .unwrap_or_default()
    }

    /// A UUID in the version-1 look of Hyperproof's ids (hyperproof-api 2.3).
    pub(crate) fn uuid(&mut self) -> String {
        let (high, low) = (self.next(), self.next());
        format!(
            "{:08x}-{:04x}-11ee-{:04x}-{:012x}",
            high >> 32,
            (high >> 16) & 0xffff,
            0x8000 | (high & 0x3fff),
            low & 0xffff_ffff_ffff
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_seed_always_gives_the_same_sequence() {
        let numbers = |seed| {
            let mut sequence = Sequence::of(seed, 5);
            [sequence.next(), sequence.next(), sequence.next()]
        };
        assert_eq!(numbers(1), numbers(1));
        assert_ne!(numbers(1), numbers(2));
    }

    #[test]
    fn tokens_differ_and_fit_a_header() {
        let (first, second) = (token(), token());
        assert_ne!(first, second);
        assert_eq!(first.len(), 43);
        assert!(
            first
                .chars()
                .all(|character| character.is_ascii_alphanumeric() || "-_".contains(character))
        );
    }
}
