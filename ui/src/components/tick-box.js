// Owns the checkbox with its words and a hint.
import { LitElement, css, html, nothing } from "lit";

import { base, texts } from "../style/shared.js";
import { emit } from "./emit.js";

/** `label`, `hint`, `checked`; fires `checked-changed` {checked}. */
export class TickBox extends LitElement {
  static properties = { label: {}, hint: {}, checked: { type: Boolean } };

  static shadowRootOptions = { ...LitElement.shadowRootOptions, delegatesFocus: true };

  static styles = [base, texts, css`
    :host {
      display: block;
    }
    label {
      display: flex;
      align-items: center;
      gap: var(--space-8);
      min-height: var(--height-small);
    }
    input {
      width: var(--icon-row);
      height: var(--icon-row);
      accent-color: var(--fill);
    }
    .second {
      padding-inline-start: calc(var(--icon-row) + var(--space-8));
    }
  `];

  constructor() {
    super();
    this.label = "";
    /** @type {string | null} */
    this.hint = null;
    this.checked = false;
  }

  /** @param {Event} event */
  #changed(event) {
    this.checked = /** @type {HTMLInputElement} */ (event.target).checked;
    emit(this, "checked-changed", { checked: this.checked });
  }

  render() {
    return html`<label>
        <input type="checkbox" .checked=${this.checked} aria-describedby=${this.hint ? "hint" : nothing} @change=${this.#changed} />
        <span>${this.label}</span>
      </label>
      ${this.hint ? html`<div class="second" id="hint">${this.hint}</div>` : nothing}`;
  }
}

customElements.define("tick-box", TickBox);
