// Owns the sheet that changes how a connection's calls find their way. Must not let a typed password outlive the sheet or
// five minutes.
import { html } from "lit";

import { failureAtField } from "../../i18n/failure.js";
import { text } from "../../i18n/text.js";
import { failureOf } from "../../platform/platform.js";
import { CardSheet } from "./card-sheet.js";
import { chooseCertificate } from "./choose-certificate.js";
import { networkFaultAt, networkFields, networkSent, networkTyped, noNetwork } from "./network.js";
import { SecretKeeper } from "./secret-keeper.js";
import { stateShown } from "./connection-words.js";
import "./network-fields.js";

/**
 * @import { Field } from "../../generated/Field.ts"
 * @import { ShownFault } from "./connection-form.js"
 * @import { NetworkFields } from "./network-fields.js"
 */

export class SetNetwork extends CardSheet {
  /** @type {import("lit").PropertyDeclarations} */
  static properties = { typed: { state: true }, faults: { state: true } };

  #keeper = new SecretKeeper(() => this.#drop());

  constructor() {
    super();
    this.typed = noNetwork();
    /** @type {Partial<Record<Field, ShownFault>>} */
    this.faults = {};
  }

  connectedCallback() {
    super.connectedCallback();
    this.typed = networkTyped(this.card.network);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#drop();
  }

  #drop() {
    this.#keeper.stop();
    this.typed = { ...this.typed, proxyPassword: "" };
  }

  /** @param {Event} [event] @override */
  closeRequested(event) {
    event?.stopPropagation();
    if (this.busy) this.app.commands.operationCancel(`test:${this.card.id}`);
    else this.close();
  }

  get #fields() {
    return /** @type {NetworkFields} */ (this.renderRoot.querySelector("network-fields"));
  }

  /** @returns {Partial<Record<Field, ShownFault>>} */
  #found() {
    const all = networkFields(this.typed).map((field) => ({ field, words: networkFaultAt(field, this.typed) }));
    return Object.fromEntries(all.flatMap(({ field, words }) => (words ? [[field, { words: text(words) }]] : [])));
  }

  async #go() {
    this.faults = this.#found();
    const [first] = /** @type {Field[]} */ (Object.keys(this.faults));
    if (first) return this.#fields.focusField(first);
    await this.attempt(() => this.#set().catch((thrown) => this.#refused(thrown)));
    return undefined;
  }

  async #set() {
    const card = await this.app.commands.connectionSetNetwork(this.card.id, networkSent(this.typed));
    this.#drop();
    this.app.setCard(card);
    const state = stateShown(card, this.app.state.status?.keychain.state ?? "unlocked").word;
    this.app.toast(text("network-done", { label: card.label, state }));
  }

  /** A fault of one field stands beside it; the rest is the sheet's. @param {unknown} thrown */
  #refused(thrown) {
    const failure = failureOf(thrown);
    if (failure.field) {
      this.faults = { [failure.field]: { words: failureAtField(failure), serverWords: failure.serverWords } };
    }
    throw thrown;
  }

  async #choose() {
    const { certificate, fault } = await chooseCertificate(this.app);
    this.faults = fault ? { certificateAuthority: fault } : {};
    if (certificate) this.typed = { ...this.typed, certificate };
  }

  /** @param {CustomEvent<{ name: string, value: any }>} event */
  #typedIn(event) {
    const { name, value } = event.detail;
    this.typed = { ...this.typed, [name]: value };
    if (name === "proxyPassword") this.#keeper.typed();
    if (Object.keys(this.faults).length > 0) this.faults = this.#found();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.composedPath()[0] instanceof HTMLInputElement) this.onEnter(event, () => this.#go());
  }

  render() {
    const kept = this.card.network.proxyUsername !== null;
    return html`<modal-sheet width="medium" .heading=${text("network-heading", { label: this.card.label })} @close-requested=${this.closeRequested}>
      <div class="body" @keydown=${this.#key}>
        ${this.banner("network-failed")}
        <p class="second">${text("network-lead")}</p>
        <network-fields
          .typed=${this.typed}
          .faults=${this.faults}
          .keepsPassword=${kept}
          @typed=${this.#typedIn}
          @certificate-wanted=${() => this.#choose()}
        ></network-fields>
      </div>
      ${this.buttons({ words: "network-save", busyWords: "network-saving", step: () => this.#go() })}
    </modal-sheet>`;
  }
}

customElements.define("set-network", SetNetwork);
