// Owns the question asked once before what was typed is dropped, or before a write under way is left.
import { LitElement, html, nothing } from "lit";

import { emit } from "../../components/emit.js";
import { text } from "../../i18n/text.js";
import { base } from "../../style/shared.js";
import { nameOf } from "./account-words.js";
import "../../components/modal-sheet.js";
import "../../components/push-button.js";

/** @import { AccountsState } from "./accounts-state.js" */

/** `.state`; fires `kept`, `given-up` and `stopped`. */
export class LeaveSheet extends LitElement {
  static properties = { state: { attribute: false } };

  static styles = base;

  constructor() {
    super();
    /** @type {AccountsState} */
    this.state = /** @type {any} */ (undefined);
  }

  async firstUpdated() {
    await this.updateComplete;
    /** @type {HTMLElement | null} */ (this.renderRoot.querySelector("[data-first]"))?.focus();
  }

  #words() {
    const { form, writing } = this.state;
    if (writing) return text("accounts-leave-busy-sentence");
    return form?.base ? text("accounts-leave-changes", { name: nameOf(form.base) }) : text("accounts-leave-new");
  }

  /** @param {"kept" | "given-up" | "stopped"} name */
  #say(name) {
    emit(this, name);
  }

  render() {
    if (!this.state) return nothing;
    const { writing } = this.state;
    return html`<modal-sheet
      .heading=${text(writing ? "accounts-leave-busy" : "accounts-leave")}
      @close-requested=${() => this.#say("kept")}
    >
      <p>${this.#words()}</p>
      <push-button slot="foot" data-first data-action="keep" @click=${() => this.#say("kept")}
        >${text(writing ? "accounts-wait" : "accounts-keep-editing")}</push-button
      >
      <push-button slot="foot" variant="danger" data-action="leave" @click=${() => this.#say(writing ? "stopped" : "given-up")}
        >${text(writing ? "stop" : "accounts-discard")}</push-button
      >
    </modal-sheet>`;
  }
}

customElements.define("leave-sheet", LeaveSheet);
