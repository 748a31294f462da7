// Owns the sheet that replaces a secret. Must not let what was typed outlive the sheet or five minutes.
import { html, nothing } from "lit";

import { text } from "../../i18n/text.js";
import { bindingSentence } from "./connection-words.js";
import { shapeHint } from "./credential-shape.js";
import { secretFault } from "./draft.js";
import { SecretKeeper } from "./secret-keeper.js";
import { CardSheet } from "./card-sheet.js";

export class ReplaceSecret extends CardSheet {
  #keeper = new SecretKeeper(() => this.#drop());

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#drop();
  }

  #drop() {
    this.#keeper.stop();
    this.value = "";
  }

  /** @param {Event} [event] @override */
  closeRequested(event) {
    event?.stopPropagation();
    if (this.busy) this.app.commands.operationCancel("save");
    else this.close();
  }

  #go() {
    this.fault = secretFault(this.card.kind, this.value);
    if (this.fault) return;
    this.attempt(async () => {
      const card = await this.app.commands.connectionReplaceSecret(this.card.id, this.value);
      this.#drop();
      this.app.setCard(card);
      this.app.toast(text("replace-done", { label: card.label }));
    });
  }

  /** @param {CustomEvent<{ value: string }>} event */
  #typed(event) {
    this.value = event.detail.value;
    this.#keeper.typed();
    if (this.fault) this.fault = secretFault(this.card.kind, this.value);
  }

  #hint() {
    const hint = shapeHint(this.card.kind, "secret", this.value);
    if (!hint) return nothing;
    const advice = text(`${hint.words}.why`, { ...hint.why, wanted: text(`wanted-${hint.wanted}`) });
    return html`<pane-banner tone="warn" stacked .fact=${text(hint.words)} .advice=${advice}></pane-banner>`;
  }

  render() {
    const label = this.card.kind === "hypothesisPersonalToken" ? "form-token" : "form-client-secret";
    return html`<modal-sheet
      .heading=${text("replace-heading", { label: this.card.label })}
      @close-requested=${this.closeRequested}
    >
      <div class="body" @keydown=${(/** @type {KeyboardEvent} */ event) => this.onEnter(event, () => this.#go())}>
        ${this.banner("replace-failed", "replace-now")}
        <text-field
          data-first
          type="password"
          mono
          .label=${text(label)}
          .value=${this.value}
          .hint=${`${bindingSentence(this.card)}.`}
          .error=${this.fault ? text(this.fault) : null}
          @value-changed=${this.#typed}
        ></text-field>
        ${this.#hint()}
      </div>
      ${this.buttons({ words: "replace-save", busyWords: "replace-saving", step: () => this.#go() })}
    </modal-sheet>`;
  }
}

customElements.define("replace-secret", ReplaceSecret);
