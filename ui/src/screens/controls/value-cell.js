// Owns how one value is drawn: a known one as word with its sign, an unknown one raw, a missing one as missing.
import { html, nothing } from "lit";

import { icon } from "../../components/icon.js";
import { text } from "../../i18n/text.js";
import { signFor, wordFor } from "./control-words.js";

/** @param {import("./control-words.js").WordTone} tone */
const toneClass = (tone) => (tone === "plain" ? "" : tone === "dim" ? "dim" : `tone-${tone}`);

/** @param {string} field the API's name @param {string} value */
export function stateValue(field, value) {
  const word = wordFor(field, value);
  if (word === null) return rawValue(value);
  const sign = signFor(field, value);
  return html`${sign.icon ? html`<span class="sign ${toneClass(sign.iconTone ?? "plain")}">${icon(sign.icon, "row")}</span>` : nothing}<span
      class="word ${toneClass(sign.tone)} ${sign.tone === "bad" || sign.tone === "warn" ? "strong" : ""}"
      >${word}</span
    >`;
}

/** A value this program has no word for. @param {string} value */
export function rawValue(value) {
  return html`<span class="mono" dir="ltr">${value}</span>`;
}

export function missingHealth() {
  return html`<span class="sign tone-quiet">${icon("circle-dotted", "row")}</span><span class="word tone-quiet">${text("not-provided")}</span>`;
}

/** In a partial row what is missing beyond the first is a dash. @param {boolean} partial */
export function missingValue(partial) {
  return html`<span class="tone-quiet">${partial ? text("controls-dash") : text("not-provided")}</span>`;
}
