// Owns which panes stand where at which width (ui.md section 2). Must not draw them.
import { paneSize } from "../pane-widths.js";
import { BESIDE_NAME } from "./control-columns.js";

/**
 * @import { Application } from "../../application.js"
 * @import { PaneName } from "../../generated/PaneName.ts"
 */

/** Widths of the window, in px, from which panes stand differently. */
const BOTH_PANES_FROM = 1360;
const FACETS_PANE_FROM = 1000;
const DOCKED_FROM = 860;

const RAIL_NARROW = 48;
const NAME_LEAST = 200;
const NAME = 280;

/** Whether the person has the facets in a pane; kept while the program runs. */
export const facets = { open: true };

/** The pane at an end of the screen. @param {"start" | "end"} end @param {number} width of the window, in px @returns {PaneName} */
export function paneAt(end, width) {
  if (end === "start") return "controlsFacets";
  return width < FACETS_PANE_FROM ? "controlsDetailSmall" : "controlsDetail";
}

/**
 * @param {Application} app
 * @param {number} width of the window, in px
 * @param {boolean} detailOpen
 */
export function layoutFor(app, width, detailOpen) {
  const docked = width >= DOCKED_FROM;
  const small = width < FACETS_PANE_FROM;
  const facetsPane = !small && (!detailOpen || width >= BOTH_PANES_FROM);
  const detail = paneSize(app, paneAt("end", width), small ? 280 : 292);
  const table = width - RAIL_NARROW - 1 - (detailOpen && docked ? detail.width : 0);
  return {
    narrow: small,
    facetsPane,
    docked,
    start: facetsPane && facets.open ? paneSize(app, "controlsFacets", 172) : null,
    end: detailOpen && docked ? detail : null,
    nameWidth: small ? Math.max(NAME_LEAST, Math.min(NAME, table - BESIDE_NAME)) : NAME,
  };
}
