//! Owns the codes of failures that a journey met, and those that it cannot meet. Must not provoke any.

use std::collections::BTreeSet;

use countersign_domain::ErrorCode;
use serde_json::Value;

/// Codes that this journey cannot meet, and why.
const OUT_OF_REACH: [(ErrorCode, &str); 3] = [
    (
        ErrorCode::TimedOut,
        "the shortest limit is ten seconds of connecting, by the real clock; the gateway's own tests shorten it",
    ),
    (
        ErrorCode::SignInTimedOut,
        "a person is waited for five minutes, by the real clock; the services' own tests shorten it",
    ),
    (
        ErrorCode::Internal,
        "a fault of this program, which a journey does not provoke; `panics` does, and searches what it leaves",
    ),
];

/// Notes the code of every failure in what the window was told: a failure has a code and words, and stands alone or inside
/// a card, a report or an outcome.
pub(crate) fn note(told: &Value, met: &mut BTreeSet<String>) {
    match told {
        Value::Object(members) => {
            if let (Some(Value::String(code)), Some(_)) = (members.get("code"), members.get("message")) {
                met.insert(code.clone());
            }
            members.values().for_each(|inner| note(inner, met));
        }
        Value::Array(values) => values.iter().for_each(|inner| note(inner, met)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Every code there is was met, but those that cannot be: a new code needs a way to meet it, or a reason.
pub(crate) fn all_were_met(met: &BTreeSet<String>) {
    let out_of_reach = |code: ErrorCode| OUT_OF_REACH.iter().any(|(known, _)| *known == code);
    let wrong = ErrorCode::ALL
        .iter()
        .filter(|code| met.contains(code.as_str()) == out_of_reach(**code));
    let wrong: Vec<_> = wrong.map(|code| code.as_str()).collect();
    assert!(
        wrong.is_empty(),
        "not met, or met and said to be out of reach: {wrong:?}; met: {met:?}"
    );
}
