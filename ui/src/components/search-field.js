// Owns the search field: glass, words, match count, x. Esc empties it before it does anything else.
import { LitElement, css, html, nothing } from "lit";
import { live } from "lit/directives/live.js";

import { text } from "../i18n/text.js";
import { base, texts } from "../style/shared.js";
import { emit } from "./emit.js";
import { icon, icons } from "./icon.js";

/** What the register searches for at most. */
const LONGEST_SEARCH = 200;

/** `label`, `value`, `count` ("29 of 370"); fires `value-changed` {value} on each key and `search-entered` on Enter. */
export class SearchField extends LitElement {
  static properties = { label: {}, value: {}, count: {} };

  static shadowRootOptions = { ...LitElement.shadowRootOptions, delegatesFocus: true };

  static styles = [base, texts, icons, css`
    :host {
      display: block;
      width: var(--width-search);
    }
    .box {
      display: flex;
      align-items: center;
      gap: var(--space-8);
      min-height: var(--height-row);
      padding: 0 var(--space-8);
      border: 1px solid var(--field);
      border-radius: var(--radius-6);
      color: var(--text-2);
    }
    .box:focus-within {
      border-color: var(--accent);
      box-shadow: 0 0 0 1px var(--accent);
    }
    input {
      flex: 1;
      min-width: 0;
      border: 0;
      padding: 0;
      background: none;
      color: var(--text);
      line-height: var(--space-20);
    }
    input:placeholder-shown {
      text-overflow: ellipsis;
    }
    input:focus-visible {
      outline: none;
    }
    ::placeholder {
      color: var(--text-3);
      opacity: 1;
    }
    .second {
      white-space: nowrap;
    }
    button {
      border-radius: var(--radius-4);
      padding: 2px;
    }
  `];

  constructor() {
    super();
    this.label = "";
    this.value = "";
    /** @type {string | null} */
    this.count = null;
  }

  /** @param {string} value */
  #change(value) {
    this.value = value;
    emit(this, "value-changed", { value });
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.key === "Escape" && this.value) {
      event.preventDefault();
      event.stopPropagation();
      this.#change("");
    }
    if (event.key === "Enter") emit(this, "search-entered", { value: this.value });
  }

  render() {
    return html`<div class="box" role="search">
      ${icon("search", "row")}
      <input
        type="text"
        aria-label=${this.label}
        placeholder=${this.label}
        maxlength=${LONGEST_SEARCH}
        autocomplete="off"
        spellcheck="false"
        .value=${live(this.value)}
        @input=${(/** @type {Event} */ event) => this.#change(/** @type {HTMLInputElement} */ (event.target).value)}
        @keydown=${this.#key}
      />
      ${this.count ? html`<span class="second">${this.count}</span>` : nothing}
      ${this.value
        ? html`<button type="button" tabindex="-1" aria-label=${text("clear")} @click=${() => this.#change("")}>
            ${icon("cross", "badge")}
          </button>`
        : nothing}
    </div>`;
  }
}

customElements.define("search-field", SearchField);
