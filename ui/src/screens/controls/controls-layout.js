// Owns which panes stand where at which width (ui.md section 2). Must not draw them.
import { BESIDE_NAME } from "./control-columns.js";

/** Widths of the window, in px, from which panes stand differently. */
const BOTH_PANES_FROM = 1360;
const FACETS_PANE_FROM = 1000;
const DOCKED_FROM = 860;

const RAIL_NARROW = 48;
const NAME_LEAST = 200;
const NAME = 280;

/** Widths of the panes that a person drags; kept while the program runs. */
export const paneWidths = { facets: 172, detail: 292, detailSmall: 280, facetsOpen: true };

/**
 * @param {number} width of the window, in px
 * @param {boolean} detailOpen
 */
export function layoutFor(width, detailOpen) {
  const docked = width >= DOCKED_FROM;
  const small = width < FACETS_PANE_FROM;
  const facetsPane = !small && (!detailOpen || width >= BOTH_PANES_FROM);
  const detailWidth = small ? paneWidths.detailSmall : paneWidths.detail;
  const table = width - RAIL_NARROW - 1 - (detailOpen && docked ? detailWidth : 0);
  return {
    narrow: small,
    facetsPane,
    docked,
    start: facetsPane && paneWidths.facetsOpen ? { width: paneWidths.facets, least: 148, most: 320 } : null,
    end: detailOpen && docked ? { width: detailWidth, least: 240, most: 480 } : null,
    nameWidth: small ? Math.max(NAME_LEAST, Math.min(NAME, table - BESIDE_NAME)) : NAME,
  };
}
