// Owns the sheet that forgets a connection: it names what goes, and the keyboard starts on Cancel.
import { html } from "lit";

import { text } from "../../i18n/text.js";
import { CardSheet } from "./card-sheet.js";

export class ForgetConnection extends CardSheet {
  #go() {
    this.attempt(async () => {
      const { id, label } = this.card;
      await this.app.commands.connectionForget(id);
      this.app.setConnections(this.app.connections.filter((card) => card.id !== id));
      this.app.toast(text("forget-done", { label }));
    });
  }

  /** What goes, in one sentence. */
  #goes() {
    const { kind, keeping, registerRows } = this.card;
    if (kind === "practice") return text("forget-practice", { rows: this.rows });
    const where = keeping === "keychain" ? "forget-secret" : "forget-this-run";
    return registerRows > 0 ? text(`${where}-register`, { rows: this.rows }) : text(where);
  }

  render() {
    return html`<modal-sheet
      .heading=${text("forget-heading", { label: this.card.label })}
      @close-requested=${this.closeRequested}
    >
      <div class="body">
        ${this.banner("forget-failed")}
        <p>${this.#goes()}</p>
        <p class="second">${text("forget-server")}</p>
      </div>
      ${this.buttons({ words: "forget-action", busyWords: "forget-busy", variant: "danger", step: () => this.#go() })}
    </modal-sheet>`;
  }
}

customElements.define("forget-connection", ForgetConnection);
