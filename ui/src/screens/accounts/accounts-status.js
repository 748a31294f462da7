// Owns the status bar of the screen: how many, what is unsaved, the rate where it is known, the code of a failure.
import { html, nothing } from "lit";

import { failureDetails } from "../../i18n/failure.js";
import { number } from "../../i18n/format.js";
import { text } from "../../i18n/text.js";
import { isDirty } from "./account-form.js";
import { failureIn } from "./account-words.js";
import "../../components/push-button.js";
import "../../components/status-bar.js";

/**
 * @import { Application } from "../../application.js"
 * @import { ConnectionCard } from "../../generated/ConnectionCard.ts"
 * @import { AccountsState } from "./accounts-state.js"
 */

/** @param {AccountsState} state */
function counts({ matched, total, form, loaded }) {
  if (form && !form.base && isDirty(form)) return text("accounts-status-unsaved");
  if (!loaded || total === 0) return "";
  const id = form?.base ? "accounts-status-selected" : "accounts-status";
  return text(id, { matched: number(matched), total: number(total) });
}

/** @param {ConnectionCard} card */
function rate({ ratePerSecond, burst }) {
  if (ratePerSecond === null) return "";
  return burst === null
    ? text("accounts-rate-alone", { rate: number(ratePerSecond) })
    : text("accounts-rate", { rate: number(ratePerSecond), burst: number(burst) });
}

/** @param {Application} app @param {ConnectionCard} card @param {AccountsState} state */
export function accountsStatus(app, card, state) {
  const failure = state.listFailure ?? failureIn(state.form) ?? state.failure;
  return html`<status-bar>
    ${failure ? html`<code>${failure.code}</code>` : nothing}
    <span>${state.listFailure ? "" : counts(state)}</span>
    ${failure
      ? html`<push-button slot="end" size="small" variant="quiet" icon="copy" @click=${() => app.copy(failureDetails(failure))}
          >${text("copy-details")}</push-button
        >`
      : nothing}
    <span slot="end">${rate(card)}</span>
  </status-bar>`;
}
