//! Owns how the preferences are read from the settings file. Must not stop a start over the width of a pane.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use crate::page::{Contrast, PaneName, Preferences};

/// The widths that a pane can have, in px: narrower shows no word, wider than any screen lets it be dragged.
pub(crate) const PANE_WIDTHS: RangeInclusive<u16> = 120..=1200;

/// The preferences as they stand in the file.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields)]
struct Written {
    contrast: Contrast,
    rail_narrow: bool,
    /// Unread: no number that stands here, however large, is a reason to refuse the file.
    pane_widths: BTreeMap<PaneName, Box<RawValue>>,
}

/// What is no width of a pane is left out, so that the pane has its usual one.
impl From<Written> for Preferences {
    fn from(written: Written) -> Self {
        let widths = written.pane_widths.into_iter();
        Self {
            contrast: written.contrast,
            rail_narrow: written.rail_narrow,
            pane_widths: widths
                .filter_map(|(pane, width)| Some((pane, width_in(&width)?)))
                .collect(),
        }
    }
}

fn width_in(written: &RawValue) -> Option<u16> {
    written.get().parse().ok().filter(|width| PANE_WIDTHS.contains(width))
}

/// Reads the part of the file that holds them.
pub(super) fn read<'de, D: Deserializer<'de>>(part: D) -> Result<Preferences, D::Error> {
    Written::deserialize(part).map(Preferences::from)
}

/// Whether nothing was chosen. Such preferences are not written, so that programs from before there were any still read
/// the file.
pub(super) fn are_usual(preferences: &Preferences) -> bool {
    *preferences == Preferences::default()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use countersign_domain::ErrorCode;

    use super::*;
    use crate::settings::Settings;

    fn chosen() -> Preferences {
        Preferences {
            contrast: Contrast::More,
            rail_narrow: true,
            pane_widths: BTreeMap::from([(PaneName::Connections, 120), (PaneName::ControlsDetail, 1200)]),
        }
    }

    /// Lays a file there whose preferences are `part`.
    fn lay(folder: &Path, part: &str) {
        let text = format!("{{\"version\":1,\"connections\":[]{part}}}");
        std::fs::write(folder.join("settings.json"), text).unwrap();
    }

    #[test]
    fn what_was_chosen_holds_after_a_restart() {
        let folder = tempfile::tempdir().unwrap();
        Settings::open(folder.path()).unwrap().prefer(chosen()).unwrap();
        assert_eq!(Settings::open(folder.path()).unwrap().preferences(), chosen());
    }

    #[test]
    fn a_file_without_preferences_is_read_and_begins_with_the_usual_ones() {
        let folder = tempfile::tempdir().unwrap();
        for none in ["", ",\"preferences\":{}"] {
            lay(folder.path(), none);
            let settings = Settings::open(folder.path()).unwrap();
            assert_eq!(settings.preferences(), Preferences::default(), "{none}");
        }
    }

    #[test]
    fn usual_preferences_are_not_written_so_that_older_programs_read_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let settings = Settings::open(folder.path()).unwrap();
        let text = || std::fs::read_to_string(folder.path().join("settings.json")).unwrap();
        settings.prefer(chosen()).unwrap();
        assert!(text().contains("preferences"));
        settings.prefer(Preferences::default()).unwrap();
        assert!(!text().contains("preferences"), "{}", text());
    }

    #[test]
    fn a_width_out_of_range_is_dropped_and_the_others_are_kept() {
        let folder = tempfile::tempdir().unwrap();
        for odd in [
            "119", "1201", "-240", "240.5", "65776", "1e300", "1e999", "\"240\"", "null", "[]",
        ] {
            let part = format!(",\"preferences\":{{\"paneWidths\":{{\"doctor\":{odd},\"accounts\":300}}}}");
            lay(folder.path(), &part);
            let widths = Settings::open(folder.path()).unwrap().preferences().pane_widths;
            assert_eq!(widths, BTreeMap::from([(PaneName::Accounts, 300)]), "{odd}");
        }
    }

    #[test]
    fn preferences_that_this_program_does_not_know_are_refused_and_left_as_they_are() {
        let folder = tempfile::tempdir().unwrap();
        for newer in [
            "{\"theme\":\"dark\"}",
            "{\"contrast\":\"less\"}",
            "{\"railNarrow\":\"half\"}",
            "{\"paneWidths\":{\"roster\":240}}",
        ] {
            lay(folder.path(), &format!(",\"preferences\":{newer}"));
            let failure = Settings::open(folder.path()).unwrap_err();
            assert_eq!(failure.code, ErrorCode::SettingsFailed, "{newer}");
            let text = std::fs::read_to_string(folder.path().join("settings.json")).unwrap();
            assert!(text.contains(newer), "nothing is overwritten: {text}");
        }
    }

    #[test]
    fn a_choice_that_cannot_be_written_is_not_kept() {
        let folder = tempfile::tempdir().unwrap();
        let settings = Settings::open(&folder.path().join("sub")).unwrap();
        std::fs::write(folder.path().join("sub"), "a file where the folder should be").unwrap();
        let failure = settings.prefer(chosen()).unwrap_err();
        assert_eq!(failure.code, ErrorCode::SettingsFailed);
        assert_eq!(settings.preferences(), Preferences::default());
    }
}
