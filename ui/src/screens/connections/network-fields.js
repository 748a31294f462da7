// Owns the fields of a connection's network: which proxy, and the certificate authority it trusts besides the system's.
// Must not keep what was typed and must not open a dialog: both are the sheet's.
import { LitElement, css, html, nothing } from "lit";

import { emit } from "../../components/emit.js";
import { icon, icons } from "../../components/icon.js";
import { text } from "../../i18n/text.js";
import { base, texts } from "../../style/shared.js";
import { noNetwork } from "./network.js";
import "../../components/push-button.js";
import "../../components/segmented-choice.js";
import "../../components/text-field.js";

/**
 * @import { Field } from "../../generated/Field.ts"
 * @import { NetworkTyped } from "./network.js"
 * @import { ShownFault } from "./connection-form.js"
 */

/** `.typed`, `.faults` (by field), `keepsPassword`. Fires `typed` {name, value}, `field-left` {field}, `certificate-wanted`. */
export class NetworkFields extends LitElement {
  static properties = { typed: { attribute: false }, faults: { attribute: false }, keepsPassword: { type: Boolean } };

  static styles = [base, texts, icons, css`
    :host {
      display: flex;
      flex-direction: column;
      gap: var(--space-16);
    }
    .label {
      font: var(--type-small-strong);
      margin-block-end: var(--space-4);
    }
    .hint {
      margin-block-start: var(--space-4);
    }
    .two {
      display: grid;
      grid-template-columns: 1fr 1fr;
      gap: var(--space-16);
    }
    .file {
      display: flex;
      align-items: center;
      gap: var(--space-8);
      min-height: var(--height-row);
    }
    .file .icon {
      color: var(--text-2);
    }
    .fault {
      display: flex;
      gap: var(--space-6);
      margin-block-start: var(--space-4);
      font: var(--type-small);
      color: var(--bad);
    }
  `];

  constructor() {
    super();
    /** @type {NetworkTyped} */
    this.typed = noNetwork();
    /** @type {Partial<Record<Field, ShownFault>>} */
    this.faults = {};
    /** A password is in the keychain: an empty field keeps it. */
    this.keepsPassword = false;
  }

  /** @param {Field} field */
  async focusField(field) {
    await this.updateComplete;
    /** @type {HTMLElement | null} */ (this.renderRoot.querySelector(`[data-field="${field}"]`))?.focus();
  }

  /** @param {keyof NetworkTyped} name @param {unknown} value */
  #tell(name, value) {
    emit(this, "typed", { name, value });
  }

  /**
   * @param {Field} field @param {"proxyAddress" | "proxyUsername" | "proxyPassword"} name
   * @param {{ type?: "text" | "password", mono?: boolean, optional?: boolean, hint?: string }} look
   */
  #field(field, name, look) {
    const fault = this.faults[field];
    return html`<text-field
      data-field=${field}
      .label=${text(`form-${name}`)}
      .value=${this.typed[name]}
      .hint=${look.hint ?? null}
      .type=${look.type ?? "text"}
      .mono=${look.mono ?? false}
      .optional=${look.optional ?? false}
      .guard=${1_000}
      .error=${fault?.words ?? null}
      .serverWords=${fault?.serverWords ?? null}
      @value-changed=${(/** @type {CustomEvent} */ event) => this.#tell(name, event.detail.value)}
      @left=${() => emit(this, "field-left", { field })}
    ></text-field>`;
  }

  #proxy() {
    const { proxy } = this.typed;
    const choices = ["system", "direct", "address"].map((value) => ({ value, label: text(`proxy-${value}`) }));
    return html`<div>
        <segmented-choice
          .label=${text("form-proxy")}
          .choices=${choices}
          .value=${proxy}
          @value-changed=${(/** @type {CustomEvent} */ event) => this.#tell("proxy", event.detail.value)}
        ></segmented-choice>
        <div class="hint second">${text(`proxy-${proxy}.hint`)}</div>
      </div>
      ${proxy === "address" ? this.#address() : nothing}`;
  }

  #address() {
    const kept = this.keepsPassword ? { hint: text("form-proxyPassword-kept") } : {};
    return html`${this.#field("proxyAddress", "proxyAddress", { mono: true, hint: text("form-proxyAddress-hint") })}
      <div class="two">
        ${this.#field("proxyUsername", "proxyUsername", { optional: true })}
        ${this.#field("proxyPassword", "proxyPassword", { type: "password", mono: true, optional: true, ...kept })}
      </div>`;
  }

  #chosen() {
    const { certificate } = this.typed;
    if (!certificate) {
      return html`<push-button data-field="certificateAuthority" icon="file" @click=${() => emit(this, "certificate-wanted")}
        >${text("certificate-choose")}</push-button
      >`;
    }
    const { name, certificates } = certificate;
    return html`<div class="file">
      ${icon("file", "row")}<bdi class="cut" title=${name}>${name}</bdi>
      ${certificates === null ? nothing : html`<span class="second">${text("certificate-count", { count: certificates })}</span>`}
      <push-button data-field="certificateAuthority" size="small" @click=${() => emit(this, "certificate-wanted")}
        >${text("certificate-change")}</push-button
      >
      <push-button size="small" @click=${() => this.#tell("certificate", null)}>${text("certificate-remove")}</push-button>
    </div>`;
  }

  #certificate() {
    const fault = this.faults.certificateAuthority;
    return html`<div role="group" aria-labelledby="authority">
      <div class="label" id="authority">${text("form-certificate")}</div>
      ${this.#chosen()}
      ${fault
        ? html`<div class="fault" role="alert">${icon("octagon-cross", "row")}<span>${fault.words}</span></div>`
        : nothing}
      <div class="hint second">${text("form-certificate-hint")}</div>
    </div>`;
  }

  render() {
    return html`${this.#proxy()} ${this.#certificate()}`;
  }
}

customElements.define("network-fields", NetworkFields);
