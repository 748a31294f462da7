// Owns the settings: the look that the person may choose, and where the program keeps what.
import { LitElement, css, html, nothing } from "lit";

import { emit } from "../components/emit.js";
import { text } from "../i18n/text.js";
import { base, texts } from "../style/shared.js";
import "../components/definition-list.js";
import "../components/modal-sheet.js";
import "../components/push-button.js";
import "../components/tick-box.js";

/**
 * @import { ProgramStatus } from "../application.js"
 * @import { Contrast } from "../generated/Contrast.ts"
 */

/** `.status`, `contrast`; fires `contrast-chosen` {contrast} and `closed`. */
export class SettingsSheet extends LitElement {
  static properties = { status: { attribute: false }, contrast: {} };

  static styles = [base, texts, css`
    .body {
      display: flex;
      flex-direction: column;
      gap: var(--space-16);
    }
    h3 {
      font: var(--type-tiny-strong);
      color: var(--text-2);
      margin-block-end: var(--space-4);
    }
  `];

  constructor() {
    super();
    /** @type {ProgramStatus | null} */
    this.status = null;
    /** @type {Contrast} */
    this.contrast = "system";
  }

  /** @param {CustomEvent<{ checked: boolean }>} event */
  #contrast(event) {
    emit(this, "contrast-chosen", { contrast: event.detail.checked ? "more" : "system" });
  }

  #places() {
    const { status } = this;
    if (!status) return nothing;
    const rows = [
      { name: text("settings-secrets"), value: text("settings-secrets-where", { store: status.keychain.store }) },
      { name: text("settings-data"), value: text("settings-data-where") },
      { name: text("settings-version"), value: status.version },
    ];
    return html`<section>
      <h3>${text("settings-places")}</h3>
      <definition-list .rows=${rows}></definition-list>
    </section>`;
  }

  render() {
    const close = () => emit(this, "closed");
    return html`<modal-sheet width="medium" .heading=${text("rail-settings")} @close-requested=${close}>
      <div class="body">
        <section>
          <h3>${text("settings-look")}</h3>
          <tick-box
            .label=${text("settings-contrast")}
            .hint=${text("settings-contrast-hint")}
            .checked=${this.contrast === "more"}
            @checked-changed=${this.#contrast}
          ></tick-box>
        </section>
        ${this.#places()}
      </div>
      <push-button slot="foot" variant="primary" @click=${close}>${text("close")}</push-button>
    </modal-sheet>`;
  }
}

customElements.define("settings-sheet", SettingsSheet);
