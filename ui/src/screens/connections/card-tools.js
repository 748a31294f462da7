// Owns the buttons of the card's toolbar. Must not act: what they do is handed in.
import { html, nothing } from "lit";

import { text } from "../../i18n/text.js";
import { keepsSecret } from "./connection-words.js";
import "../../components/push-button.js";

/**
 * @import { ConnectionCard } from "../../generated/ConnectionCard.ts"
 * @import { SheetName } from "./connection-sheets.js"
 * @typedef {{ testing: boolean, open: (sheet: SheetName) => void, test: () => void, stop: () => void }} CardSteps
 */

/** Below this width of the window the card's head has no room for every word, in px. */
const NARROW_TOOLS = 860;

/** @param {CardSteps} steps */
function rename({ open }) {
  const narrow = innerWidth < NARROW_TOOLS;
  return html`<push-button
    slot="end"
    variant="quiet"
    icon="pencil"
    data-action="rename"
    ?bare=${narrow}
    .name=${text("card-rename")}
    .hint=${narrow ? text("card-rename") : null}
    @click=${() => open("rename")}
    >${narrow ? nothing : text("card-rename")}</push-button
  >`;
}

/** @param {ConnectionCard} card @param {CardSteps} steps */
export function cardTools({ kind }, steps) {
  const { testing, open, test, stop } = steps;
  return html`${testing
      ? html`<push-button slot="end" data-action="stop" @click=${stop}>${text("card-stop")}</push-button>`
      : rename(steps)}
    ${kind === "hypothesisGrantToken"
      ? html`<push-button slot="end" variant="quiet" data-action="token" @click=${() => open("token")}>${text("card-read-token")}</push-button>`
      : nothing}
    ${keepsSecret(kind)
      ? html`<push-button slot="end" data-action="replace" @click=${() => open("replace")}>${text("card-replace")}</push-button>`
      : nothing}
    <push-button slot="end" variant="danger" data-action="forget" @click=${() => open("forget")}>${text("card-forget")}</push-button>
    <push-button
      slot="end"
      variant="primary"
      data-pane
      data-action="test"
      .busy=${testing}
      .busyWord=${text("card-testing")}
      @click=${test}
      >${text("card-test")}</push-button
    >`;
}
