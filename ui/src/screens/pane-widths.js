// Owns the widths of panes that a person dragged: kept per screen and pane while the program runs.

/** @type {Map<string, number>} */
const kept = new Map();

/** The width that was dragged, else the usual one, in px. @param {string} pane such as "doctor-side" @param {number} usual */
export function paneWidth(pane, usual) {
  return kept.get(pane) ?? usual;
}

/** @param {string} pane @param {number} width in px */
export function keepPaneWidth(pane, width) {
  kept.set(pane, width);
}
