// Owns the status bar: how many rows, in which order, of which snapshot; the code of what went wrong.
import { html, nothing } from "lit";

import { icon } from "../../components/icon.js";
import { failureDetails } from "../../i18n/failure.js";
import { moment, momentWithin, number } from "../../i18n/format.js";
import { text } from "../../i18n/text.js";
import { sortWords } from "./control-columns.js";
import "../../components/status-bar.js";

/**
 * @import { Application } from "../../application.js"
 * @import { ControlsView } from "./controls-view.js"
 */

/** @param {ControlsView} view @param {boolean} narrow */
function rows({ state }, narrow) {
  const args = { matched: number(state.matched), total: narrow ? number(state.total) : state.total };
  const words = text(narrow ? "controls-status-short" : "controls-status", args);
  const selected = state.selectedIndex >= 0 || state.selectedId !== null;
  return selected ? text("controls-selected", { words, count: Math.max(1, state.together) }) : words;
}

/** @param {ControlsView} view @param {boolean} narrow */
function snapshotWords({ state }, narrow) {
  const { snapshot, sync } = state;
  if (!snapshot) return "";
  if (sync) return text("controls-snapshot-until", { number: snapshot.number, moment: momentWithin(snapshot.finished) });
  const words = narrow ? "controls-snapshot-short" : "controls-snapshot";
  return text(words, { number: snapshot.number, moment: moment(snapshot.finished) });
}

/** @param {Application} app @param {ControlsView | null} view @param {{ narrow: boolean }} layout */
export function statusLine(app, view, { narrow }) {
  if (!view) return html`<status-bar></status-bar>`;
  const { state } = view;
  const failure = state.failure ?? state.syncFailure ?? (state.detailOpen ? state.detailFailure : null);
  const list = state.total > 0;
  return html`<status-bar>
    ${list ? html`<span>${rows(view, narrow)}</span><span class="cut">${sortWords(state.sort)}</span>` : nothing}
    ${failure ? html`<span dir="ltr">${failure.code}</span>` : nothing}
    ${failure
      ? html`<button type="button" slot="end" class="details" @click=${() => app.copy(failureDetails(failure))}>
          ${text("copy-details")}${icon("copy", "badge")}
        </button>`
      : nothing}
    <span slot="end">${snapshotWords(view, narrow)}</span>
  </status-bar>`;
}
