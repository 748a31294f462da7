//! Owns how texts are cut into words for a search. Must not know annotations.

/// The words of a text in lower case; whatever is neither letter nor digit is between them.
pub(super) fn words(text: &str) -> Vec<String> {
    text.split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// Whether every word of `wanted` is somewhere in `texts`; a query without a word fits nothing.
pub(super) fn has_all(wanted: &str, texts: &[&str]) -> bool {
    let known: Vec<String> = texts.iter().flat_map(|text| words(text)).collect();
    let wanted = words(wanted);
    !wanted.is_empty() && wanted.iter().all(|word| known.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_whatever_their_case_and_order() {
        assert!(has_all("REVIEW access", &["The access-review", "of May"]));
        assert!(!has_all("access reviews", &["The access-review"]), "whole words only");
        assert!(!has_all("!?", &["!?"]));
    }
}
