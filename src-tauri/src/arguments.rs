//! Owns the reading of what the page sends: no larger than a screen sends, and in the shape the command takes.
//! Must not repeat a value in an error: what stands in a wrong place may be a secret.

use countersign_domain::{ErrorCode, Failure};
use serde_json::Value;
use tauri::Runtime;
use tauri::ipc::{CommandArg, CommandItem, Invoke, InvokeBody, InvokeError};

/// The most a request may hold, in bytes of text: the largest that a screen sends (every filter full) is half of it.
const LARGEST: usize = 256 * 1024;
/// What a value costs beside its text.
const EACH: usize = 8;

/// An argument of a command. Tauri's own refusal would quote what was sent.
pub(crate) struct Argument<Sent>(pub(crate) Sent);

impl<'a, Sent: CommandArg<'a, R>, R: Runtime> CommandArg<'a, R> for Argument<Sent> {
    fn from_command(item: CommandItem<'a, R>) -> Result<Self, InvokeError> {
        let name = item.key;
        Sent::from_command(item).map(Self).map_err(|_| unreadable(name).into())
    }
}

/// Has `handler` answer requests of a size that a screen sends, and refuses all others before anything reads them.
pub(crate) fn limited<R: Runtime>(handler: impl Fn(Invoke<R>) -> bool) -> impl Fn(Invoke<R>) -> bool {
    move |invoke| {
        if fits(invoke.message.payload()) {
            return handler(invoke);
        }
        invoke.resolver.invoke_error(too_large().into());
        true
    }
}

fn fits(body: &InvokeBody) -> bool {
    match body {
        InvokeBody::Json(value) => left_after(value, LARGEST).is_some(),
        InvokeBody::Raw(bytes) => bytes.len() <= LARGEST,
    }
}

/// What is left of `left` bytes after `value`; `None` when it takes more.
fn left_after(value: &Value, left: usize) -> Option<usize> {
    let left = left.checked_sub(EACH)?;
    match value {
        Value::Null | Value::Bool(_) | Value::Number(_) => Some(left),
        Value::String(text) => left.checked_sub(text.len()),
        Value::Array(values) => values.iter().try_fold(left, |left, value| left_after(value, left)),
        Value::Object(members) => members.iter().try_fold(left, |left, (name, value)| {
            left_after(value, left.checked_sub(name.len())?)
        }),
    }
}

fn unreadable(name: &str) -> Failure {
    let words = format!("The window sent something that cannot be used for “{name}”. Nothing was changed.");
    Failure::new(ErrorCode::InputInvalid, words)
}

fn too_large() -> Failure {
    let words = "This is more text than anything here takes. Nothing was changed; shorten what was pasted.";
    Failure::new(ErrorCode::RequestTooLarge, words)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn text_is_counted_wherever_it_stands() {
        let long = "x".repeat(LARGEST);
        for value in [
            json!(long),
            json!({ "a": [1, { "b": long }] }),
            json!({ long.as_str(): 1 }),
            json!(vec![0; LARGEST / EACH]),
        ] {
            assert_eq!(left_after(&value, LARGEST), None);
        }
        assert!(fits(&InvokeBody::Json(json!({ "search": "x".repeat(LARGEST / 2) }))));
        assert!(!fits(&InvokeBody::Raw(vec![0; LARGEST + 1])));
    }
}
