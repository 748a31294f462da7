// Owns the button that opens a small list to choose from: the connection switcher of the toolbar.
import { LitElement, css, html, nothing } from "lit";

import { base, texts } from "../style/shared.js";
import { emit } from "./emit.js";
import { icon, icons } from "./icon.js";

/**
 * @import { IconName } from "./icon.js"
 * @typedef {{ value: string, label: string, detail?: string, icon?: IconName }} MenuChoice
 */

/** `label` (spoken), `.choices`, `value`; fires `value-changed` {value}. */
export class ChoiceMenu extends LitElement {
  static properties = { label: {}, choices: { attribute: false }, value: {}, open: { state: true } };

  static styles = [base, texts, icons, css`
    :host {
      display: inline-block;
      position: relative;
      min-width: 0;
    }
    .trigger {
      display: flex;
      align-items: center;
      gap: var(--space-6);
      max-width: 100%;
      min-height: var(--height-row);
      padding: 0 var(--space-8);
      border-radius: var(--radius-6);
      font: var(--type-value);
    }
    .trigger:hover {
      background: var(--hover);
    }
    .icon {
      color: var(--text-2);
    }
    .menu {
      position: absolute;
      z-index: 3;
      inset-block-start: calc(100% + var(--space-4));
      inset-inline-start: 0;
      min-width: var(--width-menu);
      padding: var(--space-4);
      border: 1px solid var(--line);
      border-radius: var(--radius-8);
      background: var(--raised);
      box-shadow: var(--shadow);
      animation: rise var(--moment-popover) ease-out;
    }
    @keyframes rise {
      from {
        opacity: 0;
        transform: translateY(var(--rise));
      }
    }
    .choice {
      display: flex;
      align-items: center;
      gap: var(--space-8);
      width: 100%;
      min-height: var(--height-row);
      padding: var(--space-4) var(--space-8);
      border-radius: var(--radius-6);
      white-space: nowrap;
    }
    .choice:hover,
    .choice:focus {
      background: var(--hover);
    }
    .choice[aria-checked="true"] {
      background: var(--soft);
    }
    .lines {
      display: flex;
      flex-direction: column;
    }
  `];

  constructor() {
    super();
    this.label = "";
    /** @type {MenuChoice[]} */
    this.choices = [];
    /** @type {string | null} */
    this.value = null;
    this.open = false;
  }

  focus() {
    /** @type {HTMLElement | null} */ (this.renderRoot.querySelector(".trigger"))?.focus();
  }

  async #show() {
    this.open = !this.open;
    await this.updateComplete;
    const chosen = this.renderRoot.querySelector('[aria-checked="true"]') ?? this.renderRoot.querySelector(".choice");
    /** @type {HTMLElement | null} */ (chosen)?.focus();
  }

  #close() {
    if (!this.open) return;
    this.open = false;
    this.focus();
  }

  /** @param {string} value */
  #choose(value) {
    this.#close();
    if (value !== this.value) emit(this, "value-changed", { value });
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const all = /** @type {HTMLElement[]} */ ([...this.renderRoot.querySelectorAll(".choice")]);
    const at = all.indexOf(/** @type {HTMLElement} */ (this.shadowRoot?.activeElement));
    const places = /** @type {Record<string, number>} */ ({
      ArrowDown: Math.min(at + 1, all.length - 1),
      ArrowUp: Math.max(at - 1, 0),
      Home: 0,
      End: all.length - 1,
    });
    const place = places[event.key];
    if (place !== undefined) all[place]?.focus();
    if (event.key === "Escape") this.#close();
    if (place === undefined && event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {FocusEvent} event */
  #left(event) {
    const to = /** @type {Node | null} */ (event.relatedTarget);
    if (!to || !this.renderRoot.contains(to)) this.open = false;
  }

  /** @param {MenuChoice} choice */
  #choice(choice) {
    return html`<button
      type="button"
      class="choice"
      role="menuitemradio"
      tabindex="-1"
      aria-checked=${choice.value === this.value ? "true" : "false"}
      @click=${() => this.#choose(choice.value)}
    >
      ${choice.icon ? icon(choice.icon) : nothing}
      <span class="lines">
        <span>${choice.label}</span>
        ${choice.detail ? html`<span class="second">${choice.detail}</span>` : nothing}
      </span>
    </button>`;
  }

  render() {
    const chosen = this.choices.find((choice) => choice.value === this.value);
    return html`<button
        type="button"
        class="trigger"
        aria-haspopup="menu"
        aria-expanded=${this.open ? "true" : "false"}
        aria-label="${this.label}: ${chosen?.label ?? ""}"
        @click=${this.#show}
      >
        ${chosen?.icon ? icon(chosen.icon) : nothing}
        <span class="cut">${chosen?.label ?? this.label}</span>${icon("selector", "row")}
      </button>
      ${this.open
        ? html`<div class="menu" role="menu" aria-label=${this.label} @keydown=${this.#key} @focusout=${this.#left}>
            ${this.choices.map((choice) => this.#choice(choice))}
          </div>`
        : nothing}`;
  }
}

customElements.define("choice-menu", ChoiceMenu);
