// Owns the disclosure: one line that opens what most people never need.
import { LitElement, css, html } from "lit";

import { base } from "../style/shared.js";
import { emit } from "./emit.js";
import { icon, icons } from "./icon.js";

/** `label`, `open`; the body in the slot; fires `toggled` {open}. */
export class DisclosureBlock extends LitElement {
  static properties = { label: {}, open: { type: Boolean, reflect: true } };

  static styles = [base, icons, css`
    :host {
      display: block;
    }
    button {
      display: flex;
      align-items: center;
      gap: var(--space-8);
      min-height: var(--height-row);
      padding-inline-end: var(--space-8);
      border-radius: var(--radius-6);
    }
    button:hover {
      background: var(--hover);
    }
    .icon {
      color: var(--text-2);
    }
    .body {
      padding-block-start: var(--space-12);
    }
  `];

  constructor() {
    super();
    this.label = "";
    this.open = false;
  }

  #toggle() {
    this.open = !this.open;
    emit(this, "toggled", { open: this.open });
  }

  render() {
    return html`<button type="button" aria-expanded=${this.open ? "true" : "false"} @click=${this.#toggle}>
        ${icon(this.open ? "chevron-down" : "chevron-right")}<span>${this.label}</span>
      </button>
      <div class="body" ?hidden=${!this.open}><slot></slot></div>`;
  }
}

customElements.define("disclosure-block", DisclosureBlock);
