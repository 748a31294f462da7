// Owns the facets: one group a field, counts of the register. One tab stop, in which the arrows move.
import { LitElement, css, html } from "lit";

import { deepActiveElement } from "../../components/focusable.js";
import { text } from "../../i18n/text.js";
import { base } from "../../style/shared.js";
import { FACETS, FACET_VALUES, apiName, facetWord, signFor } from "./control-words.js";
import "../../components/facet-group.js";

/**
 * @import { FacetChoice, FacetGroup } from "../../components/facet-group.js"
 * @import { FacetField } from "../../generated/FacetField.ts"
 * @import { ControlsView } from "./controls-view.js"
 */

/** Values of a facet before "more". */
const SHOWN = 5;

/** `.view`, `.state` (so that it draws again), `.fields` (all, or those of a popover). */
export class ControlsFacets extends LitElement {
  static properties = { view: { attribute: false }, state: { attribute: false }, fields: { attribute: false } };

  static styles = [base, css`
    :host {
      display: block;
    }
    .groups {
      display: flex;
      flex-direction: column;
      gap: var(--space-16);
    }
  `];

  /** The stop that Tab enters. @type {HTMLElement | null} */
  #stop = null;

  constructor() {
    super();
    /** @type {ControlsView} */
    this.view = /** @type {any} */ (undefined);
    /** @type {ControlsView["state"]} */
    this.state = /** @type {any} */ (undefined);
    /** @type {FacetField[]} */
    this.fields = FACETS;
  }

  async focus() {
    await this.updateComplete;
    await this.#settleStops();
    this.#stop?.focus();
  }

  /** @param {FacetField} field @returns {FacetChoice[]} */
  #choices(field) {
    const counts = new Map(this.state.facets.find((facet) => facet.field === field)?.values.map(({ value, count }) => [value, count]));
    /** @type {(string | null)[]} */
    const fixed = field === "health" || field === "freshness" ? [...FACET_VALUES[field]] : [];
    const chosen = this.view.chosen(field);
    const rest = [...counts.keys(), ...chosen].filter((value) => value !== null && !fixed.includes(value));
    const missing = field === "health" || counts.has(null) || chosen.includes(null) ? [null] : [];
    return [...new Set([...fixed, ...rest, ...missing])].map((value) => this.#choice(field, value, counts.get(value) ?? 0));
  }

  /** @param {FacetField} field @param {string | null} value @param {number} count @returns {FacetChoice} */
  #choice(field, value, count) {
    const label = facetWord(field, value);
    if (field !== "health") return { value, label, count };
    if (value === null) return { value, label, count, icon: "circle-dotted", tone: "quiet" };
    const { icon, iconTone } = signFor(apiName(field), value);
    const tone = iconTone === "ok" || iconTone === "warn" || iconTone === "bad" ? iconTone : "quiet";
    return icon ? { value, label, count, icon, tone } : { value, label, count };
  }

  /** Every checkbox and "more", in order. @returns {HTMLElement[]} */
  #stops() {
    const groups = /** @type {FacetGroup[]} */ ([...this.renderRoot.querySelectorAll("facet-group")]);
    return groups.flatMap((group) => /** @type {HTMLElement[]} */ ([...(group.shadowRoot?.querySelectorAll("input, button") ?? [])]));
  }

  updated() {
    this.#settleStops();
  }

  async #settleStops() {
    const groups = /** @type {FacetGroup[]} */ ([...this.renderRoot.querySelectorAll("facet-group")]);
    await Promise.all(groups.map((group) => group.updateComplete));
    const stops = this.#stops();
    if (!this.#stop || !stops.includes(this.#stop)) this.#stop = stops[0] ?? null;
    for (const stop of stops) stop.tabIndex = stop === this.#stop ? 0 : -1;
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const stops = this.#stops();
    const at = stops.indexOf(/** @type {HTMLElement} */ (deepActiveElement()));
    const places = /** @type {Record<string, number>} */ ({ ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: stops.length - 1 });
    const place = places[event.key];
    if (place === undefined || at < 0) return;
    event.preventDefault();
    this.#stop = stops[Math.max(0, Math.min(place, stops.length - 1))] ?? null;
    this.#stop?.focus();
    this.#settleStops();
  }

  /** A press moves the stop with it. @param {FocusEvent} event */
  #entered(event) {
    const entered = /** @type {HTMLElement} */ (event.composedPath()[0]);
    if (!this.#stops().includes(entered)) return;
    this.#stop = entered;
    this.#settleStops();
  }

  /** @param {FacetField} field */
  #group(field) {
    const values = this.#choices(field);
    const chosen = this.view.chosen(field);
    const last = values.findLastIndex(({ value }) => chosen.includes(value));
    return html`<facet-group
      .label=${text(`facet-${field}`)}
      .values=${values}
      .chosen=${chosen}
      .shown=${Math.max(SHOWN, last + 1)}
      @chosen-changed=${(/** @type {CustomEvent} */ event) => this.view.filter(field, event.detail.chosen)}
    ></facet-group>`;
  }

  render() {
    const fields = this.fields.filter((field) => this.#choices(field).length > 0);
    return html`<div class="groups" @keydown=${this.#key} @focusin=${this.#entered}>${fields.map((field) => this.#group(field))}</div>`;
  }
}

customElements.define("controls-facets", ControlsFacets);
