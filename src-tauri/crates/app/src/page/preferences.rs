//! Owns the shape of what the person prefers of the look. Goes both ways; holds no secret and nobody's data.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How strong lines and texts are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum Contrast {
    /// As the system says.
    #[default]
    System,
    /// Stronger, whatever the system says.
    More,
}

/// A pane whose width can be dragged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum PaneName {
    /// Connections: the list.
    Connections,
    /// Controls: the facets.
    ControlsFacets,
    /// Controls: the detail.
    ControlsDetail,
    /// Controls: the detail in a window below 1000 px.
    ControlsDetailSmall,
    /// Accounts: the list.
    Accounts,
    /// Requests: the list.
    Requests,
    /// Requests: the annotation chosen.
    Annotations,
    /// Doctor: what a finding means.
    Doctor,
}

/// What the person prefers of the look.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[ts(export)]
pub struct Preferences {
    /// How strong lines and texts are.
    pub contrast: Contrast,
    /// The rail is folded in a wide window too.
    pub rail_narrow: bool,
    /// Widths of the panes that were dragged, in px, 120 to 1200; the others have their usual one.
    pub pane_widths: BTreeMap<PaneName, u16>,
}
