//! Owns the use-case of the preferences: what the page sends is checked and kept. Must not know how it looks.

use countersign_domain::{ErrorCode, Failure};

use crate::app::App;
use crate::page::Preferences;
use crate::settings::PANE_WIDTHS;

impl App {
    /// Keeps `preferences` in place of those before.
    ///
    /// # Errors
    /// `input-invalid` for a width that no pane has, `settings-failed` when the file cannot be written; nothing is changed
    /// then.
    pub fn save_preferences(&self, preferences: &Preferences) -> Result<(), Failure> {
        if !preferences
            .pane_widths
            .values()
            .all(|width| PANE_WIDTHS.contains(width))
        {
            let (least, most) = PANE_WIDTHS.into_inner();
            let words = format!("A pane is {least} to {most} px wide. Nothing was changed.");
            return Err(Failure::new(ErrorCode::InputInvalid, words));
        }
        self.0.settings.prefer(preferences.clone())
    }
}
