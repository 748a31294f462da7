// Owns the sheet that renames a connection.
import { html } from "lit";

import { text } from "../../i18n/text.js";
import { labelFault } from "./draft.js";
import { CardSheet } from "./card-sheet.js";

export class RenameConnection extends CardSheet {
  connectedCallback() {
    super.connectedCallback();
    this.value = this.card.label;
  }

  #go() {
    this.fault = labelFault(this.value, true);
    if (this.fault) return;
    this.attempt(async () => {
      const card = await this.app.commands.connectionRename(this.card.id, this.value.trim());
      this.app.setCard(card);
      this.app.announce(text("rename-done", { label: card.label }));
    });
  }

  /** @param {CustomEvent<{ value: string }>} event */
  #typed(event) {
    this.value = event.detail.value;
    if (this.fault) this.fault = labelFault(this.value, true);
  }

  render() {
    return html`<modal-sheet .heading=${text("rename-heading")} @close-requested=${this.closeRequested}>
      <div class="body" @keydown=${(/** @type {KeyboardEvent} */ event) => this.onEnter(event, () => this.#go())}>
        ${this.banner("rename-failed")}
        <text-field
          data-first
          .label=${text("form-label")}
          .value=${this.value}
          .guard=${400}
          .limit=${80}
          .error=${this.fault ? text(this.fault) : null}
          @value-changed=${this.#typed}
        ></text-field>
      </div>
      ${this.buttons({ words: "rename-save", busyWords: "rename-saving", step: () => this.#go() })}
    </modal-sheet>`;
  }
}

customElements.define("rename-connection", RenameConnection);
