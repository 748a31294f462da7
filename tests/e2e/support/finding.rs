//! Owns what a test may ask of the page: is it there, what does it say, where is the keyboard.
//! Must not act on the page.

use serde_json::{Value, json};

use super::window::Window;

/// Steps from the outside in, each a role and an accessible name. A name may begin or end with `*` for any words.
pub(crate) type Path<'a> = &'a [(&'a str, &'a str)];

impl Window {
    /// Waits until an element is shown.
    pub(crate) async fn sees(&self, path: Path<'_>) {
        self.until(&format!("{path:?}"), async || {
            self.asks("found", json!(path)).await.as_bool().filter(|found| *found)
        })
        .await;
    }

    /// Waits until no such element is shown.
    pub(crate) async fn misses(&self, path: Path<'_>) {
        let what = format!("{path:?} to go");
        self.until(&what, async || {
            self.asks("found", json!(path)).await.as_bool().filter(|found| !found)
        })
        .await;
    }

    /// Waits until the page says `words` somewhere a person can reach.
    pub(crate) async fn reads(&self, words: &str) {
        self.reads_in(&[], words).await;
    }

    /// Waits until an element says `words`, and gives all it says.
    pub(crate) async fn reads_in(&self, path: Path<'_>, words: &str) -> String {
        self.until(&format!("{words:?} in {path:?}"), async || {
            let said = self.asks("words", json!(path)).await;
            said.as_str().filter(|said| said.contains(words)).map(str::to_owned)
        })
        .await
    }

    /// The accessible name of an element.
    pub(crate) async fn name(&self, path: Path<'_>) -> String {
        self.until(&format!("the name of {path:?}"), async || {
            self.asks("name", json!(path)).await.as_str().map(str::to_owned)
        })
        .await
    }

    /// How many such elements are shown now.
    pub(crate) async fn count(&self, path: Path<'_>) -> u64 {
        self.asks("count", json!(path)).await.as_u64().unwrap_or_default()
    }

    /// Waits until a field holds `text`.
    pub(crate) async fn holds(&self, path: Path<'_>, text: &str) {
        let what = format!("{path:?} to hold {text:?}");
        self.until(&what, async || {
            (self.asks("value", json!(path)).await == text).then_some(())
        })
        .await;
    }

    /// What a field holds.
    pub(crate) async fn value(&self, path: Path<'_>) -> String {
        self.until(&format!("the value of {path:?}"), async || {
            self.asks("value", json!(path)).await.as_str().map(str::to_owned)
        })
        .await
    }

    /// Waits until an attribute of an element is `wanted`.
    pub(crate) async fn has(&self, path: Path<'_>, attribute: &str, wanted: &str) {
        self.until(&format!("{path:?} with {attribute}={wanted}"), async || {
            let found = self
                .asks_with(vec!["attribute".into(), json!(path), attribute.into()])
                .await;
            (found == wanted).then_some(())
        })
        .await;
    }

    /// Waits until the keyboard is on an element of that role and name (or it is the chosen row of the list that has it).
    pub(crate) async fn has_keyboard(&self, role: &str, name: &str) {
        self.until(&format!("the keyboard on {role} {name:?}"), async || {
            let Value::Array(focused) = self.asks("focused", Value::Null).await else {
                return None;
            };
            focused.iter().any(|at| fits(at, role, name)).then_some(())
        })
        .await;
    }
}

fn fits(at: &Value, role: &str, name: &str) -> bool {
    let part = |place: usize| at.get(place).and_then(Value::as_str).unwrap_or_default();
    let named = match name.strip_suffix('*') {
        Some(start) => part(1).starts_with(start),
        None => part(1) == name,
    };
    part(0) == role && named
}
