// Owns what a tool's screen shows where no connection is saved yet.
import { html } from "lit";

import { text } from "../i18n/text.js";
import "../components/empty-state.js";
import "../components/push-button.js";

/** @param {import("../application.js").Application} app */
export function noConnection(app) {
  return html`<empty-state .heading=${text("tools-none")} .sentence=${text("tools-none-sentence")}>
    <push-button data-main variant="primary" size="large" @click=${() => app.goTo("connections")}>${text("tools-none-action")}</push-button>
  </empty-state>`;
}
