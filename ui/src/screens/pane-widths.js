// Owns how wide a pane is: as the person dragged it, within its limits, else as usual. Must not save it.

/**
 * @import { Application } from "../application.js"
 * @import { PaneSize } from "../components/split-panes.js"
 * @import { PaneName } from "../generated/PaneName.ts"
 */

/** What each pane can be dragged to, in px. @type {Record<PaneName, { least: number, most: number }>} */
export const PANE_LIMITS = {
  connections: { least: 200, most: 480 },
  controlsFacets: { least: 148, most: 320 },
  controlsDetail: { least: 240, most: 480 },
  controlsDetailSmall: { least: 240, most: 480 },
  accounts: { least: 200, most: 400 },
  requests: { least: 200, most: 480 },
  annotations: { least: 240, most: 480 },
  doctor: { least: 240, most: 480 },
};

/** @param {Application} app @param {PaneName} pane @param {number} usual in px @returns {PaneSize} */
export function paneSize(app, pane, usual) {
  const { least, most } = PANE_LIMITS[pane];
  const width = app.state.preferences.paneWidths[pane] ?? usual;
  return { width: Math.min(most, Math.max(least, width)), least, most };
}
