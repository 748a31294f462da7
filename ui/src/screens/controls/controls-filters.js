// Owns the filter bar: a chip for each filter, one to add, the facets where they have no pane. Their popover is its own.
import { LitElement, html, nothing } from "lit";

import { deepActiveElement, focusableWithin } from "../../components/focusable.js";
import { emit } from "../../components/emit.js";
import { text } from "../../i18n/text.js";
import { properties } from "../../style/properties.js";
import { base, texts } from "../../style/shared.js";
import { FACETS, facetWordWithin } from "./control-words.js";
import { filtersStyle } from "./controls-filters.style.js";
import "../../components/filter-chip.js";
import "../../components/push-button.js";
import "./controls-facets.js";

/**
 * @import { ControlsFilter } from "../../generated/ControlsFilter.ts"
 * @import { FacetField } from "../../generated/FacetField.ts"
 * @import { ControlsView } from "./controls-view.js"
 * @typedef {"all" | "choose" | FacetField} PopoverContent
 */

/** What the popover takes of the bar, in px: --width-menu and --space-12. */
const POPOVER_ROOM = 252;

/** Values a chip names before it counts them. */
const NAMED = 3;

/**
 * `.view`, `.state`; `pane`: the facets have a pane; `paneOpen`: it is shown; `narrow`: chips count their values.
 * Fires `facets-toggled` where the button belongs to the pane.
 */
export class ControlsFilters extends LitElement {
  static properties = {
    view: { attribute: false },
    state: { attribute: false },
    pane: { type: Boolean },
    paneOpen: { type: Boolean },
    narrow: { type: Boolean },
    content: { state: true },
  };

  static styles = [base, texts, filtersStyle];

  /** @type {HTMLElement | null} */
  #opener = null;
  #place = 0;
  #ending = new AbortController();

  constructor() {
    super();
    /** @type {ControlsView} */
    this.view = /** @type {any} */ (undefined);
    /** @type {ControlsView["state"]} */
    this.state = /** @type {any} */ (undefined);
    this.pane = true;
    this.paneOpen = true;
    this.narrow = false;
    /** What the popover shows. @type {PopoverContent | null} */
    this.content = null;
  }

  connectedCallback() {
    super.connectedCallback();
    const { signal } = (this.#ending = new AbortController());
    document.addEventListener("pointerdown", (event) => this.#pressedElsewhere(event), { signal });
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#ending.abort();
  }

  get #popover() {
    return /** @type {HTMLElement | null} */ (this.renderRoot.querySelector(".popover"));
  }

  focus() {
    if (this.shadowRoot) focusableWithin(this.shadowRoot)[0]?.focus();
  }

  /** @param {PopoverContent} content @param {Element} opener */
  async #open(content, opener) {
    if (this.content === content) return this.close();
    this.#opener = /** @type {HTMLElement} */ (opener);
    const [own, theirs] = [this.getBoundingClientRect(), opener.getBoundingClientRect()];
    const leftToRight = getComputedStyle(this).direction !== "rtl";
    const place = leftToRight ? theirs.left - own.left : own.right - theirs.right;
    this.#place = Math.max(0, Math.min(place, own.width - POPOVER_ROOM));
    this.content = content;
    return this.#enter();
  }

  async #enter() {
    await this.updateComplete;
    const facets = /** @type {HTMLElement | null} */ (this.#popover?.querySelector("controls-facets, button"));
    await facets?.focus();
  }

  /** Whether there was a popover to close. */
  close() {
    if (!this.content) return false;
    const inside = this.#popover?.contains(this.shadowRoot?.activeElement ?? null);
    this.content = null;
    if (inside || deepActiveElement() === document.body) this.#opener?.focus();
    return true;
  }

  /** @param {Event} event */
  #pressedElsewhere(event) {
    const path = event.composedPath();
    const own = (this.#popover && path.includes(this.#popover)) || (this.#opener && path.includes(this.#opener));
    if (this.content && !own) this.content = null;
  }

  /** @param {FocusEvent} event */
  #left(event) {
    const to = /** @type {Node | null} */ (event.relatedTarget);
    if (to && !this.#popover?.contains(to) && to !== this.#opener) this.content = null;
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    this.close();
  }

  /** @param {KeyboardEvent} event */
  #menuKey(event) {
    const all = /** @type {HTMLElement[]} */ ([...this.renderRoot.querySelectorAll(".field")]);
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const at = all.indexOf(/** @type {HTMLElement} */ (this.shadowRoot?.activeElement));
    all[(at + step + all.length) % all.length]?.focus();
  }

  /** @param {Event} event */
  #facetsPressed(event) {
    if (this.pane) emit(this, "facets-toggled");
    else this.#open("all", /** @type {Element} */ (event.currentTarget));
  }

  /** @param {FacetField} field */
  async #remove(field) {
    this.content = null;
    this.view.filter(field, []);
    await this.updateComplete;
    /** @type {HTMLElement | null} */ (this.renderRoot.querySelector("filter-chip[add]"))?.focus();
  }

  /** @param {ControlsFilter} filter */
  #chip({ field, values }) {
    const counted = values.length > (this.narrow ? 1 : NAMED);
    const words = values.map((value) => facetWordWithin(field, value)).join(", ");
    return html`<filter-chip
      .field=${text(`facet-${field}`)}
      .relation=${text("controls-is")}
      .value=${counted ? text("controls-values", { count: values.length }) : words}
      @opened=${(/** @type {Event} */ event) => this.#open(field, /** @type {Element} */ (event.currentTarget))}
      @removed=${() => this.#remove(field)}
    ></filter-chip>`;
  }

  #fields() {
    const free = FACETS.filter((field) => this.view.chosen(field).length === 0);
    return html`<div class="group-head head">${text("controls-choose-field")}</div>
      ${free.map(
        (field) => html`<button type="button" class="field" @click=${() => ((this.content = field), this.#enter())}>
          ${text(`facet-${field}`)}
        </button>`,
      )}`;
  }

  #body() {
    if (this.content === "choose") return this.#fields();
    const fields = this.content === "all" ? FACETS : /** @type {FacetField[]} */ ([this.content]);
    return html`<controls-facets .view=${this.view} .state=${this.state} .fields=${fields}></controls-facets>`;
  }

  #pop() {
    const atEnd = this.content === "all";
    return html`<div
      class="popover ${atEnd ? "at-end" : ""}"
      role="dialog"
      tabindex="-1"
      aria-label=${text(atEnd ? "controls-facets" : "controls-choose-field")}
      ${properties({ "inset-inline-start": atEnd ? "auto" : `${this.#place}px` })}
      @keydown=${(/** @type {KeyboardEvent} */ event) => (this.#key(event), this.content === "choose" && this.#menuKey(event))}
      @focusout=${this.#left}
    >
      ${this.#body()}
    </div>`;
  }

  render() {
    const { filters } = this.state;
    return html`<div class="bar" role="group" aria-label=${text("controls-filters")}>
        ${filters.map((filter) => this.#chip(filter))}
        ${filters.length < FACETS.length
          ? html`<filter-chip
              add
              @opened=${(/** @type {Event} */ event) => this.#open("choose", /** @type {Element} */ (event.currentTarget))}
              >${text("controls-add-filter")}</filter-chip
            >`
          : nothing}
        <push-button
          class="facets"
          variant="quiet"
          icon="filter"
          .expanded=${String(this.pane ? this.paneOpen : this.content === "all")}
          @click=${this.#facetsPressed}
          >${text("controls-facets")}</push-button
        >
      </div>
      ${this.content ? this.#pop() : nothing}`;
  }
}

customElements.define("controls-filters", ControlsFilters);
