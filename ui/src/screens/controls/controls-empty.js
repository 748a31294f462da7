// Owns what stands in place of the list: nothing read yet, nothing there, nothing that matches, nothing readable.
import { html, nothing } from "lit";

import { failureAdvice, failureWords } from "../../i18n/failure.js";
import { number, size } from "../../i18n/format.js";
import { text } from "../../i18n/text.js";
import { remedy } from "./controls-banners.js";
import "../../components/empty-state.js";
import "../../components/push-button.js";

/**
 * @import { Application } from "../../application.js"
 * @import { Failure } from "../../generated/Failure.ts"
 * @import { ControlsView } from "./controls-view.js"
 */

/** @param {string} word @param {() => void} act */
const primary = (word, act) => html`<push-button class="primary" variant="primary" size="large" @click=${act}>${word}</push-button>`;

/** @param {Application} app */
export function noConnection(app) {
  return html`<empty-state .heading=${text("controls-none")} .sentence=${text("controls-none-sentence")}>
    ${primary(text("controls-none-action"), () => app.goTo("connections"))}
  </empty-state>`;
}

/** @param {Application} app @param {ControlsView} view @param {() => void} begun the list is to have the keyboard when it is there */
export function neverSynced(app, view, begun) {
  const { sync } = view.state;
  if (sync) {
    const sentence = text("controls-first-sync-sentence", { rows: sync.rows, size: size(sync.bytes) });
    return html`<empty-state .heading=${text("controls-first-sync")} .sentence=${sentence}></empty-state>`;
  }
  const label = app.card(view.connection)?.label ?? "";
  return html`<empty-state .heading=${text("controls-never")} .sentence=${text("controls-never-sentence", { label })}>
    ${primary(text("controls-sync"), () => (begun(), view.runSync()))}
  </empty-state>`;
}

/** @param {ControlsView} view @param {() => void} begun as `neverSynced` */
export function emptyRegister(view, begun) {
  return html`<empty-state .heading=${text("controls-empty")} .sentence=${text("controls-empty-sentence")}>
    ${view.state.sync ? nothing : primary(text("controls-sync"), () => (begun(), view.runSync()))}
  </empty-state>`;
}

/** @param {ControlsView} view */
export function noMatch(view) {
  const { search, filters, total } = view.state;
  const searched = search.trim() !== "";
  const which = searched && filters.length > 0 ? "both" : searched ? "search" : "filters";
  const sentence = text(`controls-no-match-${which}`, { total: number(total), search: search.trim() });
  return html`<empty-state .heading=${text("controls-no-match")} .sentence=${sentence}>
    ${primary(text(`controls-clear-${which}`), () => view.clear())}
  </empty-state>`;
}

/** @param {Application} app @param {ControlsView} view @param {Failure} failure */
export function unreadable(app, view, failure) {
  const locked = failure.code === "keychain-locked";
  const { happened } = failureWords(failure);
  const step = remedy(app, view, failure, () => view.refresh());
  return html`<empty-state
    tone="bad"
    icon=${locked ? "lock" : "octagon-cross"}
    .heading=${happened.replace(/\.$/, "")}
    .sentence=${locked ? text("controls-locked-sentence") : failureAdvice(failure)}
  >
    ${step ? primary(step.word, step.act) : nothing}
  </empty-state>`;
}
