//! Owns the bytes that rows are ordered by, so that the database orders as a person would. Must not be shown.

use countersign_domain::date;

use crate::fold::fold;

/// Characters of a text that take part in its order.
const LONGEST_ORDERED: usize = 200;

/// Worst first, then what says least. Values as the service writes them (hyperproof-api 2.4).
const HEALTH: [&str; 4] = ["critical", "atRisk", "healthy", "notAvailable"];
const FRESHNESS: [&str; 4] = ["expired", "unknown", "fresh", "noFreshness"];
/// Least done first (hyperproof-api 3.2 and 7).
const IMPLEMENTATION: [&str; 4] = ["notStarted", "inProgress", "completed", "unknown"];
const TESTING: [&str; 4] = ["ineffective", "notTested", "inProgress", "effective"];

/// Text in natural order: without case and accents, numbers by their size ("AC-2" before "AC-10").
///
/// A run of digits is written as `0`, its length without leading zeros in two bytes, then its digits: a longer number
/// is a larger one, and against other characters it stands where digits stand.
pub(crate) fn natural(text: &str) -> Vec<u8> {
    let shortened: String = text.chars().take(LONGEST_ORDERED).collect();
    let folded = fold(&shortened);
    let mut key = Vec::with_capacity(folded.len() + 8);
    let mut rest = folded.as_str();
    while !rest.is_empty() {
        let at = rest.find(|character: char| character.is_ascii_digit());
        let (words, tail) = rest.split_at(at.unwrap_or(rest.len()));
        key.extend_from_slice(words.as_bytes());
        let end = tail.find(|character: char| !character.is_ascii_digit());
        let (digits, tail) = tail.split_at(end.unwrap_or(tail.len()));
        push_number(&mut key, digits);
        rest = tail;
    }
    key
}

fn push_number(key: &mut Vec<u8>, digits: &str) {
    if digits.is_empty() {
        return;
    }
    let significant = digits.trim_start_matches('0');
    let length = u16::try_from(significant.len()).unwrap_or(u16::MAX);
    key.push(b'0');
    key.extend_from_slice(&length.to_be_bytes());
    key.extend_from_slice(significant.as_bytes());
}

/// `health`, worst first; values the program does not know behind those it knows.
pub(crate) fn health(value: &str) -> Vec<u8> {
    ranked(&HEALTH, value)
}

/// `freshness`, expired first.
pub(crate) fn freshness(value: &str) -> Vec<u8> {
    ranked(&FRESHNESS, value)
}

/// `implementation`, least done first.
pub(crate) fn implementation(value: &str) -> Vec<u8> {
    ranked(&IMPLEMENTATION, value)
}

/// `testingStatus`, ineffective first.
pub(crate) fn testing(value: &str) -> Vec<u8> {
    ranked(&TESTING, value)
}

fn ranked(ranks: &[&str], value: &str) -> Vec<u8> {
    let Some(rank) = ranks.iter().position(|known| *known == value) else {
        let mut key = vec![u8::MAX];
        key.extend(natural(value));
        return key;
    };
    vec![u8::try_from(rank).unwrap_or(u8::MAX - 1)]
}

/// An instant by time; a text that is no instant behind all that are.
pub(crate) fn instant(text: &str) -> Vec<u8> {
    let Some(read) = date::instant(text) else {
        let mut key = vec![u8::MAX];
        key.extend(natural(text));
        return key;
    };
    // Two's complement with the sign turned orders as the numbers do.
    let ordered = read.as_nanosecond() ^ i128::MIN;
    let mut key = vec![0];
    key.extend_from_slice(&ordered.to_be_bytes());
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    fn in_order(mut texts: Vec<&str>, key: fn(&str) -> Vec<u8>) -> Vec<&str> {
        texts.sort_by_key(|text| key(text));
        texts
    }

    #[test]
    fn identifiers_stand_in_natural_order() {
        let ordered = [
            "1", "A", "AC-1", "ac-2", "AC-2(1)", "AC-2(2)", "AC-2(10)", "AC-3", "AC-10", "AC-100", "AU-1",
        ];
        let mut shuffled = ordered.to_vec();
        shuffled.reverse();
        assert_eq!(in_order(shuffled, natural), ordered);
    }

    #[test]
    fn numbers_stand_by_size_however_long() {
        assert!(natural("9") < natural(&"9".repeat(190)));
        assert!(natural("a0") < natural("a1"), "zero is a number too");
        assert_eq!(natural("AC-02"), natural("ac-2"), "leading zeros do not count");
        assert!(natural("a") < natural("a1") && natural("a1") < natural("ab"));
    }

    #[test]
    fn health_stands_worst_first_and_unknown_values_last() {
        let ordered = ["critical", "atRisk", "healthy", "notAvailable", "Critical", "splendid"];
        let mut shuffled = ordered.to_vec();
        shuffled.reverse();
        assert_eq!(in_order(shuffled, health), ordered);
    }

    #[test]
    fn instants_stand_by_time_whatever_their_form() {
        let ordered = [
            "1960-01-01T00:00:00Z",
            "2025-07-06T15:00:00.0941592+00:00",
            "2025-07-06T15:00:00.898576Z",
            "2025-07-06T18:00:00+0100",
            "someday",
        ];
        let mut shuffled = ordered.to_vec();
        shuffled.reverse();
        assert_eq!(in_order(shuffled, instant), ordered);
    }
}
