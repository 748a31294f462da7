//! Owns the wait that a service names in the words of a refusal. Must not wait itself, nor read headers.

/// The words before a number that make it a wait: "try again in 7 seconds", "retry after 30 seconds". Without one of them
/// a number may be the limit itself ("60 calls per 60 seconds").
const BEFORE: [&str; 5] = ["in", "after", "for", "wait", "another"];

/// Whether a refusal's words make it a wait: Hyperproof's quota is a 403 that only its words tell from a missing permission
/// (hyperproof-api 2.5).
pub fn speaks_of_quota(words: &str) -> bool {
    let lower = words.to_lowercase();
    ["quota", "exceeded", "try again in", "too many requests"]
        .iter()
        .any(|sign| lower.contains(sign))
}

/// The wait named in `words`, in seconds: "try again in N seconds", as Hyperproof's limiter says, or "replenished in
/// HH:MM:SS", as the quotas of Azure's API gateway do, which seems to stand in front of it (hyperproof-api 2.5).
pub fn named_wait_seconds(words: &str) -> Option<u32> {
    let lower = words.to_lowercase();
    let parts: Vec<&str> = lower.split(is_between).filter(|part| !part.is_empty()).collect();
    parts.windows(2).enumerate().find_map(|(at, pair)| {
        let &[before, number] = pair else { return None };
        let unit = parts.get(at + 2).copied().unwrap_or_default();
        BEFORE
            .contains(&before)
            .then(|| counted(number, unit).or_else(|| clocked(number)))?
    })
}

/// The words may still stand in their JSON.
fn is_between(character: char) -> bool {
    character.is_whitespace() || "\"<>(),".contains(character)
}

fn counted(number: &str, unit: &str) -> Option<u32> {
    let factor = match unit.trim_end_matches(|mark: char| !mark.is_alphanumeric()) {
        "s" | "sec" | "secs" | "second" | "seconds" => 1,
        "min" | "mins" | "minute" | "minutes" => 60,
        "h" | "hour" | "hours" => 3_600,
        _ => return None,
    };
    number.parse::<u32>().ok()?.checked_mul(factor)
}

/// `02:13:23`, with days before a period where it takes days: `1.02:13:23`.
fn clocked(text: &str) -> Option<u32> {
    let text = text.trim_end_matches(|mark: char| !mark.is_ascii_digit());
    let (days, clock) = text.split_once('.').unwrap_or(("0", text));
    let parts: Result<Vec<u32>, _> = clock.split(':').map(str::parse).collect();
    let [hours, minutes, seconds] = parts.ok()?.try_into().ok()?;
    let hours = days.parse::<u32>().ok()?.checked_mul(24)?.checked_add(hours)?;
    hours
        .checked_mul(3_600)?
        .checked_add(minutes.checked_mul(60)?)?
        .checked_add(seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_is_read_from_the_words_around_its_number() {
        for (words, wait) in [
            ("Rate limit is exceeded. Try again in 7 seconds.", 7),
            ("<bandwidth quota exceeded, try again in 90 seconds>", 90),
            ("Retry after 1 second", 1),
            ("please wait for 2 minutes, then go on", 120),
            (r#"{"message":"Wait 1 hour"}"#, 3_600),
            (
                "Out of call volume quota. Quota will be replenished in 02:13:23.",
                8_003,
            ),
            ("Quota will be replenished in 1.00:00:05", 86_405),
        ] {
            assert_eq!(named_wait_seconds(words), Some(wait), "{words}");
        }
    }

    #[test]
    fn a_number_that_is_no_wait_is_not_taken_for_one() {
        for words in [
            "",
            "in",
            "60 calls per 60 seconds",
            "try again in a while",
            "try again in 99999999999 seconds",
            "replenished in 99999999:00:00",
            "found in 3 places",
            "limit of 30 seconds",
            "in a second",
            "since 12:30:00",
        ] {
            assert_eq!(named_wait_seconds(words), None, "{words}");
        }
    }

    #[test]
    fn a_quota_is_known_by_its_words() {
        for words in [
            "Out of call volume quota.",
            "Bandwidth exceeded",
            "Try again in a while",
        ] {
            assert!(speaks_of_quota(words), "{words}");
        }
        assert!(!speaks_of_quota("Forbidden"));
    }
}
