// Owns the choice of one among few: a radio group drawn as one strip.
import { LitElement, css, html, nothing } from "lit";

import { base } from "../style/shared.js";
import { emit } from "./emit.js";
import { icon, icons } from "./icon.js";

/** `label`; with `bare` it is spoken only; `.choices=${[{ value, label }]}`; with `error` the fault below; fires `value-changed` {value}. */
export class SegmentedChoice extends LitElement {
  static properties = { label: {}, choices: { attribute: false }, value: {}, error: {}, bare: { type: Boolean } };

  static styles = [base, icons, css`
    :host {
      display: block;
    }
    .label {
      font: var(--type-small-strong);
      margin-block-end: var(--space-4);
    }
    .strip {
      display: inline-flex;
      border: 1px solid var(--line-2);
      border-radius: var(--radius-6);
      background: var(--sub);
    }
    button {
      min-height: calc(var(--height-row) - 2px);
      padding: 0 var(--space-12);
      color: var(--text-2);
      border-radius: calc(var(--radius-6) - 1px);
    }
    button[aria-checked="true"] {
      background: var(--raised);
      color: var(--text);
      font: var(--type-value);
      box-shadow: 0 0 0 1px var(--field);
    }
    .strip.wrong {
      border-color: var(--bad);
      box-shadow: 0 0 0 1px var(--bad);
    }
    .fault {
      display: flex;
      gap: var(--space-6);
      margin-block-start: var(--space-4);
      font: var(--type-small);
      color: var(--bad);
    }
    @media (forced-colors: active) {
      button[aria-checked="true"] {
        background: Highlight;
        color: HighlightText;
      }
    }
  `];

  constructor() {
    super();
    this.label = "";
    /** @type {{ value: string, label: string }[]} */
    this.choices = [];
    this.value = "";
    this.bare = false;
    /** @type {string | null} */
    this.error = null;
  }

  focus() {
    /** @type {HTMLElement | null} */ (this.renderRoot.querySelector('[tabindex="0"]'))?.focus();
  }

  /** @param {string} value */
  #choose(value) {
    if (value === this.value) return;
    this.value = value;
    emit(this, "value-changed", { value });
  }

  /** @param {KeyboardEvent} event */
  async #key(event) {
    const steps = /** @type {Record<string, number>} */ ({ ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 });
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const at = this.choices.findIndex((choice) => choice.value === this.value);
    const next = this.choices[(at + step + this.choices.length) % this.choices.length];
    if (next) this.#choose(next.value);
    await this.updateComplete;
    this.focus();
  }

  render() {
    const chosen = this.choices.some((choice) => choice.value === this.value);
    return html`<div class=${this.bare ? "spoken" : "label"} id="label">${this.label}</div>
      <div
        class="strip ${this.error ? "wrong" : ""}"
        role="radiogroup" aria-labelledby="label"
        aria-describedby=${this.error ? "fault" : nothing}
        @keydown=${this.#key}>
        ${this.choices.map(
          (choice, index) => html`<button
            type="button"
            role="radio"
            aria-checked=${choice.value === this.value ? "true" : "false"}
            tabindex=${choice.value === this.value || (!chosen && index === 0) ? 0 : -1}
            @click=${() => this.#choose(choice.value)}
          >
            ${choice.label}
          </button>`,
        )}
      </div>
      ${this.error
        ? html`<div class="fault" id="fault" role="alert">${icon("octagon-cross", "row")}<span>${this.error}</span></div>`
        : nothing}`;
  }
}

customElements.define("segmented-choice", SegmentedChoice);
