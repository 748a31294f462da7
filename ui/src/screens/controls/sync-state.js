// Owns the end of the toolbar: how old the register is, or how far a sync has come; the button to start or stop it.
import { html, nothing } from "lit";

import { age, fullDate, momentWithin, number, size } from "../../i18n/format.js";
import { text } from "../../i18n/text.js";
import "../../components/push-button.js";

/**
 * @import { SnapshotShown } from "../../generated/SnapshotShown.ts"
 * @import { ControlsView } from "./controls-view.js"
 * @import { SyncRunning } from "./view-state.js"
 */

const DAY = 86_400_000;

/** "4 min ago" within a day, then the date. @param {string} finished */
function since(finished) {
  return Date.now() - new Date(finished).getTime() < DAY ? age(finished) : momentWithin(finished);
}

/** @param {SnapshotShown} snapshot @param {boolean} narrow */
function synced(snapshot, narrow) {
  const when = since(snapshot.finished);
  return html`<span class="sync-words" title=${fullDate(snapshot.finished)}>
    <span>${narrow ? when : text("controls-synced", { age: when })}</span>
    ${snapshot.number > 1
      ? html`<span class="changed">· <strong>${text("controls-changed", { changed: snapshot.changed })}</strong></span>`
      : nothing}
  </span>`;
}

/** @param {SyncRunning} sync @param {number} expected */
function progress({ rows, bytes, stopping }, expected) {
  if (stopping) return text("controls-sync-stopping");
  const known = expected > 0 && rows <= expected;
  const so = known
    ? text("controls-sync-of", { rows: number(rows), total: number(expected) })
    : `${text("controls-sync-rows", { rows: number(rows) })} · ${size(bytes)}`;
  return `${text("controls-syncing")} · ${so}`;
}

/** @param {ControlsView} view @param {{ narrow: boolean }} layout */
export function syncState(view, { narrow }) {
  const { sync, snapshot } = view.state;
  if (sync) {
    return html`<div class="sync">
      <span class="sync-words">${progress(sync, snapshot?.rows ?? 0)}</span>
      <push-button .name=${text("controls-sync-stop-name")} ?busy=${sync.stopping} @click=${() => view.sync.stop()}
        >${text("stop")}</push-button
      >
    </div>`;
  }
  if (!snapshot) return nothing;
  return html`<div class="sync">
    ${synced(snapshot, narrow)}
    <push-button
      bare
      variant="quiet"
      icon="sync"
      .name=${text("controls-sync")}
      .hint=${text("controls-sync-hint")}
      @click=${() => view.runSync()}
    ></push-button>
  </div>`;
}
