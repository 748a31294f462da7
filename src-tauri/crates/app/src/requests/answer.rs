//! Owns an answer in the form that the page shows: its text, bounded, and whether that is a tree. Must not judge it.

use std::fmt;

use countersign_domain::Failure;
use countersign_gateway::Answer;
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use crate::page::RequestAnswer;
use crate::text::beginning;

/// The longest text shown, in bytes: 1 MiB.
const LONGEST_SHOWN: usize = 1024 * 1024;

/// The answer to be shown. The gateway has taken the credential out of it.
pub(super) fn shown(answer: &Answer, failure: Option<Failure>, authenticated: bool) -> RequestAnswer {
    let whole = String::from_utf8_lossy(&answer.body);
    let text = beginning(&whole, LONGEST_SHOWN);
    let cut = text.len() < whole.len();
    RequestAnswer {
        status: answer.status,
        content_type: answer.content_type.clone(),
        milliseconds: 0,
        bytes: answer.body.len() as u64,
        text: text.to_owned(),
        cut,
        is_json: !cut && serde_json::from_str::<Json>(text).is_ok(),
        failure,
        authenticated,
    }
}

/// Any JSON, of which nothing is kept. Its depth counts, so that the parser's own limit (128) holds: deeper than that no
/// tree is drawn.
struct Json;

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Anything)
    }
}

struct Anything;

impl<'de> Visitor<'de> for Anything {
    type Value = Json;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("JSON")
    }

    fn visit_bool<E>(self, _: bool) -> Result<Json, E> {
        Ok(Json)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Json, E> {
        Ok(Json)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Json, E> {
        Ok(Json)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Json, E> {
        Ok(Json)
    }

    fn visit_str<E>(self, _: &str) -> Result<Json, E> {
        Ok(Json)
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Json, A::Error> {
        while elements.next_element::<Json>()?.is_some() {}
        Ok(Json)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Json, A::Error> {
        while members.next_entry::<Json, Json>()?.is_some() {}
        Ok(Json)
    }
}

#[cfg(test)]
mod tests {
    use countersign_domain::CorrelationId;

    use super::*;

    fn of(body: impl Into<Vec<u8>>) -> RequestAnswer {
        let answer = Answer {
            status: 200,
            content_type: None,
            retry_after_seconds: None,
            body: body.into().into(),
            correlation: CorrelationId::random(),
        };
        shown(&answer, None, true)
    }

    #[test]
    fn json_from_beginning_to_end_is_a_tree() {
        for body in ["{}", " [1, -2.5e3, \"é\", null, true, {\"a\": []}]\n", "\"text\"", "7"] {
            assert!(of(body).is_json, "{body}");
        }
        for body in ["", "{", "[1,]", "{} {}", "<html>", "{\"a\":1}x", "NaN"] {
            assert!(!of(body).is_json, "{body}");
        }
    }

    #[test]
    fn what_is_nested_a_million_times_is_shown_as_text() {
        let deep = "[".repeat(400_000) + &"]".repeat(400_000);
        let answer = of(deep.as_str());
        assert!(!answer.is_json && !answer.cut);
        assert!(!of("[".repeat(2_000_000)).is_json);
    }

    #[test]
    fn a_long_text_is_cut_between_characters_and_is_no_tree() {
        let answer = of(format!("\"{}\"", "é".repeat(1024 * 1024)));
        assert!(answer.cut && !answer.is_json && answer.text.len() <= 1024 * 1024);
        assert_eq!(answer.bytes, 2 * 1024 * 1024 + 2);
    }

    #[test]
    fn bytes_that_are_no_text_are_replaced() {
        assert_eq!(of([b'a', 0xFF, b'b']).text, "a\u{FFFD}b");
    }
}
