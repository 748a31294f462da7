// Owns one facet: its values with checkbox, state icon, name and count.
import { LitElement, css, html, nothing } from "lit";

import { number } from "../i18n/format.js";
import { text } from "../i18n/text.js";
import { base, texts, tones } from "../style/shared.js";
import { emit } from "./emit.js";
import { icon, icons } from "./icon.js";

/**
 * @import { IconName } from "./icon.js"
 * @import { Tone } from "./item-list.js"
 * @typedef {{ value: string | null, label: string, count: number, icon?: IconName, tone?: Tone }} FacetChoice
 */

/** `label`, `.values`, `.chosen` (values ticked), `shown` (how many before "more"). Fires `chosen-changed` {chosen}. */
export class FacetGroup extends LitElement {
  static properties = {
    label: {},
    values: { attribute: false },
    chosen: { attribute: false },
    shown: { type: Number },
    unfolded: { state: true },
  };

  static styles = [base, texts, tones, icons, css`
    :host {
      display: block;
    }
    fieldset {
      border: 0;
      margin: 0;
      padding: 0;
      min-width: 0;
    }
    legend {
      padding: 0;
      margin-block-end: var(--space-4);
    }
    label {
      display: flex;
      align-items: center;
      gap: var(--space-6);
      min-height: var(--height-small);
      border-radius: var(--radius-6);
    }
    label:hover {
      background: var(--hover);
    }
    input {
      appearance: none;
      display: grid;
      place-items: center;
      flex: none;
      width: var(--icon-row);
      height: var(--icon-row);
      border: 1px solid var(--field);
      border-radius: var(--radius-4);
    }
    input:checked {
      background: var(--fill);
      border-color: var(--fill);
    }
    input:checked::after {
      content: "";
      width: 60%;
      height: 30%;
      border: solid var(--on-fill);
      border-width: 0 0 2px 2px;
      transform: rotate(-45deg) translate(5%, -15%);
    }
    .name {
      flex: 1;
      min-width: 0;
      padding-inline-start: 2px;
    }
    .checked .name {
      font: var(--type-value);
    }
    .zero {
      color: var(--text-3);
    }
    button {
      font: var(--type-small);
      color: var(--text-2);
      min-height: var(--height-small);
      padding-inline: var(--space-20) var(--space-8);
      border-radius: var(--radius-6);
    }
    @media (forced-colors: active) {
      input {
        appearance: auto;
      }
    }
  `];

  constructor() {
    super();
    this.label = "";
    /** @type {FacetChoice[]} */
    this.values = [];
    /** @type {(string | null)[]} */
    this.chosen = [];
    this.shown = 5;
    this.unfolded = false;
  }

  /** @param {string | null} value @param {Event} event */
  #tick(value, event) {
    const on = /** @type {HTMLInputElement} */ (event.target).checked;
    const chosen = this.chosen.filter((other) => other !== value);
    emit(this, "chosen-changed", { chosen: on ? [...chosen, value] : chosen });
  }

  /** @param {FacetChoice} choice */
  #row(choice) {
    const checked = this.chosen.includes(choice.value);
    return html`<label class="${checked ? "checked" : ""} ${choice.count === 0 ? "zero" : ""}">
      <input type="checkbox" .checked=${checked} @change=${(/** @type {Event} */ event) => this.#tick(choice.value, event)} />
      ${choice.icon ? html`<span class="tone-${choice.tone ?? "quiet"}">${icon(choice.icon, "row")}</span>` : nothing}
      <span class="name cut" title=${choice.label}>${choice.label}</span>
      <span class="tiny">${number(choice.count)}</span>
    </label>`;
  }

  render() {
    const rest = this.values.length - this.shown;
    const values = this.unfolded || rest <= 1 ? this.values : this.values.slice(0, this.shown);
    return html`<fieldset>
      <legend class="group-head">${this.label}</legend>
      ${values.map((choice) => this.#row(choice))}
      ${rest > 1
        ? html`<button type="button" aria-expanded=${this.unfolded} @click=${() => (this.unfolded = !this.unfolded)}>
            ${this.unfolded ? text("fewer") : text("more", { count: rest })}
          </button>`
        : nothing}
    </fieldset>`;
  }
}

customElements.define("facet-group", FacetGroup);
