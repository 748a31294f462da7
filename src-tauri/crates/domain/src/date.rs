//! Owns the lenient reading of the services' dates. Must not fail a row because of a date, nor invent one.
//!
//! Seen in Hyperproof's own examples: 6 fractional digits with `Z`, 7 with `+00:00`, an offset written `+0000`, and a
//! malformed value with two dots in the fraction (`…:10.00.5365Z`).

use jiff::Timestamp;

/// The instant that `text` names, or `None` where it cannot be read; the caller keeps and shows the raw text.
pub fn instant(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    if text.len() > 64 {
        return None;
    }
    if let Ok(read) = text.parse::<Timestamp>() {
        return Some(read);
    }
    let (day, time) = text.split_once(['T', ' '])?;
    let zone_at = time.rfind(['Z', 'z', '+', '-'])?;
    let (clock, zone) = time.split_at_checked(zone_at)?;
    let whole = clock.split('.').next()?;
    format!("{day}T{whole}{zone}").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_forms_seen_are_read() {
        for text in [
            "2025-07-06T15:00:00.898576Z",
            "2025-07-06T15:00:00.0941592+00:00",
            "2025-07-06T15:00:00+0000",
            "2025-07-06T15:00:00.00.5365Z",
        ] {
            assert_eq!(instant(text).unwrap().as_second(), 1_751_814_000, "{text}");
        }
    }

    #[test]
    fn what_is_no_date_stays_unread() {
        for text in ["", "soon", "2025-13-40T00:00:00Z", "Té2025Z", "2025-07-06"] {
            assert_eq!(instant(text), None, "{text}");
        }
    }
}
