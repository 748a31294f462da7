//! Owns how text is made comparable without case and accents, for searching and sorting.
//! Must not be used for what is shown: folding loses.

use icu_normalizer::DecomposingNormalizerBorrowed;
use icu_normalizer::properties::CanonicalCombiningClassMapBorrowed;

/// `text` in lower case, decomposed, without combining marks; letters that Unicode does not decompose are written out.
pub(crate) fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let marks = CanonicalCombiningClassMapBorrowed::new();
    let lower = text.to_lowercase();
    let decomposed = DecomposingNormalizerBorrowed::new_nfkd().normalize(&lower);
    let mut folded = String::with_capacity(decomposed.len());
    for character in decomposed.chars().filter(|character| marks.get_u8(*character) == 0) {
        match written_out(character) {
            Some(letters) => folded.push_str(letters),
            None => folded.extend(character.to_lowercase()),
        }
    }
    folded
}

/// The letters that carry their stroke or ligature in themselves.
fn written_out(character: char) -> Option<&'static str> {
    Some(match character {
        'ß' | 'ẞ' => "ss",
        'æ' | 'Æ' => "ae",
        'œ' | 'Œ' => "oe",
        'ø' | 'Ø' => "o",
        'ł' | 'Ł' => "l",
        'đ' | 'Đ' | 'ð' | 'Ð' => "d",
        'þ' | 'Þ' => "th",
        'ħ' | 'Ħ' => "h",
        'ŧ' | 'Ŧ' => "t",
        'ı' => "i",
        'ς' => "σ",
        _ => return None,
    })
}

/// The words of a search, folded. Folding comes first, since it may turn a character into white space.
pub(crate) fn words(search: &str) -> Vec<String> {
    let mut words: Vec<String> = fold(search).split_whitespace().map(str::to_owned).collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// What a row is searched by: its fields folded, one a line, so that no word is found across two of them.
pub(crate) fn searched_text(fields: &[Option<&str>]) -> String {
    let folded: Vec<String> = fields.iter().flatten().map(|field| fold(field)).collect();
    folded.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_accents_do_not_count() {
        for (text, folded) in [
            ("Zugriffs-KONTROLLE", "zugriffs-kontrolle"),
            ("Łódź ŻÓŁĆ", "lodz zolc"),
            ("Straße", "strasse"),
            ("İstanbul Iı", "istanbul ii"),
            ("ﬁrewall Ｆｕｌｌ", "firewall full"),
            ("Søren Þór Æ", "soren thor ae"),
            ("ΟΔΟΣ οδός", "οδοσ οδοσ"),
            ("e\u{301}\u{301}\u{301}", "e"),
            ("安全 🗝", "安全 🗝"),
        ] {
            assert_eq!(fold(text), folded, "{text}");
        }
    }

    #[test]
    fn folding_twice_changes_nothing() {
        let text = "ẞ İ ǅ ﷺ ½ Å \u{1D400} ö̲ ﬃ";
        assert_eq!(fold(&fold(text)), fold(text));
    }

    #[test]
    fn a_search_is_its_words() {
        assert_eq!(words("  Account\u{A0}ac-2(  account "), ["ac-2(", "account"]);
        assert_eq!(
            words(" \t\u{301} "),
            Vec::<String>::new(),
            "a lone accent asks for nothing"
        );
    }

    #[test]
    fn no_word_is_found_across_two_fields() {
        let text = searched_text(&[Some("AC-2"), None, Some("Account")]);
        assert!(!text.contains("ac-2account") && text.contains("account"));
    }
}
