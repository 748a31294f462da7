// Owns the button: primary, plain, quiet or danger. While busy it keeps its width and swallows presses.
import { LitElement, css, html, nothing } from "lit";

import { base } from "../style/shared.js";
import { icon, icons } from "./icon.js";

/** @import { IconName } from "./icon.js" */

/** `<push-button variant="primary" .busy=${...} busy-word=${...}>words</push-button>`; fires `click`. */
export class PushButton extends LitElement {
  static properties = {
    variant: { reflect: true },
    size: { reflect: true },
    icon: {},
    name: {},
    hint: {},
    busy: { type: Boolean, reflect: true },
    busyWord: { attribute: "busy-word" },
    disabled: { type: Boolean, reflect: true },
    expanded: {},
  };

  static shadowRootOptions = { ...LitElement.shadowRootOptions, delegatesFocus: true };

  static styles = [base, icons, css`
    :host {
      display: inline-block;
      flex: none;
    }
    button {
      display: inline-grid;
      place-items: center;
      min-height: var(--height-row);
      width: 100%;
      padding: 0 var(--space-12);
      border: 1px solid var(--line-2);
      border-radius: var(--radius-6);
      background: var(--raised);
      font: var(--type-value);
      white-space: nowrap;
      transition: background-color var(--moment-hover);
    }
    .words {
      grid-area: 1 / 1;
      display: inline-flex;
      align-items: center;
      gap: var(--space-8);
    }
    .away {
      visibility: hidden;
    }
    button:hover {
      background: var(--hover);
    }
    :host([variant="primary"]) button {
      background: var(--fill);
      border-color: var(--fill);
      color: var(--on-fill);
    }
    :host([variant="primary"]) button:hover,
    :host([variant="primary"]) button:active {
      background: var(--fill-press);
      border-color: var(--fill-press);
    }
    :host([variant="quiet"]) button {
      border-color: transparent;
      background: none;
    }
    :host([variant="quiet"]) button:hover {
      background: var(--hover);
    }
    :host([variant="danger"]) button {
      color: var(--bad);
    }
    :host([size="small"]) button {
      min-height: var(--height-small);
      padding: 0 var(--space-8);
      font: var(--type-small-strong);
    }
    :host([size="large"]) button {
      min-height: var(--height-large);
      padding: 0 var(--space-16);
    }
    :host([bare]) button {
      padding: 0;
      width: var(--height-row);
    }
    :host([bare][size="small"]) button {
      width: var(--height-small);
    }
    :host([busy]) button,
    :host([disabled]) button {
      background: var(--sub);
      border-color: var(--line);
      color: var(--text-3);
    }
    :host([variant="quiet"][disabled]) button {
      background: none;
      border-color: transparent;
    }
    @media (forced-colors: active) {
      button {
        border-color: ButtonText !important;
      }
    }
  `];

  constructor() {
    super();
    /** @type {"primary" | "plain" | "quiet" | "danger"} */
    this.variant = "plain";
    /** @type {"small" | "normal" | "large"} */
    this.size = "normal";
    /** @type {IconName | null} */
    this.icon = null;
    /** Spoken name, for a button of an icon alone. @type {string | null} */
    this.name = null;
    /** Shown when the pointer rests. @type {string | null} */
    this.hint = null;
    this.busy = false;
    this.busyWord = "";
    this.disabled = false;
    /** For a button that opens a menu: "true" or "false". @type {"true" | "false" | null} */
    this.expanded = null;
  }

  /** @param {Event} event */
  #pressed(event) {
    if (this.busy || this.disabled) event.stopImmediatePropagation();
  }

  render() {
    return html`<button
      type="button"
      aria-label=${this.name ?? nothing}
      title=${this.hint ?? nothing}
      aria-disabled=${this.busy ? "true" : nothing}
      aria-expanded=${this.expanded ?? nothing}
      aria-haspopup=${this.expanded ? "true" : nothing}
      ?disabled=${this.disabled}
      @click=${this.#pressed}
    >
      <span class="words ${this.busy && this.busyWord ? "away" : ""}">
        ${this.icon ? icon(this.icon, this.size === "small" ? "row" : "normal") : nothing}<slot></slot>
      </span>
      ${this.busy && this.busyWord ? html`<span class="words" role="status">${this.busyWord}</span>` : nothing}
    </button>`;
  }
}

customElements.define("push-button", PushButton);
