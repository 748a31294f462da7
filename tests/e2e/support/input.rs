//! Owns the hands: pointer and keyboard events that the web view takes for a person's.
//! Must not call into the page's code.

use fantoccini::actions::{InputSource as _, KeyAction, KeyActions, MOUSE_BUTTON_LEFT, MouseActions, PointerAction};
use fantoccini::key::Key;
use serde_json::json;

use super::finding::Path;
use super::window::Window;

impl Window {
    /// Presses an element with the pointer, once it is shown, still, and nothing lies over it.
    pub(crate) async fn press(&self, path: Path<'_>) {
        let place = self
            .until(&format!("{path:?} to be pressed"), async || {
                let place = self.asks("place", json!(path)).await;
                Some((place.get(0)?.as_f64()?, place.get(1)?.as_f64()?))
            })
            .await;
        self.press_at(place).await;
    }

    /// Replaces what a field holds by typing.
    pub(crate) async fn fill(&self, field: Path<'_>, text: &str) {
        self.press(field).await;
        self.chord(&[Key::Control], 'a').await;
        self.type_keys(&Key::Delete.to_string()).await;
        self.type_keys(text).await;
        self.until(&format!("{field:?} to hold what was typed"), async || {
            (self.asks("value", json!(field)).await == text).then_some(())
        })
        .await;
    }

    /// Types where the keyboard is.
    pub(crate) async fn type_keys(&self, text: &str) {
        let mut keys = KeyActions::new("keyboard".to_owned());
        for value in text.chars() {
            keys = keys.then(KeyAction::Down { value }).then(KeyAction::Up { value });
        }
        self.client.perform_actions(keys).await.expect("keys can be pressed");
    }

    /// Presses one key of the keyboard.
    pub(crate) async fn key(&self, key: Key) {
        self.type_keys(&key.to_string()).await;
    }

    /// Presses a key while others are held.
    pub(crate) async fn chord(&self, held: &[Key], value: char) {
        let codes: Vec<char> = held
            .iter()
            .flat_map(|key| key.to_string().chars().collect::<Vec<_>>())
            .collect();
        let mut keys = KeyActions::new("keyboard".to_owned());
        for value in &codes {
            keys = keys.then(KeyAction::Down { value: *value });
        }
        keys = keys.then(KeyAction::Down { value }).then(KeyAction::Up { value });
        for value in codes.iter().rev() {
            keys = keys.then(KeyAction::Up { value: *value });
        }
        self.client.perform_actions(keys).await.expect("keys can be pressed");
    }

    async fn press_at(&self, (x, y): (f64, f64)) {
        let pointer = MouseActions::new("pointer".to_owned())
            .then(PointerAction::MoveTo { duration: None, x, y })
            .then(PointerAction::Down {
                button: MOUSE_BUTTON_LEFT,
            })
            .then(PointerAction::Up {
                button: MOUSE_BUTTON_LEFT,
            });
        self.client
            .perform_actions(pointer)
            .await
            .expect("the pointer can be moved");
    }
}
