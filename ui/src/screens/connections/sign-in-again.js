// Owns the sheet that signs a connection in once more. It begins by itself: opening it was the wish.
import { html, nothing } from "lit";

import { text } from "../../i18n/text.js";
import { CardSheet } from "./card-sheet.js";
import { signInAfter, signInBegun } from "./sign-in-steps.js";
import "./sign-in-waiting.js";

/** @import { SignInProgress } from "./sign-in-steps.js" */

export class SignInAgain extends CardSheet {
  /** @type {import("lit").PropertyDeclarations} */
  static properties = { progress: { state: true } };

  constructor() {
    super();
    /** @type {SignInProgress | null} */
    this.progress = null;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#go();
  }

  /** Stopping it closes the sheet: there is nothing typed to come back to. */
  async #go() {
    this.progress = signInBegun();
    await this.attempt(() => this.#sign(), { stays: true });
    this.progress = null;
    if (!this.failure) this.close();
  }

  async #sign() {
    const card = await this.app.commands.signInAgain(this.card.id, (step) => {
      if (this.progress) this.progress = signInAfter(this.progress, step);
    });
    this.app.setCard(card);
    this.app.toast(text("sign-in-done", { label: card.label }));
  }

  /** @param {Event} [event] @override */
  closeRequested(event) {
    event?.stopPropagation();
    if (this.busy) this.app.commands.operationCancel("sign-in");
    else this.close();
  }

  render() {
    return html`<modal-sheet .heading=${text("sign-in-again-heading", { label: this.card.label })} width="medium" @close-requested=${this.closeRequested}>
      <div class="body">
        ${this.banner("sign-in-failed")}
        ${this.progress ? html`<sign-in-waiting .app=${this.app} .progress=${this.progress}></sign-in-waiting>` : nothing}
      </div>
      <push-button slot="foot" data-first @click=${() => this.closeRequested()}>${text("cancel")}</push-button>
      ${this.failure
        ? html`<push-button slot="foot" variant="primary" data-action="go" @click=${() => this.#go()}>${text("action-signInAgain")}</push-button>`
        : nothing}
    </modal-sheet>`;
  }
}

customElements.define("sign-in-again", SignInAgain);
