//! Owns the hands: pointer and keyboard events that the web view takes for a person's.
//! Must not call into the page's code.

use fantoccini::actions::{
    Actions, InputSource as _, KeyAction, KeyActions, MOUSE_BUTTON_LEFT, MouseActions, PointerAction,
};
use fantoccini::key::Key;
use serde_json::json;

use super::finding::Path;
use super::wait::in_time;
use super::window::Window;

impl Window {
    /// Presses an element with the pointer, once it is shown, still, and nothing lies over it.
    pub(crate) async fn press(&self, path: Path<'_>) {
        let what = format!("{path:?} to be pressed");
        let place = self.until(&what, async || {
            let place = self.asks("place", json!(path)).await;
            Some((place.get(0)?.as_f64()?, place.get(1)?.as_f64()?))
        });
        let (x, y) = place.await;
        let button = MOUSE_BUTTON_LEFT;
        let pointer = MouseActions::new("pointer".to_owned())
            .then(PointerAction::MoveTo { duration: None, x, y })
            .then(PointerAction::Down { button })
            .then(PointerAction::Up { button });
        self.act(pointer.into()).await;
    }

    /// Replaces what a field holds by typing.
    pub(crate) async fn fill(&self, field: Path<'_>, text: &str) {
        self.press(field).await;
        self.act(chord(Key::Control, 'a').into()).await;
        self.type_keys(&Key::Delete.to_string()).await;
        self.type_keys(text).await;
        let what = format!("{field:?} to hold what was typed");
        self.until(&what, async || {
            (self.asks("value", json!(field)).await == text).then_some(())
        })
        .await;
    }

    /// Types where the keyboard is.
    async fn type_keys(&self, text: &str) {
        let mut keys = KeyActions::new("keyboard".to_owned());
        for value in text.chars() {
            keys = keys.then(KeyAction::Down { value }).then(KeyAction::Up { value });
        }
        self.act(keys.into()).await;
    }

    /// Presses Enter where the keyboard is.
    pub(crate) async fn enter(&self) {
        self.type_keys(&Key::Enter.to_string()).await;
    }

    /// Moves the pointer to the corner, where it rests on nothing.
    pub(crate) async fn rest_pointer(&self) {
        let (duration, x, y) = (None, 1.0, 1.0);
        let pointer = MouseActions::new("pointer".to_owned());
        self.act(pointer.then(PointerAction::MoveTo { duration, x, y }).into())
            .await;
    }

    async fn act(&self, actions: Actions) {
        let acted = in_time("an input to be taken", self.client.perform_actions(actions)).await;
        acted.expect("the window takes input");
    }
}

/// A key pressed while another is held.
fn chord(held: Key, value: char) -> KeyActions {
    let held: Vec<char> = held.to_string().chars().collect();
    let mut keys = KeyActions::new("keyboard".to_owned());
    for value in &held {
        keys = keys.then(KeyAction::Down { value: *value });
    }
    keys = keys.then(KeyAction::Down { value }).then(KeyAction::Up { value });
    for value in held.iter().rev() {
        keys = keys.then(KeyAction::Up { value: *value });
    }
    keys
}
