// Owns the states in which the form pane or the whole screen shows no account: each with its next step.
import { html, nothing } from "lit";

import { failureAdvice, failureSentences, failureWords } from "../../i18n/failure.js";
import { text } from "../../i18n/text.js";
import "../../components/empty-state.js";
import "../../components/push-button.js";

/** @import { Failure } from "../../generated/Failure.ts" */

/** @param {() => void} step */
export function noConnection(step) {
  return html`<empty-state .heading=${text("accounts-none")} .sentence=${text("accounts-none-sentence")}>
    <push-button variant="primary" size="large" data-main @click=${step}>${text("accounts-none-action")}</push-button>
  </empty-state>`;
}

/** @param {Failure} failure @param {() => void} step unlocks, or tries again */
export function unreadable(failure, step) {
  const keychain = failure.code.startsWith("keychain-");
  const words = failureWords(failure);
  const heading = keychain ? words.happened.replace(/\.$/, "") : text("accounts-unreadable");
  const locked = failure.code === "keychain-locked";
  const sentence = locked ? text("accounts-locked-sentence") : keychain ? failureAdvice(failure) : failureSentences(failure);
  return html`<empty-state tone="bad" .icon=${keychain ? "lock" : "octagon-cross"} .heading=${heading} .sentence=${sentence}>
    <push-button variant="primary" size="large" data-main @click=${step}
      >${text(locked ? "action-unlockKeychain" : "action-retry")}</push-button
    >
  </empty-state>`;
}

/** @param {string} username @param {string} where @param {() => void} step */
export function missing(username, where, step) {
  return html`<empty-state .heading=${text("accounts-missing", { username })} .sentence=${text("accounts-missing-sentence", { where })}>
    <push-button variant="primary" size="large" data-action="create-it" @click=${step}>${text("accounts-create-it")}</push-button>
  </empty-state>`;
}

/** @param {number} total @param {() => void} step */
export function nothingChosen(total, step) {
  const id = total > 0 ? "accounts-choose" : "accounts-nothing-seen";
  return html`<empty-state .heading=${text(id)} .sentence=${text(`${id}-sentence`)}>
    ${total > 0
      ? nothing
      : html`<push-button variant="primary" size="large" data-action="create-first" @click=${step}>${text("accounts-new")}</push-button>`}
  </empty-state>`;
}
