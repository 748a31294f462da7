// Owns the sheet that signs a connection out: it says what goes and what stays, and the keyboard starts on Cancel.
import { html } from "lit";

import { text } from "../../i18n/text.js";
import { CardSheet } from "./card-sheet.js";

export class SignOut extends CardSheet {
  #go() {
    this.attempt(async () => {
      const card = await this.app.commands.signOut(this.card.id);
      this.app.setCard(card);
      this.app.toast(text("sign-out-done", { label: card.label }));
    });
  }

  render() {
    const { label, service } = this.card;
    return html`<modal-sheet .heading=${text("sign-out-heading", { label })} @close-requested=${this.closeRequested}>
      <div class="body">
        ${this.banner("sign-out-failed")}
        <p>${text(service === "hypothesis" ? "sign-out-revokes" : "sign-out-forgets")}</p>
        <p class="second">${text("sign-out-stays")}</p>
      </div>
      ${this.buttons({ words: "sign-out-action", busyWords: "sign-out-busy", variant: "danger", step: () => this.#go() })}
    </modal-sheet>`;
  }
}

customElements.define("sign-out", SignOut);
